"""A plan that may end with what breaks a rule: what comes after it is not waited for."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser
from pydantic import JsonValue

from fixtures.faults import Fault, fault_named
from harness.actions import (
    EnterWorktree,
    OpenReview,
    OpenSession,
    Refuse,
    Release,
    Reload,
    SendPrompt,
    WriteDraft,
)
from harness.errors import AppError
from harness.gate import PageContext
from harness.journal import Entry, RunVerdict, StepObserved
from harness.plans import Plan
from harness.run import Run
from harness.runner import Runner
from harness.targets.protocol import Deed, Workshop
from harness.targets.reference import Reference, ReferenceStage
from harness.workshop import open_workshop

LOST = fault_named("dropped-send")
PLAN = Plan(
    name="moved",
    title="Say something after a move",
    actions=(
        OpenSession(),
        SendPrompt(text="Who?", reply="Me."),
        EnterWorktree(by="move", via="nobody"),
        SendPrompt(text="Where?", reply="Here."),
        WriteDraft(text="later"),
    ),
)

OPENED = Plan(name="opened", title="Open the review", actions=(OpenSession(), OpenReview()))


@pytest.fixture(name="app", scope="module")
def _app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workshop, ReferenceStage]]:
    logs = tmp_path_factory.mktemp("logs")
    with open_workshop(logs=logs) as workshop, Reference().start(workshop) as stage:
        yield workshop, stage


def performed(
    app: tuple[Workshop, ReferenceStage], browser: Browser, fault: Fault | None, *, early: bool
) -> tuple[RunVerdict, int]:
    workshop, stage = app
    heard: list[Entry] = []
    run = Run((), Runner(stage, workshop, heard.append, None), fault)
    if early:
        run.end_when_violated()
    with run.hurried(1.0):
        verdict = run.perform(PLAN, lambda: PageContext(browser))
    return verdict, sum(isinstance(entry, StepObserved) for entry in heard)


def test_a_plan_may_end_where_a_rule_is_broken(
    app: tuple[Workshop, ReferenceStage], browser: Browser
) -> None:
    assert performed(app, browser, LOST, early=False) == ("violated", 5)
    assert performed(app, browser, LOST, early=True) == ("violated", 4)
    assert performed(app, browser, None, early=True) == ("pass", 5)


def test_patience_is_as_before_once_there_is_no_hurry(app: tuple[Workshop, ReferenceStage]) -> None:
    workshop, stage = app
    run = Run((), Runner(stage, workshop, lambda _: None, None), None)
    usual = stage.patience_s
    with suppress(AppError), run.hurried(1.0):
        assert stage.patience_s == 1.0
        raise AppError
    with run.hurried(1000.0):
        assert stage.patience_s == usual  # to hurry is never to wait longer
    assert stage.patience_s == usual


def test_a_review_that_was_refused_is_waited_for_no_more(
    app: tuple[Workshop, ReferenceStage], browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page whose question was answered with an error need not ask again by itself."""
    workshop, stage = app
    wanted: list[set[str]] = []
    expected = stage.expected

    def told(deed: Deed) -> dict[str, JsonValue]:
        wanted.append({*(says := expected(deed))} & {"review", "artifacts"})
        return says

    monkeypatch.setattr(stage, "expected", told)
    late = (Refuse(what="artifacts"), Reload(), Release(what="artifacts"))
    plan = PLAN.model_copy(update={"actions": (OpenSession(), OpenReview(), *late)})
    run = Run((), Runner(stage, workshop, lambda _: None, None), None)
    run.perform(plan, lambda: PageContext(browser))
    run.perform(OPENED, lambda: PageContext(browser))
    both, one = {"review", "artifacts"}, {"review"}
    assert wanted == [set(), both, one, one, one, set(), both]
