"""How opencode's page is built, told from the page that a server serves, not from its version."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx

from harness.errors import AppError
from harness.probe.hooks import Hooks, NodeRule, RowRule
from harness.traits import Traits
from harness.values import Value

COMPOSER = NodeRule(css='[data-component="prompt-input"]')
VIEWPORT = ".scroll-view__viewport"


class Dialect(Value):
    """One way in which opencode's page is built: what it shows by design, and where."""

    mark: str  # stands in the scripts of a page of this kind and of no other
    traits: Traits
    hooks: Hooks


VIRTUAL = Dialect(
    mark="data-timeline-virtual-content",
    traits=Traits(
        rows="virtual",
        own_send="follow",
        declared_binds=False,
        enters_by=("move",),
        can=frozenset({"address"}),
        pins_latest=True,
        bare_has_row=False,
        row_key=r"^(?:user-message:|assistant-part:[^:]+:part:)([^:]+)",
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
    traits=Traits(
        rows="windowed",
        own_send="follow",
        declared_binds=True,
        enters_by=("move",),
        can=frozenset({"address"}),
        roles_with_rows=("user",),
    ),
    hooks=Hooks(
        timeline=NodeRule(css='[data-slot="session-turn-list"]'),
        viewport=NodeRule(css='[data-slot="session-turn-list"]', closest=VIEWPORT),
        composer=COMPOSER,
        rows=RowRule(css="[data-message-id]", key="data-message-id"),
    ),
)
DIALECTS = (VIRTUAL, TURNS)


def dialect_in(scripts: Iterator[str]) -> Dialect:
    """The dialect whose mark stands in a script, the newest where none does.

    A page that is of no known kind is found out when it opens: its hooks are then named.
    """
    for script in scripts:
        for dialect in DIALECTS:
            if dialect.mark in script:
                return dialect
    return DIALECTS[0]


def served_scripts(base_url: str) -> Iterator[str]:
    """The scripts of the page at an address, and those of the session page that they load.

    Raises:
        AppError: nothing answers there, or no page.
    """
    with httpx.Client(timeout=30.0, trust_env=False, follow_redirects=True) as http:
        page = _text(http, base_url, "")
        for name in re.findall(r'<script[^>]+src="([^"]+\.js)"', page):
            script = _text(http, base_url, name)
            yield script
            for chunk in dict.fromkeys(
                re.findall(r'"((?:\./|assets/)session-[\w-]+\.js)"', script)
            ):
                yield _text(http, base_url, f"/assets/{chunk.rpartition('/')[2]}")


def _text(http: httpx.Client, base_url: str, path: str) -> str:
    try:
        answer = http.get(urljoin(base_url, path))
    except httpx.HTTPError as error:
        raise AppError(
            f"nothing answers at {base_url} ({error}): is the app running there?"
        ) from error
    if answer.is_error:
        raise AppError(
            f"the app answered its own page with {answer.status_code}: look at what it logged;"
            " releases before 1.14 bring no page of their own"
        )
    return answer.text
