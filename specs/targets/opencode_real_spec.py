"""The pinned release itself, where it is in the cache; nothing is downloaded for it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from harness.actions import OpenSession, ReadHistory, ReadLatest, SendPrompt
from harness.flows import round_trip
from harness.gate import PageContext
from harness.journal import Entry, PropertyJudged
from harness.plans import Plan
from harness.runner import Runner
from harness.targets.opencode import Opencode, OpencodeStage
from harness.targets.opencode.release import PINNED, Releases
from harness.targets.protocol import Workshop
from harness.workshop import open_workshop

pytestmark = pytest.mark.skipif(
    Releases().cached(PINNED) is None,
    reason=f"opencode {PINNED} is not in the cache: harness gate --target opencode gets it",
)
AT_HOME = Plan(
    name="at-home",
    title="Read, and send where one is",
    seeded=40,
    actions=(
        OpenSession(),
        ReadHistory(),
        SendPrompt(text="Where are you?", reply="At home.", via="api"),
        ReadLatest(),
        SendPrompt(text="And now?", reply="Still at home."),
    ),
)
HERE = {  # what these plans put it to
    "timeline-mounted",
    "rendered-window-kept",
    "reading-position-kept",
    "no-blank-frame",
    "send-target",
    "send-once",
    "turn-shown",
    "followup-owner",
    "status-merge",
}
Judged = dict[str, PropertyJudged]


@pytest.fixture(name="workshop", scope="module")
def _workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with open_workshop(logs=tmp_path_factory.mktemp("opencode")) as workshop:
        yield workshop


@pytest.fixture(name="stage", scope="module")
def _stage(workshop: Workshop) -> Iterator[OpencodeStage]:
    with Opencode().start(workshop) as stage:
        yield stage


@pytest.fixture(name="judged_by", scope="module")
def _judged_by(
    workshop: Workshop, stage: OpencodeStage, browser: Browser
) -> Callable[[Plan], Judged]:
    def run(plan: Plan) -> Judged:
        entries: list[Entry] = []

        def new_page() -> PageContext:
            return PageContext(browser)

        Runner(stage, workshop, entries.append, workshop.logs).run(plan, new_page)
        judged = (entry for entry in entries if isinstance(entry, PropertyJudged))
        return {entry.property: entry for entry in judged if entry.outcome != "not applicable"}

    return run


def test_the_release_is_the_pinned_one_and_logs_into_the_run(
    workshop: Workshop, stage: OpencodeStage
) -> None:
    assert stage.app_version == PINNED
    assert list((workshop.logs / "opencode").iterdir())


def test_a_session_that_stays_where_it_is_breaks_no_rule_but_one(
    judged_by: Callable[[Plan], Judged],
) -> None:
    judged = judged_by(AT_HOME)
    assert set(judged) == HERE
    wrong = {name: j.reason or j.findings for name, j in judged.items() if j.outcome != "pass"}
    # Rows that come after a send leave the reader of this release 60 px above the bottom for a
    # dozen frames, in most sessions but not in all: its list corrects the heights that it guessed.
    position = wrong.pop("reading-position-kept", ())
    assert wrong == {}
    assert {found.step for found in judged["reading-position-kept"].findings} <= {5}, position
    assert all(j.evidence for j in judged.values())


def test_the_round_trip_rebuilds_the_page_and_still_sends_where_it_should(
    judged_by: Callable[[Plan], Judged], stage: OpencodeStage
) -> None:
    judged = judged_by(round_trip(stage.traits, reader="bottom", address=False))
    assert set(judged) == HERE
    assert all(j.evidence for j in judged.values())
    assert {found.step for found in judged["timeline-mounted"].findings} == {2, 3}
    for rule in ("send-target", "send-once", "turn-shown"):
        assert judged[rule].outcome == "pass", judged[rule]
