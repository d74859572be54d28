"""A counterexample as a spec for pytest, as a person would have written it."""

import re
import shlex
import textwrap
from collections.abc import Iterator

from harness.plans import NAME_LENGTH, Plan
from harness.replaying.counterexample import Counterexample, Expected
from harness.replaying.literals import STEP, WIDTH, Written, block, given, source


def as_spec(case: Counterexample, plan: Plan) -> str:
    """A module with one test, which fails as long as the finding is there.

    It is named by the rule and by what it must hold after.

    Args:
        case: what was found, and how.
        plan: its plan, as the model has it now.
    """
    first = case.findings[0]
    name = _name(first)
    called = plan.model_copy(update={"name": name[:NAME_LENGTH].strip("-"), "title": _title(first)})
    return "\n".join(
        (
            f'"""{_about(case)}"""',
            "",
            "import pytest",
            "",
            *_imports(called),
            "",
            _plan(called),
            "",
            "",
            f"def test_{name.replace('-', '_')}(run_flow: RunFlow) -> None:",
            f'    """{_sentences(case)}"""',
            "    result = run_flow(PLAN)",
            '    if result.verdict != "pass":',
            "        pytest.fail(str(result), pytrace=False)",
            "",
        )
    )


def _name(expected: Expected) -> str:
    """The rule and the moment: `timeline-mounted-after-the-second-reload`."""
    _, after, moment = expected.cause.rpartition(" after ")
    told = f"{expected.property}{after}{moment}"
    return re.sub(r"[^a-z0-9]+", "-", told).strip("-")


def _title(expected: Expected) -> str:
    told = expected.cause or expected.summary
    return f"{told[:1].upper()}{told[1:]}"


def _about(case: Counterexample) -> str:
    """The module's docstring: the finding, how it was found, and what runs it again."""
    found = case.found
    seed = "" if found.seed is None else f" --seed {found.seed}"
    fault = case.fault if isinstance(case.fault, str) or case.fault is None else case.fault.id
    broken = f", with the fault {fault}" if fault else ""
    release = "" if case.target == "reference" else f" {case.app_version}"
    how = f"Found on {found.day} by `{found.by}{seed}` on {case.target}{release}{broken}."
    options = ["--target", case.target]
    if fault and isinstance(case.fault, str):
        options += ["--fault", fault]
    again = f"Fails with `{shlex.join(['pytest', *options])}`."
    return _docstring([f"{_title(case.findings[0])}.", "", how, again], 0)


def _sentences(case: Counterexample) -> str:
    told = [f"{each.property}: {each.summary}." for each in case.findings]
    return _docstring(told, STEP)


def _docstring(paragraphs: list[str], indent: int) -> str:
    """Paragraphs wrapped to the width; the closing quotes below them where they are several."""
    lines = [
        line
        for each in paragraphs
        for line in (_wrapped(each, WIDTH - indent - len('"""')) or [""])
    ]
    if len(lines) == 1 and indent + len(lines[0]) + 2 * len('"""') <= WIDTH:
        return lines[0]
    margin = " " * indent
    return "\n".join((lines[0], *(f"{margin}{line}".rstrip() for line in lines[1:]), margin))


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(_safe(text), width, break_on_hyphens=False)


def _safe(text: str) -> str:
    """A text that ends no docstring and escapes nothing in it."""
    return " ".join(text.splitlines()).replace("\\", "\\\\").replace('"""', "'''")


def _imports(plan: Plan) -> Iterator[str]:
    yield _import("harness.actions", {type(action).__name__ for action in plan.actions})
    yield "from harness.flow_fixtures import RunFlow"
    yield _import("harness.plans", {"Plan", *(type(other).__name__ for other in plan.others)})


def _import(module: str, names: set[str]) -> str:
    line = f"from {module} import {', '.join(sorted(names))}"
    return line if len(line) <= WIDTH else block(f"from {module} import (", sorted(names), ")", 0)


def _plan(plan: Plan) -> str:
    """The plan: an argument a line, and of its actions one a line."""
    return block("PLAN = Plan(", (_argument(*each) for each in given(plan)), ")", 0)


def _argument(name: str, value: Written) -> str:
    if not isinstance(value, tuple) or len(value) < 2:  # noqa: PLR2004  a tuple of one stays in its line
        return source(value, STEP, f"{name}=")
    return block(f"{name}=(", (source(each, 2 * STEP) for each in value), ")", STEP)
