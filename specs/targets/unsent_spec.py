"""A prompt that the page does not send: the step says so, and nobody waits for its turn."""

from pathlib import Path

from playwright.sync_api import Browser

from fixtures.faults import fault_named
from harness.actions import EnterWorktree, OpenSession, SendPrompt
from harness.faulting import faulted
from harness.gate import PageContext
from harness.journal import Entry, FlowEnded, StepObserved
from harness.plans import Plan
from harness.runner import Runner
from harness.targets.reference import Reference
from harness.workshop import open_workshop

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
