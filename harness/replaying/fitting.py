"""What of a counterexample's plan still fits the model and the app, step by step."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from pydantic import JsonValue, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from harness.actions import ACTIONS, AnyAction
from harness.errors import UsageError
from harness.plans import Plan, start_of, why_not
from harness.replaying.counterexample import Counterexample
from harness.targets.reference import TRAITS
from harness.traits import Traits
from harness.values import first_problem

_ACTION: TypeAdapter[AnyAction] = TypeAdapter(AnyAction)
_NAMES = tuple(each.called() for each in ACTIONS)


class Stale(NamedTuple):
    """A step that no longer applies.

    Attributes:
        step: its number in the file, from 1.
        name: of its action, as the file has it.
        why: the reason, a clause.
    """

    step: int
    name: str
    why: str

    def __str__(self) -> str:
        """One sentence."""
        return f"step {self.step} ({self.name}) no longer applies: {self.why}"


class Fit(NamedTuple):
    """A plan that can be performed, and the steps that were left out for it."""

    plan: Plan
    stale: tuple[Stale, ...] = ()


def fitted(counterexample: Counterexample, traits: Traits) -> tuple[Plan | None, tuple[Stale, ...]]:
    """The plan with those of its steps that apply one after another, None without any; the others.

    A step may be stale because one before it is: what builds on that is not allowed either.

    Args:
        counterexample: as it was read.
        traits: of the app.

    Raises:
        UsageError: what the plan starts from is not known any more.
    """
    head, raw = _parted(counterexample.plan)
    world = start_of(head, traits)
    stale: list[Stale] = []
    kept: list[AnyAction] = []
    for step, data in enumerate(raw, start=1):
        action = _read(step, data)
        if isinstance(action, Stale):
            stale.append(action)
        elif why := why_not(action, world, traits):
            stale.append(Stale(step, action.name, why))
        else:
            kept.append(action)
            world = action.effect(world)
    plan = head.model_copy(update={"actions": tuple(kept)}) if kept else None
    return plan, tuple(stale)


def plan_for(counterexample: Counterexample, traits: Traits, *, skip_stale: bool) -> Fit:
    """The plan as it can be performed.

    Raises:
        UsageError: a step no longer applies, and such steps are not to be left out; or none does.
    """
    plan, stale = fitted(counterexample, traits)
    if plan is None:
        raise UsageError(f"no step of the plan applies any more: {stale[0]}")
    if stale and not skip_stale:
        more = len(stale) - 1
        others = f" (nor does {more} more)" if more else ""
        raise UsageError(f"{stale[0]}{others}; leave out what is stale with --skip-stale")
    return Fit(plan, stale)


def _parted(plan: Mapping[str, JsonValue]) -> tuple[Plan, list[JsonValue]]:
    """What the plan starts from, with an action that stands for all, and its actions as data."""
    raw = plan.get("actions")
    if not isinstance(raw, list) or not raw:
        raise UsageError("the plan of the counterexample has no actions")
    try:
        head = Plan.model_validate({**plan, "actions": ({"name": "open-session"},)})
    except ValidationError as error:
        place, said = first_problem(error)
        raise UsageError(
            f"the plan of the counterexample starts from what the model does not know:"
            f" {place}: {said}"
        ) from error
    return head, raw


def _read(step: int, data: JsonValue) -> AnyAction | Stale:
    name = data.get("name") if isinstance(data, dict) else None
    if not isinstance(name, str):
        return Stale(step, "no name", "it names no action")
    if name not in _NAMES:
        near = get_close_matches(name, _NAMES, n=1)
        meant = f"; the nearest name is {near[0]}" if near else ""
        return Stale(step, name, f"the model has no such action{meant}")
    try:
        return _ACTION.validate_python(data)
    except ValidationError as error:
        return Stale(step, name, _why(error.errors(include_url=False)))


def _why(errors: Iterable[ErrorDetails]) -> str:
    return " and ".join(dict.fromkeys(_said(error) for error in errors))


def _said(error: ErrorDetails) -> str:
    argument = ".".join(str(part) for part in error["loc"][1:])
    match error["type"]:
        case "extra_forbidden":
            return f"it takes no argument “{argument}”"
        case "missing":
            return f"it lacks its argument “{argument}”"
        case _:
            return f"its argument “{argument}” cannot be {error['input']!r}: {error['msg']}"


def plan_of(counterexample: Counterexample, *, skip_stale: bool) -> Plan:
    """The plan before any app has started: what one other than the reference can is not known yet.

    Raises:
        UsageError: the model does not know a step any more, or does not allow it.
    """
    if counterexample.target == "reference":
        return plan_for(counterexample, TRAITS, skip_stale=skip_stale).plan
    head, raw = _parted(counterexample.plan)
    read = [_read(step, data) for step, data in enumerate(raw, start=1)]
    stale = next((each for each in read if isinstance(each, Stale)), None)
    if stale and not skip_stale:
        raise UsageError(f"{stale}; leave out what is stale with --skip-stale")
    known = tuple(each for each in read if not isinstance(each, Stale))
    return head.model_copy(update={"actions": known})
