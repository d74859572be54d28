"""Bad usage: one sentence with the remedy, exit code 2, nothing started, no folder left."""

import json
from pathlib import Path

import pytest

from harness.cli.options import workers_asked
from harness.errors import UsageError
from harness.run import RunOptions, chosen, ensure_possible
from harness.targets.reference import TRAITS
from specs.harness.conftest import Harness


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--target", "nope"),
            "there is no target “nope”; there are: opencode, pawwork, reference",
        ),
        (("--fault", "nope"), "there is no fault “nope”; “harness faults” lists them"),
        (("--flow", "nope"), "there is no flow “nope”; there are: round-trip-in-place-history,"),
        (("--flow", "stale-vsc"), "there is no flow “stale-vsc”; did you mean: stale-vcs"),
        (("--flow", "queue"), "“queue”; did you mean: queue-elsewhere, queue-paused?"),
        (("--app-version", "9"), "leave out --app-version, or name another --target"),
        (("--base-url", "http://127.0.0.1:9"), "leave out --base-url, or name another --target"),
        (("--server-url", "http://127.0.0.1:9"), "reference has one address for its page and its"),
        (("--target", "opencode", "--app-version", "new"), "“new” is no version of opencode"),
        (
            ("--target", "opencode", "--app-version", "1.2.3", "--base-url", "http://127.0.0.1:9"),
            "exclude each other",
        ),
        (("--target", "pawwork"), "start its app and its backend, and say where they are"),
        (("--report", " "), "for the one you are in give: ."),
        (("--workdir", ""), "for the one you are in give: ."),
        (
            ("--target", "opencode", "--fault", "double-send"),
            "faults are changes to the reference app: leave out --target",
        ),
    ],
)
def test_what_there_is_not_is_refused_before_anything_starts(
    harness: Harness, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    told = harness("gate", "--report", tmp_path / "reports", *arguments)
    assert told.code == 2
    assert said in told.sentence
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    "address",
    [
        *("", "localhost", "127.0.0.1:4096", "http://[", "ftp://x", "http://"),
        *("http://a:0", "http://a:x", "http://127.0.0.1:65536"),
    ],
)
def test_an_address_that_is_none(harness: Harness, address: str) -> None:
    told = harness("gate", "--target", "opencode", "--base-url", address)
    assert told.code == 2
    said = f"--base-url takes an address like http://127.0.0.1:4096, not “{address}”"
    assert told.sentence == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--target", "opencode", "--base-url", "http://a:65536"), "--base-url takes an address"),
        (("--target", "reference", "--base-url", "http://127.0.0.1:9"), "leave out --base-url"),
        (("--target", "reference", "--install-browser"), "leave out --target"),
        (("--base-url", "http://127.0.0.1:9"), "belong to --target"),
    ],
)
def test_the_doctor_refuses_what_it_would_not_look_at(
    harness: Harness, arguments: tuple[str, ...], said: str
) -> None:
    told = harness("doctor", *arguments)
    assert told.code == 2
    assert said in told.sentence


def test_an_address_of_a_server_that_is_none(harness: Harness) -> None:
    told = harness("gate", "--target", "pawwork", "--server-url", "localhost")
    assert told.code == 2
    assert told.sentence.startswith("--server-url takes an address like http://127.0.0.1:4096")


def test_a_flow_that_all_releases_have_in_common_is_taken_by_name(harness: Harness) -> None:
    flow = "follow-up-in-place-bottom"
    (plan,) = chosen(RunOptions(only=(flow,)), TRAITS)
    assert plan.name == flow
    assert json.loads(harness("flows", flow).out) == json.loads(plan.model_dump_json())
    assert flow not in harness("flows").out


def test_an_unknown_flow_cannot_be_printed(harness: Harness) -> None:
    told = harness("flows", "nope")
    assert told.code == 2
    assert "there is no flow “nope”; there are: round-trip-in-place-history" in told.sentence


@pytest.mark.parametrize("command", ["gate", "explore"])
def test_processes_side_by_side_cannot_share_the_agent_s_port(
    harness: Harness, tmp_path: Path, command: str
) -> None:
    told = harness(command, "--agent-port", 4097, "--workers", 2, "--report", tmp_path / "out")
    assert told.code == 2
    assert told.sentence == "--agent-port is the port of one process: leave out --workers"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("asked", "port", "workers"), [(None, None, 3), (5, None, 5), (None, 4097, 1), (1, 4097, 1)]
)
def test_a_process_has_the_agent_s_port_alone(
    asked: int | None, port: int | None, workers: int
) -> None:
    assert workers_asked(asked, port, otherwise=3) == workers


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_no_option_has_checked(port: int) -> None:
    """pytest's own, or that of a counterexample."""
    with pytest.raises(UsageError, match=f"--agent-port takes 1 to 65535, not {port}"):
        ensure_possible(RunOptions(agent_port=port))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gate", "--targt", "reference"), "--targt"),
        (("gate", "--slow", "-1"), "--slow"),
        (("gate", "--agent-port", "65536"), "--agent-port"),
        (("nope",), "nope"),
        (("report",), "run"),
    ],
)
def test_a_mistyped_command_line_is_bad_usage(
    harness: Harness, arguments: tuple[str, ...], said: str
) -> None:
    told = harness(*arguments)
    assert told.code == 2
    assert said in told.err
    assert "--help" in told.err
    assert "Traceback" not in told.err


def test_verbose_shows_the_traceback_before_the_sentence(harness: Harness) -> None:
    told = harness("gate", "--target", "nope", "--verbose")
    assert told.code == 2
    assert told.err.startswith("Traceback")
    assert told.err.rstrip().splitlines()[-1].startswith("harness: there is no target “nope”")


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_way_of_the_reports(harness: Harness, tmp_path: Path, below: str) -> None:
    in_the_way = tmp_path / "taken"
    in_the_way.write_text("mine")
    told = harness("gate", "--report", in_the_way / below)
    assert told.code == 2
    assert str(in_the_way) in told.sentence
    assert told.sentence.endswith("choose another folder with --report")
    assert in_the_way.read_text() == "mine"


def test_a_bug_of_the_harness_is_not_taken_for_a_violation(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("harness.cli.listing.catalogue", broken)
    told = harness("faults")
    assert told.code == 3
    assert told.sentence == "failed by a bug of its own (RuntimeError: two); --verbose shows where"
