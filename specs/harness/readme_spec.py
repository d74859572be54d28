"""The README's table of the issue names rules, flows and faults that exist, and leaves none out."""

import re
from pathlib import Path

import pytest

from fixtures.faults import catalogue
from harness.flows import flows
from harness.properties import PROPERTIES
from harness.targets.reference import TRAITS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
TABLE = README.partition("## The issue, line by line")[2].partition("\n## ")[0]
ROWS = [line.strip("|").split("|") for line in TABLE.splitlines() if line.startswith("| ")]
NAMED = re.compile(r"`([a-z0-9-]+)`")
KNOWN = {
    1: {rule.id for rule in PROPERTIES},
    2: {plan.name for plan in flows(TRAITS)},
    3: {fault.id for fault in catalogue()},
}


@pytest.mark.parametrize("column", KNOWN)
def test_the_table_names_what_there_is(column: int) -> None:
    named = {name for row in ROWS for name in NAMED.findall(row[column])}
    assert named, "the table was not found"
    assert named <= KNOWN[column]


def test_every_rule_and_flow_has_a_line() -> None:
    text = " ".join(" | ".join(row) for row in ROWS)
    assert KNOWN[1] | KNOWN[2] <= set(NAMED.findall(text))


def test_each_fault_of_a_line_is_tied_to_a_rule_of_it() -> None:
    tied = {fault.id: fault.property for fault in catalogue()}
    for row in ROWS:
        for fault in NAMED.findall(row[3]):
            assert f"`{tied[fault]}`" in row[1], row[0]
