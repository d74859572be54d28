"""Puts the issue together: what one finding says to somebody who maintains the app."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from harness.journal import Finding
from harness.values import Value
from reports import figures
from reports.issue.again import command, last_step, plan_until
from reports.issue.choosing import Choice, told_of
from reports.issue.markdown import Markdown, code, fenced, prose, table
from reports.issue.rules import RULES, Matter, Told
from reports.issue.sights import sights, table_of
from reports.issue.traffic import (
    Kept,
    answers_table,
    kept_back,
    messages_table,
    prompts_table,
    request,
)
from reports.reading import Reading
from reports.story import FlowStory, StepStory

_ROOM = Path(__file__).parent
_AFTER = re.compile(r"^after [a-z0-9-]+ ")  # what every summary begins with: the action's name
_STAMP = re.compile(r"\b1\d{12}(?:\.\d+)?\b")  # epoch ms
_REQUEST = re.compile(r"exchange \d+(?: at [\d.]+)?")
_ACROSS: tuple[Matter, ...] = ("rows", "scroll", "address")  # of a rule that is not known here
_LINES = 8


class Doing(Value):
    """One step for a person: what to do, and what the network does meanwhile."""

    text: str
    notes: tuple[str, ...] = ()
    watch: bool = False


def issue_text(reading: Reading, choice: Choice, picture: str | None = None) -> str:
    """The issue about one finding, in Markdown.

    Args:
        reading: the run's journal, as it is.
        choice: which finding, from `choices`.
        picture: the address under which the issue shows its picture; None where it shows none.
    """
    run, flow = told_of(reading, choice)
    finding = choice.finding
    until = last_step(flow, finding)
    step = flow.step(finding.step)
    steps = [one for one in flow.steps if one.number <= until]
    kept = kept_back(steps)
    told = RULES.get(finding.property) or _unknown(finding)
    return (
        _environment()
        .get_template("issue.md.j2")
        .render(
            told=told,
            finding=finding,
            choice=choice,
            run=run,
            step=step,
            summary=_AFTER.sub("", finding.summary),
            tables=_tables(flow, finding, told.shows, kept, until),
            elements="elements" in told.shows,
            evidence=[_relative(line, step) for line in _telling(finding)[:_LINES]],
            beside=_beside(flow, finding),
            needs=flow.by_hand,
            doings=[_doing(one, kept, finding) for one in steps],
            whole=flow,
            plan=plan_until(flow, until),
            command=command(run.started),
            picture=picture,
            shot=step.screenshot if step else None,
        )
    )


def _unknown(finding: Finding) -> Told:
    """A rule that this version does not know: its own words must do."""
    return Told(
        title=_AFTER.sub("", finding.summary),
        rule=finding.expected,
        why="",
        seed="",
        watch=finding.observed,
        shows=_ACROSS,
    )


def _tables(
    flow: FlowStory, finding: Finding, shows: Sequence[Matter], kept: Sequence[Kept], until: int
) -> list[Markdown]:
    """What the rule is about: the page before and after, where prompts went, what came late."""
    drawn = [table_of(shows, sights(flow, finding))]
    if "prompts" in shows:
        drawn.insert(0, prompts_table(flow, finding, until))
    if "answers" in shows:
        drawn.append(answers_table(kept, finding.step))
    if "messages" in shows:
        drawn.append(messages_table(flow.step(finding.step)))
    return [table(head, rows) for head, *rows in filter(None, drawn)]


def _doing(step: StepStory, kept: Sequence[Kept], finding: Finding) -> Doing:
    asked = [one for one in kept if one.asked == step.number and one.answered != step.number]
    over = [one for one in kept if one.answered == step.number and one.asked < step.number]
    return Doing(
        text=step.by_hand or f"{step.title[:1].upper()}{step.title[1:]}.",
        notes=(
            *(f"The page asks {_question(one)}, and has no answer yet." for one in asked[:3]),
            *(
                f"The answer to {_question(one)}, asked in step {one.asked}, comes now."
                for one in over[:3]
            ),
        ),
        watch=step.number == finding.step,
    )


def _question(kept: Kept) -> str:
    where = kept.exchange.scope.directory
    return f"{request(kept.exchange)}" + (f" for {where}" if where else "")


def _beside(flow: FlowStory, finding: Finding) -> list[str]:
    """The other rules that broke in the same step: most often by the same cause."""
    others = (one.property for one in flow.findings if one.step == finding.step)
    rules = [rule for rule in dict.fromkeys(others) if rule != finding.property]
    return [RULES[rule].title if rule in RULES else rule for rule in rules]


def _telling(finding: Finding) -> list[str]:
    """The evidence that says something by itself: the requests it names are in a table."""
    return [line for line in finding.evidence if not _REQUEST.fullmatch(line)]


def _relative(line: str, step: StepStory | None) -> str:
    """Moments of the run as milliseconds into the step."""
    if step is None:
        return line
    return _STAMP.sub(lambda found: f"{float(found[0]) - step.started:+,.0f} ms", line)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_ROOM),
        autoescape=False,  # noqa: S701  it is no HTML: `finalize` escapes for Markdown
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_foreign,
    )
    filters = cast("dict[str, object]", environment.filters)
    filters.update({"code": code, "fenced": fenced, "moment": figures.moment})
    return environment


def _foreign(value: object) -> object:
    """Every text that the template writes passes here."""
    return prose(value) if isinstance(value, str) and not isinstance(value, Markdown) else value
