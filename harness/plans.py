"""A plan is plain data: a list of actions on a seeded session. A flow is a plan with a name."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from harness.actions import (
    AnyAction,
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenAddress,
    OpenSession,
    ReadHistory,
    Release,
    SendPrompt,
)
from harness.errors import UsageError
from harness.readiness import Readiness
from harness.scopes import SessionScope
from harness.traits import Traits
from harness.values import Value
from harness.world import Reader, Session, World

PLAN_SCHEMA = 1
LONG = SessionScope(server_key="server", session_id="long")


class Plan(Value):
    """Actions in order, and the length of the session that they are done on."""

    schema_version: Literal[1] = PLAN_SCHEMA
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)
    title: str
    seeded: int = Field(default=60, ge=1, le=2000)  # messages in the session before the first step
    actions: tuple[AnyAction, ...] = Field(min_length=1)


def start_of(plan: Plan, traits: Traits) -> World:
    """The world before a plan's first action: one long idle session with one worktree."""
    session = Session(
        scope=LONG, owner="root", active="root", worktrees=("worktree",), messages=plan.seeded
    )
    return World(sessions=(session,), readiness=Readiness.complete(), own_send=traits.own_send)


def predict(plan: Plan, traits: Traits) -> tuple[World, ...]:
    """The world before the first action and after each: one more than there are actions.

    Raises:
        UsageError: a guard does not allow an action, or the app has no way to do it.
    """
    worlds = [start_of(plan, traits)]
    for number, action in enumerate(plan.actions, start=1):
        reason = _impossible(action, traits) or action.guard(worlds[-1])
        if reason:
            raise UsageError(f"plan {plan.name}, step {number} ({action.name}): {reason}")
        worlds.append(action.effect(worlds[-1]))
    return tuple(worlds)


def _impossible(action: AnyAction, traits: Traits) -> str | None:
    if isinstance(action, EnterWorktree | ExitWorktree) and action.by not in traits.enters_by:
        return f"this app enters a worktree by {' or '.join(traits.enters_by)}, not by {action.by}"
    return None


def round_trip(traits: Traits, *, reader: Reader, address: bool) -> Plan:
    """Enter a worktree, leave it, send a follow-up, in one of the ways of real apps.

    Args:
        traits: decides how the worktree is entered.
        reader: in history, or at the bottom.
        address: the page's address changes to the worktree's and back, and the prompts that make
            the agent move come over HTTP; else the route stays and they come from the composer
            (unless a send would take a reader in history to the latest).
    """
    # Where the reader's own send leads to the latest, only others' prompts leave one in history.
    lifted = reader == "history" and traits.own_send == "follow"
    way = {"by": traits.enters_by[0], "via": "api" if address or lifted else "composer"}
    enter = EnterWorktree.model_validate(way)
    leave = ExitWorktree.model_validate(way)
    there = [OpenAddress(directory="worktree")] if address else []
    back = [OpenAddress(directory="root")] if address else []
    reading = [ReadHistory()] if reader == "history" else []
    follow_up = SendPrompt(text="Where are you working now?", reply="Here is where I work.")
    manner = "the address changes with it" if address else "the address stays"
    place = "reading in history" if reader == "history" else "reading the latest"
    return Plan(
        name=f"round-trip-{'address' if address else 'in-place'}-{reader}",
        title=f"Enter and leave a worktree, follow up; {manner}; {place}",
        actions=(OpenSession(), *reading, enter, *there, leave, *back, follow_up),
    )


def command_gate() -> Plan:
    """A command typed at once after a switch waits for its list; plain text before it does not.

    Source: seed "Directory switch followed by immediate /custom-command".
    """
    return Plan(
        name="command-gate",
        title="Type a command while the new directory's command list is on its way",
        seeded=20,
        actions=(
            OpenSession(),
            Hold(what="commands"),
            EnterWorktree(via="api"),
            SendPrompt(text="Plain words do not wait.", reply="They do not."),
            SendPrompt(
                text="/greet the reader", heard="Greet the reader kindly.", reply="Good day."
            ),
            Release(what="commands"),
        ),
    )


def model_gate() -> Plan:
    """A prompt sent at once after a switch waits for the model that was chosen there.

    Source: seed "Directory switch followed by immediate send must not use fallback model/provider
    while local persisted model selection is still hydrating".
    """
    again = EnterWorktree(via="api", text="Please enter the worktree again.", reply="There again.")
    return Plan(
        name="model-gate",
        title="Send at once after a switch, while the model chosen there is on its way",
        seeded=20,
        actions=(
            OpenSession(),
            EnterWorktree(via="api"),
            ChooseModel(model="meadow/meadow-2"),
            ExitWorktree(via="api"),
            ChooseModel(model="harbour/harbour-small"),
            OpenSession(),  # a new page: what it chose there has to come from its memory
            Hold(what="provider"),
            again,
            SendPrompt(text="Which model are you?", reply="The one that was chosen here."),
            Release(what="provider"),
        ),
    )


def flows(traits: Traits) -> tuple[Plan, ...]:
    """The named plans of the gate."""
    readers: tuple[Reader, ...] = ("history", "bottom")
    trips = (
        round_trip(traits, reader=reader, address=address)
        for address in (False, True)
        for reader in readers
    )
    return (*trips, *((command_gate(), model_gate()) if traits.defers else ()))


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
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        newer = "upgrade scope-harness, or " if place == "schema_version" else ""
        raise UsageError(
            f"{path} is no plan: {place}: {first['msg']}; {newer}print one with: harness flows NAME"
        ) from error
