"""What was found before, so that it is tried first the next time: Hypothesis's example database."""

from collections.abc import Iterable
from contextlib import suppress

from hypothesis.database import DirectoryBasedExampleDatabase
from pydantic import ValidationError

from harness.explorer.possible import is_possible
from harness.plans import Plan
from harness.run import RunOptions
from harness.traits import Traits

FOLDER = "examples"  # in the one for reports


class Examples:
    """The smallest plans of what was found on one app, with the fault that it may have.

    Args:
        options: the app, and the fault; the plans are in a folder beside those of the runs.
    """

    def __init__(self, options: RunOptions) -> None:
        self._database = DirectoryBasedExampleDatabase(options.reports / FOLDER)
        fault = options.fault.id if options.fault else ""
        self._key = f"{options.target} {fault}".encode()

    def plans(self, traits: Traits) -> tuple[Plan, ...]:
        """What an app with these traits can do of them, the fewest actions first.

        A model that has changed may say too little of what one does: it would meet what is no bug.
        """
        kept = sorted(self._read(), key=lambda plan: (len(plan.actions), _text(plan)))
        fitting = (plan for plan in kept if is_possible(plan, traits))
        return tuple(
            plan.model_copy(update={"name": f"before-{number}"})
            for number, plan in enumerate(fitting, start=1)
        )

    def keep(self, plan: Plan) -> None:
        """Have it tried the next time."""
        self._database.save(self._key, _text(plan))

    def forget(self, plan: Plan) -> None:
        """Have it tried no more."""
        self._database.delete(self._key, _text(plan))

    def _read(self) -> Iterable[Plan]:
        """Each plan once; one that an older model wrote is kept as this one writes it."""
        found: dict[bytes, Plan] = {}
        for text in [*self._database.fetch(self._key)]:
            with suppress(ValidationError):  # of another model
                plan = Plan.model_validate_json(text)
                found[_text(plan)] = plan
                if _text(plan) != text:
                    self.keep(plan)
                    self._database.delete(self._key, text)
        return found.values()


def _text(plan: Plan) -> bytes:
    named = {"name": "before", "title": "Found before"}
    return plan.model_copy(update=named).model_dump_json().encode()
