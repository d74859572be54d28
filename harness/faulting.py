"""Applies a fault, or a mutant, to the reference app as it is served; sees that it really was."""

from collections.abc import Generator
from contextlib import contextmanager

from fixtures.faults import Change
from harness.errors import AppError, UsageError
from harness.probe.wire import Part, RewriteRule, Wire


class UnservedError(AppError):
    """A change did not reach the page, which is a fault of the change: the app runs on."""


@contextmanager
def faulted(wire: Wire, change: Change | None) -> Generator[None]:
    """Have the wire serve the changed source while the context lasts; None changes nothing.

    Raises:
        UsageError: its text no longer fits the source.
        UnservedError: a file was served unchanged, or was never asked for.
    """
    if change is None:
        yield
        return
    if problem := change.problem():
        raise UsageError(f"the change {change.id} no longer applies: {problem}")
    rules = [
        wire.rewrite(edit.served_at, edit.find, edit.replace, edit.part and Part(*edit.part))
        for edit in change.edits
    ]
    try:
        yield
        _ensure_applied(change, rules)
    finally:
        for rule in rules:
            rule.remove()


def _ensure_applied(change: Change, rules: list[RewriteRule]) -> None:
    for rule in rules:
        said = next(iter(rule.errors), None) or (None if rule.applied else "it was never served")
        if said:
            raise UnservedError(f"the change {change.id} did not reach the page: {said}")
