"""The pytest way in, each option through a pytest of its own."""

import sys
from datetime import date
from pathlib import Path

import pytest

from harness.baseline import write_baseline
from harness.browser import launch_arguments
from specs.harness.baseline.made import accepting, baseline

pytest_plugins = ["pytester"]

ALWAYS = date(2999, 1, 1)
IN_PLACE = "round-trip-in-place-history"
SPEC = """
import pytest

@pytest.mark.parametrize("flow", {flows})
def test_flow(run_flow, flow):
    result = run_flow(flow)
    if result.verdict != "pass":
        pytest.fail(str(result), pytrace=False)
"""


@pytest.fixture(autouse=True)
def a_configuration_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\naddopts = -p no:cacheprovider")


def spec(pytester: pytest.Pytester, *flows: str) -> Path:
    return pytester.makepyfile(SPEC.format(flows=list(flows or (IN_PLACE,))))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--target=nope", "ERROR: there is no target “nope”; there are: opencode, pawwork, *"),
        ("--fault=nope", "ERROR: there is no fault “nope”; “harness faults” lists them"),
        ("--server-url=http://127.0.0.1:9", "*one address*: leave out --server-url"),
        ("--app-version=9", "*leave out --app-version, or name another --target"),
        ("--baseline=none.toml", "ERROR: there is no baseline none.toml: write one from a run*"),
        ("--baseline-strict", "ERROR: being strict is about a baseline: name its file*"),
    ],
)
def test_what_there_is_not_is_refused_before_any_test(
    pytester: pytest.Pytester, option: str, said: str
) -> None:
    spec(pytester)
    result = pytester.runpytest_subprocess(option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([said])
    assert "Traceback" not in result.stderr.str()


def test_the_options_are_explained(pytester: pytest.Pytester) -> None:
    told = pytester.runpytest_subprocess("--help").stdout.str()
    assert "scope-harness:" in told
    for option in ("--target=", "--app-version=", "--fault=", "--report=DIR", "--baseline=FILE"):
        assert option in told


def test_a_fault_fails_in_plain_words_with_pytest_playwrights_pictures_and_traces(
    pytester: pytest.Pytester,
) -> None:
    spec(pytester)
    result = pytester.runpytest_subprocess(
        *("--fault=timeline-keyed-by-directory", "--report=mine"),
        *("--screenshot=only-on-failure", "--tracing=retain-on-failure", "--output=kept"),
    )
    result.assert_outcomes(failed=1)
    told = result.stdout.str()
    assert "timeline-mounted: after enter-worktree the timeline" in told
    assert "Traceback" not in told
    assert "flow_fixtures.py" not in told
    result.stdout.fnmatch_lines(["report: mine/*-timeline-keyed-by-directory/report.html"])
    kept = {path.suffix for path in (pytester.path / "kept").rglob("*") if path.is_file()}
    assert kept == {".png", ".zip"}
    assert len(list((pytester.path / "mine").glob("*/junit.xml"))) == 1


ONE_RULE = """
def test_flow(run_flow):
    result = run_flow("round-trip-in-place-bottom")
    assert result.verdict == "pass", str(result)
    assert not result.findings
    assert [found.property for found in result.accepted] == ["timeline-mounted"] * 2
"""


@pytest.mark.parametrize("known", [2, 1])
def test_accepted_findings_pass_and_are_told_at_the_end(
    pytester: pytest.Pytester, known: int
) -> None:
    actions = ("enter-worktree", "exit-worktree")
    held = (
        accepting(
            f"composer replaced after {action}", flow="round-trip-in-place-bottom", until=ALWAYS
        )
        for action in actions[:known]
    )
    write_baseline(pytester.path / "known.toml", baseline(*held))
    pytester.makepyfile(ONE_RULE)
    result = pytester.runpytest_subprocess("--fault=composer-remount", "--baseline=known.toml")
    told = "accepted: timeline-mounted in round-trip-in-place-bottom: composer replaced after"
    result.stdout.fnmatch_lines([f"{told} enter-worktree*known (until 2999-01-01)"])
    result.assert_outcomes(**({"passed": 1} if known == len(actions) else {"failed": 1}))


def test_reports_of_xdists_workers_are_printed(pytester: pytest.Pytester) -> None:
    spec(pytester, "round-trip-in-place-bottom", "round-trip-address-bottom")
    result = pytester.runpytest_subprocess("--numprocesses=2", "--report=mine")
    result.assert_outcomes(passed=2)
    printed = [line for line in result.outlines if line.startswith("report: ")]
    assert len(printed) == 2
    assert all(Path(line.removeprefix("report: ")).name == "report.html" for line in printed)
    assert len(list((pytester.path / "mine").iterdir())) == 2


def test_an_unknown_flow_and_a_file_in_the_way_are_said_without_a_traceback(
    pytester: pytest.Pytester,
) -> None:
    spec(pytester, "nope")
    (pytester.path / "taken").touch()
    told = pytester.runpytest_subprocess()
    told.assert_outcomes(failed=1)
    told.stdout.fnmatch_lines(["there is no flow “nope”; there are: round-trip-in-place-history,*"])
    assert "flow_fixtures.py" not in told.stdout.str()
    told = pytester.runpytest_subprocess("--report=taken")
    told.assert_outcomes(errors=1)
    told.stdout.fnmatch_lines(["cannot write reports in taken (Not a directory): choose another*"])
    assert "flow_fixtures.py" not in told.stdout.str()
    assert "another exception" not in told.stdout.str()


def test_no_browser_is_said_without_a_traceback(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec(pytester)
    monkeypatch.setenv("PATH", str(pytester.path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(pytester.path))
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["no browser was found; install one with: *"])
    assert "launch_fixture.py" not in result.stdout.str()
    assert "another exception" not in result.stdout.str()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_no_display_is_said_without_a_traceback(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec(pytester)
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    result = pytester.runpytest_subprocess("--headed")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["there is no display to show the browser on: leave out --headed*"])
    assert "Call log" not in result.stdout.str()


def test_another_pytest_with_the_plugin_is_not_disturbed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    result = pytester.runpytest_subprocess("-W", "error")
    result.assert_outcomes(passed=1)
    assert "report:" not in result.stdout.str()


class _Chromium:
    name = "chromium"
    executable_path = "/not/there"


def test_a_channel_that_was_asked_for_stands() -> None:
    given = {"channel": "chrome", "args": ["--mine"]}
    made = launch_arguments(_Chromium(), given)  # pyright: ignore[reportArgumentType] a stand-in
    assert made["channel"] == "chrome"
    assert "executable_path" not in made
    assert isinstance(made["args"], list)
    assert made["args"][0] == "--mine"
