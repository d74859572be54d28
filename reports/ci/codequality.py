"""GitLab's code quality report: what broke, shown in the merge request."""

import hashlib
import json

from pydantic import JsonValue

from reports.ci.cases import Case, cases
from reports.figures import cut, visible
from reports.story import Run

_SEVERITY = {"failed": "critical", "other": "minor"}


def code_quality(run: Run) -> str:
    """What broke and what has no verdict, as GitLab reads it; an empty list for a clean run.

    GitLab wants a file for each: it is the name of the flow, for a rule on a running app has no
    line of source. The fingerprint is the same in every run, so a merge request shows what is new.
    """
    told = [_issue(case) for case in cases(run) if case.status in _SEVERITY]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _issue(case: Case) -> JsonValue:
    named = f"{case.flow}/{case.name}/{case.outcome}".encode("utf-8", "replace")
    return {
        "description": visible(f"{case.name}: {cut(case.message or case.outcome, 400)}"),
        "check_name": visible(case.name),
        "fingerprint": hashlib.sha256(named).hexdigest(),
        "severity": _SEVERITY[case.status],
        "location": {"path": f"flows/{visible(case.flow)}", "lines": {"begin": 1}},
    }
