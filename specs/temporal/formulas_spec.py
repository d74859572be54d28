"""Temporal formulas: what they say of a trace, and that no longer trace undoes it."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.temporal import (
    Formula,
    Run,
    Truth,
    always,
    eventually,
    ms,
    never,
    next_,
    now,
    states,
    until,
)
from harness.temporal.ahead import Always, Eventually, Until
from harness.temporal.formulas import Both, Either, Implies, Next, Not, Predicate


class At(NamedTuple):
    p: bool
    q: bool
    t: float = 0.0


Q: Predicate[At] = now("q", lambda at: at.q)
P: Predicate[At] = now("p", lambda at: at.p, lambda at: f"t={at.t:g}")
SINCE_P = "false: “p” was true at state 1 (t=100), and "
TRUE, FALSE, OPEN = Truth.TRUE, Truth.FALSE, Truth.OPEN


def run(text: str, *, at_rest: bool = False) -> Run[At]:
    """A letter a state, 100 ms apart: what holds in it, `b` for both, `-` for neither."""
    made = [
        At(p=letter in "pb", q=letter in "qb", t=100.0 * place) for place, letter in enumerate(text)
    ]
    return Run(made, clock=lambda at: at.t, at_rest=at_rest)


@pytest.mark.parametrize(
    ("formula", "text", "truth"),
    [
        (always(P), "ppp", OPEN),
        (always(P), "pp-p", FALSE),
        (never(P), "--", OPEN),
        (never(P), "-p", FALSE),
        (eventually(P), "--", OPEN),
        (eventually(P), "--p", TRUE),
        (until(P, Q), "ppq", TRUE),
        (until(P, Q), "q", TRUE),
        (until(P, Q), "pp", OPEN),
        (until(P, Q), "p-q", FALSE),
        (next_(P), "-p", TRUE),
        (next_(P), "p-", FALSE),
        (next_(P), "p", OPEN),
        (always(P >> eventually(Q)), "pq-", OPEN),
        (always(P >> next_(Q)), "pqp-", FALSE),
        (eventually(P & Q), "pqb", TRUE),
        (eventually(always(P)), "-pp", OPEN),
        (~eventually(P), "-p", FALSE),
        (P | Q, "q", TRUE),
    ],
    ids=lambda given: given if isinstance(given, str) else str(getattr(given, "value", given)),
)
def test_what_a_trace_says_of_a_formula(formula: Formula[At], text: str, truth: Truth) -> None:
    assert formula.judged(run(text)).truth is truth


@pytest.mark.parametrize(
    ("formula", "text", "truth"),
    [
        (eventually(P, within=states(2)), "--p", TRUE),
        (eventually(P, within=states(2)), "---p", FALSE),
        (eventually(P, within=states(2)), "--", OPEN),
        (eventually(P, within=ms(200)), "--p", TRUE),
        (eventually(P, within=ms(199)), "--p", FALSE),
        (eventually(P, within=ms(200)), "---", FALSE),
        (eventually(P, within=ms(250)), "---", OPEN),
        (always(P, within=ms(100)), "pp-", TRUE),
        (never(P, within=states(1)), "--p", TRUE),
        (until(P, Q, within=states(1)), "ppq", FALSE),
        (until(P, Q, within=states(2)), "ppq", TRUE),
    ],
    ids=lambda given: given if isinstance(given, str) else str(getattr(given, "value", given)),
)
def test_what_must_come_within_a_bound(formula: Formula[At], text: str, truth: Truth) -> None:
    assert formula.judged(run(text)).truth is truth


@pytest.mark.parametrize(
    ("formula", "truth"),
    [(always(P), TRUE), (never(P), FALSE), (eventually(Q), FALSE), (until(P, Q), FALSE),
     (next_(next_(next_(P))), TRUE), (eventually(Q, within=ms(900)), FALSE)],
)  # fmt: skip
def test_at_rest_everything_is_decided(formula: Formula[At], truth: Truth) -> None:
    assert formula.judged(run("pp")).truth in {OPEN, FALSE}
    assert formula.judged(run("pp", at_rest=True)).truth is truth


@pytest.mark.parametrize(
    ("formula", "text", "said"),
    [
        (always(P), "pp-", "false: “p” was false at state 2 (t=200)"),
        (
            never(P & Q),
            "pqb",
            "false: “p” was true at state 2 (t=200), and “q” was true at state 2",
        ),
        (
            always(P >> eventually(Q, within=states(1))),
            "-p--",
            f"{SINCE_P}“eventually q within 1 states” was false at state 2",
        ),
        (until(Q, P), "q-p", "false: “q” was false at state 1"),
        (
            eventually(P),
            "--",
            "inconclusive: “eventually p” was not decided when the trace ended at state 1",
        ),
    ],
    ids=lambda given: str(given)[:30],
)
def test_a_verdict_names_what_decided(formula: Formula[At], text: str, said: str) -> None:
    assert str(formula.judged(run(text))) == said


def test_every_state_that_breaks_an_invariant_is_told() -> None:
    broken = [*always(P >> Q).broken(run("p-qbp"))]
    assert [verdict.at for verdict in broken] == [0, 4]
    assert [each.part for each in broken[1].by] == ["p", "q"]


def test_what_a_state_does_not_tell_is_open() -> None:
    unknown: Predicate[At] = now("unknown", lambda _: None)
    assert (unknown | P).judged(run("p")).truth is TRUE
    assert (unknown & P).judged(run("p")).truth is OPEN
    assert always(unknown).judged(run("pp", at_rest=True)).truth is OPEN


def test_of_no_trace_nothing_is_known() -> None:
    assert always(P).judged(run("")).truth is OPEN


def test_a_bound_in_time_needs_a_clock() -> None:
    with pytest.raises(ValueError, match="“within 5 ms” needs a trace with a clock"):
        always(P, within=ms(5)).judged(Run(run("p").states))


def test_formulas_read_aloud() -> None:
    rule = always((P & ~Q) >> until(P, Q, within=ms(500)))
    assert str(rule) == "always (if (p and (not q)), then (p until q within 500 ms))"
    assert str(never(P | next_(Q))) == "never (p or (next q))"


def formulas() -> st.SearchStrategy[Formula[At]]:
    """Of all kinds, without bounds or with one."""
    bounds = st.none() | st.integers(0, 3).map(states)

    def larger(inner: st.SearchStrategy[Formula[At]]) -> st.SearchStrategy[Formula[At]]:
        pair = st.tuples(inner, inner)
        return st.one_of(
            inner.map(Not),
            inner.map(Next),
            pair.map(lambda two: two[0] & two[1]),
            pair.map(lambda two: two[0] | two[1]),
            pair.map(lambda two: two[0] >> two[1]),
            st.builds(always, inner, bounds),
            st.builds(never, inner, bounds),
            st.builds(eventually, inner, bounds),
            st.builds(until, inner, inner, bounds),
        )

    return st.recursive(st.sampled_from([P, Q]), larger, max_leaves=5)


LETTERS = "pqb-"
TRACES = st.text(LETTERS, min_size=1, max_size=5)


def holds(  # noqa: C901, PLR0911  a case a kind
    formula: Formula[At], path: Sequence[At], at: int
) -> bool:
    """The definition of LTL on a path whose last state stays for ever, taken at its word."""
    last = len(path) - 1
    here = min(at, last)

    def reached(bound: object) -> range:
        length = int(bound.length) if isinstance(bound, type(states(1))) else last - here
        return range(here, max(here, here + length) + 1)

    match formula:
        case Predicate(holds=told):
            return bool(told(path[here]))
        case Not(inner):
            return not holds(inner, path, here)
        case Both(left, right):
            return holds(left, path, here) and holds(right, path, here)
        case Either(left, right):
            return holds(left, path, here) or holds(right, path, here)
        case Implies(left, right):
            return not holds(left, path, here) or holds(right, path, here)
        case Next(inner):
            return holds(inner, path, here + 1)
        case Always(bound=bound, inner=inner):
            return all(holds(inner, path, each) for each in reached(bound))
        case Eventually(bound=bound, inner=inner):
            return any(holds(inner, path, each) for each in reached(bound))
        case Until(bound=bound, holding=left, coming=right):
            return any(
                holds(right, path, end)
                and all(holds(left, path, each) for each in range(here, end))
                for end in reached(bound)
            )
        case _:
            raise TypeError(formula)


@given(formulas(), TRACES)
def test_at_rest_it_is_what_the_definition_says(formula: Formula[At], text: str) -> None:
    there = run(text, at_rest=True)
    verdicts = [verdict.truth is TRUE for verdict in formula.over(there)]
    assert verdicts == [holds(formula, there.states, at) for at in range(len(text))]


@given(formulas(), TRACES)
def test_no_longer_trace_undoes_a_verdict(formula: Formula[At], text: str) -> None:
    known = formula.judged(run(text)).truth
    longer = ("".join(more) for size in range(3) for more in product(LETTERS, repeat=size))
    ends = {formula.judged(run(text + more, at_rest=True)).truth for more in longer}
    assert known is OPEN or ends == {known}


def test_time_is_linear_in_the_states() -> None:
    asked = [0]

    def told(_: At) -> bool:
        asked[0] += 1
        return True

    counted: Predicate[At] = now("counted", told)
    always(eventually(always(eventually(counted)))).judged(run("p" * 4000))
    assert asked == [4000]


OF: Callable[[bool | None], Truth] = Truth.of


def test_truth_has_three_values() -> None:
    assert [OF(True), OF(False), OF(None)] == [TRUE, FALSE, OPEN]
