"""Whether a target fits an app that runs: each hook, each request, each question to its server.

The looks at one step build on each other, so what could not be looked at is not told as missing.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from playwright.sync_api import Page

from harness.actions import EnterWorktree, ExitWorktree, OpenSession, SendPrompt
from harness.doctor.check import Check
from harness.errors import HarnessError
from harness.names import Names
from harness.observations import HeldMessage, Observation
from harness.plans import Plan, predict
from harness.probe.recorder import Recorder, RecorderError
from harness.probe.wire import Wire
from harness.runner.step import Stepper
from harness.runner.verdicts import Ended
from harness.targets.protocol import Deed, Stage
from harness.traits import Traits

HOOKS = ("timeline", "viewport", "composer", "rows")
ASKED = "Where are you?"
Look = Callable[["Seen"], Check]


class Seen(NamedTuple):
    """A step as it was observed, with the real names of the plan's words."""

    stage: Stage
    names: Names
    step: Observation

    @property
    def session(self) -> str:
        """The real id of the session."""
        return self.names.sessions["long"]

    @property
    def works_in(self) -> str | None:
        """The directory where the server has the session work."""
        return next((record.active_directory for record in self.step.records), None)

    @property
    def messages(self) -> tuple[HeldMessage, ...]:
        """The messages that the server holds for the session."""
        return next((record.messages for record in self.step.records), ())


def examine(stage: Stage, wire: Wire, page: Page) -> Iterator[Check]:
    """Make a session, show it, ask in it, move it and back; each thing is told as it is found.

    Args:
        stage: the target on the app.
        wire: before its servers.
        page: a new page.
    """
    plan = _plan(stage.traits)
    try:
        names = stage.prepare(plan)
    except HarnessError as error:
        yield _missing("seeding", "a session to look at", str(error))
        return
    long = names.sessions["long"]
    yield _found("seeding", f"session {long}, {plan.seeded} messages", "a session to look at")
    yield from _performed(stage, wire, page, plan, names)


def _plan(traits: Traits) -> Plan:
    ways = [{"by": by} for by in traits.enters_by[:1]]
    there = tuple(EnterWorktree.model_validate(way) for way in ways)
    back = tuple(ExitWorktree.model_validate(way) for way in ways)
    actions = (OpenSession(), SendPrompt(text=ASKED, reply="Here."), *there, *back)
    return Plan(name="doctor", title="What the doctor looks at", seeded=30, actions=actions)


def _performed(stage: Stage, wire: Wire, page: Page, plan: Plan, names: Names) -> Iterator[Check]:
    recorder = Recorder(page, stage.hooks)
    recorder.begin(1)
    stepper = Stepper(stage, wire, [])
    worlds = predict(plan, stage.traits)
    for number, action in enumerate(plan.actions):
        deed = Deed(action, worlds[number], worlds[number + 1], names, page, recorder)
        try:
            step, failure = stepper.perform(deed, number + 2)
        except Ended as end:  # nothing of it could be read
            yield _missing(action.name, action.title, str(end))
            return
        if number == 0:
            yield from _hooks(recorder, stage)
        if failure:
            yield _missing(action.name, action.title, str(failure))
            return
        seen = Seen(stage, names, step)
        yield from (look(seen) for look in LOOKS[number])
        if step.settled.moving:
            yield _missing("rest", action.title, f"still moving: {', '.join(step.settled.moving)}")


def _hooks(recorder: Recorder, stage: Stage) -> Iterator[Check]:
    try:
        missing = recorder.missing_hooks()
    except RecorderError as error:
        yield _missing("page", "all hooks", str(error))
        return
    for name in HOOKS:
        rule = getattr(stage.hooks, name)
        lacks = [each for each in missing if each.startswith(f"{name} (")]
        remedy = f"no element is {rule.describe()}: mend Hooks.{name}"
        yield Check(
            name=f"hook {name}",
            found=None if lacks else rule.css,
            needed_for="every rule of the timeline",
            remedy=remedy,
        )


def _scrolls(seen: Seen) -> Check:
    frame = seen.step.capture.frames[-1]
    height = frame.scroll_height - frame.client_height
    said = f"{height:.0f} px to scroll, {frame.from_bottom:.0f} px from the bottom"
    remedy = "it has nothing to scroll: Hooks.viewport is not the element with the scroll bar"
    return _check("viewport scrolls", said if height > 0 else None, "the reading position", remedy)


def _rows(seen: Seen) -> Check:
    changes = seen.step.capture.row_changes
    held = {message.id for message in seen.messages}
    keys = changes[-1].keys if changes else ()
    ids = [seen.stage.traits.message(key) for key in keys]
    strange = [key for key, found in zip(keys, ids, strict=True) if found and found not in held]
    told = f"{len(keys)} rows, their messages among the {len(held)} of the server"
    remedy = (
        f"the row key “{strange[0]}” is no id of a message of the server: mend RowRule.key, or"
        " Traits.row_key where the id is a part of the key"
        if strange
        else "no row came after the page was opened"
    )
    fits = bool(keys) and not strange
    return _check("rows are messages", told if fits else None, "turn-shown", remedy)


def _own_directory(seen: Seen) -> Check:
    return _works_in(seen, "root")


def _other_directory(seen: Seen) -> Check:
    return _works_in(seen, "worktree")


def _works_in(seen: Seen, word: str) -> Check:
    there = seen.names.directory(word)
    remedy = f"the server has the session in {seen.works_in}, not in {there}"
    fits = seen.works_in == there
    return _check(f"works in {word}", there if fits else None, "send-target", remedy)


def _prompt(seen: Seen) -> Check:
    told = [prompt for prompt in seen.step.prompts if prompt.text.strip() == ASKED]
    asked = [f"{each.method} {each.path}" for each in seen.step.exchanges if each.body]
    remedy = (
        f"no request was read as the prompt “{ASKED}”; requests with a body: "
        f"{', '.join(asked) or 'none, so the composer may not submit on Enter'}"
    )
    return _check("prompt is seen", told[0].text if told else None, "send-once", remedy)


def _scope(seen: Seen) -> Check:
    scopes = [prompt.scope for prompt in seen.step.prompts]
    scope = scopes[0] if scopes else None
    there = seen.names.directory("root")
    says = scope is not None and scope.session_id in {None, seen.session}
    binds = seen.stage.traits.declared_binds
    fits = says and (not binds or (scope is not None and scope.directory in {None, there}))
    told = f"session {scope.session_id}, directory {scope.directory}" if scope else "nothing"
    remedy = f"the prompt's request says {told}, not session {seen.session}, directory {there}"
    return _check("prompt tells its scope", told if fits else None, "send-target", remedy)


def _witness(seen: Seen) -> Check:
    if seen.stage.traits.witnessed_by == "agent":
        heard = [one for one in seen.step.witnesses if one.prompt.strip() == ASKED]
        told = (heard[0].told or heard[0].printed) if heard else None
        remedy = (
            "the harness's model server was not asked: configure it as the app's model, or say"
            ' witnessed_by="record" and give HeldMessage.directory'
        )
        return _check("prompt is witnessed", told, "send-target", remedy)
    ran = [each.directory for each in seen.messages if each.text.strip() == ASKED]
    remedy = "the server's record has no directory for the prompt: give HeldMessage.directory"
    return _check("prompt is witnessed", ran[-1] if ran else None, "send-target", remedy)


def _answer(seen: Seen) -> Check:
    last = seen.messages[-1] if seen.messages else None
    fits = last is not None and last.role == "assistant" and last.complete
    said = last.text.strip().splitlines()[:1] if last else []
    remedy = "the last message of the server's record is no finished answer of the assistant"
    return _check("answer is held", (said or ["an answer"])[0] if fits else None, "all", remedy)


LOOKS: tuple[tuple[Look, ...], ...] = (
    (_scrolls, _rows, _own_directory),
    (_prompt, _scope, _witness, _answer),
    (_other_directory,),
    (_own_directory,),
)


def _check(name: str, found: str | None, needed_for: str, remedy: str) -> Check:
    return Check(name=name, found=found, needed_for=needed_for, remedy=remedy)


def _found(name: str, found: str, needed_for: str) -> Check:
    return _check(name, found, needed_for, "")


def _missing(name: str, needed_for: str, remedy: str) -> Check:
    return _check(name, None, needed_for, remedy)
