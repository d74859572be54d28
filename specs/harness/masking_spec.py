"""What a journal keeps to itself: secrets, and where somebody's home is."""

import base64
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from harness.errors import AppError
from harness.journal import Entry, FlowStarted, Journal, RunStarted, StepObserved
from harness.masking import LineMask
from harness.masking.secrets import without_secrets
from harness.observations import Exchange, Observation, RequestScope, ServerEvent
from harness.run import RunOptions, keep_failure
from reports import read_run, write_reports
from reports.naming import Naming, quoted
from reports.sharding import merge_runs
from specs.harness.conftest import Harness
from specs.reports.masking_spec import SECRETS

TELLING = "the app ended: token=ghp_0123456789abcdefghijABCDEFGHIJ456789 in /home/ada/app"
MASK = LineMask("/srv/ci-home")
JSON = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def b64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def written(entry: Entry) -> str:
    stream = io.StringIO()
    Journal(stream, MASK).write(entry)
    return stream.getvalue()


def observed(**what: object) -> StepObserved:
    told: dict[str, object] = {
        "id": 1,
        "t_start": 1.0,
        "method": "POST",
        "path": "/",
        "scope": RequestScope(server_key="s"),
    }
    seen = Observation(exchanges=(Exchange.model_validate(told | what),))
    return StepObserved(flow="f", step=1, t=2.0, predicted=None, observation=seen)


@pytest.mark.parametrize("text", [text for text, _ in SECRETS])
def test_what_makes_it_cheap_overlooks_no_secret(text: str) -> None:
    assert MASK.text(text) == without_secrets(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/ada/x, /Users/eve/y", "~/x, ~/y"),
        ("/srv/ci-home/work/app", "~/work/app"),
        ("/srv/ci-homes", "/srv/ci-homes"),
        ("C:\\Users\\eve\\x", "~\\x"),
        (f"?directory={quote('/home/ada/a b', safe='')}&x=1", "?directory=~/a b&x=1"),
        (f"/{b64('/home/ada/own')}/session/x", "/~/own/session/x"),
        (f"/{b64('/srv/ci-home/own')}/session/x", "/~/own/session/x"),
        (f"/x?of={b64('in /home/ada/own')}", "/x?of=in ~/own"),
        (f"{b64('not at /Users/eve')}", "not at ~"),
        ("/tmp/scope-harness-1/project, 100 %", "/tmp/scope-harness-1/project, 100 %"),  # noqa: S108
    ],
)
def test_a_home_is_hidden_however_it_is_written(text: str, expected: str) -> None:
    assert MASK.text(text) == expected


@pytest.mark.parametrize(
    "entry",
    [
        observed(body=json.dumps({"text": "hello", "apiKey": "hunter2hunter2"})),
        observed(query="x=1&auth_token=hunter2hunter2"),
        observed(query=quote("password=hunter2hunter2")),
        StepObserved(
            flow="f",
            step=1,
            t=1.0,
            predicted={"cookie": {"sid": "hunter2"}},
            observation=Observation(page_errors=("failed with Authorization: Bearer hunter2",)),
        ),
        StepObserved(
            flow="f",
            step=1,
            t=1.0,
            predicted=None,
            observation=Observation(
                events=(
                    ServerEvent(
                        t=1.0,
                        scope=RequestScope(server_key="https://ada:hunter2@host.example"),
                        type="configured",
                        data={"options": [{"Authorization": "hunter2", "token": ["hunter2"]}]},
                    ),
                )
            ),
        ),
        RunStarted(
            run_id="r",
            t=1.0,
            harness_version="0",
            target="t",
            app_version="1",
            flows=(),
            environment={"MODEL_API_KEY": "hunter2"},
        ),
    ],
)
def test_no_part_of_an_entry_keeps_a_secret(entry: Entry) -> None:
    line = written(entry)
    assert "hunter2" not in line
    assert "<secret>" in line
    assert type(entry).model_validate_json(line).kind == entry.kind


def test_the_plan_stays_as_it_is_and_words_of_it_are_no_names_of_secrets() -> None:
    plan: JsonValue = {
        "actions": [{"name": "send-prompt", "text": "password=hunter2 in /home/ada"}]
    }
    names = {"secret": "/home/ada/wt", "root": "/tmp/x"}  # noqa: S108
    line = written(FlowStarted(flow="f", title="/home/ada", t=1.0, plan=plan, names=names))
    told = FlowStarted.model_validate_json(line)
    assert told.plan == plan
    assert told.names == {"secret": "~/wt", "root": "/tmp/x"}  # noqa: S108
    assert told.title == "~"


def test_a_name_is_still_found_in_what_was_masked() -> None:
    names = {"root": MASK.text("/home/ada/a")}
    texts = ("ran in /home/ada/a", f"/{b64('/home/ada/a')}/session", "/home/ada/a/src")
    told = [Naming(names).text(MASK.text(text)) for text in texts]
    root = quoted("root")
    assert told == [f"ran in {root}", f"/{root}/session", f"{root}/src"]


def test_a_line_without_anything_to_hide_is_not_even_read() -> None:
    line = '{"kind":"x",  "reader":"bottom"}'  # no JSON writer of ours has two spaces
    assert MASK.line(line) is line


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_what_is_masked_is_masked_once(tree: dict[str, object]) -> None:
    line = json.dumps(tree, ensure_ascii=False)
    once = MASK.line(line)
    assert MASK.line(once) == once


def failed(folder: Path, *, unmasked: bool) -> str:
    """The journal of a run that could not be begun, for a reason that tells secrets."""
    folder.mkdir()
    keep_failure(RunOptions(unmasked=unmasked), folder, AppError(TELLING))
    return (folder / "journal.jsonl").read_text("utf-8")


def test_masking_is_on_unless_it_is_turned_off(tmp_path: Path) -> None:
    masked = failed(tmp_path / "masked", unmasked=False)
    assert "<secret>" in masked
    assert "~/app" in masked
    assert "ghp_" not in masked
    assert TELLING in failed(tmp_path / "unmasked", unmasked=True)


def test_a_report_says_that_nothing_is_masked(tmp_path: Path) -> None:
    for name, unmasked in (("masked", False), ("unmasked", True)):
        failed(tmp_path / name, unmasked=unmasked)
        page = write_reports(tmp_path / name).html.read_text("utf-8")
        assert ("Nothing in this run is masked" in page) == unmasked


@pytest.mark.parametrize("command", ["gate", "explore", "replay"])
def test_the_help_warns_of_what_is_not_masked(command: str, harness: Harness) -> None:
    told = " ".join(harness(command, "--help").out.replace("│", " ").split())
    assert "--unmasked" in told
    assert "Leave secrets and home directories in the journal" in told
    assert "give them away" in told


def test_what_is_merged_is_masked(tmp_path: Path) -> None:
    failed(tmp_path / "one", unmasked=True)
    merge_runs([tmp_path / "one"], tmp_path / "whole")
    assert "ghp_" not in (tmp_path / "whole" / "journal.jsonl").read_text("utf-8")
    started = read_run(tmp_path / "whole").started
    assert started
    assert started.masked
