"""`python -m harness` is the `harness` command."""

from harness.starting import main

main()
