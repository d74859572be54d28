"""The targets by name: those of the harness, those of other packages, and classes of your own."""

import importlib
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from harness.errors import UsageError, unknown
from harness.targets.opencode import Opencode
from harness.targets.own import OwnApp, OwnTarget
from harness.targets.pawwork import PawWork
from harness.targets.protocol import Target
from harness.targets.reference import Reference

GROUP = "scope_harness.targets"
BUILT_IN: dict[str, type[Target]] = {
    "opencode": Opencode,
    "pawwork": PawWork,
    "reference": Reference,
}


def target_named(name: str) -> Target:
    """The target of a name, or of a class given as `module:Class`.

    Raises:
        UsageError: there is none, or it cannot be imported; the message lists those there are.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]()
    found = {point.name: point for point in entry_points(group=GROUP)}
    if ":" in name:
        return _made(EntryPoint(name=name, value=name, group=GROUP))
    if name not in found:
        said = unknown("target", name, sorted({*BUILT_IN, *found}))
        raise UsageError(f"{said}; a class of your own is named as module:Class")
    return _made(found[name])


def _made(point: EntryPoint) -> Target:
    """A target from the class that is named; a module beside the person is found too."""
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    importlib.invalidate_caches()
    try:
        kind: object = point.load()
        made: object = kind() if callable(kind) else kind
    except Exception as error:  # whatever a module of somebody else raises
        said = f"{type(error).__name__}: {error}"
        where = isinstance(error, ModuleNotFoundError)
        hint = "; a module is looked for from the folder that you are in" if where else ""
        raise UsageError(f"the target {point.value} cannot be made: {said}{hint}") from error
    if isinstance(made, OwnApp):
        return OwnTarget(made)
    if hasattr(made, "name") and callable(getattr(made, "start", None)):
        return made  # pyright: ignore[reportReturnType]  as far as can be seen, a Target
    raise UsageError(f"{point.value} is no target: derive it from harness.targets.own.OwnApp")
