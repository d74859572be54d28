"""What the network does: it keeps answers back or refuses them, and lets them go."""

from typing import Literal

from harness.actions.base import Action, Clause
from harness.actions.delivery import (
    flushed,
    given_back,
    made,
    sent,
    with_waiting,
    without_waiting,
)
from harness.actions.revert import rolled_back
from harness.requests import REVIEWED, Held, Kind, Pending
from harness.world import Waiting, World

WORDS: dict[Kind, str] = {
    "commands": "the directory's commands",
    "provider": "the directory's providers",
    "messages": "the session's messages",
    "status": "busy and idle",
    "send": "prompts",
    "revert": "what was taken back",
    "restore": "what was brought back",
    "diff": "the directory's changes",
    "artifacts": "the directory's artifacts",
    "events": "whatever happens (the event stream)",
    "busy-news": "turns that begin and end",
    "stop": "a turn that is to stop",
}
# These can only come to nothing by being refused; the others can fail when they are let go.
FAILING: tuple[Kind, ...] = ("send", "revert", "restore")
REFUSABLE = Literal["messages", "commands", "provider", "diff", "artifacts", "stop"]


class Hold(Action):
    """From now on the network keeps back one kind of answer."""

    name: Literal["hold"] = "hold"
    what: Kind
    fails: bool = False
    # The server does what it is asked, and its answer comes to nothing. The page knows from the
    # events that the prompt has arrived, so it makes no difference to it.
    loses: bool = False

    @property
    def title(self) -> str:
        """The action in words for a person."""
        doing = "cuts off" if self.what == "events" else "keeps back"
        doing = "loses" if self.what == "busy-news" else doing
        end = ", to fail them" if self.fails else ", to lose them" if self.loses else ""
        return f"the network {doing} answers about {WORDS[self.what]}{end}"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        if self.what == "events":
            return "Cut the page's event stream, and keep it from being opened again."
        if self.what == "busy-news":
            return "Lose the events which tell the page that a turn begins or ends."
        about = WORDS[self.what]
        if self.fails:
            return (
                f"From now on hold the page's requests about {about} before they reach the "
                "server; once let go they must fail, with status 503."
            )
        if self.loses:
            return (
                f"From now on hold the server's answers to the page about {about}; once let go "
                "they must come as errors, with status 503, though the server has done its work."
            )
        if self.what == "send":
            return f"From now on hold the page's requests about {about} before the server has them."
        first = "; of several only the first" if self.what in REVIEWED else ""
        return f"From now on hold the server's answers to the page about {about}{first}."

    def clauses(self) -> tuple[Clause, ...]:
        """It is not kept back or refused already, only a click can fail, only a send arrive so."""
        return (
            self.on_screen,
            self.not_kept_back,
            self.not_refused,
            self.news_for_what_waits,
            self.can_come_late,
            self.can_be_lost,
            self.can_fail,
            self.lost_alone,
        )

    def not_kept_back(self, world: World) -> str | None:
        """It is not kept back, nor is one of its answers."""
        return f"{self.what} is kept back already" if _kept_back(world, self.what) else None

    def not_refused(self, world: World) -> str | None:
        """It is not answered with an error."""
        return f"{self.what} is refused already" if self.what in world.refused else None

    def news_for_what_waits(self, world: World) -> str | None:
        """What waits hears that a turn has ended."""
        deaf = self.what == "busy-news" and world.waiting
        return "what waits would never hear that it may leave" if deaf else None

    def can_come_late(self, _: World) -> str | None:
        """A stop is answered at once."""
        return "a stop is refused, not kept back" if self.what == "stop" else None

    def can_be_lost(self, _: World) -> str | None:
        """Only the answer about a prompt is, for its events tell that it has arrived."""
        vain = self.loses and (self.fails or self.what != "send")
        return "only the answer about a prompt that arrives can be lost" if vain else None

    def can_fail(self, _: World) -> str | None:
        """Only what is clicked fails late."""
        vain = self.fails and self.what not in FAILING
        return f"{self.what} is refused, not failed" if vain else None

    def lost_alone(self, world: World) -> str | None:
        """Nothing waits behind what is lost."""
        waits = self.loses and world.waiting
        return "what waits would leave only when the answer before it is lost" if waits else None

    def effect(self, world: World) -> World:
        """What is asked from now on does not come; what is there stays."""
        held = Held(what=self.what, fails=self.fails, loses=self.loses)
        return world.model_copy(update={"held": (*world.held, held)})


class Refuse(Action):
    """From now on the network answers one kind of question with an error."""

    name: Literal["refuse"] = "refuse"
    what: REFUSABLE

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"questions about {WORDS[self.what]} are answered with an error"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return (
            f"From now on have the page's requests for {WORDS[self.what]} fail: the network panel "
            "of the browser can block them."
        )

    def clauses(self) -> tuple[Clause, ...]:
        """It is not refused or kept back already."""
        return (self.on_screen, self.not_kept_back, self.not_refused)

    def not_kept_back(self, world: World) -> str | None:
        """It is not kept back, nor is one of its answers."""
        return f"{self.what} is kept back already" if _kept_back(world, self.what) else None

    def not_refused(self, world: World) -> str | None:
        """It is not answered with an error."""
        return f"{self.what} is refused already" if self.what in world.refused else None

    def effect(self, world: World) -> World:
        """What is there stays."""
        return world.model_copy(update={"refused": (*world.refused, self.what)})


class Release(Action):
    """The network lets go of what it kept back, and refuses no more."""

    name: Literal["release"] = "release"
    what: Kind

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"the answers about {WORDS[self.what]} arrive"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        if self.what == "events":
            return "Let the event stream be opened again, and wait until the page has it."
        if self.what == "busy-news":
            return "Let the events about turns come again, over a new event stream."
        about = WORDS[self.what]
        return f"Now let through the answers about {about}: those held, and those to come."

    def clauses(self) -> tuple[Clause, ...]:
        """It is kept back or refused, and what arrives is taken at once."""
        return (self.on_screen, self.is_kept_back, self.agent_at_rest)

    def is_kept_back(self, world: World) -> str | None:
        """Answers of the kind do not come, or come as errors."""
        kept = _kept_back(world, self.what) or self.what in world.refused
        return None if kept else f"{self.what} is not kept back"

    def agent_at_rest(self, world: World) -> str | None:
        """No other client has the agent work where a prompt arrives."""
        arriving = world.pending("send") if self.what == "send" else ()
        working = world.running and world.running.session
        late = any(prompt.session == working and not prompt.fails for prompt in arriving)
        return "a prompt would arrive while the agent works on another one" if late else None

    def effect(self, world: World) -> World:
        """What was asked settles where it was asked, and what waited for it is sent, in order.

        Source: seed "Block or defer sends until directory-local model selection hydration is
        ready"; "Block /custom-command submit until command hydration is ready"; "only affect the
        click-time execution scope".
        """
        settling = tuple(p for p in world.in_flight if p.what == self.what)
        held = tuple(held for held in world.held if held.what != self.what)
        refused = tuple(kind for kind in world.refused if kind != self.what)
        after = world.without(*settling)
        unheard = 0 if self.what == "send" else world.unheard
        after = after.model_copy(update={"held": held, "refused": refused, "unheard": unheard})
        after = after.answered(self.what).loading()
        for pending in settling:
            after = _settled(after, pending)
        return flushed(after)


def _kept_back(world: World, what: Kind) -> bool:
    return bool(world.holds(what)) or any(pending.what == what for pending in world.in_flight)


def _settled(world: World, pending: Pending) -> World:
    if pending.what == "send":
        return _send_settled(world, pending)
    return rolled_back(world, pending) if pending.fails else world


def _send_settled(world: World, pending: Pending) -> World:
    """The server has it, in the scopes in which it left; or it is back where it came from.

    That is its own session's composer, or the head of the queue. Source: seed "prompt rollback";
    rule `stale-rollback`.
    """
    item = _queued(world, pending)
    via = "queue" if item else "composer"
    prompt = made(world, pending.said, via, pending.session, pending.execution)
    prompt = prompt.model_copy(update={"model": pending.model})  # a later choice is not its own
    if not pending.fails:
        return sent(without_waiting(world, item) if item else world, prompt)
    after = world.model_copy(update={"failed": (*world.failed, prompt)})
    if item:
        return with_waiting(after, item, failed=True)
    return given_back(after.complaining(pending.session), pending.session, pending.said.typed)


def _queued(world: World, pending: Pending) -> Waiting | None:
    waiting = world.queue(pending.session) if pending.queued else ()
    return next((item for item in waiting if item.text == pending.said.text), None)
