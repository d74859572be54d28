"""Hypothesis as what looks for the fewest actions of a plan that still have its finding.

It is handed the whole plan as its first example and shrinks the list of the actions that are kept.
What the model does not allow any more once an action is gone goes with it, so that only plans are
performed that can be. Where a plan meets the finding before its end, the search begins anew with
what comes until then.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from random import Random

from hypothesis import Phase, Verbosity, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from hypothesis.internal.conjecture.data import ConjectureData
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

from harness.actions import AnyAction
from harness.exploring.simplifying import Still
from harness.plans import Plan, allowed
from harness.traits import Traits


def fewest(plan: Plan, traits: Traits, still: Still) -> Plan:
    """The plan with the fewest actions that was found to meet the finding still.

    Args:
        plan: meets it.
        traits: of the app.
        still: performs a plan; answers with as much of it as meets the finding, too, None where it
            does not. It is asked for no plan twice. What it raises ends the search, and is raised
            again.
    """
    while True:
        search = _Search(plan, traits, still)
        _look(search, plan)
        if not search.is_cut:
            return search.best
        plan = search.best


def _look(search: "_Search", plan: Plan) -> None:
    places = st.integers(0, len(plan.actions) - 1)
    kept = st.lists(places, max_size=len(plan.actions))
    try:
        find(kept, search.meets, settings=_SETTINGS, random=Random(0))  # noqa: S311  no secret
    except (_Over, NoSuchExample):
        if search.broke:
            raise search.broke from None


class _Over(KeyboardInterrupt):
    """Ends a search of Hypothesis at once: it takes any other exception for one to be shrunk."""


class _Search:
    """Answers what Hypothesis asks; only a plan that is smaller than the best is performed."""

    def __init__(self, plan: Plan, traits: Traits, still: Still) -> None:
        self._plan = plan
        self._traits = traits
        self._still = still
        self._answers = {plan.actions: True}
        self.best = plan
        self.is_cut = False
        self.broke: BaseException | None = None

    def meets(self, kept: Sequence[int]) -> bool:
        """Whether the plan with the actions at these places meets the finding."""
        smaller = self._with(kept)
        if smaller is None:
            return False
        known = self._answers.get(smaller.actions)
        if known is None and len(smaller.actions) < len(self.best.actions):
            met = self._asked(smaller)
            known = self._answers[smaller.actions] = met is not None
            self.best = met or self.best
            self.is_cut = met is not None and met != smaller
            if self.is_cut or self._is_smallest():
                raise _Over
        return bool(known)

    def _asked(self, smaller: Plan) -> Plan | None:
        try:
            return self._still(smaller)
        except BaseException as error:
            self.broke = error
            raise _Over from error

    def _with(self, kept: Sequence[int]) -> Plan | None:
        actions = [self._plan.actions[place] for place in sorted({*kept})]
        return allowed(self._plan, actions, self._traits)

    def _is_smallest(self) -> bool:
        return all(self._answers.get(each) is False for each in self._one_less())

    def _one_less(self) -> Iterator[tuple[AnyAction, ...]]:
        actions = self.best.actions
        for place in range(len(actions)):
            rest = (*actions[:place], *actions[place + 1 :])
            if less := allowed(self.best, rest, self._traits):
                yield less.actions


class _Whole(HypothesisProvider):
    """Hands Hypothesis the whole plan as its first example: each place, one after the other."""

    def __init__(self, data: ConjectureData | None, /) -> None:
        super().__init__(data)
        self._places = count()

    def draw_boolean(self, p: float = 0.5) -> bool:
        """One place more; the list ends where it is as long as it can be."""
        del p
        return True

    def draw_integer(
        self,
        min_value: int | None = None,
        max_value: int | None = None,
        *,
        weights: dict[int, float] | None = None,
        shrink_towards: int = 0,
    ) -> int:
        """The next place."""
        del min_value, max_value, weights, shrink_towards
        return next(self._places)


AVAILABLE_PROVIDERS["scope-harness"] = _Whole
_SETTINGS = settings(
    backend="scope-harness",
    max_examples=2,  # the empty list comes before the whole plan
    phases=(Phase.generate, Phase.shrink),
    database=None,
    deadline=None,
    verbosity=Verbosity.quiet,
)
