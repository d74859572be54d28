"""How mutants are shared out: the clean app first, flows in the order that was learnt."""

from collections.abc import Callable, Generator, Iterable

import pytest

from fixtures.mutants import all_mutants
from harness.cli.generated import summary
from harness.flows import flows
from harness.proving import mutating
from harness.proving.covering import Executed, Range
from harness.proving.mutating import MUTANT_S, Chosen, Mutating
from harness.proving.trials import Trial
from harness.proving.trying import Assignment
from harness.targets.reference import TRAITS

FLOWS = tuple(plan.name for plan in flows(TRAITS))
MUTANTS = all_mutants()[:3]
WHY = "no rule looks there"
Answer = Callable[[Assignment], Trial]
Run = Callable[..., Mutating]
Scripts = dict[str, tuple[tuple[Range, ...], ...]]


class Crew:
    """Answers in this process."""

    answer: Answer
    given: list[Assignment]
    scripts: dict[str, Scripts]  # what the flows execute, where that is known

    def __init__(self, _prepare: object, *, size: int, patience_s: float, late: Answer) -> None:
        assert (size, patience_s) == (2, MUTANT_S)
        self.late = late

    def results(self, tasks: Iterable[Assignment | str]) -> Generator[Trial | Executed]:
        for task in tasks:
            if isinstance(task, str):
                yield Executed(flow=task, scripts=Crew.scripts.get(task, {}))
            else:
                Crew.given.append(task)
                yield Crew.answer(task)


def survives(task: Assignment) -> Trial:
    return Trial(mutant=task.mutant, outcome="survived")


def killed_by_the_last_flow(task: Assignment) -> Trial:
    return Trial(mutant=task.mutant, outcome="killed", flow=FLOWS[-1], rules=("send-once",))


@pytest.fixture
def told() -> list[Executed | Trial]:
    return []


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, told: list[Executed | Trial]) -> Run:
    def with_crew(answer: Answer, scripts: dict[str, Scripts] | None = None) -> Mutating:
        monkeypatch.setattr(Crew, "answer", staticmethod(answer), raising=False)
        monkeypatch.setattr(Crew, "given", [], raising=False)
        monkeypatch.setattr(Crew, "scripts", scripts or {}, raising=False)
        monkeypatch.setattr(mutating, "Crew", Crew)
        chosen = Chosen(MUTANTS, (), {MUTANTS[2].id: WHY})
        return Mutating(chosen, FLOWS, told.append)

    return with_crew


def test_the_clean_app_comes_first_and_is_no_trial(run: Run, told: list[Executed | Trial]) -> None:
    mutants = run(survives)
    mutants.run(2)
    first, rest = told[: len(FLOWS)], told[len(FLOWS) :]
    assert [one.flow for one in first] == list(FLOWS)
    assert [one.mutant for one in rest if isinstance(one, Trial)] == list(MUTANTS)
    assert [task.mutant for task in Crew.given] == list(MUTANTS)
    assert [trial.mutant for trial in mutants.found.trials] == list(MUTANTS)


def test_a_flow_that_does_not_execute_a_mutant_is_spared(run: Run) -> None:
    path = MUTANTS[0].edits[0].address
    whole = {path: (((0, 10**6, True),),)}
    none = {path: (((0, 10**6, False),),)}
    scripts = {FLOWS[0]: none, FLOWS[1]: whole, **dict.fromkeys(FLOWS[2:], none)}
    run(survives, scripts).run(2)
    assert [task.flows for task in Crew.given] == [(FLOWS[1],)] * 3


def test_a_mutant_that_no_flow_executes_survives_without_a_trial(
    run: Run, told: list[Executed | Trial]
) -> None:
    none: Scripts = {MUTANTS[0].edits[0].address: (((0, 10**6, False),),)}
    mutants = run(survives, dict.fromkeys(FLOWS, none))
    mutants.run(2)
    assert Crew.given == []
    assert [trial.reason for trial in mutants.found.trials] == ["no flow executes it"] * 3
    assert told[-3:] == list(mutants.found.trials)


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
    assert Crew.given[0].flows == FLOWS
    assert Crew.given[1].flows == (FLOWS[-1], *FLOWS[:-1])


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
