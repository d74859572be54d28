"""Worlds that actions lead to, and strategies for plans: of any actions, and of allowed ones."""

from dataclasses import dataclass
from typing import get_args

from hypothesis import strategies as st

from harness.actions import (
    AnyAction,
    ChangeFile,
    ChooseModel,
    EditQueued,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenReview,
    OpenSession,
    OthersWork,
    ReadHistory,
    ReadLatest,
    Refuse,
    Release,
    Reload,
    Restore,
    ResumeQueue,
    RetryQueued,
    Revert,
    SendPrompt,
    ShowSession,
    StopTurn,
    SubmitBlank,
    WriteDraft,
)
from harness.actions.network import FAILING
from harness.plans import LONG, Other, Plan, start_of
from harness.requests import Hydration, Kind, Result, Stream
from harness.scopes import ExecutionScope, SessionScope
from harness.traits import MODELS, Ability, Traits
from harness.world import World

TRAITS = Traits(
    rows="windowed",
    own_send="keep",
    declared_binds=True,
    enters_by=("tool", "move"),
    can=frozenset({"defer", "queue"}),  # what is submitted waits where it must
)
ABLE = TRAITS.model_copy(update={"can": frozenset(get_args(Ability)), "models": MODELS})
OTHERS = (Other(server="mirror"), Other(server="workspace"), Other(session="short"))
MIRROR, WORKSPACE, SHORT = (other.scope for other in OTHERS)
TO_MIRROR = ShowSession(server="mirror")
TO_WORKSPACE = ShowSession(server="workspace", directory="elsewhere")
TO_SHORT = ShowSession(session="short")
HOME = ShowSession()
GO = EnterWorktree(by="move", via="nobody")
BACK = ExitWorktree(by="move", via="nobody")
WORK = SendPrompt(text="work", held=True)  # from then on the agent is at work
ASK = SendPrompt(text="ask")

KINDS: tuple[Kind, ...] = (*get_args(Hydration), *get_args(Result), *get_args(Stream))
REFUSABLE = ("messages", "commands", "provider", "diff", "artifacts", "stop")


def plan_of(*actions: AnyAction) -> Plan:
    """A plan on the long session and three others, with two directories more than it needs."""
    return Plan(name="p", title="t", others=OTHERS, sides=2, actions=actions or (OpenSession(),))


def after(*actions: AnyAction, start: World | None = None) -> World:
    """The world after actions that must all be allowed."""
    world = start or start_of(plan_of(), TRAITS)
    for action in actions:
        refusal = action.guard(world)
        assert refusal is None, f"{action.title}: {refusal}"
        world = action.effect(world)
    return world


def opened(*actions: AnyAction) -> World:
    """The world with the long session on screen, after some actions more."""
    return after(OpenSession(), *actions)


def refusal(action: AnyAction, *before: AnyAction) -> str | None:
    """Why an action is not allowed with the long session on screen and after some actions."""
    return action.guard(opened(*before))


def now(world: World) -> ExecutionScope:
    """The execution scope on screen."""
    assert world.view is not None
    return world.view.execution


def sent_texts(world: World, scope: SessionScope = LONG) -> list[str]:
    """What was sent in a session, in order."""
    return [sent.text for sent in world.sent if sent.session == scope]


def waiting_texts(world: World, scope: SessionScope = LONG) -> list[str]:
    """What waits in a session, in order."""
    return [item.text for item in world.queue(scope)]


WORDS = st.text(min_size=1, max_size=8) | st.sampled_from(["a", "b", "/greet", "/bin/ls"])
PLACES = st.sampled_from(["root", "worktree", "elsewhere", "side-1"])
WAYS = st.sampled_from(["tool", "move"])
CLIENTS = st.sampled_from(["composer", "api"])
PROMPTED = st.sampled_from(["composer", "api", "nobody"])
SERVERS = st.sampled_from(["server", "mirror", "workspace"])
SESSIONS = st.sampled_from(["long", "short", "none"])
FLAGS = st.booleans()
ACTIONS = st.one_of(
    st.builds(OpenSession, server=SERVERS, session=SESSIONS, directory=PLACES),
    st.builds(Reload),
    st.builds(ShowSession, server=SERVERS, session=SESSIONS, directory=PLACES),
    st.builds(ReadHistory, rows=st.integers(1, 90)),
    st.builds(ReadLatest),
    st.builds(OpenAddress, directory=PLACES, how=st.sampled_from(["link", "back", "forward"])),
    st.builds(
        SendPrompt,
        text=WORDS,
        reply=WORDS,
        via=CLIENTS,
        heard=st.none() | WORDS,
        to_shell=FLAGS,
        held=FLAGS,
    ),
    st.builds(WriteDraft, text=WORDS),
    st.just(SubmitBlank()),
    st.builds(FinishTurn),
    st.builds(StopTurn),
    st.builds(EditQueued, text=WORDS),
    st.builds(RetryQueued, text=WORDS),
    st.builds(ResumeQueue),
    st.builds(Revert, text=WORDS),
    st.builds(Restore),
    st.builds(OpenReview),
    st.builds(
        ChangeFile,
        directory=PLACES,
        kind=st.sampled_from(["diff", "artifacts"]),
        file=st.sampled_from(["a.txt", "b"]),
    ),
    st.builds(EnterWorktree, worktree=PLACES, by=WAYS, via=PROMPTED, text=WORDS, held=FLAGS),
    st.builds(ExitWorktree, by=WAYS, via=PROMPTED, text=WORDS, held=FLAGS),
    st.builds(OthersWork, session=SESSIONS, directory=PLACES, text=WORDS),
    st.builds(ChooseModel, model=st.sampled_from(["a/b", "a/c"])),
    st.builds(Hold, what=st.sampled_from(KINDS), fails=FLAGS, loses=FLAGS),
    st.builds(Refuse, what=st.sampled_from(REFUSABLE)),
    st.builds(Release, what=st.sampled_from(KINDS)),
)
SEQUENCES = st.lists(ACTIONS, min_size=1, max_size=12).map(lambda some: (OpenSession(), *some))
BESIDES = st.lists(
    st.sampled_from(OTHERS), max_size=len(OTHERS), unique_by=lambda other: other.scope.key
)
PLANS = st.builds(
    Plan,
    name=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    title=st.text(),
    seeded=st.integers(1, 2000),
    others=BESIDES.map(tuple),
    sides=st.integers(0, 9),
    actions=SEQUENCES,
)


@dataclass(frozen=True)
class Step:
    """One action that was allowed, with the worlds around it."""

    action: AnyAction
    before: World
    after: World


Walk = tuple[Step, ...]
LATER = SendPrompt(text="later")
BEGINNINGS: tuple[tuple[AnyAction, ...], ...] = (
    (),
    (ASK,),
    (WORK, LATER, SendPrompt(text="latest")),
    (WORK, LATER, SendPrompt(text="latest"), StopTurn()),
    (WORK, LATER, Hold(what="send", fails=True), FinishTurn()),
    (EnterWorktree(held=True), LATER, TO_SHORT),
    (Hold(what="commands"), GO, SendPrompt(text="/greet")),
    (Hold(what="send"), ASK, LATER),
    (Hold(what="send", fails=True), ASK, TO_MIRROR),
    (ASK, WriteDraft(text="mine"), Hold(what="revert", fails=True), Revert(text="ask")),
    (ASK, Revert(text="ask"), Hold(what="restore", fails=True), Restore()),
    (ASK, Revert(text="ask"), WriteDraft(text="mine"), Hold(what="restore", fails=True), Restore()),
)
RARE = (
    "edit-queued",
    "exit-worktree",
    "finish-turn",
    "release",
    "restore",
    "resume-queue",
    "retry-queued",
    "revert",
    "send-prompt",
    "stop-turn",
)


@st.composite
def allowed_walks(draw: st.DrawFn, longest: int = 12) -> Walk:
    """Steps from the opening of a session on, each drawn from those that its guard allows.

    They begin where something waits or is under way; what is rarely allowed is drawn often.
    """
    world = start_of(plan_of(), draw(st.sampled_from([ABLE, _following()])))
    steps: list[Step] = []
    for action in (OpenSession(), *draw(st.sampled_from(BEGINNINGS))):
        steps.append(_step(action, world))
        world = steps[-1].after
    for number in range(draw(st.integers(1, longest))):
        allowed = [action for action in offers(world, number) if action.guard(world) is None]
        names = sorted({action.name for action in allowed}, key=_usual)
        weighted = [name for name in names for _ in range(1 if _usual(name) else 4)]
        name = draw(st.sampled_from(weighted))
        some = [action for action in allowed if action.name == name]
        steps.append(_step(draw(st.sampled_from(some)), world))
        world = steps[-1].after
    return tuple(steps)


def offers(world: World, number: int) -> tuple[AnyAction, ...]:
    """A choice of what may come next, allowed or not; `number` makes its texts new ones."""
    return (
        *_said(f"words {number}"),
        *_moves(f"words {number}"),
        *_of_what_was_said(world),
        *(Hold(what=what) for what in KINDS),
        *(Hold(what=what, fails=True) for what in FAILING),
        Hold(what="send", loses=True),
        *(Release(what=what) for what in KINDS),
        Refuse(what="messages"),
        Refuse(what="provider"),
        FinishTurn(),
        StopTurn(),
        ResumeQueue(),
        Restore(),
        OpenReview(),
        ChangeFile(directory="worktree", file=f"file-{number}"),
        ChooseModel(model=f"a/{number}"),
    )


def _usual(name: str) -> bool:
    """Whether an action is allowed nearly always."""
    return name not in RARE


def _following() -> Traits:
    return ABLE.model_copy(update={"own_send": "follow"})


def _step(action: AnyAction, world: World) -> Step:
    return Step(action, world, action.effect(world))


def _said(text: str) -> tuple[AnyAction, ...]:
    return (
        SendPrompt(text=text),
        SendPrompt(text=text, held=True),
        SendPrompt(text=text, via="api"),
        SendPrompt(text=text, via="api", held=True),
        SendPrompt(text=text, to_shell=True),
        SendPrompt(text=f"/{text}", heard=f"heard {text}"),
        OthersWork(directory="side-1", text=text),
        OthersWork(directory="side-2", session="long", text=text),
        WriteDraft(text=f"draft of {text}"),
        SubmitBlank(),
    )


def _moves(text: str) -> tuple[AnyAction, ...]:
    return (
        OpenSession(),
        Reload(),
        HOME,
        TO_MIRROR,
        TO_WORKSPACE,
        TO_SHORT,
        GO,
        BACK,
        EnterWorktree(text=text),
        EnterWorktree(text=text, held=True),
        EnterWorktree(text=text, by="move"),
        ExitWorktree(text=text, via="api"),
        ExitWorktree(text=text, held=True),
        ExitWorktree(text=text, by="move", via="api"),
        OpenAddress(directory="worktree"),
        ReadHistory(),
        ReadLatest(),
    )


def _of_what_was_said(world: World) -> tuple[AnyAction, ...]:
    written = world.draft(world.view.session) if world.view else ""
    return (
        *(EditQueued(text=item.text) for item in world.waiting),
        *(RetryQueued(text=item.text) for item in world.waiting),
        *(Revert(text=sent.text) for sent in world.sent),
        *((SendPrompt(text=written),) if written else ()),
    )
