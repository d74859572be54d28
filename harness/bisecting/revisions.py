"""The commits between two."""

import subprocess
from pathlib import Path

from harness.errors import SetupError, UsageError, wrong_way_round


def revisions_between(old: str, new: str, repository: Path) -> tuple[str, ...]:
    """The commits from one to another along first parents, both included, the older one first.

    Args:
        old: the older commit, by any name that git knows.
        new: the newer one.
        repository: its folder.

    Raises:
        UsageError: git knows no such commit, or the older one is no ancestor of the newer.
        SetupError: git is not there.
    """
    first, last = _commit(old, repository), _commit(new, repository)
    try:
        _git(repository, "merge-base", "--is-ancestor", first, last)
    except UsageError as error:
        raise UsageError(wrong_way_round(f"{old} is no ancestor of {new}")) from error
    listed = _git(repository, "rev-list", "--first-parent", "--reverse", f"{first}..{last}")
    return (first, *listed.split())


def _commit(name: str, repository: Path) -> str:
    return _git(repository, "rev-parse", "--verify", f"{name}^{{commit}}")


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), *arguments]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SetupError("git was not found; install git and run again") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines()
        reason = said[-1] if said else "it said nothing"
        raise UsageError(f"git {arguments[0]} in {repository}: {reason}") from error
    return done.stdout.strip()
