"""A plan is plain data: a list of actions on seeded sessions. A flow is a plan with a name."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator

from harness.actions import AnyAction, EnterWorktree, ExitWorktree, Hold, OpenReview
from harness.errors import UsageError
from harness.scopes import SessionScope
from harness.traits import Traits
from harness.values import Value, first_problem
from harness.world import File, Session, World

PLAN_SCHEMA = 1
NAME_LENGTH = 80  # characters, at most
LONG = SessionScope(server_key="server", session_id="long")


# The directory of a project by its server: the mirror serves the same one, the workspace another.
ROOTS = {"server": "root", "mirror": "root", "workspace": "elsewhere"}
WORKTREE = "worktree"


class Other(Value):
    """A session beside the long one; of the same name on another server it has the same id."""

    server: Literal["server", "mirror", "workspace"] = "server"
    session: Literal["long", "short"] = "long"
    seeded: int = Field(default=8, ge=1, le=2000)

    @property
    def scope(self) -> SessionScope:
        """Its scope."""
        return SessionScope(server_key=self.server, session_id=self.session)

    @property
    def by_hand(self) -> str:
        """The session, as a person is told to make it."""
        servers = {
            "server": "in <root>",
            "mirror": "in <root>, on a second server of the same repository, the mirror",
            "workspace": "in <elsewhere>, another repository with a server of its own, the "
            "workspace",
        }
        twin = "A session with the id of the long one" if self.session == "long" else "A short one"
        return f"{twin}, with {self.seeded} messages, which works {servers[self.server]}."


class Plan(Value):
    """Actions in order, and the sessions that they are done on."""

    schema_version: Literal[1] = PLAN_SCHEMA
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=NAME_LENGTH)
    title: str
    seeded: int = Field(default=60, ge=1, le=2000)  # messages in the session before the first step
    others: tuple[Other, ...] = ()
    sides: int = Field(default=0, ge=0, le=9)  # worktrees beside the session's own: side-1, …
    actions: tuple[AnyAction, ...] = Field(min_length=1)

    @field_validator("others")
    @classmethod
    def _each_once(cls, others: tuple[Other, ...]) -> tuple[Other, ...]:
        scopes = (LONG, *(other.scope for other in others))
        if len(set(scopes)) < len(scopes):
            raise ValueError("two sessions have the same server and id")
        return others

    @property
    def directories(self) -> tuple[str, ...]:
        """The words of all directories that the plan's sessions work in, without repeats."""
        roots = (ROOTS[other.server] for other in self.others)
        sides = (f"side-{number}" for number in range(1, self.sides + 1))
        return tuple(dict.fromkeys(("root", WORKTREE, *roots, *sides)))

    @property
    def by_hand(self) -> tuple[str, ...]:
        """What a person needs who tries it without the harness, a sentence a thing.

        `<word>` stands for a directory.
        """
        sides = ", ".join(f"<side-{number}>" for number in range(1, self.sides + 1))
        network = any(isinstance(action, Hold) for action in self.actions)
        review = any(isinstance(action, OpenReview) for action in self.actions)
        needed = (
            f"A git repository, <root>, with a git worktree, <{WORKTREE}>.",
            f"More git worktrees of it: {sides}." if sides else "",
            f"A session, the long one, with {self.seeded} messages, which works in <root>.",
            *(other.by_hand for other in self.others),
            "An uncommitted change and an artifact in each directory, all of different names."
            if review
            else "",
            "A way to hold an answer of the server: a debugging proxy between page and server, "
            "or a breakpoint in the server."
            if network
            else "",
        )
        return tuple(filter(None, needed))

    @property
    def servers(self) -> tuple[str, ...]:
        """The words of all servers, the page's own first."""
        return tuple(dict.fromkeys(("server", *(other.server for other in self.others))))


def start_of(plan: Plan, traits: Traits) -> World:
    """The world before a plan's first action: idle sessions; the long one has a worktree.

    In each directory there is one change and one artifact.
    """
    long = Session(
        scope=LONG, owner="root", active="root", worktrees=(WORKTREE,), messages=plan.seeded
    )
    files = tuple(file for word in plan.directories for file in files_of(word))
    others = tuple(_other(other) for other in plan.others)
    return World(
        sessions=(long, *others),
        own_send=traits.own_send,
        model_of=traits.model_of,
        defers="defer" in traits.can,
        steers="queue" not in traits.can,
        rolls_back_unseen=traits.rolls_back_unseen,
        prepares="retention" in traits.can,
        servers=(LONG.server_key,),
        files=files,
    )


def files_of(directory: str) -> tuple[File, File]:
    """What is uncommitted in a directory before the first action."""
    return (
        File(directory=directory, kind="diff", name=f"changed-in-{directory}.txt"),
        File(directory=directory, kind="artifacts", name=f"made-in-{directory}.txt"),
    )


def _other(other: Other) -> Session:
    root = ROOTS[other.server]
    return Session(scope=other.scope, owner=root, active=root, messages=other.seeded)


def predict(plan: Plan, traits: Traits) -> tuple[World, ...]:
    """The world before the first action and after each: one more than there are actions.

    Raises:
        UsageError: a guard does not allow an action, or the app has no way to do it.
    """
    worlds = [start_of(plan, traits)]
    for number, action in enumerate(plan.actions, start=1):
        if reason := why_not(action, worlds[-1], traits):
            raise UsageError(f"plan {plan.name}, step {number} ({action.name}): {reason}")
        worlds.append(action.effect(worlds[-1]))
    return tuple(worlds)


def why_not(action: AnyAction, world: World, traits: Traits) -> str | None:
    """Why an app with these traits cannot do an action in a world, or the model forbids it."""
    return _impossible(action, traits) or _refused(action, world)


def allowed(plan: Plan, actions: Sequence[AnyAction], traits: Traits) -> Plan | None:
    """A plan with those of the actions that can be done one after another; None without any."""
    world = start_of(plan, traits)
    kept: list[AnyAction] = []
    for action in actions:
        if why_not(action, world, traits) is None:
            kept.append(action)
            world = action.effect(world)
    return plan.model_copy(update={"actions": tuple(kept)}) if kept else None


def is_allowed(plan: Plan, traits: Traits) -> bool:
    """Whether all of its actions can be done one after another."""
    return allowed(plan, plan.actions, traits) == plan


def _impossible(action: AnyAction, traits: Traits) -> str | None:
    if isinstance(action, EnterWorktree | ExitWorktree) and action.by not in traits.enters_by:
        ways = " or ".join(traits.enters_by)
        other = f"this app enters a worktree by {ways}, not by {action.by}"
        return other if ways else "no session of this app enters a worktree"
    return None


def _refused(action: AnyAction, world: World) -> str | None:
    refusal = action.refusal(world)
    return f"{refusal.reason} (it needs “{refusal.clause}”)" if refusal else None


def load_plan(path: Path) -> Plan:
    """Read a plan from a JSON file.

    Raises:
        UsageError: the file cannot be read, or is no plan; the message says where.
    """
    try:
        return Plan.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read the plan {path}: {error.strerror}") from error
    except ValidationError as error:
        place, problem = first_problem(error)
        said = f"{place}: {problem}" if place else _unread(problem)
        newer = "upgrade scope-harness, or " if place == "schema_version" else ""
        raise UsageError(
            f"{path} is no plan: {said}; {newer}print one with: harness flows NAME"
        ) from error


def _unread(said: str) -> str:
    """What is wrong with a text as a whole, of what pydantic says of it."""
    if not said.startswith("Invalid JSON"):
        return "its JSON is no object"
    return "it is empty, or cut short" if "EOF" in said else f"it is no JSON{said[12:]}"
