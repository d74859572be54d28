"""How PawWork's page is built, told from its scripts, not from its version."""

from collections.abc import Iterable

from harness.errors import HookError
from harness.probe.hooks import Hooks, NodeRule, RowRule, SignRule
from harness.traits import Ability, Traits
from harness.values import Value

PAWWORK = "pawwork.settings.dat"  # where the page keeps its settings
TURNS = "session-turn-list"
VIRTUAL = "session-timeline-virtualizer"
QUEUE = "session-followup.v2"  # before it, what is sent while the agent works goes off at once
LIST = f'[data-slot="{TURNS}"]'
DOCK = '[data-component="session-followup-dock"]'


class Dialect(Value):
    """One way in which PawWork's page is built."""

    traits: Traits
    hooks: Hooks


WINDOWED = Dialect(
    traits=Traits(
        rows="windowed",
        own_send="keep",
        declared_binds=False,
        enters_by=("tool",),
        can=frozenset({"address", "stream"}),
        roles_with_rows=("user",),
        answers_in_row=True,
        slides=True,
    ),
    hooks=Hooks(
        timeline=NodeRule(css=LIST),
        viewport=NodeRule(css=LIST, closest='[data-component="scroll-viewport"]'),
        composer=NodeRule(css='[data-component="prompt-input"]'),
        rows=RowRule(css="[data-message-id]", key="data-message-id"),
        signs=(
            SignRule(
                name="busy", css='[data-action="prompt-submit"] [data-icon="stop"]', read="present"
            ),
            SignRule(name="queue", css=f"{DOCK} div:has(> button + button) > span", read="each"),
        ),
    ),
)


def dialect_in(scripts: Iterable[str], base_url: str) -> Dialect:
    """The dialect of a page with these scripts.

    Raises:
        HookError: they are not those of PawWork, or of none that shows turns.
    """
    marks = (PAWWORK, TURNS, VIRTUAL, QUEUE)
    found = {mark for script in scripts for mark in marks if mark in script}
    if PAWWORK not in found:
        raise HookError(
            f"the page at {base_url} is not PawWork's: none of its scripts has “{PAWWORK}”;"
            " --base-url takes the address of a build of its app, --server-url the backend's"
        )
    if TURNS not in found:
        raise HookError(
            f"the page at {base_url} shows no list of turns that this target knows:"
            f" none of its scripts has “{TURNS}”"
        )
    queue: frozenset[Ability] = frozenset({"queue"} if QUEUE in found else ())
    known: dict[str, object] = {"can": WINDOWED.traits.can | queue}
    if VIRTUAL in found:
        known |= {"rows": "virtual", "own_send": "follow"}  # its pages lead who sends to the latest
    return WINDOWED.model_copy(update={"traits": WINDOWED.traits.model_copy(update=known)})
