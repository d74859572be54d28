"""What came of one tool on one fault."""

from typing import NamedTuple


class Came(NamedTuple):
    """What came of one tool on one fault.

    Attributes:
        tool: its name.
        fault: the fault's id.
        rule: what it found to be broken; empty where it found nothing.
        after_s: when it was found and made small, from when the app was there; seconds.
        actions: how many were performed, those of the shrinking too.
        seconds: from when the app was there to the end.
        length: actions of the counterexample; None without one.
        note: why there is nothing to say.
    """

    tool: str
    fault: str
    rule: str = ""
    after_s: float = 0.0
    actions: int = 0
    seconds: float = 0.0
    length: int | None = None
    note: str = ""
