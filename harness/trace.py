"""One flow as the properties see it: every step with its prediction and what was observed."""

from collections.abc import Iterator

from pydantic import JsonValue

from harness.actions import AnyAction
from harness.names import Names
from harness.observations import (
    Exchange,
    Frame,
    Observation,
    Prompt,
    RequestScope,
    SessionRecord,
    SignChange,
)
from harness.scopes import SessionScope
from harness.traits import Traits
from harness.values import Value
from harness.world import Sent, World


class Step(Value):
    """An action, the world before and after it as predicted, and what the probes saw."""

    index: int  # from 1
    action: AnyAction
    before: World
    after: World
    observation: Observation

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The samples of this step, those before its action included."""
        return self.observation.capture.frames

    @property
    def t_end(self) -> float | None:
        """When its last frame was sampled; None without any."""
        return self.frames[-1].t if self.frames else None

    @property
    def sends(self) -> tuple[Sent, ...]:
        """What is sent in it, as the model has it."""
        return self.after.sent_since(self.before)

    @property
    def record(self) -> SessionRecord | None:
        """What the server held at the end for the session on screen."""
        return next(iter(self.observation.records), None)

    @property
    def at_rest(self) -> bool:
        """Whether the step came to rest with a session on screen."""
        return self.observation.settled.quiet and self.after.view is not None

    def told(self, sign: str) -> tuple[SignChange, ...]:
        """What the app told under a name, from the first frame of the step on."""
        return tuple(each for each in self.observation.capture.signs if each.name == sign)

    def told_at_last(self, sign: str) -> JsonValue:
        """What the app told under a name at the end of the step; None where it tells nothing."""
        told = self.told(sign)
        return told[-1].value if told else None

    def scope_at(self, t: float) -> RequestScope | None:
        """The session that the page's address named at a moment of the step."""
        screens = [screen for screen in self.observation.screens if screen.t <= t]
        return screens[-1].scope if screens else None


class Trace(Value):
    """A flow that was performed, in order."""

    flow: str
    traits: Traits
    names: Names
    steps: tuple[Step, ...]

    @property
    def lost(self) -> int:
        """Samples that the recorder had no room for: frames that no property has seen."""
        return sum(step.observation.capture.lost for step in self.steps)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """Every prompt that left the page, each exchange once, in order."""
        found = {p.exchange: p for step in self.steps for p in step.observation.prompts}
        return tuple(sorted(found.values(), key=lambda prompt: prompt.t))

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every exchange in its latest state, in order of its start."""
        found = {e.id: e for step in self.steps for e in step.observation.exchanges}
        return tuple(sorted(found.values(), key=lambda exchange: exchange.t_start))

    def is_on(self, scope: RequestScope, session: SessionScope) -> bool:
        """Whether a request, or the page's address, is about a session of the model."""
        real = self.names.session(session)
        return (scope.server_key, scope.session_id) == (session.server_key, real)

    def step_of(self, prompt: Prompt) -> Step | None:
        """The step in which a request was seen first."""
        for step in self.steps:
            if any(seen.exchange == prompt.exchange for seen in step.observation.prompts):
                return step
        return None

    @property
    def stretches(self) -> Iterator["Stretch"]:
        """The runs of steps through which one timeline must live on."""
        opened: Step | None = None
        kept: list[Step] = []
        for step in self.steps:
            if step.action.shown_anew:
                if opened and kept:
                    yield Stretch(opened=opened, steps=tuple(kept))
                opened, kept = step, []
            else:
                kept.append(step)
        if opened and kept:
            yield Stretch(opened=opened, steps=tuple(kept))


class Stretch(Value):
    """Steps after a session came on screen, until another does."""

    opened: Step
    steps: tuple[Step, ...]

    @property
    def baseline(self) -> Frame | None:
        """The last frame of the opening, at rest: the nodes that must live on."""
        return self.opened.frames[-1] if self.opened.frames else None

    @property
    def unmoved(self) -> Iterator[tuple[Step, Frame]]:
        """Each step in which the person does not scroll, with the last frame before it.

        Where the person came to read is known only when that step came to rest with a frame;
        until the next such step there is nothing to compare with.
        """
        last = self.baseline if self.opened.observation.settled.quiet else None
        for step in self.steps:
            if step.action.moves_reader:
                at_rest = step.frames if step.observation.settled.quiet else ()
                last = at_rest[-1] if at_rest else None
            elif last:
                yield step, last
                last = step.frames[-1] if step.frames else last
