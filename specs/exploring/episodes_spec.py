"""From a walk with a finding to its smallest plan; an app of a few lines performs it."""

from collections.abc import Callable

import pytest

from harness.actions import AnyAction, OpenSession, ReadLatest, Reload, SendPrompt, WriteDraft
from harness.exploring.episodes import Episode, Errand, Explorer, Mark
from harness.gate import Share
from harness.journal import Entry, Finding, FlowEnded, PropertyJudged, RunVerdict, StepObserved
from harness.plans import Plan
from harness.run import Begun, Run
from harness.targets.reference import TRAITS

RULE, CAUSE = "timeline-mounted", "timeline replaced after reload"
NOISE = (ReadLatest(), SendPrompt(text="a"), WriteDraft(text="b"))
WALK = Plan(
    name="walk-1",
    title="Walk 1",
    actions=(OpenSession(), *NOISE, Reload(), ReadLatest(), WriteDraft(text="c")),
)
MARK = Mark(property=RULE, cause=CAUSE)
