"""Errors that end a run with one clear sentence; each knows its exit code."""

from collections.abc import Iterable
from difflib import get_close_matches


class HarnessError(Exception):
    """Something a person has to mend; `str()` is one sentence with the remedy.

    Attributes:
        exit_code: what the `harness` command exits with (2 bad usage, 3 infrastructure).
    """

    exit_code = 3


class SetupError(HarnessError):
    """This machine lacks something."""


class UsageError(HarnessError):
    """What was asked for cannot be done: an unknown name, a plan that is not allowed."""

    exit_code = 2


class AppError(HarnessError):
    """The app, its server or its page did not do what a running app does."""


class HookError(AppError):
    """The page or the API lacks something that the target needs; the message names it."""


class StuckError(AppError):
    """The app runs, but what a person does in it has no effect."""


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """What is said of a name that there is not: what may have been meant, else all there are.

    `there is no flow “x”; there are: a, b`, `there is no flow “ab”; did you mean: abc?`.
    """
    names = tuple(known)
    begun = tuple(each for each in names if name and each.startswith(name))
    near = begun or tuple(get_close_matches(name, names, cutoff=0.7))
    said = f"did you mean: {', '.join(near)}?" if near else f"there are: {', '.join(names)}"
    return f"there is no {kind} “{name}”; {said}"


def wrong_way_round(relation: str) -> str:
    """What is said where the ends of a search are: `2 is not older than 1: --bad is …`."""
    return f"{relation}: --bad is the newer end, with --mended the older one"
