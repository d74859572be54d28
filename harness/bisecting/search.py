"""Which candidate to look at next, and when it is known where they turn; no I/O."""

from collections.abc import Callable, Sequence
from typing import Literal

from harness.errors import UsageError
from harness.values import Value

Kind = Literal["good", "bad"]
Answer = Literal["good", "bad", "cannot tell"]
Look = Callable[[str], Answer]
OTHER: dict[Kind, Kind] = {"good": "bad", "bad": "good"}


class Found(Value):
    """What a search came to.

    Attributes:
        sought: what the newer ones are: bad where something broke, good where it was mended.
        last: the newest candidate known to be the other before the first of the sought kind.
        first: the oldest candidate known to be of the sought kind.
        untold: those between them that could not tell; any of them may be the first.
        answers: what each candidate said, in the order in which they were asked.
    """

    sought: Kind
    last: str
    first: str
    untold: tuple[str, ...] = ()
    answers: dict[str, Answer] = {}  # noqa: RUF012  a pydantic model copies it

    @property
    def certain(self) -> bool:
        """Whether nothing stands between the two."""
        return not self.untold


def first_turned(candidates: Sequence[str], look: Look, sought: Kind) -> Found:
    """Look at as few candidates as can be: halve what is between one of either kind.

    The ends are looked at first, the bad one before the good one: without a finding there is
    nothing to search for. Where one in the middle cannot tell, its nearest neighbour is asked.

    Args:
        candidates: from the oldest to the newest.
        look: answers for one candidate; it is asked once for each.
        sought: what the last candidate is said to be; the first is said to be the other.

    Raises:
        UsageError: there are fewer than two, or an end is not what it is said to be.
    """
    if len(candidates) < 2:  # noqa: PLR2004
        raise UsageError("there is nothing between the good one and the bad one to look at")
    answers: dict[str, Answer] = {}
    ends = {OTHER[sought]: candidates[0], sought: candidates[-1]}
    for kind in ("bad", "good"):
        _ensure(ends[kind], kind, look, answers)
    old, new = 0, len(candidates) - 1
    while (middle := _middle(candidates, old, new, answers)) is not None:
        name = candidates[middle]
        answers[name] = look(name)
        if answers[name] == sought:
            new = middle
        elif answers[name] == OTHER[sought]:
            old = middle
    return Found(
        sought=sought,
        last=candidates[old],
        first=candidates[new],
        untold=tuple(candidates[old + 1 : new]),
        answers=answers,
    )


def most_looks(count: int) -> int:
    """How many candidates are looked at where each can tell, the ends included."""
    between = max(0, count - 2)
    return min(count, 2) + between.bit_length()


def _ensure(name: str, wanted: Kind, look: Look, answers: dict[str, Answer]) -> None:
    answers[name] = look(name)
    if answers[name] == wanted:
        return
    said = "cannot tell" if answers[name] == "cannot tell" else f"is {answers[name]}"
    raise UsageError(
        f"{name} {said}, and --{wanted} says that it is {wanted}:"
        f" name another one with --{wanted}, or another finding with --property"
    )


def _middle(
    candidates: Sequence[str], old: int, new: int, answers: dict[str, Answer]
) -> int | None:
    """The one nearest to the middle that was not asked; None when all between were."""
    middle = (old + new) / 2
    asked = (place for place in range(old + 1, new) if candidates[place] not in answers)
    return min(asked, key=lambda place: abs(place - middle), default=None)
