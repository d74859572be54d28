"""Where an app keeps what the recorder watches; each target fills these in."""

from typing import Literal

from pydantic import Field

from harness.values import Value


class NodeRule(Value):
    """How to find one element: the first match of `css`, or that match's closest ancestor.

    `within` limits the search to the first match of that selector. `closest` includes the match
    itself, as `Element.closest` does.
    """

    css: str = Field(min_length=1)
    closest: str | None = None
    within: str | None = None

    def describe(self) -> str:
        """Say the rule in words, for an error about a page that lacks the element."""
        found = f"the closest {self.closest} around {self.css}" if self.closest else self.css
        return f"{found} within {self.within}" if self.within else found


class RowRule(Value):
    """How to find the rows: all matches of `css` under the timeline, or under `within`."""

    css: str = Field(min_length=1)
    key: str = Field(pattern=r"^[a-zA-Z_][\w.-]*$")  # the attribute that holds a row's key
    within: str | None = None

    def describe(self) -> str:
        """Say the rule in words, for an error about a page that lacks rows."""
        return f"{self.css} with a {self.key}, within {self.within or 'the timeline'}"


class SignRule(Value):
    """Something that the app tells about itself, read at every frame.

    `read`: the `dataset` of the first match of `css`, its `value`, the `text` of one that is typed
    into without a value, trimmed and with its line breaks, whether there is one (`present`), the
    texts of `each` match, or the `attribute` of each match. What is not there is None, or an empty
    list. While something matches `unless` the app cannot tell, and says None.
    """

    name: str = Field(min_length=1)
    css: str = Field(min_length=1)
    read: Literal["dataset", "value", "text", "present", "each", "attribute"]
    attribute: str | None = None
    unless: str | None = None


class Hooks(Value):
    """All that the recorder needs to know of an app's page."""

    timeline: NodeRule
    viewport: NodeRule
    composer: NodeRule
    rows: RowRule
    signs: tuple[SignRule, ...] = ()
