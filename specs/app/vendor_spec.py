"""The vendored SolidJS is what its package published."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import fixtures.app

VENDORED = Path(fixtures.app.__file__).parent / "web" / "vendor" / "solid-js"
MANIFEST = "VENDOR.json"


def differences(folder: Path) -> set[str]:
    """The files that are missing, added or not what the manifest says."""
    listed: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    found = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return {name for name, _ in listed.items() ^ found.items()}


def test_vendored_files_are_unchanged() -> None:
    assert differences(VENDORED) == set()


def test_a_changed_or_added_file_is_noticed(tmp_path: Path) -> None:
    copy = shutil.copytree(VENDORED, tmp_path / "solid-js")
    (copy / "dist" / "solid.js").write_text("// not solid", encoding="utf-8")
    (copy / "more.js").write_text("", encoding="utf-8")
    assert differences(copy) == {"dist/solid.js", "more.js"}


def test_licence_and_version_are_there() -> None:
    manifest = json.loads((VENDORED / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["licence"]) == ("1.9.19", "MIT")
    assert "MIT License" in (VENDORED / manifest["licenceFile"]).read_text(encoding="utf-8")
