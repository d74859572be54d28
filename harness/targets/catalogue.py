"""The targets by name."""

from harness.errors import UsageError
from harness.targets.opencode import Opencode
from harness.targets.protocol import Target
from harness.targets.reference import Reference

TARGETS: dict[str, type[Target]] = {"opencode": Opencode, "reference": Reference}


def target_named(name: str) -> Target:
    """The target of that name.

    Raises:
        UsageError: there is none; the message lists those there are.
    """
    if name not in TARGETS:
        raise UsageError(f"there is no target “{name}”; there are: {', '.join(sorted(TARGETS))}")
    return TARGETS[name]()
