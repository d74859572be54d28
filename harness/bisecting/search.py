"""Which candidate to look at next, and when it is known which is the first bad one; no I/O."""

from collections.abc import Callable, Sequence
from typing import Literal

from harness.errors import UsageError
from harness.values import Value

Answer = Literal["good", "bad", "cannot tell"]
Look = Callable[[str], Answer]


class Found(Value):
    """What a search came to.

    Attributes:
        last_good: the newest candidate known to be good before the first bad one.
        first_bad: the oldest candidate known to be bad.
        untold: those between them that could not tell; any of them may be the first bad one.
        answers: what each candidate said, in the order in which they were asked.
    """

    last_good: str
    first_bad: str
    untold: tuple[str, ...] = ()
    answers: dict[str, Answer] = {}  # noqa: RUF012  a pydantic model copies it

    @property
    def certain(self) -> bool:
        """Whether nothing stands between the two."""
        return not self.untold


def first_bad(candidates: Sequence[str], look: Look) -> Found:
    """Look at as few candidates as can be: halve what is between a good and a bad one.

    The ends are looked at first, the bad one before the good one: without a finding there is
    nothing to search for. Where one in the middle cannot tell, its nearest neighbour is asked.

    Args:
        candidates: from the oldest to the newest; the first is said to be good, the last bad.
        look: answers for one candidate; it is asked once for each.

    Raises:
        UsageError: there are fewer than two, or an end is not what it is said to be.
    """
    if len(candidates) < 2:  # noqa: PLR2004
        raise UsageError("there is nothing between the good one and the bad one to look at")
    answers: dict[str, Answer] = {}
    _ensure(candidates[-1], "bad", look, answers)
    _ensure(candidates[0], "good", look, answers)
    good, bad = 0, len(candidates) - 1
    while (middle := _middle(candidates, good, bad, answers)) is not None:
        name = candidates[middle]
        answers[name] = look(name)
        if answers[name] == "good":
            good = middle
        elif answers[name] == "bad":
            bad = middle
    return Found(
        last_good=candidates[good],
        first_bad=candidates[bad],
        untold=tuple(candidates[good + 1 : bad]),
        answers=answers,
    )


def most_looks(count: int) -> int:
    """How many candidates are looked at where each can tell, the ends included."""
    between = max(0, count - 2)
    return min(count, 2) + between.bit_length()


def _ensure(name: str, wanted: Answer, look: Look, answers: dict[str, Answer]) -> None:
    answers[name] = look(name)
    if answers[name] == wanted:
        return
    said = "cannot tell" if answers[name] == "cannot tell" else f"is {answers[name]}"
    raise UsageError(
        f"{name} {said}, and --{wanted} says that it is {wanted}:"
        f" name another one with --{wanted}, or another finding with --property"
    )


def _middle(
    candidates: Sequence[str], good: int, bad: int, answers: dict[str, Answer]
) -> int | None:
    """The one nearest to the middle that was not asked; None when all between were."""
    middle = (good + bad) / 2
    asked = (place for place in range(good + 1, bad) if candidates[place] not in answers)
    return min(asked, key=lambda place: abs(place - middle), default=None)
