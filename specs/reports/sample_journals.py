"""Journals like those that a run writes, for the specs of the reports."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pydantic import JsonValue

from harness.journal import (
    Acceptance,
    BaselineApplied,
    Entry,
    Finding,
    FlowEnded,
    FlowStarted,
    Journal,
    PropertyJudged,
    RunEnded,
    RunStarted,
    RunVerdict,
    StepObserved,
    StepStarted,
)
from harness.observations import (
    Anchor,
    Capture,
    Exchange,
    Frame,
    HeldMessage,
    Mount,
    Observation,
    RequestScope,
    ScrollWrite,
    ServerEvent,
    SessionRecord,
    Settled,
    Shift,
    ShiftSource,
    ShownRow,
    Witness,
)

START = 1_795_438_800_000.0
ROOT, WORKTREE = "/home/ada/projects/long repo", "/home/ada/data/worktree/wt"
SESSION, SERVER = "ses_7f3a9c01", "http://127.0.0.1:41873"
NAMES = {"root": ROOT, "wt": WORKTREE, "long": SESSION}
FLOWS = {
    "round-trip-by-tools-history": "By the agent's tools, reader in history",
    "round-trip-by-tools-bottom": "By the agent's tools, reader at the bottom",
    "round-trip-by-address-history": "By address, reader in history",
    "round-trip-by-address-bottom": "By address, reader at the bottom",
}
STEPS: tuple[tuple[str, dict[str, JsonValue]], ...] = (
    ("open the long session", {"name": "open", "session": "long"}),
    ("read in history", {"name": "scroll-up", "rows": 82}),
    ("agent enters the worktree", {"name": "enter-worktree", "worktree": "wt", "via": "tool"}),
    ("agent exits the worktree", {"name": "exit-worktree", "via": "tool"}),
    ("follow-up", {"name": "send", "text": "and what about the tests?"}),
)
RULES = {
    "timeline-mounted": "frames",
    "rendered-window-kept": "frames",
    "reading-position-kept": "frames",
    "no-blank-frame": "frames",
    "send-target": "prompts",
    "send-once": "prompts",
    "turn-shown": "messages",
}
PROMPTS = {3: "enter the worktree", 4: "leave the worktree", 5: "and what about the tests?"}


class Sample:
    """One flow's entries; `broken` makes step 4 tear the timeline down."""

    def __init__(self, flow: str, start: float, *, broken: bool = False) -> None:
        self.flow, self.start, self.broken = flow, start, broken
        self.bottom = flow.endswith("bottom")
        self.end = start + 100 + 1000 * len(STEPS)

    def entries(self) -> Iterator[Entry]:
        title = FLOWS.get(self.flow, self.flow)
        plan: JsonValue = {"flow": self.flow, "actions": [action for _, action in STEPS]}
        yield FlowStarted(flow=self.flow, title=title, t=self.start, plan=plan, names=NAMES)
        for number, (title, action) in enumerate(STEPS, start=1):
            t = self.at(number)
            yield StepStarted(flow=self.flow, step=number, title=title, action=action, t=t)
            yield self.observed(number)
        yield from self.judged()
        verdict: RunVerdict = "violated" if self.broken else "pass"
        yield FlowEnded(flow=self.flow, t=self.end, verdict=verdict)

    def at(self, step: int, ms: float = 0.0) -> float:
        return self.start + 100 + 1000 * (step - 1) + ms

    def observed(self, step: int) -> StepObserved:
        torn = self.broken and step == 4
        mounts = [
            Mount(t=self.at(1, 40), step=1, part=part, node=node, kind="mount")
            for node, part in enumerate(("timeline", "viewport", "composer"), start=1)
        ]
        observation = Observation(
            capture=Capture(
                frames=tuple(self.frames(step)),
                mounts=tuple(self.torn_mounts() if torn else mounts if step == 1 else ()),
                shifts=tuple(self.shifts()) if torn else (),
                scroll_writes=tuple(self.writes()) if torn else (),
                shown=(ShownRow(key="msg_0090", text="The tests pass. " * 20),),
                sampled=60,
                cost_ms=6.2,
            ),
            exchanges=tuple(self.exchanges(step)),
            events=(
                ServerEvent(
                    t=self.at(step, 300),
                    scope=RequestScope(server_key=SERVER),
                    type="session.updated",
                ),
            ),
            witnesses=self.witnesses(step),
            records=(self.record(step),),
            settled=Settled(quiet=True, took_ms=212.0 + 31 * step),
        )
        return StepObserved(
            flow=self.flow,
            step=step,
            t=self.at(step, 960),
            predicted=self.predicted(step),
            observation=observation,
            screenshot=f"{self.flow}-{step}.jpg",
        )

    def frames(self, step: int) -> Iterator[Frame]:
        """About sixty samples, those alike in a row as one."""
        for ms in range(0, 960, 16):
            t, seen = self.at(step, ms + 3.0), step > 1 or ms > 48
            torn = self.broken and (step, ms) >= (4, 400)
            blank = self.broken and step == 4 and 400 <= ms < 432
            grown = min(82, 10 + 20 * (ms // 200)) if step == 2 and not self.bottom else 10
            rows = 10 if torn or self.bottom or step == 1 else grown if step == 2 else 82
            height = 360.0 * rows + 12.5 * max(0, step - 2)
            top = height - 800 if self.bottom or step == 1 or torn else max(240.0, 3181.0 - 12 * ms)
            top = 240.0 if step > 2 and not torn and not self.bottom else top
            still = ms % 160 and not (step == 2 and top > 240) and not 380 < ms < 460
            if still and ms > 64:
                continue
            yield Frame(
                t=t,
                step=step,
                timeline=(9 if torn else 1) if seen and not blank else None,
                viewport=2 if seen else None,
                composer=3 if seen else None,
                rows=0 if blank or not seen else rows,
                scroll_top=4.0 if blank else max(top, 0),
                scroll_height=height,
                client_height=800.0,
                anchor=None
                if blank or not seen
                else Anchor(key=f"msg_{90 - rows:04d}", offset=-18.5),
                repeats=4,
            )

    def torn_mounts(self) -> Sequence[Mount]:
        return (
            Mount(t=self.at(4, 401), step=4, part="timeline", node=1, kind="unmount"),
            Mount(t=self.at(4, 434), step=4, part="timeline", node=9, kind="mount"),
        )

    def shifts(self) -> Sequence[Shift]:
        source = ShiftSource(node="div.timeline", in_timeline=True, dy=-640.0)
        return (
            Shift(t=self.at(4, 436), step=4, value=0.38, recent_input=False, sources=(source,)),
        )

    def writes(self) -> Sequence[ScrollWrite]:
        stack = (f"stickToBottom ({SERVER}/src/timeline.js:88:14)",)
        return (
            ScrollWrite(
                t=self.at(4, 437), step=4, api="scrollTop", before=4.0, value=2825.0, stack=stack
            ),
        )

    def exchanges(self, step: int) -> Iterator[Exchange]:
        where = WORKTREE if step == 4 else ROOT
        scope = RequestScope(server_key=SERVER, session_id=SESSION, directory=where)
        for number, path in enumerate(
            (f"/session/{SESSION}", f"/session/{SESSION}/message", "/vcs")
        ):
            t, held = self.at(step, 60 + 45 * number), path == "/vcs" and step > 2
            yield Exchange(
                id=step * 10 + number,
                t_start=t,
                t_response=t + (310 if held else 18),
                t_end=t + (330 if held else 31),
                method="GET",
                path=path,
                scope=scope,
                status=200,
                outcome="done",
                rules=("hold-vcs",) if held else (),
            )
        if step in PROMPTS:
            body = json.dumps({"parts": [{"type": "text", "text": PROMPTS[step]}]})
            yield Exchange(
                id=step * 10 + 9,
                t_start=self.at(step, 30),
                t_response=self.at(step, 44),
                t_end=self.at(step, 45),
                method="POST",
                path=f"/session/{SESSION}/prompt_async",
                scope=scope,
                body=body,
                status=204,
                outcome="done",
            )

    def witnesses(self, step: int) -> tuple[Witness, ...]:
        if step not in PROMPTS:
            return ()
        where = WORKTREE if step == 4 else ROOT
        return (Witness(t=self.at(step, 70), prompt=PROMPTS[step], told=where, printed=where),)

    def record(self, step: int) -> SessionRecord:
        return SessionRecord(
            scope=RequestScope(server_key=SERVER, session_id=SESSION),
            active_directory=WORKTREE if step == 3 else ROOT,
            messages=(HeldMessage(id="msg_0090", role="assistant", text="The tests pass."),),
        )

    def predicted(self, step: int) -> JsonValue:
        return {
            "session_scope": {"server_key": SERVER, "session_id": SESSION},
            "execution_scope": {
                "server_key": SERVER,
                "directory": "wt" if step == 3 else "root",
                "epoch": max(0, min(step - 2, 2)),
            },
            "reader": "bottom" if self.bottom or step == 1 else "history",
            "sent": [
                {"text": PROMPTS[one], "directory": "wt" if one == 4 else "root"}
                for one in PROMPTS
                if one <= step
            ],
            "address": "root",
        }

    def judged(self) -> Iterator[PropertyJudged]:
        found = {finding.property: finding for finding in self.findings()} if self.broken else {}
        evidence = {"frames": 300, "prompts": 3, "messages": 6}
        for rule, unit in RULES.items():
            finding = found.get(rule)
            yield PropertyJudged(
                flow=self.flow,
                property=rule,
                outcome="violated" if finding else "pass",
                evidence=evidence[unit],
                unit=unit,
                findings=(finding,) if finding else (),
            )

    def findings(self) -> Sequence[Finding]:
        told = (
            (
                "timeline-mounted",
                ("timeline replaced after exit-worktree",),
                "after “agent exits the worktree” the timeline was a new element: #1 became #9",
                "node #1 stays",
                "node #1 left at +401 ms, node #9 came 33 ms later",
            ),
            (
                "rendered-window-kept",
                ("rendered rows gone after exit-worktree",),
                "rows fell from 82 to 10",
                "at least 82 rows",
                "10 rows, content height 29,545 → 3,625 px",
            ),
            (
                "reading-position-kept",
                ("message being read moved after exit-worktree",),
                "the message being read moved by 3,141 px; scrollTop 240 → 4 → 2,825",
                "msg_0008 at -18.5 px, within 1 px",
                "msg_0008 is not in the page; scrollTop 4 for 2 frames, then 2,825",
            ),
            (
                "no-blank-frame",
                ("timeline blank for a while after exit-worktree",),
                "2 frames in a row had no message, 32 ms",
                "a row in every frame",
                "0 rows from +403 ms to +435 ms",
            ),
        )
        return [
            Finding(
                property=rule,
                flow=self.flow,
                step=4,
                t=self.at(4, 403),
                causes=causes,
                summary=summary,
                expected=expected,
                observed=observed,
                evidence=(f"frame +403 ms in {WORKTREE}", "frame +387 ms: timeline #1, 82 rows"),
            )
            for rule, causes, summary, expected, observed in told
        ]


def started(flows: Sequence[str], *, fault: str | None = None) -> RunStarted:
    return RunStarted(
        run_id="20261123-130000-4f2a",
        t=START,
        harness_version="0.1.0",
        target="reference",
        app_version="0.1.0",
        fault=fault,
        flows=tuple(flows),
        environment={"browser": "Chromium 156", "python": "3.11.9", "system": "Linux x86_64"},
    )


def clean_run() -> Iterator[Entry]:
    """Four flows in which everything held."""
    yield started(tuple(FLOWS))
    yield from _flows(broken=())
    yield RunEnded(t=START + 24_000, verdict="pass")


def partial_run() -> Iterator[Entry]:
    """A clean run on an app that has no way to do three more flows."""
    left = {"stream-cut": "it has no queue", "queue-paused": "it has no queue", "x": "no shell"}
    for entry in clean_run():
        begins = isinstance(entry, RunStarted)
        yield entry.model_copy(update={"left_out": left}) if begins else entry


def failing_run() -> Iterator[Entry]:
    """The timeline is torn down in the first and third of four flows."""
    yield started(tuple(FLOWS), fault="timeline-keyed-by-directory")
    yield from _flows(broken=tuple(FLOWS)[::2])
    yield RunEnded(t=START + 24_000, verdict="violated")


MENDED = Acceptance(
    flow=next(iter(FLOWS)),
    property="send-once",
    cause="prompt sent again after send-prompt",
    reason="a known double",
    until=date(2027, 1, 31),
)
EXPIRED = MENDED.model_copy(
    update={"cause": "prompt not sent after send-prompt", "until": date(2026, 6, 30)}
)


def accepted_run(*new: str, strict: bool = False, doubt: str = "") -> Iterator[Entry]:
    """The failing run with a baseline that accepts all but the findings of some `new` rules."""
    for entry in failing_run():
        if isinstance(entry, RunStarted):
            yield entry.model_copy(update={"baseline": "known.toml"})
        elif isinstance(entry, FlowEnded):
            yield _applied(entry.flow, new, strict=strict)
            stale = strict and entry.flow == MENDED.flow
            own = "violated" if stale or new else "inconclusive" if doubt else "pass"
            whole = entry.verdict == "pass" and not stale
            yield entry if whole else entry.model_copy(update={"verdict": own})
        elif isinstance(entry, PropertyJudged) and entry.findings:
            yield entry.model_copy(update={"doubt": doubt})
        elif isinstance(entry, RunEnded):
            verdict = "violated" if new or strict else "inconclusive" if doubt else "pass"
            yield entry.model_copy(update={"verdict": verdict})
        else:
            yield entry


def _applied(flow: str, new: Sequence[str], *, strict: bool) -> BaselineApplied:
    found = Sample(flow, START).findings() if flow in tuple(FLOWS)[::2] else ()
    first = flow == MENDED.flow
    return BaselineApplied(
        flow=flow,
        strict=strict,
        accepted=tuple(
            Acceptance(
                flow=flow,
                property=each.property,
                cause=each.causes[0],
                reason="known since the rewrite",
                until=date(2027, 2, 23),
            )
            for each in found
            if each.property not in new
        ),
        mended=(MENDED,) if first else (),
        expired=(EXPIRED,) if first else (),
    )


def dead_run() -> Iterator[Entry]:
    """The process went away in step 3 of the second flow."""
    first, second = tuple(FLOWS)[:2]
    yield started(tuple(FLOWS))
    yield from Sample(first, START + 900).entries()
    for entry in Sample(second, START + 6900).entries():
        if isinstance(entry, StepObserved) and entry.step == 3:
            return
        yield entry


def _flows(broken: Sequence[str]) -> Iterator[Entry]:
    for index, flow in enumerate(FLOWS):
        yield from Sample(flow, START + 900 + 5600 * index, broken=flow in broken).entries()


def write(folder: Path, entries: Iterator[Entry]) -> Path:
    """Write a journal into a folder and give the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "journal.jsonl").open("w", encoding="utf-8") as stream:
        journal = Journal(stream)
        for entry in entries:
            journal.write(entry)
    return folder
