"""How mutants are shared out: the clean app first, flows in the order that was learnt."""

from collections.abc import Callable, Generator, Iterable

import pytest

from fixtures.mutants import Mutant, all_mutants
from harness.cli.generated import summary
from harness.errors import AppError
from harness.flows import flows
from harness.proving import mutating
from harness.proving.mutating import MUTANT_S, Chosen, Mutating
from harness.proving.trials import Trial
from harness.proving.trying import Assignment
from harness.targets.reference import TRAITS

FLOWS = tuple(plan.name for plan in flows(TRAITS))
MUTANTS = all_mutants()[:3]
WHY = "no rule looks there"
Answer = Callable[[Assignment], Trial]
Run = Callable[[Answer], Mutating]


class Crew:
    """Answers in this process."""

    answer: Answer
    given: list[Assignment]

    def __init__(self, _prepare: object, *, size: int, patience_s: float, late: Answer) -> None:
        assert (size, patience_s) == (2, MUTANT_S)
        self.late = late

    def results(self, tasks: Iterable[Assignment]) -> Generator[Trial]:
        for task in tasks:
            Crew.given.append(task)
            yield Crew.answer(task)


def survives(task: Assignment) -> Trial:
    return Trial(mutant=task.mutant, outcome="survived")


def killed_by_the_last_flow(task: Assignment) -> Trial:
    if task.mutant is None:
        return survives(task)
    return Trial(mutant=task.mutant, outcome="killed", flow=FLOWS[-1], rules=("send-once",))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def with_crew(answer: Answer) -> Mutating:
        monkeypatch.setattr(Crew, "answer", staticmethod(answer), raising=False)
        monkeypatch.setattr(Crew, "given", [], raising=False)
        monkeypatch.setattr(mutating, "Crew", Crew)
        return Mutating(Chosen(MUTANTS, (), {MUTANTS[2].id: WHY}), FLOWS, lambda _trial: None)

    return with_crew


def given() -> list[Mutant | None]:
    return [task.mutant for task in Crew.given]


def test_the_clean_app_comes_first_and_is_no_trial(run: Run) -> None:
    mutants = run(survives)
    mutants.run(2)
    assert given() == [None, *MUTANTS]
    assert [trial.mutant for trial in mutants.found.trials] == list(MUTANTS)


def test_why_one_survives_is_told_with_it(run: Run) -> None:
    mutants = run(survives)
    mutants.run(2)
    assert [trial.why for trial in mutants.found.trials] == ["", "", WHY]
    assert mutants.found.unexplained == mutants.found.trials[:2]
    assert mutants.found.stale == ()


def test_one_that_is_detected_though_said_to_survive_is_told(run: Run) -> None:
    mutants = run(killed_by_the_last_flow)
    mutants.run(2)
    assert mutants.found.stale == mutants.found.trials[2:]
    assert "detected now" in summary(mutants.found)[-1]


def test_what_killed_comes_first_for_the_next_mutant(run: Run) -> None:
    run(killed_by_the_last_flow).run(2)
    assert Crew.given[1].flows == FLOWS
    assert Crew.given[2].flows == (FLOWS[-1], *FLOWS[:-1])


def test_a_clean_app_that_does_not_pass_ends_it(run: Run) -> None:
    def answer(task: Assignment) -> Trial:
        return Trial(mutant=task.mutant, outcome="killed", flow="f", rules=("send-once",))

    with pytest.raises(AppError, match="the clean app does not pass f: send-once"):
        run(answer).run(2)


def test_what_was_found_before_ctrl_c_is_kept(run: Run) -> None:
    def answer(task: Assignment) -> Trial:
        if task.mutant == MUTANTS[1]:
            raise KeyboardInterrupt
        return survives(task)

    mutants = run(answer)
    with pytest.raises(KeyboardInterrupt):
        mutants.run(2)
    assert [trial.mutant for trial in mutants.found.trials] == [MUTANTS[0]]
    assert mutants.found.untried == 2
