"""Journals of kill matrices, for the specs of the reports."""

from collections.abc import Iterator, Mapping

from harness.journal import Entry, MatrixRow, RunEnded, RunStarted
from specs.reports.sample_journals import FLOWS, START

RULES = (
    "timeline-mounted",
    "rendered-window-kept",
    "reading-position-kept",
    "no-blank-frame",
    "timeline-owner",
    "send-target",
    "send-once",
    "turn-shown",
    "command-gate",
    "model-gate",
    "readiness-visible",
    "followup-owner",
    "followup-source",
    "followup-target",
    "stale-revert",
    "stale-restore",
    "stale-rollback",
    "stale-vcs",
    "epoch-guard",
    "status-merge",
    "store-retention",
)
WAYS = ("timeline", "window", "store", "draft", "address", "model", "revert", "event")
ENDS = ("of-previous-directory", "dropped-on-send", "keyed-by-address", "shown-twice", "too-late")


def started(faults: tuple[str, ...]) -> RunStarted:
    return RunStarted(
        run_id="20261125-130000-prove",
        t=START,
        harness_version="0.1.0",
        target="reference",
        app_version="0.1.0",
        flows=tuple(FLOWS),
        faults=faults,
        environment={"browser": "chromium 156", "python": "3.11.9", "system": "Linux x86_64"},
    )


def row(
    number: int, fault: str, tied_to: str, found: Mapping[str, int] | None, **more: object
) -> Entry:
    """A row; every rule that `found` does not name has no finding; with None none judged."""
    usual = {
        "t": START + 9_000 * (number + 1),
        "fault": fault,
        "title": f"What is shown comes from the {fault.replace('-', ' ')}" if fault else "",
        "tied_to": tied_to,
        "found": {} if found is None else dict.fromkeys(RULES, 0) | dict(found),
        "seconds": 8.4 + number % 7,
    }
    return MatrixRow.model_validate({**usual, **more})


def wide_matrix(count: int = 52, *, survivors: bool = True) -> Iterator[Entry]:
    """As large as a matrix gets; done by several processes, so not in the order of the faults."""
    names = tuple(
        f"{WAYS[n % len(WAYS)]}-{ENDS[n // len(WAYS) % len(ENDS)]}{n // 40 or ''}"
        for n in range(count)
    )
    yield started(names)
    for n in sorted(range(-1, count), key=lambda n: (n % 2, n)):
        if n < 0:
            yield row(n, "", "", {})
        else:
            yield _of_fault(n, names[n], survivor=survivors and n in {7, 30})
    yield RunEnded(t=START + 400_000, verdict="violated" if survivors else "pass")


def _of_fault(n: int, name: str, *, survivor: bool) -> Entry:
    owner, other = RULES[n % len(RULES)], RULES[(n * 5 + 3) % len(RULES)]
    if not survivor:
        found = {owner: 1 + n % 4} | ({other: 1 + n % 12} if n % 3 == 0 and other != owner else {})
        return row(n, name, owner, found, doubts={"turn-shown": "no turn ended"} if n == 4 else {})
    if n == 7:
        return row(n, name, owner, {}, complaint="it survives")
    said = f"caught only by {other}, not by {owner}"
    return row(n, name, owner, {other: 2}, complaint=said)
