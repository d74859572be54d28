"""Mutants as they are served: their ids, their places, and those of the real sources."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.faults import WEB
from fixtures.mutants import MODULES, Module, Mutant, all_mutants, mutants_of
from fixtures.mutants.operators import OPERATORS
from fixtures.mutants.parsing import parses

SMALL = Module("small")
TWICE = """function one() {
  if (a) return;
}

function other() {
  // “wide” letters move bytes, not lines
  if (a) return;
}
"""
# The parser forgives what the engine does not: `a ?? b || c`.
CHECK = """
const { SourceTextModule } = require("node:vm");
for (const [id, text] of JSON.parse(require("node:fs").readFileSync(0, "utf-8"))) {
  try { new SourceTextModule(text) } catch (error) { console.log(id, error.message) }
}
"""


def small() -> tuple[Mutant, ...]:
    return tuple(mutants_of(TWICE, SMALL))


def applied(mutant: Mutant) -> str:
    (edit,) = mutant.edits
    text = (WEB / edit.file).read_text(encoding="utf-8")
    assert text.count(edit.find) == 1
    return text.replace(edit.find, edit.replace)


def test_an_id_names_module_line_operator_and_number() -> None:
    assert [mutant.id for mutant in small()] == [
        "small-1-block-statement-1",
        "small-2-conditional-expression-1",
        "small-2-conditional-expression-2",
        "small-5-block-statement-1",
        "small-7-conditional-expression-1",
        "small-7-conditional-expression-2",
    ]


def test_the_same_source_gives_the_same_mutants() -> None:
    assert small() == small()


def test_a_mutant_tells_its_place_and_its_lines() -> None:
    mutant = small()[-1]
    assert (mutant.place, mutant.column) == ("src/small.js:7", 7)
    assert mutant.original == "if (a) return;"
    assert mutant.mutated == "if (false) return;"


def test_lines_that_occur_twice_are_widened_until_they_occur_once() -> None:
    for mutant in small():
        (edit,) = mutant.edits
        assert TWICE.count(edit.find) == 1
        assert edit.find.endswith("\n")
    assert [edit.find for edit in small()[1].edits] == ["function one() {\n  if (a) return;\n}\n"]


def test_the_edit_makes_the_mutant_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "small.js").write_text(TWICE, encoding="utf-8")
    for mutant in small():
        (edit,) = mutant.edits
        assert mutant.problem(tmp_path) is None
        changed = TWICE.replace(edit.find, edit.replace).splitlines()
        before = TWICE.splitlines()
        assert changed[: mutant.line - 1] == before[: mutant.line - 1]
        assert changed[mutant.line - 1] != before[mutant.line - 1]


def test_ids_of_the_real_sources_are_their_own() -> None:
    ids = [mutant.id for mutant in all_mutants()]
    assert len(ids) == len(set(ids))
    assert {mutant.module for mutant in all_mutants()} == {module.name for module in MODULES}
    assert {mutant.operator for mutant in all_mutants()} <= set(OPERATORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_every_mutant_of_a_real_source_applies_once_and_parses(module: Module) -> None:
    texts = [applied(mutant) for mutant in all_mutants() if mutant.module == module.name]
    assert all(parses(text.encode()) for text in texts)
    assert len(set(texts)) == len(texts) > 0


def test_every_mutant_of_the_real_sources_is_a_module_to_the_engine() -> None:
    sources = [(mutant.id, applied(mutant)) for mutant in all_mutants()]
    node = Path(sys.executable).with_name("node")
    told = subprocess.run(
        [node, "--no-warnings", "--experimental-vm-modules", "-e", CHECK],
        input=json.dumps(sources),
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout == ""
