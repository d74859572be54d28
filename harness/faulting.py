"""Applies a fault to the reference app as it is served, and sees that it really was."""

from collections.abc import Generator
from contextlib import contextmanager

from fixtures.faults import Fault
from harness.errors import AppError, UsageError
from harness.probe.wire import RewriteRule, Wire


@contextmanager
def faulted(wire: Wire, fault: Fault | None) -> Generator[None]:
    """Have the wire serve the changed source while the context lasts; None changes nothing.

    Raises:
        UsageError: the fault's text no longer fits the source.
        AppError: a file was served unchanged, or was never asked for.
    """
    if fault is None:
        yield
        return
    if problem := fault.problem():
        raise UsageError(f"the fault {fault.id} no longer applies: {problem}")
    rules = [wire.rewrite(edit.served_at, edit.find, edit.replace) for edit in fault.edits]
    try:
        yield
        _ensure_applied(fault, rules)
    finally:
        for rule in rules:
            rule.remove()


def _ensure_applied(fault: Fault, rules: list[RewriteRule]) -> None:
    for rule in rules:
        said = next(iter(rule.errors), None) or (None if rule.applied else "it was never served")
        if said:
            raise AppError(f"the fault {fault.id} did not reach the page: {said}")
