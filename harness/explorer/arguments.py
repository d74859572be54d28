"""The arguments that actions are tried with, each under its label.

What the model can never allow is among them where a guard has to refuse it; what it allows but no
app has (a shell line over HTTP) is not. The browser's Back and Forward are left out: the model
keeps no history of addresses, so it cannot say where they lead.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple, get_args

from harness.actions import (
    AnyAction,
    ChangeFile,
    ChooseModel,
    EditQueued,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenAddress,
    OpenSession,
    OthersWork,
    Refuse,
    Release,
    RetryQueued,
    Revert,
    SendPrompt,
    ShowSession,
    WriteDraft,
)
from harness.actions.network import REFUSABLE
from harness.actions.worktree import Manner, Prompted
from harness.requests import Click, Hydration, Kind, Result, Stream
from harness.scopes import SessionScope
from harness.traits import MODELS
from harness.world import FileKind, World, latest

KINDS: tuple[Kind, ...] = tuple(
    kind for group in (Hydration, Result, Stream, Click) for kind in get_args(group)
)
MANNERS: tuple[Manner, ...] = get_args(Manner)
PROMPTED: tuple[Prompted, ...] = get_args(Prompted)
FILES: tuple[FileKind, ...] = get_args(FileKind)
# Plain words, also where they look like something else; which of them is of no account.
PLAIN = ("Say number {}.", "/usr/bin/{} is a path.", "Tell me about {}, please.")
BLANK = "  "
# The commands of the directories, and what the agent is told for them.
GREETING, PLACING = "Greet {} kindly.", "Say where here is: {}."
Form = Literal["plain", "command", "command of root", "shell", "lines", "blank"]
FORMS: dict[str, Form] = {"/greet": "command", "/here": "command of root", "echo": "shell"}
UNSAID = "Nobody said this."
NOBODY = SessionScope(server_key="server", session_id="nobody")
NOWHERE = "nowhere"
FRESH = 64  # numbers whose prompts are kept: more than a plan has steps

Named = tuple[str, AnyAction]
_memory = lru_cache(maxsize=FRESH)


class Place(NamedTuple):
    """The world that arguments are for, and a number that no earlier text has."""

    world: World
    number: int

    @property
    def scopes(self) -> tuple[SessionScope, ...]:
        """The sessions, and one that there is not."""
        return (*(session.scope for session in self.world.sessions), NOBODY)

    @property
    def directories(self) -> tuple[str, ...]:
        """The directories, and one that there is not."""
        return (*dict.fromkeys(file.directory for file in self.world.files), NOWHERE)


def openings(place: Place) -> tuple[Named, ...]:
    """Every session under every directory, in a new page."""
    return _openings(place.scopes, place.directories)


def showings(place: Place) -> tuple[Named, ...]:
    """Every session under every directory, by a link."""
    return _showings(place.scopes, place.directories)


@_memory
def _openings(scopes: tuple[SessionScope, ...], places: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(
        (
            f"open-session {_at(scope, place)}",
            OpenSession(server=scope.server_key, session=scope.session_id, directory=place),
        )
        for scope, place in product(scopes, places)
    )


@_memory
def _showings(scopes: tuple[SessionScope, ...], places: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(
        (
            f"show-session {_at(scope, place)}",
            ShowSession(server=scope.server_key, session=scope.session_id, directory=place),
        )
        for scope, place in product(scopes, places)
    )


def _at(scope: SessionScope, place: str) -> str:
    return f"{scope.session_id} on {scope.server_key} under {place}"


def addresses(place: Place) -> tuple[Named, ...]:
    """The session's address under every directory, by a link."""
    return _addresses(place.directories)


@_memory
def _addresses(places: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple((f"open-address {place}", OpenAddress(directory=place)) for place in places)


def prompts(place: Place) -> tuple[Named, ...]:
    """New words of every kind, over every way; what stands in the composer; what was said."""
    said = _said(place)
    view = place.world.view
    written = _as_written(place.world.draft(view.session)) if view else None
    old = ("send-prompt again", SendPrompt(text=said[0])) if said else None
    draft = ("send-prompt the draft", written) if written else None
    return (*_prompts(place.number), *(named for named in (old, draft) if named))


@_memory
def _prompts(number: int) -> tuple[Named, ...]:
    plain = {"text": PLAIN[number % len(PLAIN)].format(number), "reply": f"That was {number}."}
    greet = {"text": f"/greet {number}", "heard": GREETING.format(number)}
    here = {"text": f"/here {number}", "heard": PLACING.format(number), "of": "root"}
    shell = {"text": f"echo {number}", "to_shell": True}
    ways: dict[str, Mapping[str, object]] = {
        "plain": plain,
        "plain held": {**plain, "held": True},
        "plain over HTTP": {**plain, "via": "api"},
        "plain over HTTP held": {**plain, "via": "api", "held": True},
        "command": greet,
        "command held": {**greet, "held": True},
        "command of root": here,
        "command of root over HTTP": {**here, "via": "api"},
        "shell": shell,
        "blank": {"text": BLANK},
    }
    return tuple(
        (f"send-prompt {way}", SendPrompt.model_validate(words)) for way, words in ways.items()
    )


def form_of(text: str) -> Form:
    """What the words are that arguments are made of."""
    if "\n" in text:
        return "lines"
    word = text.split(" ", 1)[0]
    return FORMS.get(word, "plain") if text.strip() else "blank"


@_memory
def _as_written(text: str) -> SendPrompt | None:
    """The prompt that a draft would be; None where it is none, or it is not known which."""
    rest = text.partition(" ")[2]
    match form_of(text):
        case "plain" if text:
            return SendPrompt(text=text, reply="That was in the composer.")
        case "command":
            return SendPrompt(text=text, heard=GREETING.format(rest))
        case "command of root":
            return SendPrompt(text=text, heard=PLACING.format(rest), of="root")
        case _:
            return None


@_memory
def _drafts(number: int) -> tuple[Named, ...]:
    words = WriteDraft(text=f"unfinished {number}")
    return (("write-draft words", words), ("write-draft blank", WriteDraft(text=BLANK)))


def drafts(place: Place) -> tuple[Named, ...]:
    """New words, and white space."""
    return _drafts(place.number)


def edits(place: Place) -> Iterator[Named]:
    """Each prompt that waits on screen, by its place; one that waits elsewhere or nowhere."""
    for label, text in _waiting(place.world):
        yield f"edit-queued {label}", EditQueued(text=text)


def retries(place: Place) -> Iterator[Named]:
    """As for edits."""
    for label, text in _waiting(place.world):
        yield f"retry-queued {label}", RetryQueued(text=text)


def _waiting(world: World) -> Iterator[tuple[str, str]]:
    here = world.queue(world.view.session) if world.view else ()
    for index, item in enumerate(here, start=1):
        yield f"number {index}", item.text
    elsewhere = (item.text for item in world.waiting if item not in here)
    yield "of another session", next(elsewhere, UNSAID)


def reverts(place: Place) -> Iterator[Named]:
    """The latest prompt on screen, and one that is not."""
    world = place.world
    last = latest(world.sent, world.view.session) if world.view else None
    if last:
        yield "revert the latest", Revert(text=last.text)
    yield "revert another", Revert(text=UNSAID)


def changes(place: Place) -> tuple[Named, ...]:
    """A new file of every kind in every directory."""
    return _changes(place.directories, place.number)


@_memory
def _changes(places: tuple[str, ...], number: int) -> tuple[Named, ...]:
    return tuple(
        (
            f"change-file {kind} in {place}",
            ChangeFile(directory=place, kind=kind, file=f"later-{number}.txt"),
        )
        for place, kind in product(places, FILES)
    )


def ways_in(place: Place) -> tuple[Named, ...]:
    """Every way into a worktree, and into what is none; and with words that nobody can send."""
    vain = (("blank words", BLANK), *(("words said before", text) for text in _said(place)))
    unsaid = ((f"enter-worktree with {what}", EnterWorktree(text=text)) for what, text in vain)
    return (*_ways_in(place.number), *unsaid)


def _said(place: Place) -> tuple[str, ...]:
    return tuple(sent.text for sent in place.world.sent[-1:])


@_memory
def _ways_in(number: int) -> tuple[Named, ...]:
    wrong = EnterWorktree(worktree=NOWHERE, text=f"Please enter nowhere, {number}.")
    ways = (
        (f"enter-worktree {way}", EnterWorktree.model_validate(words))
        for way, words in _ways(f"Please enter the worktree, {number}.")
    )
    return (*ways, ("enter-worktree that is none", wrong))


@_memory
def _ways_out(number: int) -> tuple[Named, ...]:
    return tuple(
        (f"exit-worktree {way}", ExitWorktree.model_validate(words))
        for way, words in _ways(f"Please leave the worktree, {number}.")
    )


def ways_out(place: Place) -> tuple[Named, ...]:
    """Every way out of a worktree; and with words that nobody can send."""
    vain = (("blank words", BLANK), *(("words said before", text) for text in _said(place)))
    unsaid = ((f"exit-worktree with {what}", ExitWorktree(text=text)) for what, text in vain)
    return (*_ways_out(place.number), *unsaid)


def _ways(text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for by, via, held in product(MANNERS, PROMPTED, (False, True)):
        words = {"by": by, "via": via, "text": text, "held": held}
        yield f"by {by}, {via}{' held' if held else ''}", words


def work_of_others(place: Place) -> tuple[Named, ...]:
    """Every session id in every directory; and words that nobody can send."""
    ids = tuple(dict.fromkeys(scope.session_id for scope in place.scopes))
    vain = (("blank", BLANK), *(("again", text) for text in _said(place)))
    return (
        *_work_of_others(ids, place.directories, f"Work of others, {place.number}."),
        *(
            (f"{label}, {what}", action)
            for what, text in vain
            for label, action in _work_of_others(ids, place.directories, text)
        ),
    )


@_memory
def _work_of_others(ids: tuple[str, ...], places: tuple[str, ...], text: str) -> tuple[Named, ...]:
    return tuple(
        (f"others-work {name} in {place}", OthersWork(session=name, directory=place, text=text))
        for name, place in product(ids, places)
    )


@_memory
def _choice(index: int) -> tuple[Named, ...]:
    return (("choose-model", ChooseModel(model=MODELS[index])),)


def choices(place: Place) -> tuple[Named, ...]:
    """A model that is not chosen here."""
    view = place.world.view
    chosen = place.world.chosen(view.session, view.execution) if view else None
    return _choice(1 if chosen == MODELS[0] else 0)


_HOLDS: tuple[Named, ...] = tuple(
    (
        f"hold {what}{' to fail' if fails else ''}{' to lose' if loses else ''}",
        Hold(what=what, fails=fails, loses=loses),
    )
    for what, fails, loses in product(KINDS, (False, True), (False, True))
)
_REFUSALS: tuple[Named, ...] = tuple(
    (f"refuse {what}", Refuse(what=what)) for what in get_args(REFUSABLE)
)
_RELEASES: tuple[Named, ...] = tuple((f"release {what}", Release(what=what)) for what in KINDS)


def holds(_: Place) -> tuple[Named, ...]:
    """Every kind of answer, to come late, to fail or to be lost."""
    return _HOLDS


def refusals(_: Place) -> tuple[Named, ...]:
    """Every kind of question that can be refused."""
    return _REFUSALS


def releases(_: Place) -> tuple[Named, ...]:
    """Every kind."""
    return _RELEASES
