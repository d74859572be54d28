"""How what a person says gets to the server: at once, from the queue, or back to the composer."""

from typing import Any

from harness.requests import Pending, Spoken
from harness.scopes import ExecutionScope, SessionScope
from harness.world import Sent, Via, Waiting, World


def blank(text: str) -> str | None:
    """Why a text cannot be sent that has no words; None for one that has."""
    return None if text.strip() else "there is nothing to send"


def said_before(world: World, text: str) -> str | None:
    """Why a text cannot be sent a second time; None for a new one."""
    known = world.knows(text)
    return f"“{text}” was sent before: prompts are told apart by their text" if known else None


def undecided(world: World, scope: SessionScope) -> str | None:
    """Why nothing is to be sent while the page and its server differ on what is taken back."""
    fails = any(click.fails and click.session == scope for click in world.pending("revert"))
    return "the page takes back what the server will not: that revert fails" if fails else None


def must_wait(world: World, scope: SessionScope, said: Spoken) -> bool:
    """Whether a submission waits: for the agent, for its readiness, or behind others that wait."""
    busy = world.busy(scope) and not world.steers
    behind = busy or bool(world.queue(scope))
    return behind or not world.readiness.can_submit(said.kind)


def submitted(world: World, said: Spoken) -> World:
    """The world after a submit in the composer: it left, or it waits with its session.

    Where nothing waits by itself, what may not leave yet stays in the composer.
    """
    if world.view is None:
        return world
    scope = world.view.session
    if not world.defers and not world.readiness.can_submit(said.kind):
        return world.with_draft(scope, said.typed)
    emptied = world.submitting(scope)
    if must_wait(world, scope, said):
        waiting = Waiting(**_words(said), session=scope)
        return emptied.model_copy(update={"waiting": (*world.waiting, waiting)})
    return leaving(emptied, said, "composer")


def leaving(
    world: World, said: Spoken, via: Via, *, ends_in: str = "", held: bool = False
) -> World:
    """The world after a prompt left in the scopes on screen, unless the network keeps it back."""
    if world.view is None:
        return world
    scope, execution = world.view.session, world.view.execution
    keeper = world.holds("send") if via != "api" else None
    if keeper is None or keeper.loses:
        prompt = made(world, said, via, scope, execution, ends_in=ends_in, held=held)
        unheard = world.unheard + (keeper is not None)
        return sent(world, prompt).model_copy(update={"unheard": unheard})
    pending = Pending(
        what="send",
        session=scope,
        execution=execution,
        fails=keeper.fails,
        said=Spoken(**_words(said)),
        model=world.chosen(scope, execution),
        queued=via == "queue",
    )
    return world.model_copy(update={"in_flight": (*world.in_flight, pending)})


def made(  # noqa: PLR0913  the parts of a prompt
    world: World,
    said: Spoken,
    via: Via,
    session: SessionScope,
    execution: ExecutionScope,
    *,
    ends_in: str = "",
    held: bool = False,
) -> Sent:
    """A prompt in the scopes of its submit."""
    return Sent(
        **_words(said),
        session=session,
        execution=execution,
        via=via,
        ends_in=ends_in or execution.directory,
        model=world.chosen(session, execution),
        held=held,
        steers=world.steers and world.session(session).busy,
    )


def sent(world: World, prompt: Sent) -> World:
    """The world after a prompt and its reply."""
    after = world.with_sent(prompt)
    on_screen = world.view is not None and world.view.session == prompt.session
    follows = prompt.via != "api" and world.own_send == "follow" and on_screen
    return after.with_reader("bottom") if follows else after


def flushed(world: World) -> World:
    """The world after the queue of the session on screen sent what may leave, in order.

    A command that the directory does not have fails, and stays: as a prompt it is never sent.

    Source: seed "Persist source scope with queued follow-up drafts and verify it before auto-send";
    "must not send command text as a normal prompt".
    """
    while (head := _next_up(world)) is not None:
        if head.of and world.view and head.of != world.view.execution.directory:
            return with_waiting(world, head, failed=True)
        left = leaving(world, head, "queue")
        if left.in_flight != world.in_flight:
            return left  # it stays in the queue until the server has it
        world = without_waiting(left, head)
    return world


def without_waiting(world: World, item: Waiting) -> World:
    """The world in which one submission no longer waits."""
    left = tuple(other for other in world.waiting if other != item)
    scopes = [other.session for other in left]
    paused = tuple(scope for scope in world.paused if scope in scopes)  # an empty queue is not
    return world.model_copy(update={"waiting": left, "paused": paused})


def with_waiting(world: World, item: Waiting, *, failed: bool) -> World:
    """The world in which a waiting submission has failed, or may be tried again."""
    changed = item.model_copy(update={"failed": failed})
    waiting = tuple(changed if other == item else other for other in world.waiting)
    return world.model_copy(update={"waiting": waiting})


def given_back(world: World, scope: SessionScope, text: str) -> World:
    """The world with a text back in the composer it came from, before what was written since."""
    since = world.draft(scope)
    return world.with_draft(scope, f"{text}\n{since}" if since else text)


def _next_up(world: World) -> Waiting | None:
    scope = world.view.session if world.view else None
    if scope is None or scope in world.paused:
        return None
    head = next(iter(world.queue(scope)), None)
    if head is None or head.failed:
        return None
    free = world.readiness.can_send_followup(head.kind, busy=world.busy(scope))
    return head if free else None


def _words(said: Spoken) -> dict[str, Any]:
    return {name: getattr(said, name) for name in Spoken.model_fields}
