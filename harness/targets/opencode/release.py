"""Releases of opencode in a cache of the harness, installed by npm where one is missing."""

import os
import platform
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import platformdirs

from harness.errors import SetupError, UsageError
from harness.targets.npm import npm

PINNED = "1.18.33"
INSTALL_S = 900.0
CHECK_S = 60.0
OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--no-package-lock")


def packages(system: str, machine: str, *, musl: bool) -> tuple[str, ...]:
    """The npm packages that may hold a program for a machine, likeliest first.

    Raises:
        SetupError: opencode is not released for it.
    """
    name = {"Linux": "linux", "Darwin": "darwin"}.get(system)
    kind = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(
        machine.lower()
    )
    if name is None or kind is None:
        raise SetupError(
            f"there is no opencode for {system} {machine} that the harness can install;"
            " start one yourself and give its address with --base-url"
        )
    plain = f"opencode-{name}-{kind}"
    variants = [plain, f"{plain}-baseline"] if kind == "x64" else [plain]
    # A program linked against another C library cannot even be started.
    return tuple(f"{variant}-musl" if musl else variant for variant in variants)


class Releases:
    """The releases in one folder: `FOLDER/VERSION` is there whole or not at all.

    Args:
        folder: None is the harness's folder in the user's cache.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(platformdirs.user_cache_dir("scope-harness")) / "opencode"

    def cached(self, version: str) -> Path | None:
        """The program of a release if it is in the cache; nothing is asked or installed."""
        ensure_version(version)
        return _program_in(self.folder / version)

    def program(self, version: str) -> Path:
        """The program of a release, installed first if it is not in the cache.

        Raises:
            UsageError: that is no version, or there is no such release.
            SetupError: npm is missing or fails, or the program does not run here.
        """
        return self.cached(version) or self._install(version)

    def _install(self, version: str) -> Path:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{version}-", dir=self.folder) as scratch:
                whole = _installed(version, Path(scratch))
                return self._adopt(whole, version)
        except OSError as error:
            raise SetupError(
                f"cannot keep opencode {version} in {self.folder}: {error.strerror};"
                " name a folder that can be written with XDG_CACHE_HOME"
            ) from error

    def _adopt(self, whole: Path, version: str) -> Path:
        place = self.folder / version
        if self.cached(version) is None:
            shutil.rmtree(place, ignore_errors=True)  # what a person left of it
            whole.rename(place)
        program = self.cached(version)
        if program is None:
            raise SetupError(f"npm installed no opencode {version} into {place}")
        return program


def ensure_version(version: str) -> None:
    """Refuse what is no version.

    Raises:
        UsageError: it is none.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+(-[\w.]+)?", version):
        raise UsageError(f"“{version}” is no version of opencode; one looks like {PINNED}")


def _program_in(release: Path) -> Path | None:
    found = sorted(release.glob("node_modules/opencode-*/bin/opencode"))
    return next((path for path in found if path.is_file()), None)


def _installed(version: str, scratch: Path) -> Path:
    """A folder with the release in the first package whose program runs on this machine."""
    libc = platform.libc_ver()[0]
    musl = platform.system() == "Linux" and libc != "glibc"
    said = "npm installed no program"
    for package in packages(platform.system(), platform.machine(), musl=musl):
        place = scratch / package
        place.mkdir()
        _npm_install(package, version, place)
        program = _program_in(place)
        said = _complaint(program, scratch) if program else said
        if program and not said:
            return place
        shutil.rmtree(place)
    raise SetupError(f"opencode {version} does not run on this machine: {said}")


def _complaint(program: Path, home: Path) -> str:
    """What keeps a program from running; empty when it runs."""
    env = {"HOME": str(home), "PATH": os.defpath}
    try:
        done = subprocess.run(
            [program, "--version"], check=False, capture_output=True, env=env, timeout=CHECK_S
        )
    except OSError as error:
        return error.strerror or type(error).__name__
    except subprocess.TimeoutExpired:
        return f"it said nothing in {CHECK_S:.0f} s"
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return "" if done.returncode == 0 else f"exit code {done.returncode} {' '.join(said[-1:])}"


def _npm_install(package: str, version: str, place: Path) -> None:
    arguments = ("install", "--prefix", str(place), *OPTIONS, f"{package}@{version}")
    npm(arguments, f"{package} {version}", cwd=place, timeout_s=INSTALL_S)
