"""The README and ARCHITECTURE name what there is; the table of the issue leaves nothing out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.faults import catalogue, load_fault
from harness.flows import flows
from harness.properties import PROPERTIES
from harness.targets.own import OwnApp
from harness.targets.reference import TRAITS
from specs.harness.cli_help_spec import COMMANDS
from specs.regression.faults_spec import flow_for

ROOT = Path(__file__).parents[2]
README, ARCHITECTURE = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "ARCHITECTURE.md")
)


def section(title: str) -> str:
    return README.partition(f"## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    return [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]


ROWS = rows(section("The issue, line by line"))
NAMED = re.compile(r"`([a-z0-9-]+)`")
FAULTS = {fault.id: fault for fault in catalogue()}
FLOWS = flows(TRAITS)
KNOWN = {
    1: {rule.id for rule in PROPERTIES},
    2: {plan.name for plan in FLOWS},
    3: set(FAULTS),
}
# What is written as code, a line of a block or in a sentence.
BLOCKS = re.findall(r"^```\w*\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
CODE = [
    *(line for block in BLOCKS for line in block.replace("\\\n", " ").splitlines()),
    *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README),
]


def options(text: str) -> list[str]:
    return re.findall(r"(?<!\S)--[a-z][a-z-]*", text)


@pytest.mark.parametrize("column", KNOWN)
def test_the_table_names_what_there_is(column: int) -> None:
    named = {name for row in ROWS for name in NAMED.findall(row[column])}
    assert named, "the table was not found"
    assert named <= KNOWN[column]


@pytest.mark.parametrize("column", KNOWN)
def test_every_rule_flow_and_fault_has_a_line(column: int) -> None:
    assert {name for row in ROWS for name in NAMED.findall(row[column])} >= KNOWN[column]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if NAMED.search(row[1])], ids=lambda row: row[0].strip()
)
def test_each_rule_of_a_line_has_a_fault_there_and_each_fault_its_flow(row: list[str]) -> None:
    rules, named, faults = (NAMED.findall(column) for column in row[1:])
    assert {FAULTS[fault].property for fault in faults} == {*rules}
    assert {flow_for(FAULTS[fault]) for fault in faults} <= {*named}


def test_the_rules_have_a_line_each() -> None:
    named = [name for row in rows(section("The rules")) for name in NAMED.findall(row[0])]
    assert sorted(named) == sorted(KNOWN[1])


def test_the_figures_of_the_first_run_are_those_of_the_gate() -> None:
    steps = sum(len(plan.actions) for plan in FLOWS)
    assert f"{len(PROPERTIES)} rules over {len(FLOWS)} flows and {steps} steps" in README


def commands_told() -> Iterator[tuple[str, str]]:
    """Each command that is written, with its line."""
    for line in CODE:
        for words in re.findall(r"harness ((?:baseline )?[a-z]+)\b", line):
            yield words, line


def test_every_command_is_told_and_has_the_options_that_are_told_of_it() -> None:
    told = [*commands_told()]
    assert {name for name, _ in told} == set(COMMANDS)
    for name, line in told:
        known = {option for each in COMMANDS[name].params for option in each.opts}
        assert {*options(line)} - {"--help"} <= known, line


def test_every_option_is_one_of_a_command_or_of_pytest(pytestconfig: pytest.Config) -> None:
    known = {"--help", "--port"}  # of every command, of the small chat app
    known.update(o for each in COMMANDS.values() for option in each.params for o in option.opts)
    told = {option for line in CODE if not line.startswith("git ") for option in options(line)}
    for option in told - known:
        pytestconfig.getoption(option)  # which raises where there is none


def test_the_outline_of_a_target_is_one() -> None:
    (outline,) = (block for block in BLOCKS if "(OwnApp)" in block)
    told: dict[str, Any] = {}
    exec(outline, told)  # noqa: S102  what a reader would copy
    assert isinstance(told["Chat"](), OwnApp)


def test_the_fault_of_ones_own_fits_the_app(tmp_path: Path) -> None:
    (text,) = (block for block in BLOCKS if "[[edits]]" in block)
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    assert load_fault(path).problem() is None


def test_architecture_names_every_room() -> None:
    rooms = {
        path.parent for name in ("fixtures", "harness") for path in ROOT.glob(f"{name}/*/*.py")
    }
    assert rooms
    assert [str(room) for room in rooms if f"{room.name}/" not in ARCHITECTURE] == []


def test_every_file_that_architecture_names_is_there() -> None:
    folders = ("fixtures", "harness", "reports", "specs")
    there = {path.name for name in folders for path in (ROOT / name).rglob("*.*")}
    named = re.findall(r"`(?:[\w/-]+/)?(\w+\.(?:js|py|toml))`", ARCHITECTURE)
    assert named
    assert {*named} - there == {"pyproject.toml"}


@pytest.mark.parametrize("text", [README, ARCHITECTURE], ids=["README", "ARCHITECTURE"])
def test_every_path_is_there(text: str) -> None:
    named = re.findall(r"`((?:\.github|fixtures|harness|reports|specs)/[\w./-]+)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
