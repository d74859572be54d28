"""The `harness` command: thin fronts over the harness."""

from harness.cli.main import main

__all__ = ["main"]
