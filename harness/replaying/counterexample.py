"""A counterexample: a plan, the findings that it must give, and what it was found on.

It is a file of its own, in JSON that a person reads. `SCHEMA` changes when a reader of older files
would misunderstand newer ones.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, cast

from pydantic import Field, JsonValue, ValidationError

from fixtures.faults import Fault
from harness.errors import UsageError
from harness.gate import VIEWPORT
from harness.journal import Finding
from harness.plans import Plan, load_plan
from harness.properties.judgement import unnumbered
from harness.replays import Replays
from harness.values import Value, first_problem

KIND = "counterexample"
SCHEMA = 1


class Viewport(Value):
    """The size of the page, in CSS pixels."""

    width: int = Field(default=VIEWPORT["width"], ge=1)
    height: int = Field(default=VIEWPORT["height"], ge=1)


class Expected(Value):
    """What a plan must give: a finding of this rule, from this cause.

    The step, from 1, and the sentence are as they were when it was found.
    """

    property: str
    cause: str = ""
    step: int = Field(ge=1)
    summary: str

    @classmethod
    def of(cls, finding: Finding) -> "Expected":
        """What a finding is known by; its first cause stands for all."""
        return cls(
            property=finding.property,
            cause=next(iter(finding.causes), ""),
            step=finding.step,
            summary=finding.summary,
        )

    def met_by(self, finding: Finding, *, loosely: bool = False) -> bool:
        """Whether a finding is of the same rule, from the same cause.

        Args:
            finding: of another run.
            loosely: steps were left out, so `the second reload` may be the first one now.
        """
        if not loosely:
            return finding.is_of(self.property, self.cause)
        causes = map(unnumbered, finding.causes or ("",))
        return self.property == finding.property and unnumbered(self.cause) in causes


class Origin(Value):
    """How a counterexample was found."""

    by: str = "harness explore"
    harness_version: str
    day: date
    seed: int | None = None
    walk: str = ""  # the name of the walk that had it first
    actions: int | None = None  # of that walk, before it was made small
    again: bool = True  # whether the plan was seen to give it; else it is the walk as it was
    cut_short: bool = False  # whether the time to make it small was over before all was tried
    replays: Replays | None = None  # whether it gave it again, where that was asked

    @property
    def sure(self) -> bool:
        """Whether it was never missed by what looked for it again."""
        return self.again and not (self.replays and self.replays.reproducible is False)


class Counterexample(Value):
    """A plan with what it must give, and on what.

    The plan is kept as plain data: the file can be read after the model has changed, and says then
    which of its steps no longer applies (`harness.replaying.fitting`).
    """

    kind: Literal["counterexample"] = KIND
    schema_version: Literal[1] = SCHEMA
    findings: tuple[Expected, ...] = Field(min_length=1)
    target: str
    app_version: str
    base_url: str | None = None  # of an app that ran already
    server_url: str | None = None
    agent_port: int | None = None
    fault: str | Fault | None = None  # of the catalogue by its id, one of a file as it stood there
    viewport: Viewport = Viewport()
    found: Origin
    plan: dict[str, JsonValue]

    @property
    def name(self) -> str:
        """The plan's name."""
        return str(self.plan.get("name", KIND))

    def written(self) -> str:
        """The text of its file."""
        return self.model_dump_json(indent=2, exclude_none=True) + "\n"

    def with_plan(self, plan: Plan, found: Iterable[Finding]) -> "Counterexample":
        """The same with another plan, which was seen to give these findings."""
        again = (
            Expected.of(finding)
            for finding in found
            if any(each.met_by(finding, loosely=True) for each in self.findings)
        )
        first = {(each.property, each.cause): each for each in reversed([*again])}
        findings = tuple(sorted(first.values(), key=lambda each: each.step))
        data = plan.model_dump(mode="json")
        return self.model_copy(update={"plan": data, "findings": findings})

    def met_in(self, findings: Iterable[Finding], *, loosely: bool = False) -> tuple[Expected, ...]:
        """Those of its findings that are among these."""
        found = tuple(findings)
        return tuple(
            each
            for each in self.findings
            if any(each.met_by(finding, loosely=loosely) for finding in found)
        )


def load_counterexample(path: Path) -> Counterexample:
    """Read a counterexample from its file.

    Raises:
        UsageError: the file cannot be read, or is none that this harness reads; the message says
            why in one sentence.
    """
    data = _object_in(path)
    if data.get("kind") != KIND:
        raise UsageError(_of_another_kind(path, data))
    version = data.get("schema_version")
    if version != SCHEMA:
        newer = isinstance(version, int) and version > SCHEMA
        remedy = "upgrade scope-harness" if newer else "write it anew with: harness explore"
        raise UsageError(
            f"{path} is a counterexample of schema {version}, and this harness reads schema"
            f" {SCHEMA}: {remedy}"
        )
    try:
        return Counterexample.model_validate_json(json.dumps(data))
    except ValidationError as error:
        place, said = first_problem(error)
        raise UsageError(f"{path} is no counterexample: {place}: {said}") from error


def plan_in(path: Path) -> Plan:
    """The plan in a file of its own, or in a counterexample.

    Raises:
        UsageError: the file cannot be read, or there is no plan in it.
    """
    try:
        data = _object_in(path)
    except UsageError:
        return load_plan(path)  # which says what is wrong with it as a plan
    if data.get("kind") != KIND:
        return load_plan(path)
    plan = load_counterexample(path).plan
    try:
        return Plan.model_validate_json(json.dumps(plan))
    except ValidationError as error:
        raise UsageError(
            f"the plan of {path} does not fit the model any more; see which step: harness replay"
            f" {path}"
        ) from error


def _object_in(path: Path) -> dict[str, JsonValue]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read the counterexample {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no counterexample: it is no text, so no JSON") from error
    try:
        data: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{path} is no counterexample: {_broken(text, error)}") from error
    except RecursionError as error:
        raise UsageError(f"{path} is no counterexample: its JSON is nested too deep") from error
    if not isinstance(data, dict):
        raise UsageError(f"{path} is no counterexample: its JSON is no object")
    return cast("dict[str, JsonValue]", data)


def _broken(text: str, error: json.JSONDecodeError) -> str:
    if not text.strip():
        return "it is empty"
    cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if cut:
        return f"it is cut short, its JSON ends in line {text.rstrip().count(chr(10)) + 1}"
    return f"it is no JSON: {error.msg}, line {error.lineno}, column {error.colno}"


def _of_another_kind(path: Path, data: dict[str, JsonValue]) -> str:
    if "actions" in data:
        return (
            f"{path} is a plan and names no finding to look for; run it with:"
            f" harness gate --plan {path}"
        )
    return f"{path} is no counterexample: it lacks the kind “{KIND}”; harness explore writes them"
