"""How opencode's page is built, told from the page that a server serves, not from its version."""

from collections.abc import Iterator

from harness.probe.hooks import Hooks, NodeRule, RowRule, SignRule
from harness.targets.page_scripts import scripts_of
from harness.traits import Ability, Traits
from harness.values import Value

COMPOSER = NodeRule(css='[data-component="prompt-input"]')
VIEWPORT = ".scroll-view__viewport"


class Dialect(Value):
    """One way in which opencode's page is built: what it shows by design, and where."""

    mark: str  # stands in the scripts of a page of this kind, and of no later one in DIALECTS
    traits: Traits
    hooks: Hooks
    by_directory: bool = False  # its stores are: see `ordering`


# What the server does with a moved session is not the page's: the stage adds it.
FOLLOWING = Traits(  # the rows follow the viewport
    rows="virtual",
    own_send="follow",
    declared_binds=True,
    enters_by=(),
    can=frozenset({"address", "sessions"}),
    model_of="session",
    rolls_back_unseen=True,
    marks_shell=False,
    blank_stops=True,
    pins_latest=True,
)
VIRTUAL = Dialect(
    mark="data-timeline-virtual-content",
    traits=FOLLOWING.model_copy(
        update={
            "bare_has_row": False,
            "goes_late": True,
            "row_key": r"^(?:user-message:|assistant-part:[^:]+:part:)([^:]+)",
        }
    ),
    hooks=Hooks(
        timeline=NodeRule(css="[data-timeline-virtual-content]"),
        viewport=NodeRule(css="[data-timeline-virtual-content]", closest=VIEWPORT),
        composer=COMPOSER,
        # Gaps, the sign of thinking and the spacer have rows too, but are no messages; and the
        # message id of a part's row is that of the prompt it answers.
        rows=RowRule(
            css='[data-timeline-key^="user-message:"], [data-timeline-key^="assistant-part:"]',
            key="data-timeline-key",
        ),
    ),
)
TURNS = Dialect(
    mark="session-turn-list",
    by_directory=True,
    traits=Traits(
        rows="windowed",
        own_send="follow",
        declared_binds=True,
        enters_by=(),
        can=frozenset({"address", "sessions"}),
        marks_shell=False,
        blank_stops=True,
        goes_late=True,
        roles_with_rows=("user",),
        answers_in_row=True,
        slides=True,
    ),
    hooks=Hooks(
        timeline=NodeRule(css='[data-slot="session-turn-list"]'),
        viewport=NodeRule(css='[data-slot="session-turn-list"]', closest=VIEWPORT),
        composer=COMPOSER,
        rows=RowRule(css="[data-message-id]", key="data-message-id"),
    ),
)
# Between the two: a virtual list without keys. The rows of an answer have the id of the prompt that
# they answer, as its own row has, so only the prompts are followed.
PROMPTS = Dialect(
    mark="data-timeline-row",
    by_directory=True,
    traits=FOLLOWING.model_copy(update={"roles_with_rows": ("user",)}),
    hooks=Hooks(
        timeline=NodeRule(css=f"{VIEWPORT} > :has(> * > [data-timeline-row])"),
        viewport=NodeRule(css="[data-timeline-row]", closest=VIEWPORT),
        composer=COMPOSER,
        rows=RowRule(css='[data-timeline-row="UserMessage"]', key="data-message-id"),
    ),
)
DIALECTS = (VIRTUAL, PROMPTS, TURNS)


class Feature(Value):
    """Something that a page has or has not, whatever its dialect."""

    marks: tuple[str, ...]  # one of them stands in the scripts of a page that has it
    can: Ability | None = None  # what can be done with it
    sign: SignRule | None = None  # what it tells


FEATURES = (
    Feature(marks=("/global/event",), can="stream"),
    # The button that sends stops the agent, unless something stands in the composer.
    Feature(
        marks=("prompt-submit",),
        can="status",
        sign=SignRule(
            name="busy",
            css='[data-action="prompt-submit"]:is([data-icon="stop"], :has([data-icon="stop"]))',
            read="present",
            unless=f"{COMPOSER.css}:not(:empty)",
        ),
    ),
    Feature(marks=("prompt-input",), sign=SignRule(name="draft", css=COMPOSER.css, read="text")),
    Feature(marks=("/session/{sessionID}/command",), can="commands"),
    Feature(marks=("/session/{sessionID}/shell",), can="shell"),
    Feature(marks=("session-revert-dock",), can="revert"),
    Feature(marks=("data-option-key",), can="models"),
    # The address of a session names its server.
    Feature(marks=("/server/:serverKey/session/:id",), can="servers"),
    # Either of the page's layouts names the files that are changed; in the tree of the newer one a
    # name stands in a span of its row, or in a `bdi` in it; other spans are an icon and a badge.
    Feature(
        marks=("file-tree-v2-row", "session-review-filename"),
        can="changes",
        sign=SignRule(
            name="diff",
            css='[data-slot="file-tree-v2-row"] bdi,'
            '[data-slot="file-tree-v2-row"] > span:not(:has(*), [data-slot]),'
            '[data-slot="session-review-filename"]',
            read="each",
        ),
    ),
)


def dialect_in(scripts: Iterator[str]) -> Dialect:
    """The first dialect whose mark stands in a script, the newest where none does.

    It is told with the features of the page. A page that is of no known kind is found out when it
    opens: its hooks are then named.
    """
    text = list(scripts)
    found = (each for each in DIALECTS if any(each.mark in script for script in text))
    has = [f for f in FEATURES if any(mark in script for mark in f.marks for script in text)]
    return _with(next(found, DIALECTS[0]), has)


def _with(dialect: Dialect, features: list[Feature]) -> Dialect:
    traits, hooks = dialect.traits, dialect.hooks
    can = traits.can | {each.can for each in features if each.can}
    signs = (*hooks.signs, *(each.sign for each in features if each.sign))
    return dialect.model_copy(
        update={
            "traits": traits.model_copy(update={"can": can}),
            "hooks": hooks.model_copy(update={"signs": signs}),
        }
    )


def served_scripts(base_url: str) -> Iterator[str]:
    """The scripts of the page at an address.

    Raises:
        AppError: nothing answers there, or no page.
    """
    return scripts_of(base_url, "; releases before 1.14 bring no page of their own")
