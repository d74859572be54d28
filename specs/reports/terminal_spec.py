import io
from collections.abc import Iterable

import pytest
from rich.console import Console

from harness.journal import Entry, FlowStarted, PropertyJudged
from reports import show
from reports.plot import plot
from reports.telling import tell
from specs.reports.sample_journals import clean_run, dead_run, failing_run, partial_run


def printed(entries: Iterable[Entry], *, terminal: bool = False, width: int = 120) -> str:
    out = io.StringIO()
    show(tell(entries), Console(file=out, force_terminal=terminal, width=width))
    return out.getvalue()


def test_a_clean_run_ends_with_what_was_checked() -> None:
    lines = printed(clean_run()).splitlines()
    assert lines[0].split() == ["flow", "verdict", "steps", "rules", "held", "evidence"]
    assert lines[1].split("  ")[0] == "round-trip-by-tools-history"
    assert "✓ pass" in lines[1]
    assert "7 of 7" in lines[1]
    assert lines[-1] == (
        "✓ pass  Everything held. 7 rules over 4 flows and 20 steps, "
        "judged on 1,200 frames, 12 prompts and 24 messages."
    )


def test_a_finding_is_a_sentence_with_its_figures_and_place() -> None:
    text = printed(failing_run())
    became = "the timeline was a new element: #1 became #9"
    block = text[text.index("✕ By the agent's tools") :].splitlines()[:5]
    assert [" ".join(line.split()) for line in block] == [
        "✕ By the agent's tools, reader in history, step 4 “agent exits the worktree”",
        f"timeline-mounted after “agent exits the worktree” {became}",
        "rendered-window-kept rows fell from 82 to 10",
        "reading-position-kept the message being read moved by 3,141 px; scrollTop 240 → 4 → 2,825",
        "no-blank-frame 2 frames in a row had no message, 32 ms",
    ]
    assert "✕ violated  4 rules broke in 2 of 4 flows." in text
    rows, scroll = [line.split() for line in text.splitlines() if "█" in line][:2]
    assert (rows[0], rows[2:]) == ("rows", ["82", "→", "0", "→", "10"])
    assert scroll[0] == "scroll"


def test_a_plot_holds_each_figure_until_the_next() -> None:
    assert plot([0.0, 39.0], [0.0, 7.0]) == "▁" * 39 + "█"
    assert plot([0.0, 10.0, 39.0], [7.0, 0.0, 7.0]) == "█" * 10 + "▁" * 29 + "█"
    assert plot([5.0], [3.0]) == "▁" * 40


def test_what_the_app_has_no_way_to_do_is_told_by_its_reason() -> None:
    lines = printed(partial_run()).splitlines()
    assert "- stream-cut and queue-paused: not applicable, it has no queue" in lines
    assert "- x: not applicable, no shell" in lines


def test_rules_without_evidence_for_one_reason_are_told_once() -> None:
    restless = "finish-turn (step 3) did not come to rest: the agent's turn"

    def doubtful(count: int) -> Iterable[Entry]:
        judged = 0
        for entry in clean_run():
            if isinstance(entry, PropertyJudged) and judged < count:
                judged += 1
                unsure = {"outcome": "inconclusive", "reason": restless}
                yield entry.model_copy(update=unsure)
            else:
                yield entry

    (line,) = (one for one in printed(doubtful(7), width=300).splitlines() if restless in one)
    assert line.startswith("? timeline-mounted, rendered-window-kept, reading-position-kept and 4 ")
    assert " more rules in " in line
    (line,) = (one for one in printed(doubtful(4), width=300).splitlines() if restless in one)
    assert " more rules" not in line
    assert line.startswith("? timeline-mounted, rendered-window-kept, reading-position-kept, no-")


def test_a_run_that_died_says_where() -> None:
    assert "! infrastructure  The run did not finish. The run died in step 3" in printed(dead_run())


def test_no_escape_sequence_where_the_output_is_no_terminal() -> None:
    assert "\x1b" not in printed(failing_run())
    assert "\x1b[" in printed(failing_run(), terminal=True)


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = printed(failing_run(), terminal=True)
    assert "31m" not in text
    assert "32m" not in text


def test_text_of_the_app_steers_nothing() -> None:
    def hostile() -> Iterable[Entry]:
        for entry in failing_run():
            evil = {"title": "[red]x[/red] \x1b[2J\x07"}
            yield entry.model_copy(update=evil) if isinstance(entry, FlowStarted) else entry

    text = printed(hostile(), terminal=True)
    assert "\x1b[2J" not in text
    assert "[red]x[/red] ␛[2J␇" in text
