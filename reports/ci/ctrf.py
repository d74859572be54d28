"""CTRF, the common test report format (https://ctrf.io): one JSON that many dashboards read."""

import json
from collections import Counter

from pydantic import JsonValue

from reports.ci.cases import Case, cases
from reports.figures import timestamp, visible
from reports.story import Run

_VERSION = "0.0.0"  # of the one schema that is published, ctrf-schema-0.0.json


def ctrf_json(run: Run) -> str:
    """The run as one document.

    A rule on a flow is a test. What has no verdict, for want of evidence or because something died,
    is `other`, and `rawStatus` says which.
    """
    tests = cases(run)
    counts = Counter(case.status for case in tests)
    began = run.started.t if run.started else 0.0
    document: dict[str, JsonValue] = {
        "reportFormat": "CTRF",
        "specVersion": _VERSION,
        "generatedBy": "scope-harness",
        "timestamp": timestamp(run.ended or began),
        "results": {
            "tool": _tool(run),
            "summary": {
                "tests": len(tests),
                "passed": counts["passed"],
                "failed": counts["failed"],
                "skipped": counts["skipped"],
                "pending": 0,
                "other": counts["other"],
                "suites": len({case.flow for case in tests}),
                "start": round(began),
                "stop": round(run.ended or began),
            },
            "tests": [_test(case) for case in tests],
            "environment": _environment(run),
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _tool(run: Run) -> JsonValue:
    version = {"version": run.started.harness_version} if run.started else {}
    return {"name": "scope-harness", **version}


def _environment(run: Run) -> JsonValue:
    if run.started is None:
        return {}
    more = {"fault": run.started.fault} if run.started.fault else {}
    return {
        "appName": visible(run.started.target),
        "appVersion": visible(run.started.app_version),
        "extra": {name: visible(value) for name, value in (run.started.environment | more).items()},
    }


def _test(case: Case) -> JsonValue:
    told: dict[str, JsonValue] = {
        "name": visible(case.name),
        "suite": [visible(case.flow)],
        "status": case.status,
        "rawStatus": case.outcome,
        "duration": 0,  # the rules of a flow are judged together: only the flow takes time
        "extra": {"evidence": [visible(line) for line in case.details]},
    }
    if case.ended:
        told |= {"start": round(case.started), "stop": round(case.ended)}
    if case.message:
        told["message"] = visible(case.message)
    if case.status == "failed":
        told["trace"] = visible("\n\n".join(case.details))
    return told
