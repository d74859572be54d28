"""Journals that tell what of the model was exercised, for the specs of the reports."""

from collections.abc import Iterator

from harness.coverage import (
    ClauseAsked,
    Covered,
    Crossable,
    Crossing,
    Exercisable,
    FlowCovered,
    GuardAsked,
    ModelExplored,
    ModelTold,
    SliceExplored,
    Transition,
)
from harness.journal import Entry, FlowStarted, RunEnded, RunStarted, RunVerdict, WalkEnded
from harness.replays import FlowReplayed, Replays
from specs.reports.sample_journals import START, Sample, failing_run, started

HERE = "server long in root"
LATE = f"{HERE}; kept back: diff"
SWITCHES = ("A → B", "A → B → A", "reload")


def crossable() -> Iterator[Crossable]:
    for what in ("diff", "send"):
        for switch in SWITCHES:
            cannot = what == "send" and switch == "reload"
            lack = "the page still waits for what was clicked" if cannot else ""
            yield Crossable(requests=(what,), switch=switch, orders=0 if cannot else 1, lack=lack)
    yield Crossable(requests=("diff", "send"), switch="A → B", orders=2)


MODEL = ModelTold(
    exercisable=Exercisable(
        actions=("open-session", "reload", "send-prompt", "enter-worktree", "revert", "restore"),
        cannot={"restore": "it takes nothing back"},
        crossings=tuple(crossable()),
    )
)


def covered(*crossings: Crossing, reloads: int = 0) -> Covered:
    """A round of three actions, and some reloads after it."""
    steps = (("", "open-session"), (HERE, "send-prompt"), (LATE, "enter-worktree"))
    steps = (*steps, *((HERE, "reload"),) * reloads)
    path = tuple(Transition(situation=where, action=action) for where, action in steps)
    return Covered(path=path, crossings=crossings)


MET = Crossing(requests=("diff",), switch="A → B", order=("→ B", "diff"))
BOTH = Crossing(requests=("diff", "send"), switch="A → B", order=("→ B", "diff", "send"))
MIXED = Crossing(requests=("diff",), switch="A → B + reload", order=("→ B", "reload", "diff"))


def exercising_run() -> Iterator[Entry]:
    """The failing run, with what its flows exercise."""
    reloads = 0
    for entry in failing_run():
        yield entry
        if isinstance(entry, RunStarted):
            yield MODEL
        if isinstance(entry, FlowStarted):
            reloads += 1
            met = (MET, BOTH, MIXED) if reloads == 1 else ()
            yield FlowCovered(flow=entry.flow, covered=covered(*met, reloads=reloads))


def walk(number: int, verdict: RunVerdict = "pass", reason: str = "") -> WalkEnded:
    return WalkEnded(
        walk=f"walk-{number}",
        t=START + 2_000 * number,
        verdict=verdict,
        reason=reason,
        actions=20,
        seconds=1.9,
        covered=covered(MET),
    )


def exploring_run(
    verdict: RunVerdict = "violated",
    *,
    found: bool = True,
    reason: str = "",
    replays: Replays | None = None,
) -> Iterator[Entry]:
    """Three walks; what the second one found stands as a flow, and whether it replays."""
    flow = "found-1-timeline-mounted"
    yield started(()).model_copy(update={"doing": "explore"})
    yield MODEL
    yield walk(1)
    yield walk(2, "violated" if found else "pass")
    if found:
        yield from Sample(flow, START + 4_000, broken=True).entries()
    if replays:
        none_yet = Replays(asked=replays.asked)
        yield FlowReplayed(flow=flow, t=START + 10_000, replays=none_yet)
    yield walk(3, "inconclusive" if reason else "pass", reason)
    if replays:
        yield FlowReplayed(flow=flow, t=START + 12_000, replays=replays)
    yield RunEnded(t=START + 10_000, verdict=verdict, reason=reason)


def cover_run(errors: tuple[str, ...] = (), *, slices: int = 2) -> Iterator[Entry]:
    """The model alone: two parts, a plan for each, and what the guards said."""
    yield started(()).model_copy(update={"doing": "cover", "target": "model"})
    yield MODEL
    for number in range(slices):
        yield SliceExplored(
            t=START + 1_000 * number,
            name=f"part-{number + 1}",
            title="prompts that wait",
            states=1_200,
            transitions=10_000,
            pairs=5_500,
            seconds=0.5,
            to_take=300,
            actions=340,
            plans=1,
        )
        yield FlowCovered(flow=f"cover-{number + 1}", covered=covered(MET, reloads=1))
    if slices:
        yield ModelExplored(
            bounds={"servers": 2, "in_flight": 2},
            seed=7,
            span=1,
            guards=(
                GuardAsked(
                    action="revert",
                    allowed=40,
                    clauses=(
                        ClauseAsked(name="on screen", held=90, refused=7),
                        ClauseAsked(name="idle", held=40, refused=0 if errors else 50),
                    ),
                ),
            ),
            beyond={"in_flight": 1_234},
            cannot={"no queue of it stands": ("send-prompt shell",)},
            errors=errors,
        )
    yield RunEnded(t=START + 9_000, verdict="violated" if errors else "pass")
