"""Taking the latest prompt back, and bringing it back; both settle in the scopes of the click."""

from typing import Literal

from harness.actions.base import Action, Clause
from harness.requests import Pending, Result, Spoken
from harness.world import Session, World, latest


class ActsOnSession(Action):
    """The person clicks on what the session has; the server answers, sooner or later."""

    def session_there(self, world: World) -> str | None:
        """The session and its messages have come."""
        return None if world.readiness.can_act else "the session is not there to act on"

    def idle(self, world: World) -> str | None:
        """No agent is at work in it, and no prompt is leaving."""
        busy = world.view is not None and world.busy(world.view.session)
        return "the session is busy" if busy else None

    def answered(self, world: World) -> str | None:
        """The server has answered the last of these clicks in the session."""
        waits = (*world.pending("revert"), *world.pending("restore"))
        here = world.view.session if world.view else None
        under_way = any(pending.session == here for pending in waits)
        return "the server has not answered the last one" if under_way else None


class Revert(ActsOnSession):
    """The person takes the session back to before its latest prompt."""

    name: Literal["revert"] = "revert"
    text: str

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return f"take back “{self.text}”"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return f"At the prompt “{self.text}” press the app's button that takes it back (Revert)."

    def clauses(self) -> tuple[Clause, ...]:
        """It is the latest prompt, stands, and nothing is at work or being taken back."""
        return (
            self.on_screen,
            self.latest_prompt,
            self.in_its_own_words,
            self.session_there,
            self.idle,
            self.answered,
            self.not_taken_back,
            self.none_waits_to_strike_it,
        )

    def latest_prompt(self, world: World) -> str | None:
        """It is the latest of the session on screen."""
        last = latest(world.sent, world.view.session) if world.view else None
        if last is not None and last.text == self.text:
            return None
        return f"“{self.text}” is not the latest prompt of the session"

    def in_its_own_words(self, world: World) -> str | None:
        """The server has it as it was written."""
        last = latest(world.sent, world.view.session) if world.view else None
        other = last is not None and last.spoken != last.text
        return f"“{self.text}” would come back in other words" if other else None

    def not_taken_back(self, world: World) -> str | None:
        """It stands."""
        session = world.on_screen
        return "it is back already" if session and session.taken_back else None

    def none_waits_to_strike_it(self, world: World) -> str | None:
        """Where it fails, no prompt leaves while page and server differ on what is taken back."""
        keeper, session = world.holds("revert"), world.on_screen
        waits = keeper and keeper.fails and session and world.queue(session.scope)
        return "what waits would leave before it fails" if waits else None

    def effect(self, world: World) -> World:
        """Its messages are hidden and its text stands in the composer, before the server knows."""
        session = world.on_screen
        if session is None:
            return world
        asked = _asked(world, "revert", session, self.text)
        hidden = asked.with_session(session.model_copy(update={"taken_back": self.text}))
        return hidden.with_draft(session.scope, self.text)


class Restore(ActsOnSession):
    """The person brings back what was taken back."""

    name: Literal["restore"] = "restore"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "bring back what was taken back"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Press the app's button that brings back what was taken back (Restore)."

    def clauses(self) -> tuple[Clause, ...]:
        """Something is taken back, and the server has answered so."""
        return (self.on_screen, self.session_there, self.idle, self.answered, self.taken_back)

    def taken_back(self, world: World) -> str | None:
        """A prompt is hidden."""
        session = world.on_screen
        return None if session and session.taken_back else "nothing is taken back"

    def effect(self, world: World) -> World:
        """Its messages are shown; the composer is emptied if its text still stands there."""
        session = world.on_screen
        if session is None or session.taken_back is None:
            return world
        text = session.taken_back
        asked = _asked(world, "restore", session, text)
        shown = asked.with_session(session.model_copy(update={"taken_back": None}))
        untouched = world.draft(session.scope) == text
        return shown.with_draft(session.scope, "") if untouched else shown


def rolled_back(world: World, pending: Pending) -> World:
    """The world after a revert or a restore came to nothing.

    The messages are as before the click, unless a prompt sent since has struck what was taken
    back. The composer is, too, if nothing was written since and the scopes are those of the click;
    in some apps whatever is on screen, for it is the click's own session's.
    """
    session = world.session(pending.session)
    reverts = pending.what == "revert"
    last = latest(world.sent, pending.session)
    still = not reverts and last is not None and last.text == pending.said.text
    kept = session.model_copy(update={"taken_back": pending.said.text if still else None})
    after = world.with_session(kept).complaining(pending.session)
    seen = world.view is not None and world.view.execution.admits(pending.execution)
    same = seen or world.rolls_back_unseen
    filled = reverts or pending.before == pending.said.text  # else the click left the composer
    untouched = filled and world.draft(pending.session) == (pending.said.text if reverts else "")
    return after.with_draft(pending.session, pending.before) if same and untouched else after


def _asked(world: World, what: Result, session: Session, text: str) -> World:
    keeper = world.holds(what)
    if keeper is None or world.view is None:
        return world
    pending = Pending(
        what=what,
        session=session.scope,
        execution=world.view.execution,
        fails=keeper.fails,
        said=Spoken(text=text),
        before=world.draft(session.scope),
    )
    return world.model_copy(update={"in_flight": (*world.in_flight, pending)})
