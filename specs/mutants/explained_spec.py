"""The list of mutants that survive: each entry means one mutant, or is an error."""

from pathlib import Path

import pytest

from fixtures.mutants import (
    Explained,
    Explanations,
    Module,
    MutantError,
    all_mutants,
    explanations,
    mutants_of,
)

SOURCE = "function one() {\n  if (a) return;\n}\nfunction other() {\n  if (a) return;\n}\n"
MUTANTS = tuple(mutants_of(SOURCE, Module("small")))


def entry(original: str, mutated: str, operator: str, nth: int | None = None) -> Explained:
    return Explained(
        module="small",
        operator=operator,
        original=original,
        mutated=mutated,
        nth=nth,
        why="it does not matter",
    )


def same(*entries: Explained) -> dict[str, str]:
    return Explanations(equivalent=entries).of(MUTANTS).equivalent


def never(nth: int | None = None) -> Explained:
    return entry("if (a) return;", "if (false) return;", "ConditionalExpression", nth)


def test_the_list_as_it_is_means_mutants_that_there_are() -> None:
    listed = explanations()
    reasons = listed.of(all_mutants())
    assert len(reasons.equivalent) == len(listed.equivalent)
    assert len(reasons.unseen) == len(listed.unseen)


def test_an_entry_is_known_by_its_lines_however_indented() -> None:
    known = entry("function one() {\nif (a) return;\n}", "function one()   {}", "BlockStatement")
    assert same(known) == {"small-1-block-statement-1": "it does not matter"}


def test_of_several_alike_the_entry_says_which() -> None:
    assert list(same(never(nth=2))) == ["small-5-conditional-expression-2"]
    with pytest.raises(MutantError, match=r"means 2 mutants .*: say which with nth"):
        same(never())


@pytest.mark.parametrize(
    "stale",
    [entry("if (b) return;", "if (false) return;", "ConditionalExpression"), never(nth=3)],
)
def test_a_stale_entry_is_an_error(stale: Explained) -> None:
    with pytest.raises(MutantError, match=r"small, ConditionalExpression, .* no mutant any more"):
        same(stale)


def test_an_entry_that_is_there_twice_is_an_error() -> None:
    with pytest.raises(MutantError, match="small-2-conditional-expression-2 twice"):
        same(never(nth=1), never(nth=1))
    with pytest.raises(MutantError, match="small-2-conditional-expression-2 twice"):
        Explanations(equivalent=(never(nth=1),), unseen=(never(nth=1),)).of(MUTANTS)


def test_what_a_run_could_tell_stands_apart() -> None:
    reasons = Explanations(equivalent=(never(nth=1),), unseen=(never(nth=2),)).of(MUTANTS)
    assert list(reasons.equivalent) == ["small-2-conditional-expression-2"]
    assert list(reasons.unseen) == ["small-5-conditional-expression-2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("equivalent = ", "is no TOML"),
        ('[[equivalent]]\nmodule = "scope"', r"equivalent\.0\.operator: Field required"),
    ],
)
def test_a_file_that_is_no_list_is_told_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MutantError, match=said):
        explanations(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MutantError, match="cannot read"):
        explanations(tmp_path / "none.toml")
