"""What of the model was exercised, and what there is to exercise, as a journal tells it.

The last classes are entries of the journal (`harness.journal`), with a `kind`.
"""

from typing import Literal

from pydantic import Field

from harness.values import Value


class Transition(Value):
    """An action of the model, and the situation in which it was taken: "" before the first."""

    situation: str = ""
    action: str


class Crossing(Value):
    """Requests in flight while something switched.

    Attributes:
        requests: their kinds, at most two, in the order of the model.
        switch: where the person, or the session, went while they were in flight.
        order: each leg of the way (`→ B`) and each answer (the kind's name), as they came.
    """

    requests: tuple[str, ...]
    switch: str
    order: tuple[str, ...]


class Covered(Value):
    """What of the model some actions exercise, one after another."""

    path: tuple[Transition, ...] = ()
    crossings: tuple[Crossing, ...] = ()


class Crossable(Value):
    """In how many orders requests can be answered at a switch; or why they cannot be in flight."""

    requests: tuple[str, ...]
    switch: str
    orders: int
    lack: str = ""


class ClauseAsked(Value):
    """A clause of a guard: how often it held when it was asked, and how often it refused."""

    name: str
    held: int
    refused: int


class GuardAsked(Value):
    """An action of the model: how often it was allowed, and what its clauses said."""

    action: str
    allowed: int
    clauses: tuple[ClauseAsked, ...] = ()


class Exercisable(Value):
    """What there is to exercise.

    Attributes:
        actions: of the model, by name.
        cannot: those among them that the app has no way to do, each with the reason.
        crossings: every request, or two, with every switch.
    """

    actions: tuple[str, ...] = ()
    cannot: dict[str, str] = Field(default_factory=dict)
    crossings: tuple[Crossable, ...] = ()


class ModelTold(Value):
    """What of the model there is to exercise, for the app of the run."""

    kind: Literal["model-told"] = "model-told"
    exercisable: Exercisable


class FlowCovered(Value):
    """What of the model a flow exercised, as far as it was performed."""

    kind: Literal["flow-covered"] = "flow-covered"
    flow: str
    covered: Covered


class SliceExplored(Value):
    """A part of the model whose every state within the bounds was visited."""

    kind: Literal["slice-explored"] = "slice-explored"
    t: float
    name: str
    title: str
    states: int
    transitions: int
    pairs: int  # each two transitions, by situation and action, that can follow each other
    seconds: float
    to_take: int  # actions in situations, or two in a row, that no slice before has
    actions: int  # of the plans that take them
    plans: int


class ModelExplored(Value):
    """What came of all slices: the guards, what is left out, what is wrong."""

    kind: Literal["model-explored"] = "model-explored"
    bounds: dict[str, int]
    seed: int
    span: int  # how many actions in a row the plans are to take
    guards: tuple[GuardAsked, ...] = ()
    beyond: dict[str, int] = Field(default_factory=dict)  # transitions, by the bound they pass
    cannot: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # by the reason
    errors: tuple[str, ...] = ()  # actions and clauses that are never used
