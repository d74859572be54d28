"""Mutants on a real bench: one that a rule kills, one that stops the page, one that survives."""

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.mutants import Mutant, all_mutants
from harness.errors import AppError, UsageError
from harness.proving.bench import Bench, Heard
from harness.proving.trying import Assignment, tried
from harness.runner import Runner
from harness.targets.reference import Reference, ReferenceStage
from harness.workshop import open_workshop


def mutant_in(module: str, original: str, mutated: str) -> Mutant:
    return next(
        each
        for each in all_mutants()
        if (each.module, each.original, each.mutated) == (module, original, mutated)
    )


NEVER_WAITS = mutant_in(
    "readiness", 'prompt: ["cache", "status", "provider", "localModel"],', "prompt: [],"
)
NO_GUARDS = mutant_in("guards", "return { capture };", "return {};")
DEAF = mutant_in(  # to other tabs, and no flow has one
    "followups",
    'if (name.startsWith("followups")) setVersion((n) => n + 1);',
    "if (false) setVersion((n) => n + 1);",
)


@contextmanager
def opened(browser: Browser, folder: Path) -> Generator[tuple[Bench, ReferenceStage]]:
    heard = Heard()
    with open_workshop(logs=folder) as workshop, Reference().start(workshop) as stage:
        yield Bench(Runner(stage, workshop, heard, folder), browser, heard), stage


@pytest.fixture(scope="module")
def bench(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Generator[Bench]:
    with opened(browser, tmp_path_factory.mktemp("bench")) as (bench, _):
        yield bench


def on(mutant: Mutant, *flows: str) -> Assignment:
    return Assignment(mutant=mutant, flows=flows)


def test_the_first_flow_with_a_violated_rule_kills_and_no_other_is_performed(bench: Bench) -> None:
    trial = tried(bench, on(NEVER_WAITS, "model-gate", "no-such-flow"))
    assert (trial.outcome, trial.flow) == ("killed", "model-gate")
    assert "model-gate" in trial.rules
    assert trial.mutant == NEVER_WAITS
    assert trial.seconds > 0


def test_a_mutant_that_no_flow_detects_survives(bench: Bench) -> None:
    trial = tried(bench, on(DEAF, "model-gate"))
    assert (trial.outcome, trial.flow, trial.rules) == ("survived", "", ())


def test_a_page_that_does_not_come_up_is_told_apart(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReferenceStage, "opening_s", 2.0)
    trial = tried(bench, on(NO_GUARDS, "model-gate"))
    assert (trial.outcome, trial.flow, trial.rules) == ("timeout", "model-gate", ())
    assert "the page shows no row" in trial.reason


def test_what_a_flow_executes_is_told_by_the_browser(bench: Bench) -> None:
    executed = bench.executed("model-gate")
    assert executed.at("/src/readiness.js", NEVER_WAITS.offset)
    assert executed.at("/src/guards.js", NO_GUARDS.offset)
    undone = mutant_in(
        "sending",
        "if (pauses) queue.setPaused(guard.session, false);",
        "if (true) queue.setPaused(guard.session, false);",
    )
    assert not executed.at("/src/sending.js", undone.offset)


def test_what_was_executed_before_a_page_was_loaded_anew_counts(bench: Bench) -> None:
    chosen = mutant_in(  # models are chosen on the first page alone
        "directory-store",
        "land(live(), { model: { choice } });",
        "land(live(), {});",
    )
    assert bench.executed("model-gate").at("/src/directory-store.js", chosen.offset)


def test_a_clean_app_that_does_not_pass_ends_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReferenceStage, "opening_s", 0.001)
    with pytest.raises(AppError, match=r"the clean app does not pass model-gate: the page shows"):
        bench.executed("model-gate")


def test_a_mutant_that_no_longer_applies_is_an_error(bench: Bench) -> None:
    edit = DEAF.edits[0].model_copy(update={"find": "nowhere"})
    stale = DEAF.model_copy(update={"edits": (edit,)})
    with pytest.raises(UsageError, match="no longer applies"):
        tried(bench, on(stale, "model-gate"))


def test_a_server_that_died_is_no_detection(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path) as (bench, stage):
        os.kill(stage.process.pid, signal.SIGKILL)
        with pytest.raises(AppError, match="ended with signal SIGKILL"):
            tried(bench, on(DEAF, "model-gate"))
