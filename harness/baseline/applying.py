"""What a baseline says of a flow that was judged."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from harness.baseline.baseline import Baseline, causes_in, exercised, today
from harness.journal import BaselineApplied, PropertyJudged
from harness.values import Value


class Applying(Value):
    """A baseline on a day; `strict` makes what is mended fail, too."""

    baseline: Baseline
    strict: bool = False
    day: date = Field(default_factory=today)

    def applied(
        self, flow: str, judged: Sequence[PropertyJudged], *, whole: bool
    ) -> BaselineApplied:
        """Part a flow's acceptances into those that were found, are mended, and are over.

        Args:
            flow: its name.
            judged: what every property said of it.
            whole: whether it was performed to its end; what was not found in a part may yet occur.
        """
        found, tried = causes_in(judged), exercised(judged) if whole else set[str]()
        listed = self.baseline.of(flow)
        valid = [each for each in listed if each.until >= self.day]
        return BaselineApplied(
            flow=flow,
            strict=self.strict,
            accepted=tuple(each for each in valid if (each.property, each.cause) in found),
            mended=tuple(
                each
                for each in valid
                if each.property in tried and (each.property, each.cause) not in found
            ),
            expired=tuple(each for each in listed if each.until < self.day),
        )
