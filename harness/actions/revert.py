"""Taking the latest prompt back, and bringing it back; both settle in the scopes of the click."""

from typing import Literal

from harness.actions.base import Action
from harness.requests import Pending, Result, Spoken
from harness.world import Session, World, latest


class Revert(Action):
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

    def guard(self, world: World) -> str | None:
        """It is the latest prompt, stands, and nothing is at work or being taken back."""
        session = world.on_screen
        if session is None:
            return super().guard(world)
        last = latest(world.sent, session.scope)
        if last is None or last.text != self.text:
            return f"“{self.text}” is not the latest prompt of the session"
        if last.spoken != last.text:
            return f"“{self.text}” would come back in other words"
        return _cannot_act(world, session) or ("it is back already" if session.taken_back else None)

    def effect(self, world: World) -> World:
        """Its messages are hidden and its text stands in the composer, before the server knows."""
        session = world.on_screen
        if session is None:
            return world
        asked = _asked(world, "revert", session, self.text)
        hidden = asked.with_session(session.model_copy(update={"taken_back": self.text}))
        return hidden.with_draft(session.scope, self.text)


class Restore(Action):
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

    def guard(self, world: World) -> str | None:
        """Something is taken back, and the server has answered so."""
        session = world.on_screen
        if session is None:
            return super().guard(world)
        return _cannot_act(world, session) or (
            None if session.taken_back else "nothing is taken back"
        )

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


def _cannot_act(world: World, session: Session) -> str | None:
    if not world.readiness.can_act:
        return "the session is not there to act on"
    if world.busy(session.scope):
        return "the session is busy"
    waits = (*world.pending("revert"), *world.pending("restore"))
    under_way = any(pending.session == session.scope for pending in waits)
    return "the server has not answered the last one" if under_way else None


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
