"""What must have come of an action before its step can be at rest."""

import time
from collections import Counter

from fixtures.agent import Agent
from harness.actions import EnterWorktree, ExitWorktree, FinishTurn, StopTurn
from harness.observations import RequestScope, ServerEvent
from harness.probe.wire import Mark, View, Wire
from harness.requests import Kind, Pending
from harness.scopes import SessionScope
from harness.targets.family.holds import Holds
from harness.targets.family.prompts import prompts_of
from harness.targets.family.server import Server
from harness.targets.protocol import Deed
from harness.traits import Traits
from harness.world import Sent

TOLD_S = 2.0  # for news that the harness has had already to reach the page
LEAVES_S = 10.0  # for what a person submits to leave the page, if it does


def newly_kept(deed: Deed) -> tuple[Pending, ...]:
    """The requests that the network keeps back from this action on."""
    return tuple(p for p in deed.after.in_flight if p not in deed.before.in_flight)


def hold_of(sent: Sent) -> str:
    """The name of the place where the agent keeps its answer back."""
    return f"turn: {sent.text}"


class Effects:
    """Waits for them.

    Args:
        wire: sees what passes.
        agent: answers the prompts.
        holds: what the wire keeps back.
        servers: by the plan's words.
    """

    def __init__(self, wire: Wire, agent: Agent, holds: Holds, servers: dict[str, Server]) -> None:
        self._wire = wire
        self._agent = agent
        self._holds = holds
        self._servers = servers
        self._mark: Mark = wire.mark()
        self._late: tuple[str, ...] = ()

    def begin(self, deed: Deed) -> None:
        """An action begins: what ends or is heard from now on is its own."""
        self._mark = self._wire.mark()
        self._late = ()
        for session in deed.before.sessions:
            turns = self._servers[session.scope.server_key].turns
            turns.begin(deed.names.session(session.scope))

    def release(self, what: Kind) -> None:
        """Let go of what the wire keeps back; what does not come of it in time is missing."""
        self._late = self._holds.release(what)

    def hear_of_move(self, deed: Deed, traits: Traits) -> None:
        """Wait until the page was told of a move, and shows what came of it, if it hears of moves.

        Whoever prompts the session where it is now has seen that it is there.
        """
        view = deed.after.view
        if view is None or deed.after.offline or "hears" not in traits.can:
            return
        self._told(_scope(deed, view.session), "session.updated", 1)
        deed.recorder.wait_quiet(TOLD_S * 1000, frames=2)

    def wait(self, deed: Deed, traits: Traits, timeout_s: float) -> tuple[str, ...]:
        """Wait for the network, the agent, the page's news and the rows; what has not come."""
        until = time.monotonic() + timeout_s
        missing = (
            *self._late,
            *self._kept(deed),
            *(
                self._unsent(deed, min(LEAVES_S, timeout_s))
                or (*self._held_turns(deed, timeout_s), *self._ended_turns(deed, timeout_s))
            ),
        )
        if missing:
            return missing
        if "status" in traits.can:
            missing = self._heard(deed, traits)
        return missing or _unshown(deed, traits, max(0.0, until - time.monotonic()))

    def _kept(self, deed: Deed) -> tuple[str, ...]:
        kept = newly_kept(deed)
        if not kept or self._holds.await_held(len(deed.after.in_flight) + deed.after.unheard):
            return ()
        return tuple(f"the page's request to {pending.what}" for pending in kept)

    def _unsent(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        """A turn of which no page asks need not be waited for."""
        submitted = [sent for sent in deed.sends if sent.via == "composer"]
        if not submitted or self._wire.wait_for(_some_prompt, timeout_s, self._mark):
            return ()
        for sent in submitted:
            self._servers[sent.session.server_key].turns.give_up(deed.names.session(sent.session))
        return ("the request that sends what was submitted",)

    def _held_turns(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        for sent in deed.sends:
            if sent.held:
                try:
                    self._agent.wait_for_hold(hold_of(sent), timeout_s)
                except TimeoutError:
                    return ("the agent's question",)
        return ()

    def _ended_turns(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        for scope, count in _endings(deed).items():
            turns, session = self._servers[scope.server_key].turns, deed.names.session(scope)
            vain = isinstance(deed.action, FinishTurn) and turns.given_up(session)
            if vain or not turns.wait(session, count, timeout_s):
                return ("the agent's turn",)
        return ()

    def _heard(self, deed: Deed, traits: Traits) -> tuple[str, ...]:
        """Wait until the page was told of what the harness knows already."""
        if deed.after.offline or deed.after.holds("busy-news"):
            return ()
        told = all(
            self._told(_scope(deed, scope), "session.idle", count)
            for scope, count in _endings(deed).items()
        )
        moved = deed.after.view and _moves(deed, traits)
        if moved and deed.after.view:
            told = self._told(_scope(deed, deed.after.view.session), "session.updated", 1) and told
        return () if told else ("the news to the page",)

    def _told(self, scope: RequestScope, kind: str, count: int) -> bool:
        def passed(view: View) -> bool:
            return sum(_is(event, kind, scope) for event in view.events) >= count

        return self._wire.wait_for(passed, TOLD_S, self._mark)


def _some_prompt(view: View) -> bool:
    return bool(prompts_of(view.exchanges))


def _is(event: ServerEvent, kind: str, scope: RequestScope) -> bool:
    mine = (event.scope.server_key, event.scope.session_id)
    return event.type == kind and mine == (scope.server_key, scope.session_id)


def _scope(deed: Deed, scope: SessionScope) -> RequestScope:
    return RequestScope(server_key=scope.server_key, session_id=deed.names.session(scope))


def _moves(deed: Deed, traits: Traits) -> bool:
    """Whether the session is moved over HTTP, and the page told."""
    action = deed.action
    if not isinstance(action, EnterWorktree | ExitWorktree) or action.by != "move":
        return False
    return action.via != "nobody" or "hears" in traits.can


def _endings(deed: Deed) -> Counter[SessionScope]:
    """How many turns end in each session."""
    endings = Counter(sent.session for sent in deed.sends if not sent.held and not sent.steers)
    running = deed.before.running
    ended = running != deed.after.running  # a stop that is refused ends nothing
    if running and ended and isinstance(deed.action, FinishTurn | StopTurn):
        endings[running.session] += 1
    return endings


def _unshown(deed: Deed, traits: Traits, timeout_s: float) -> tuple[str, ...]:
    texts = _texts(deed, traits)
    if not texts or not _shows_latest(deed, traits):
        return ()
    missing = deed.recorder.wait_shown(texts=texts, deadline_ms=timeout_s * 750)
    return tuple(f"the row “{text}”" for text in missing)


def _shows_latest(deed: Deed, traits: Traits) -> bool:
    view, ready = deed.after.view, deed.after.readiness.cache
    if view is None or deed.after.offline or not ready:
        return False
    return view.reader == "bottom" or traits.rows == "windowed"


def _texts(deed: Deed, traits: Traits) -> list[str]:
    """What the rows of the session on screen must come to say."""
    on_screen = deed.after.view.session if deed.after.view else None
    running = deed.before.running
    finished = running and isinstance(deed.action, FinishTurn)
    # The agent goes on from what it was told last.
    told = deed.before.steered[-1:] or ((running,) if running else ())
    answers = finished and traits.shows_answers
    texts = [sent.reply for sent in told if answers and sent.session == on_screen]
    for sent in deed.sends:
        late = sent.held or sent.steers
        words = sent.text if sent.to_shell else sent.spoken  # its mark need not be shown
        answer = "" if late or not traits.shows_answers else sent.reply
        if sent.session == on_screen:
            texts += [words, answer]
    kept = (p for p in newly_kept(deed) if p.what == "send" and p.session == on_screen)
    # What a command stands for, and a line for the shell, have their rows from the server alone.
    texts += [pending.said.spoken for pending in kept if pending.said.kind == "prompt"]
    return [text for text in texts if text]
