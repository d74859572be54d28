"""A prompt that the page does not send: the step says so, and nobody waits for its turn."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.faults import fault_named
from harness.actions import EnterWorktree, Hold, OpenSession, SendPrompt, ShowSession
from harness.faulting import faulted
from harness.gate import PageContext
from harness.journal import Entry, FlowEnded, PropertyJudged, StepObserved
from harness.plans import Other, Plan
from harness.probe.wire import Match
from harness.runner import Runner
from harness.targets.family.prompts import prompts_of
from harness.targets.reference import Reference
from harness.workshop import open_workshop

WAIT_S = 20.0
PLAN = Plan(
    name="unsent",
    title="Send twice; after the first change of the directory nothing leaves the page",
    seeded=2,
    actions=(
        OpenSession(),
        SendPrompt(text="Sent.", reply="It was."),
        EnterWorktree(by="move", via="nobody"),
        SendPrompt(text="Not sent.", reply="Never said."),
        SendPrompt(text="Nor this.", reply="Never said, too."),
    ),
)


def test_it_is_told_and_what_comes_after_it_is_not_done(browser: Browser, tmp_path: Path) -> None:
    entries: list[Entry] = []
    with (
        open_workshop(logs=tmp_path) as workshop,
        Reference().start(workshop) as stage,
        faulted(workshop.wire, fault_named("dropped-send")),
    ):
        runner = Runner(stage, workshop, entries.append, shots=None)
        runner.run(PLAN, lambda: PageContext(browser))
    moving = [
        entry.observation.settled.moving if entry.observation.settled else None
        for entry in entries
        if isinstance(entry, StepObserved)
    ]
    assert moving[:4] == [(), (), (), ("the request that sends what was submitted",)]
    (ended,) = (entry for entry in entries if isinstance(entry, FlowEnded))
    assert ended.verdict == "violated"
    assert ended.reason == "send-prompt could not be done: the agent's turn before it has not ended"


def crowded(switches: int) -> Plan:
    """Messages that are kept back while the page goes to and fro, and then a prompt."""
    there = (ShowSession(session="short"), ShowSession(session="long"))
    back = (*itertools.islice(itertools.cycle(there), switches),)
    return Plan(
        name="crowded",
        title="Much is kept back",
        seeded=2,
        others=(Other(session="short", seeded=2),),
        actions=(OpenSession(), Hold(what="messages"), *back, SendPrompt(text="Sent.")),
    )


@pytest.mark.parametrize(
    ("switches", "verdict", "reason"),
    [
        (2, "pass", ""),
        (
            6,
            "inconclusive",
            (
                "the network keeps back so many answers of “server” that the browser asks it"
                " nothing more (at most 6 questions at once): release some before"
            ),
        ),
    ],
)
def test_a_page_that_cannot_ask_any_more_is_not_judged(
    browser: Browser, tmp_path: Path, switches: int, verdict: str, reason: str
) -> None:
    entries: list[Entry] = []
    with open_workshop(logs=tmp_path) as workshop, Reference().start(workshop) as stage:
        runner = Runner(stage, workshop, entries.append, shots=None)
        ended = runner.run(crowded(switches), lambda: PageContext(browser))
    judged = [entry for entry in entries if isinstance(entry, PropertyJudged)]
    assert not [finding for entry in judged for finding in entry.findings]
    assert (ended.verdict, ended.reason) == (verdict, reason)


def test_whoever_prompts_a_moved_session_has_seen_that_the_page_heard_of_it(
    browser: Browser, tmp_path: Path
) -> None:
    plan = PLAN.model_copy(
        update={"actions": (OpenSession(), EnterWorktree(by="move", via="composer"))}
    )
    early: list[bool] = []
    with open_workshop(logs=tmp_path) as workshop, Reference().start(workshop) as stage:
        wire = workshop.wire
        news = wire.hold(Match(event_type="session.updated"), "event")

        def late() -> None:
            assert wire.wait_for(lambda _: news.held > 0, WAIT_S)
            early.append(wire.wait_for(lambda seen: bool(prompts_of(seen.exchanges)), 0.5))
            news.remove()

        runner = Runner(stage, workshop, lambda _: None, shots=None)
        with ThreadPoolExecutor(1) as other:
            letting_go = other.submit(late)
            ended = runner.run(plan, lambda: PageContext(browser))
            letting_go.result(WAIT_S)
    assert (early, ended.verdict) == ([False], "pass")
