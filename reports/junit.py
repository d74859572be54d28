"""JUnit XML: a flow is a suite, a property on it a case; a kill matrix is a suite of faults."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from harness.journal import Acceptance, Finding, MatrixRow, PropertyJudged
from reports import matrix, modelled
from reports.acceptance import terms
from reports.figures import timestamp, visible
from reports.story import FlowStory, Run
from reports.verdicts import place

_SECOND = 1000.0
_MATRIX = "kill matrix"


def junit_xml(run: Run) -> str:
    """The run as one document.

    A violated property is a failure, an inconclusive one a failure of the type `inconclusive`,
    one that does not apply is skipped with its reason, and a flow that did not finish is an error.
    One whose findings are all accepted has passed, for it was judged and nothing is to be done; a
    property of the case, and its output, say what is accepted.
    """
    root = ET.Element("testsuites", name="scope-harness")
    for flow in run.flows:
        root.append(_suite(run, flow))
    if not any(flow.verdict == "infrastructure" for flow in run.flows):
        root.extend(_unfinished(run))
    root.extend(_not_run(flow) for flow in run.not_run)
    left = run.started.left_out if run.started else {}
    root.extend(_left_out(flow, why) for flow, why in left.items())
    if run.is_matrix:
        root.append(_matrix(run))
    if model := modelled.parts(run):
        root.append(_model(run, model))
    _count(root, list(root))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(run: Run, flow: FlowStory) -> ET.Element:
    suite = ET.Element("testsuite", name=visible(flow.flow), timestamp=timestamp(flow.started))
    _facts(suite, run)
    for judged in flow.judged:
        suite.append(_case(flow, judged))
    if flow.verdict == "infrastructure":
        suite.append(_error(flow.flow, "flow completes", flow.reason))
    _count(suite, [suite])
    suite.set("time", f"{(flow.ended - flow.started) / _SECOND:.3f}")
    return suite


def _facts(suite: ET.Element, run: Run) -> None:
    if run.started is None:
        return
    facts = {"target": run.started.target, "app_version": run.started.app_version}
    if run.started.fault:
        facts["fault"] = run.started.fault
    if run.started.baseline:
        facts["baseline"] = run.started.baseline
    _properties(suite, (facts | run.started.environment).items())


def _properties(element: ET.Element, facts: Iterable[tuple[str, str]]) -> None:
    under = ET.SubElement(element, "properties")
    for name, value in facts:
        ET.SubElement(under, "property", name=visible(name), value=visible(value))


def _case(flow: FlowStory, judged: PropertyJudged) -> ET.Element:
    case = _named(flow.flow, judged.property)
    accepted = _accepted(flow, judged)
    if accepted:
        _properties(case, [("accepted", line) for line in accepted])
    _judge(case, flow, judged)
    lines = [f"evidence: {_seen(judged)}", *(f"accepted: {line}" for line in accepted)]
    lines += [f"no longer occurs, though accepted: {each.cause}" for each in _mended(flow, judged)]
    ET.SubElement(case, "system-out").text = visible("\n".join(lines))
    return case


def _judge(case: ET.Element, flow: FlowStory, judged: PropertyJudged) -> None:
    outcome = flow.outcome_of(judged)
    if outcome == "violated":
        broken = [finding for finding in judged.findings if not flow.accepting(finding)]
        first = broken[0].summary if broken else judged.reason
        _outcome(case, "failure", "violated", first).text = visible(_told(flow, broken))
    elif outcome == "inconclusive":
        reason = judged.reason or judged.doubt or f"too little evidence: {_seen(judged)}"
        _outcome(case, "failure", "inconclusive", reason)
    elif outcome == "not applicable":
        ET.SubElement(case, "skipped", message=visible(judged.reason or "not applicable"))
    elif flow.baseline and flow.baseline.strict and (mended := _mended(flow, judged)):
        causes = ", ".join(each.cause for each in mended)
        _outcome(case, "failure", "mended", f"accepted, but it no longer occurs: {causes}")


def _seen(judged: PropertyJudged) -> str:
    return f"{judged.evidence} {judged.unit}"


def _accepted(flow: FlowStory, judged: PropertyJudged) -> list[str]:
    """Each accepted cause of a property's findings with its reason and day."""
    found = (each for finding in judged.findings for each in flow.accepting(finding))
    return [f"{each.cause}: {terms(each)}" for each in dict.fromkeys(found)]


def _mended(flow: FlowStory, judged: PropertyJudged) -> list[Acceptance]:
    known = flow.baseline.mended if flow.baseline else ()
    return [each for each in known if each.property == judged.property]


def _told(flow: FlowStory, findings: Sequence[Finding]) -> str:
    return "\n\n".join(
        "\n".join(
            (
                f"{place(flow, finding)}: {finding.summary}",
                f"expected: {finding.expected}",
                f"observed: {finding.observed}",
                *finding.evidence,
            )
        )
        for finding in findings
    )


def _unfinished(run: Run) -> list[ET.Element]:
    """A suite for a run that died outside any flow."""
    if run.verdict != "infrastructure":
        return []
    suite = ET.Element("testsuite", name="run")
    suite.append(_error("run", "run completes", run.reason))
    _count(suite, [suite])
    return [suite]


def _left_out(flow: str, why: str) -> ET.Element:
    suite = ET.Element("testsuite", name=visible(flow))
    suite.append(case := _named(flow, "flow is tried"))
    ET.SubElement(case, "skipped", message=visible(f"not applicable: {why}"))
    _count(suite, [suite])
    return suite


def _not_run(flow: str) -> ET.Element:
    suite = ET.Element("testsuite", name=visible(flow))
    suite.append(_error(flow, "flow runs", "the run ended before this flow began"))
    _count(suite, [suite])
    return suite


def _matrix(run: Run) -> ET.Element:
    """The kill matrix as a suite: a fault is a case, and one that was not tried an error."""
    suite = ET.Element("testsuite", name=_MATRIX)
    _facts(suite, run)
    suite.extend(_row(row) for row in matrix.rows(run))
    suite.extend(_error(_MATRIX, fault, "the run ended before this fault") for fault in run.untried)
    _count(suite, [suite])
    return suite


def _model(run: Run, parts: Iterable[tuple[str, str]]) -> ET.Element:
    """What was walked, or an action of the model a case."""
    suite = ET.Element("testsuite", name="model")
    _facts(suite, run)
    for name, complaint in parts:
        suite.append(case := _named("model", name))
        if complaint:
            _outcome(case, "failure", "complaint", complaint)
    _count(suite, [suite])
    return suite


def _row(row: MatrixRow) -> ET.Element:
    case = _named(_MATRIX, matrix.name_of(row))
    case.set("time", f"{row.seconds:.3f}")
    if row.complaint:
        _outcome(case, "failure", "complaint", row.complaint)
    caught = ", ".join(f"{name} ({row.found[name]})" for name in row.caught_by) or "nothing"
    told = f"{row.title}\ntied to: {row.tied_to or 'nothing'}\ncaught by: {caught}"
    ET.SubElement(case, "system-out").text = visible(told)
    return case


def _named(flow: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=visible(flow), name=visible(name), time="0")


def _error(flow: str, name: str, reason: str) -> ET.Element:
    case = _named(flow, name)
    _outcome(case, "error", "infrastructure", reason)
    return case


def _outcome(case: ET.Element, tag: str, kind: str, message: str) -> ET.Element:
    return ET.SubElement(case, tag, type=kind, message=visible(message))


def _count(element: ET.Element, suites: list[ET.Element]) -> None:
    def of(path: str) -> str:
        return str(sum(len(suite.findall(path)) for suite in suites))

    element.set("tests", of("testcase"))
    element.set("failures", of("testcase/failure"))
    element.set("errors", of("testcase/error"))
    element.set("skipped", of("testcase/skipped"))
