"""What of a world decides what may come next: two worlds of one state allow the same for ever.

That is a reduction by symmetry and by cone of influence (Clarke, Grumberg, Peled: Model Checking).
By symmetry: texts are numbered as they occur, and an epoch is only told to be the current one or
not. By influence: no guard, and no effect on what a guard reads, looks at older prompts than the
latest of a session, at complaints, failures, chosen models and the names of files. The number of
messages is taken for that of the start: `Bounds` has so many that history can be read in the long
session and in no other.
"""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import NamedTuple

from harness.explorer.arguments import Form as WordForm
from harness.explorer.arguments import form_of
from harness.explorer.bounds import ROWS, SHORT_ROWS
from harness.explorer.parts import Update
from harness.requests import Pending, Spoken
from harness.scopes import ExecutionScope, SessionScope
from harness.world import Sent, Session, View, Waiting, World, latest

EARLIER, NOW = 0, 1  # epochs
NAMES: dict[WordForm, str] = {
    "plain": "text {}",
    "command": "/greet {}",
    "command of root": "/here {}",
    "shell": "echo {}",
    "lines": "text {}\nand more",
    "blank": "  ",
}
SAID_OTHERWISE = "other words"


class _Texts:
    """Texts by the order in which they occur."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, text: str) -> str:
        """What stands for a text; nothing for no text."""
        if not text:
            return text
        known = self._names.get(text)
        return known or self._names.setdefault(
            text, NAMES[form_of(text)].format(len(self._names) + 1)
        )

    def spoken(self, said: Spoken) -> Spoken:
        """What stands for words that are on their way."""
        return Spoken(
            text=self.of(said.text), heard=_heard(said), to_shell=said.to_shell, of=said.of
        )

    def know(self, text: str) -> bool:
        """Whether it has occurred."""
        return text in self._names


def state_of(world: World) -> World:
    """The world that stands for all worlds which allow the same for ever as this one."""
    return world.model_copy(update={name: new for form in FORMS for name, new in form.of(world)})


def tidied(world: World, fields: Collection[str]) -> Update:
    """Those of these fields as they look in a state that need no other field for it."""
    for form in SINGLE:
        if not form.fields.isdisjoint(fields):
            yield from form.of(world)


class Form(NamedTuple):
    """How some fields of a state look; it reads these fields and no others."""

    fields: frozenset[str]
    of: Callable[[World], Update]


def _told(world: World) -> Update:
    """All in which words and epochs stand, in one order, so that the same word has one name."""
    texts = _Texts()
    scopes = [session.scope for session in world.sessions]
    sessions = tuple([_session(session, texts) for session in world.sessions])
    if sessions != world.sessions:
        yield "sessions", sessions
    yield "drafts", tuple([(key, texts.of(text)) for key, text in sorted(world.drafts) if text])
    yield "waiting", tuple([_waiting(item, texts) for item in world.waiting])
    yield "in_flight", tuple([_pending(world, pending, texts) for pending in world.in_flight])
    yield "sent", _sent(world, scopes, texts)
    yield "view", _view(world.view) if world.view else None


def _running(world: World) -> Update:
    yield "running", _turn(world.running) if world.running else None


def _paused(world: World) -> Update:
    yield "paused", tuple(sorted(world.paused, key=lambda scope: scope.key))


def _held(world: World) -> Update:
    yield "held", tuple(sorted(world.held, key=lambda held: held.what))


def _refused(world: World) -> Update:
    yield "refused", tuple(sorted(world.refused))


def _arrived(world: World) -> Update:
    yield "arrived", tuple(sorted(world.arrived))


def _asked(world: World) -> Update:
    yield "asked", tuple(sorted(world.asked))


def _servers(world: World) -> Update:
    yield "servers", tuple(sorted(world.servers))


def _files(world: World) -> Update:
    """One of each kind in each directory."""
    files = {(file.directory, file.kind): file for file in world.files}
    yield "files", tuple([files[key].model_copy(update={"name": ""}) for key in sorted(files)])


def _epoch(_: World) -> Update:
    yield "epoch", NOW


def _of_no_account(_: World) -> Update:
    yield from ((name, ()) for name in NO_ACCOUNT)


NO_ACCOUNT = ("choices", "failed", "complaints")
TOLD = Form(frozenset({"sessions", "drafts", "waiting", "in_flight", "sent", "view"}), _told)
# The others look at one field each, or at none.
SINGLE = (
    Form(frozenset({"running"}), _running),
    Form(frozenset({"paused"}), _paused),
    Form(frozenset({"held"}), _held),
    Form(frozenset({"refused"}), _refused),
    Form(frozenset({"arrived"}), _arrived),
    Form(frozenset({"asked"}), _asked),
    Form(frozenset({"servers"}), _servers),
    Form(frozenset({"files"}), _files),
    Form(frozenset({"epoch"}), _epoch),
    Form(frozenset(NO_ACCOUNT), _of_no_account),
)
FORMS = (TOLD, *SINGLE)


def _heard(said: Spoken) -> str | None:
    return None if said.heard is None else SAID_OTHERWISE


def _session(session: Session, texts: _Texts) -> Session:
    taken_back = texts.of(session.taken_back or "") or None
    messages = ROWS if session.messages >= ROWS else SHORT_ROWS
    if (taken_back, messages) == (session.taken_back, session.messages):
        return session
    return session.model_copy(update={"taken_back": taken_back, "messages": messages})


def _view(view: View) -> View:
    return view.model_copy(update={"execution": _at(view.execution, NOW)})


def _at(execution: ExecutionScope, epoch: int) -> ExecutionScope:
    return _execution(execution.server_key, execution.directory, epoch)


@lru_cache(maxsize=64)
def _execution(server_key: str, directory: str, epoch: int) -> ExecutionScope:
    return ExecutionScope(server_key=server_key, directory=directory, epoch=epoch)


def _sent(world: World, scopes: list[SessionScope], texts: _Texts) -> tuple[Sent, ...]:
    """The latest prompt of each session, after those whose words stand somewhere."""
    last = [prompt for scope in scopes if (prompt := latest(world.sent, scope))]
    old = [prompt for prompt in world.sent if prompt not in last and texts.know(prompt.text)]
    old.sort(key=lambda prompt: texts.of(prompt.text))
    return tuple([_left(prompt, texts.of(prompt.text)) for prompt in (*old, *last)])


def _turn(turn: Sent) -> Sent:
    """Whose turn it is, and where it leads."""
    goes = turn.ends_in != turn.execution.directory
    return _prompt(
        turn.session.server_key, turn.session.session_id, "", None, turn.ends_in if goes else ""
    )


def _left(prompt: Sent, text: str) -> Sent:
    heard = SAID_OTHERWISE if prompt.spoken != prompt.text else None
    return _prompt(prompt.session.server_key, prompt.session.session_id, text, heard, "")


@lru_cache(maxsize=1024)
def _prompt(server: str, session: str, text: str, heard: str | None, ends_in: str) -> Sent:
    return Sent(
        text=text,
        heard=heard,
        session=SessionScope(server_key=server, session_id=session),
        execution=_execution(server, "", EARLIER),
        ends_in=ends_in,
    )


def _waiting(item: Waiting, texts: _Texts) -> Waiting:
    said = texts.spoken(item)
    return Waiting(
        text=said.text,
        heard=said.heard,
        to_shell=said.to_shell,
        of=said.of,
        session=item.session,
        failed=item.failed,
    )


def _pending(world: World, pending: Pending, texts: _Texts) -> Pending:
    now = world.view.execution if world.view else None
    return Pending(
        what=pending.what,
        session=pending.session,
        execution=_at(pending.execution, NOW if pending.execution == now else EARLIER),
        fails=pending.fails,
        said=texts.spoken(pending.said),
        before=texts.of(pending.before),
        queued=pending.queued,
        outdated=pending.outdated,
    )
