"""The issue about a finding: who maintains the app understands it, and can act on it."""

import getpass
import json
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pydantic import JsonValue

from harness.journal import (
    Entry,
    Finding,
    FlowStarted,
    PropertyJudged,
    RunStarted,
    StepObserved,
    StepStarted,
)
from harness.observations import Exchange, HeldMessage, RequestScope, SignChange
from harness.properties import PROPERTIES
from reports import ReportError
from reports.issue import findings_of, write_issue
from reports.issue.rules import RULES
from specs.reports.conftest import RunOf
from specs.reports.hostile_spec import hostile_run
from specs.reports.sample_journals import (
    FLOWS,
    ROOT,
    SERVER,
    SESSION,
    WORKTREE,
    clean_run,
    dead_run,
    failing_run,
)

FENCE = re.compile(r"^(`{3,})json\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
Change = Callable[[Entry], Entry]


def changed(change: Change, entries: Iterable[Entry] | None = None) -> Iterator[Entry]:
    for entry in entries or failing_run():
        yield change(entry)


def issue(run: Path, wanted: str = "1") -> str:
    return write_issue(run, wanted, None).text


def section(text: str, title: str) -> str:
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0].strip()


def with_finding(rule: str, **parts: object) -> Change:
    """The first finding of each flow is of this rule."""

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, PropertyJudged) or entry.property != "timeline-mounted":
            return entry
        findings = [
            Finding.model_validate({**one.model_dump(), "property": rule, **parts})
            for one in entry.findings
        ]
        return entry.model_copy(update={"property": rule, "findings": tuple(findings)})

    return change


def test_each_rule_has_words_for_who_does_not_know_the_harness() -> None:
    assert set(RULES) == {rule.id for rule in PROPERTIES}
    for told in RULES.values():
        assert told.rule.endswith(".")
        assert told.why[0].islower()
        assert told.why.endswith(".")
        assert told.shows
        assert not re.search(r"wire|recorder|epoch|scope\b|probe|harness", told.rule + told.watch)


def test_the_findings_have_the_numbers_of_the_report_and_ids_of_their_own(run_of: RunOf) -> None:
    found = findings_of(run_of(failing_run()))
    assert [one.number for one in found] == list(range(1, 9))
    assert len({one.id for one in found}) == 8
    assert {one.finding.flow for one in found} == set(list(FLOWS)[::2])


def test_an_id_is_the_same_in_another_run_of_the_plan(run_of: RunOf) -> None:
    later = with_finding("timeline-mounted", summary="after exit other words", t=None)
    first = [one.id for one in findings_of(run_of(failing_run()))]
    again = [one.id for one in findings_of(run_of(changed(later)))]
    assert sorted(first) == sorted(again)


def test_a_flow_that_is_run_twice_has_findings_of_both(run_of: RunOf) -> None:
    entries = list(failing_run())
    one_flow = [e for e in entries if getattr(e, "flow", None) == next(iter(FLOWS))]
    run = run_of([entries[0], *one_flow, *one_flow])
    found = findings_of(run)
    assert len({one.id for one in found}) == len(found) == 8
    assert "Finding" in issue(run, "8")


@pytest.mark.parametrize("wanted", ["2", "{id}", "{ID}", " {id} ", "{begun}"])
def test_a_finding_is_chosen_by_number_id_or_its_beginning(run_of: RunOf, wanted: str) -> None:
    run = run_of(failing_run())
    name = findings_of(run)[1].id
    asked = wanted.format(id=name, ID=name.upper(), begun=name[:5])
    assert f"Finding `{name}`" in issue(run, asked)


def test_it_says_what_was_expected_and_why(run_of: RunOf) -> None:
    expected = section(issue(run_of(failing_run())), "Expected")
    assert "the composer stay the same DOM elements" in expected
    assert "> Verify MessageTimeline does not unmount" in expected


def test_it_shows_what_matters_for_its_rule_and_nothing_else(run_of: RunOf) -> None:
    run = run_of(failing_run())
    mounted = section(issue(run, "1"), "Observed")
    assert "| timeline element | no. 1 | none | no. 9 |" in mounted
    assert "| messages rendered | 82 | 0 | 10 |" in mounted
    assert "| scroll position (scrollTop) | 240 px | 4 px | 2,825 px |" in mounted
    assert "frame +403 ms in `<wt>`" in mounted
    reading = section(issue(run, "3"), "Observed")
    assert "| first message in view |" in reading
    assert "element |" not in reading


def test_other_rules_of_the_same_step_are_named(run_of: RunOf) -> None:
    observed = section(issue(run_of(failing_run()), "1"), "Observed")
    assert "- Messages that were loaded are thrown away" in observed
    assert RULES["timeline-mounted"].title not in observed


def test_a_prompt_is_told_by_every_witness(run_of: RunOf) -> None:
    astray = with_finding(
        "send-target", evidence=("exchange 49",), summary="after exit the prompt went astray"
    )
    observed = section(issue(run_of(changed(astray))), "Observed")
    row = next(line for line in observed.splitlines() if "leave the worktree" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == [
        "prompt “leave the worktree”",
        "`<wt>`",
        "`<wt>`, session `<long>`",
        "`<wt>`",
        "`<wt>`",
        "status 204",
    ]


def told_otherwise(entry: Entry) -> Entry:
    """The prompt is a command: the agent is told other words for it."""
    entry = with_finding("send-target", evidence=("exchange 49",))(entry)
    if not isinstance(entry, StepObserved):
        return entry
    words = "leave the worktree", "Go back, please."
    observed = entry.observation.model_dump_json().replace(f'"prompt":"{words[0]}"', '"prompt":"X"')
    seen = type(entry.observation).model_validate_json(observed.replace('"X"', f'"{words[1]}"'))
    due = json.dumps(entry.predicted).replace(
        f'"text": "{words[0]}"', f'"text": "{words[0]}", "heard": "{words[1]}"'
    )
    return entry.model_copy(update={"observation": seen, "predicted": json.loads(due)})


def test_what_the_agent_was_told_of_a_command_is_told(run_of: RunOf) -> None:
    observed = section(issue(run_of(changed(told_otherwise))), "Observed")
    row = next(line for line in observed.splitlines() if "leave the worktree" in line)
    assert "not known" not in row


def test_prompts_that_the_finding_quotes_are_told_where_no_exchange_is_named(run_of: RunOf) -> None:
    quoting = with_finding("send-once", evidence=(), summary="“enter the worktree” was lost")
    observed = section(issue(run_of(changed(quoting))), "Observed")
    assert "prompt “enter the worktree”" in observed
    assert "prompt “leave the worktree”" not in observed


def late(entry: Entry) -> Entry:
    """In step 3 the page asks for changes, and has them in step 4."""
    entry = with_finding("stale-vcs", t=None)(entry)
    if not isinstance(entry, StepObserved) or entry.step not in {3, 4}:
        return entry
    done = entry.step == 4
    exchange = Exchange(
        id=900,
        t_start=1.0,
        method="GET",
        path="/vcs/diff",
        scope=RequestScope(server_key=SERVER, directory=WORKTREE),
        status=200 if done else None,
        outcome="done" if done else "open",
        rules=("hold #2",),
    )
    signs = [
        SignChange(t=1.0, step=entry.step, name="diff", value=["of-root.txt"]),
        SignChange(t=2.0, step=entry.step, name="diff", value=["of-wt.txt"] if done else []),
        SignChange(t=1.0, step=entry.step, name="execution", value={"directory": ROOT}),
    ]
    seen = entry.observation
    capture = seen.capture.model_copy(update={"signs": tuple(signs)})
    update = {"exchanges": (*seen.exchanges, exchange), "capture": capture}
    return entry.model_copy(update={"observation": seen.model_copy(update=update)})


def test_a_late_answer_is_told_with_its_steps(run_of: RunOf) -> None:
    text = issue(run_of(changed(late)))
    observed = section(text, "Observed")
    assert "| files listed as changed | nothing | of-wt.txt |" in observed
    assert "| directory that the app shows | `<root>` | `<root>` |" in observed
    assert "| GET /vcs/diff | `<wt>` | in step 3 | in step 4, status 200 |" in observed
    steps = section(text, "Steps for a person").splitlines()
    assert "asks GET /vcs/diff for `<wt>`, and has no answer yet" in steps[2]
    assert "GET /vcs/diff for `<wt>`, asked in step 3, comes now" in steps[3]


def test_messages_are_shown_beside_those_of_the_server(run_of: RunOf) -> None:
    def lacking(entry: Entry) -> Entry:
        entry = with_finding("turn-shown")(entry)
        if not isinstance(entry, StepObserved):
            return entry
        record = entry.observation.records[0]
        more = HeldMessage(id="msg_0091", role="user", text="and this")
        held = record.model_copy(update={"messages": (*record.messages, more)})
        seen = entry.observation.model_copy(update={"records": (held,)})
        return entry.model_copy(update={"observation": seen})

    observed = section(issue(run_of(changed(lacking))), "Observed")
    assert "| msg_0090: The tests pass." in observed
    assert "|  | msg_0091: and this |" in observed or "msg_0091: and this |" in observed


def with_words(entry: Entry) -> Entry:
    """As a journal of today tells it."""
    match entry:
        case FlowStarted():
            return entry.model_copy(update={"by_hand": ("A repository, <root>.",)})
        case StepStarted():
            return entry.model_copy(update={"by_hand": f"Do “{entry.title}” in {WORKTREE}."})
        case RunStarted():
            again = ("--target", "opencode", "--base-url", SERVER, "--fault-file", "my own.toml")
            return entry.model_copy(update={"again": again})
        case _:
            return entry


def test_a_person_is_told_every_step_up_to_the_one_that_fails(run_of: RunOf) -> None:
    steps = section(issue(run_of(changed(with_words))), "Steps for a person")
    lines = steps.splitlines()
    assert lines[:3] == ["You need:", "", "- A repository, `<root>`."]
    assert lines[4] == "1. Do “open the long session” in `<wt>`."
    assert lines[7].startswith("4. Do “agent exits the worktree”")
    assert lines[8].strip().startswith("**Watch:** the timeline flickers")
    assert len(lines) == 9


def test_a_journal_without_words_for_a_person_is_told_by_titles(run_of: RunOf) -> None:
    steps = section(issue(run_of(failing_run())), "Steps for a person")
    assert steps.splitlines()[0] == "1. Open the long session."


def test_the_plan_is_cut_after_the_failing_step(run_of: RunOf) -> None:
    found = FENCE.search(issue(run_of(failing_run())))
    assert found
    plan = json.loads(found[2])
    assert [action["name"] for action in plan["actions"]] == [
        "open",
        "scroll-up",
        "enter-worktree",
        "exit-worktree",
    ]


def test_the_plan_goes_on_to_the_step_of_the_evidence(run_of: RunOf) -> None:
    def seen_late(entry: Entry) -> Entry:
        if not isinstance(entry, PropertyJudged):
            return entry
        findings = (one.model_copy(update={"step": 1}) for one in entry.findings)
        return entry.model_copy(update={"findings": tuple(findings)})

    found = FENCE.search(issue(run_of(changed(seen_late))))
    assert found
    assert len(json.loads(found[2])["actions"]) == 4


def test_the_command_runs_against_the_same_app(run_of: RunOf) -> None:
    told = issue(run_of(changed(with_words)))
    assert (
        "harness gate --target opencode --plan plan.json --base-url '<server>' --fault-file "
        "'my own.toml'"
    ) in told
    older = issue(run_of(failing_run()))
    assert (
        "harness gate --target reference --plan plan.json --fault timeline-keyed-by-directory"
        in older
    )


def test_a_page_and_its_server_at_two_addresses_are_told_apart(run_of: RunOf) -> None:
    page, backend = "http://127.0.0.1:3000", "http://127.0.0.1:4096"

    def attached(entry: Entry) -> Entry:
        if not isinstance(entry, RunStarted):
            return entry
        there = ("--base-url", page, "--server-url", backend)
        return entry.model_copy(update={"again": ("--target", "pawwork", *there)})

    told = issue(run_of(changed(attached)))
    assert (
        "harness gate --target pawwork --plan plan.json --base-url '<app>' --server-url '<server>'"
    ) in told


def test_an_app_that_starts_its_own_page_beside_a_server_has_one_address(run_of: RunOf) -> None:
    def own(entry: Entry) -> Entry:
        if not isinstance(entry, RunStarted):
            return entry
        again = ("--target", "chat:Chat", "--server-url", "http://127.0.0.1:4096")
        return entry.model_copy(update={"again": again})

    text = issue(run_of(changed(own)))
    assert "harness gate --target chat:Chat --plan plan.json --server-url '<server>'" in text


def test_the_environment_is_told(run_of: RunOf) -> None:
    told = section(issue(run_of(failing_run())), "Environment")
    for fact in ("reference 0.1.0", "Chromium 156", "Linux x86_64", "scope-harness 0.1.0"):
        assert fact in told


def test_a_fault_is_no_bug_of_the_app(run_of: RunOf) -> None:
    assert "broken on purpose, by the fault `timeline-keyed-by-directory`" in issue(
        run_of(failing_run())
    )


def test_the_picture_lies_beside_the_issue(run_of: RunOf, tmp_path: Path) -> None:
    written = write_issue(run_of(failing_run()), "1", tmp_path / "new" / "my issue.md")
    assert written.file == tmp_path / "new" / "my issue.md"
    assert written.picture == tmp_path / "new" / "my issue-step-4.jpg"
    assert written.picture
    assert written.picture.stat().st_size > 0
    text = written.file.read_text("utf-8") if written.file else ""
    assert "![The page after step 4](my%20issue-step-4.jpg)" in text


def test_without_a_file_the_picture_is_named(run_of: RunOf) -> None:
    run = run_of(failing_run())
    written = write_issue(run, "1", None)
    assert written.picture == run / f"{next(iter(FLOWS))}-4.jpg"
    assert f"`{next(iter(FLOWS))}-4.jpg` in the folder of the run" in written.text


@pytest.mark.parametrize("name", [None, "gone.jpg", "../../etc/passwd", "journal.jsonl"])
def test_a_picture_that_is_none_is_said_to_be_missing(
    run_of: RunOf, tmp_path: Path, name: str | None
) -> None:
    def without(entry: Entry) -> Entry:
        return entry.model_copy(update={"screenshot": name}) if is_step(entry) else entry

    written = write_issue(run_of(changed(without)), "1", tmp_path / "issue.md")
    assert written.picture is None
    assert "![" not in written.text
    assert section(written.text, "Screenshot").endswith(
        ("it is not attached here.", "The run took none at this step.")
    )
    assert list(tmp_path.glob("issue-*")) == []


def is_step(entry: Entry) -> bool:
    return isinstance(entry, StepObserved)


def test_a_journal_that_stops_in_the_middle_tells_what_it_has(run_of: RunOf) -> None:
    path = run_of(failing_run()) / "journal.jsonl"
    whole = path.read_bytes().split(b"\n")
    judged = next(n for n, line in enumerate(whole) if b'"findings":[{' in line)
    path.write_bytes(b"\n".join(whole[: judged + 1]) + b'\n{"kind":"flow-en')
    assert "did not come to its end" in issue(path.parent)
    path.write_bytes(b"\n".join([*whole[1:5], whole[5][:80], *whole[6 : judged + 1], b""]))
    told = issue(path.parent)
    assert "The beginning of the journal is lost" in told
    assert "Line 5 of the journal could not be read" in told


def test_a_journal_that_has_lost_its_plan_says_so(run_of: RunOf) -> None:
    entries = [entry for entry in failing_run() if not isinstance(entry, FlowStarted)]
    told = issue(run_of(entries))
    assert "The journal does not tell the plan of this flow." in told


@pytest.mark.parametrize("entries", [clean_run, dead_run])
def test_a_run_without_findings(run_of: RunOf, entries: Callable[[], Iterator[Entry]]) -> None:
    with pytest.raises(ReportError, match=r"holds no finding\. "):
        findings_of(run_of(entries()))


def test_a_rule_that_is_not_known_is_told_in_its_own_words(run_of: RunOf) -> None:
    own = with_finding("my-own-rule", summary="after exit something odd", expected="nothing odd")
    told = issue(run_of(changed(own)))
    assert told.startswith("# something odd\n")
    assert "nothing odd" in section(told, "Expected")


def test_nothing_of_the_app_is_markup(run_of: RunOf) -> None:
    run = run_of(hostile_run())
    clean = MarkdownIt("gfm-like").parse(issue(run_of(failing_run()), "1"))
    run = run_of(hostile_run())
    for number in range(1, 9):
        tokens = MarkdownIt("gfm-like").parse(issue(run, str(number)))
        kinds = {token.type for token in tokens} - {token.type for token in clean}
        assert kinds == set()
        inner = {child.type for token in tokens for child in token.children or ()}
        assert inner <= {
            "text",
            "text_special",
            "code_inline",
            "softbreak",
            "strong_open",
            "strong_close",
        }
        assert sum(token.type == "heading_open" for token in tokens) == 7


def test_nothing_of_the_machine_gets_through(
    run_of: RunOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "difference-engine")
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    secrets = (
        "Authorization: Bearer abcdef0123456789",
        "ghp_0123456789abcdefghijklmnop",
        f"in {WORKTREE}/x and {ROOT}",
        "/home/ada/.ssh/id_ed25519",
        "on difference-engine",
        "http://127.0.0.1:41873/a",
        f"{SESSION} of ada",
    )
    turn = 0

    def spoilt(value: JsonValue, key: str = "") -> JsonValue:
        nonlocal turn
        if isinstance(value, dict):
            return {name: spoilt(branch, name) for name, branch in value.items()}
        if isinstance(value, list):
            return [spoilt(leaf, key) for leaf in value]
        own = {
            "kind",
            "outcome",
            "verdict",
            "part",
            "role",
            "doing",
            "flow",
            "method",
            "screenshot",
            "property",
            "causes",  # words alone, by their type
            "name",
        }
        if not isinstance(value, str) or key in own:
            return value
        turn += 1
        return f"{value} {secrets[turn % len(secrets)]}"

    def leaky(entry: Entry) -> Entry:
        tree = json.loads(entry.model_dump_json())
        names = tree.pop("names", None)
        spoiled = spoilt(tree)
        assert isinstance(spoiled, dict)
        return type(entry).model_validate(spoiled | ({} if names is None else {"names": names}))

    run = run_of(changed(leaky, changed(with_words)))
    for number in range(1, 9):
        told = issue(run, str(number))
        for leak in (
            "abcdef0123456789",
            "ghp_",
            "/home/",
            "41873",
            SESSION,
            "ada",
            socket.gethostname(),
        ):
            assert not re.search(rf"(?<!\w){re.escape(leak)}", told), leak


def ready(entry: Entry) -> Entry:
    """The app says that it is ready, and is not; nothing else is told of the moment itself."""
    entry = with_finding("readiness-visible", evidence=("exchange 49", "it was kept back"))(entry)
    if not isinstance(entry, StepObserved):
        return entry
    seen = entry.observation.model_copy(update={"readiness": {"provider": entry.step != 3}})
    return entry.model_copy(update={"observation": seen})


def test_a_moment_of_which_nothing_is_known_has_no_column(run_of: RunOf) -> None:
    observed = section(issue(run_of(changed(ready))), "Observed")
    assert "|  | before the step | at the end of the step |" in observed
    assert "| shown as ready | provider: pending | provider: ready |" in observed


def test_evidence_that_only_the_harness_understands_is_left_out(run_of: RunOf) -> None:
    observed = section(issue(run_of(changed(ready))), "Observed")
    assert "- it was kept back" in observed
    assert "exchange 49" not in observed
