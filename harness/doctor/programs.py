"""Programs of this machine and of this Python, and their versions."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def search_path() -> str:
    """The PATH with this Python's own programs last: node may come from a wheel."""
    return os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])


def version_of(program: str) -> str | None:
    """What a program says of its version; None when it is not there or does not run."""
    path = shutil.which(program, path=search_path())
    if path is None:
        return None
    try:
        done = subprocess.run([path, "--version"], check=False, capture_output=True, text=True)
    except OSError:
        return None
    lines = done.stdout.split("\n")
    return lines[0].removeprefix(f"{program} version ") if done.returncode == 0 else None
