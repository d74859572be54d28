"""The spec that a counterexample is printed as: clean by the project's own formatter and linter."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.faults import fault_named
from harness.actions import OpenSession, SendPrompt, WriteDraft
from harness.flows import flows
from harness.plans import Plan
from harness.replaying import as_spec
from harness.replaying.literals import quoted
from harness.run import RunOptions
from harness.targets.reference import TRAITS
from specs.replaying.cases import FOUND, SMALL, case

ROOT = Path(__file__).parents[2]
HARD = ("plain", "“typographic”", "it's", 'say "x"', "both \" and '", "back\\slash", "tab\there")
SPOKEN = SMALL.model_copy(
    update={"actions": (OpenSession(), *(SendPrompt(text=text) for text in HARD))}
)
LONG = SMALL.model_copy(
    update={"actions": (OpenSession(), WriteDraft(text="a long text of many words " * 9))}
)
SINGLE = SMALL.model_copy(update={"actions": (OpenSession(),), "others": ()})
LONG_SENTENCE = "after send-prompt " + "it was told at length \\ that “this” " * 9


def clean(*arguments: str, text: str) -> str:
    """What ruff says of it as a file of `specs/regression`."""
    name = "specs/regression/printed_spec.py"
    told = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", name, "-"],
        input=text, capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8",
    )  # fmt: skip
    return told.stdout + told.stderr


def test_it_reads_as_one_that_a_person_has_written() -> None:
    there = case(options=RunOptions(fault=fault_named("timeline-keyed-by-directory")))
    assert as_spec(there, SMALL) == (Path(__file__).parent / "printed.txt").read_text("utf-8")


@pytest.mark.parametrize("plan", [SPOKEN, LONG, SINGLE], ids=["spoken", "long", "single"])
def test_it_is_formatted_and_clean(plan: Plan) -> None:
    finding = FOUND.model_copy(update={"summary": LONG_SENTENCE.strip(), "causes": ()})
    text = as_spec(case(plan, finding), plan)
    assert clean("format", "--diff", text=text) == ""
    assert clean("check", "--quiet", text=text) == ""


def test_words_on_two_lines_stay_two_words() -> None:
    finding = FOUND.model_copy(update={"summary": "the text “one\ntwo” was lost"})
    assert "the text “one two” was lost." in as_spec(case(SMALL, finding), SMALL)


def test_every_plan_survives_being_printed() -> None:
    """Every flow of the reference app in one file: as data again, it is the plan that it was."""
    printed = [as_spec(case(plan), plan) for plan in (*flows(TRAITS), SPOKEN, LONG, SINGLE)]
    for text, plan in zip(printed, (*flows(TRAITS), SPOKEN, LONG, SINGLE), strict=True):
        room: dict[str, Plan] = {}
        exec(compile(ast.parse(text), "printed", "exec"), room)  # noqa: S102  it is our own text
        same = {"name": plan.name, "title": plan.title}
        assert room["PLAN"].model_copy(update=same) == plan
    together = "\n\n".join(printed)
    assert clean("format", "--diff", text=together) == ""


@pytest.mark.parametrize("text", [*HARD, "", "new\nline", "\x00", "\\'", '\\"', "'\"" * 3])
def test_a_quoted_text_is_that_text(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text
