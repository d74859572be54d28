"""Which releases of opencode there are, by the registry, or by what it said last."""

import json
import re
import tempfile
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from harness.errors import SetupError, UsageError, wrong_way_round
from harness.targets.npm import SilentError, npm
from harness.targets.opencode.release import Releases

PACKAGE = "opencode-ai"
ASK_S = 60.0
STABLE = re.compile(r"^\d+\.\d+\.\d+$")
_LIST = TypeAdapter(list[str])


def releases_between(old: str, new: str, folder: Path | None = None) -> tuple[str, ...]:
    """The stable releases from one to another, both included, the older one first.

    Args:
        old: the older release.
        new: the newer one.
        folder: where the list is kept; None is the harness's folder in the user's cache.

    Raises:
        UsageError: there is no such release, or they are the wrong way round.
        SetupError: the registry does not answer, and has not before.
    """
    known = known_releases(folder)
    for asked in (old, new):
        if asked not in known:
            raise UsageError(
                f"there is no stable release {asked} of opencode; the newest are"
                f" {', '.join(known[-5:])}, all are told by: npm view {PACKAGE} versions"
            )
    first, last = known.index(old), known.index(new)
    if first >= last:
        raise UsageError(wrong_way_round(f"{old} is not older than {new}"))
    return known[first : last + 1]


def known_releases(folder: Path | None = None) -> tuple[str, ...]:
    """All stable releases, the oldest first; where the registry is silent, those it named last.

    Raises:
        SetupError: the registry does not answer, and has not before; or npm fails.
    """
    kept = (folder or Releases().folder) / "versions.json"
    try:
        told = _asked()
    except SilentError:
        if not kept.is_file():
            raise
        return _read(kept.read_text(encoding="utf-8"))
    found = _read(told)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found), encoding="utf-8")
    except OSError:
        return found  # the list is asked for again next time
    return found


def _asked() -> str:
    with tempfile.TemporaryDirectory(prefix="scope-harness-npm-") as folder:
        arguments = ("view", "--json", PACKAGE, "versions")
        return npm(arguments, PACKAGE, cwd=Path(folder), timeout_s=ASK_S)


def _read(told: str) -> tuple[str, ...]:
    try:
        found = _LIST.validate_json(told)
    except ValidationError as error:
        raise SetupError(f"npm's list of {PACKAGE} is no list of versions: {told[:80]}") from error
    stable = (version for version in found if STABLE.match(version))
    return tuple(sorted(stable, key=_order))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
