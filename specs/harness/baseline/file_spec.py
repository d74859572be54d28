"""The file of a baseline: what it looks like, and what is said of one that is wrong."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.baseline import Baseline, load_baseline, write_baseline
from harness.errors import UsageError
from harness.journal import Acceptance
from specs.harness.baseline.made import LATER, REMOVED, REPLACED, RULE, accepting, baseline

ENTRY = {
    "flow": '"f"',
    "property": '"timeline-mounted"',
    "causes": '["timeline replaced after reload"]',
    "reason": '"known"',
    "until": "2027-01-31",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "known.toml"


def entry(**changes: str) -> str:
    lines = (f"{name} = {value}" for name, value in {**ENTRY, **changes}.items() if value)
    return "\n".join(("[[accepted]]", *lines, ""))


def written(file: Path, *parts: str) -> Path:
    file.write_text("\n".join(("schema_version = 1", 'target = "reference"', *parts)), "utf-8")
    return file


def refusal(file: Path) -> str:
    with pytest.raises(UsageError) as error:
        load_baseline(file)
    return str(error.value).replace(str(file), "FILE")


def test_it_explains_itself_and_has_an_entry_for_each_reason(file: Path) -> None:
    late = LATER + timedelta(days=1)
    held = (
        accepting(REMOVED),
        accepting(REPLACED),
        accepting("viewport replaced after reload", until=late),
    )
    write_baseline(file, baseline(*held))
    text = file.read_text("utf-8")
    assert text.startswith("# Findings that are accepted for a while; everything else fails:")
    _, _, body = text.partition("\n\n")
    assert (
        body
        == """\
schema_version = 1
target = "reference"

[[accepted]]
flow = "round-trip-in-place-history"
property = "timeline-mounted"
causes = [
    "composer removed after the second send-prompt",
    "timeline replaced after enter-worktree",
]
reason = "known"
until = 2026-12-25

[[accepted]]
flow = "round-trip-in-place-history"
property = "timeline-mounted"
causes = [
    "viewport replaced after reload",
]
reason = "known"
until = 2026-12-26
"""
    )


def test_the_same_acceptances_make_the_same_file_in_any_order(file: Path) -> None:
    held = [accepting(REMOVED), accepting(REPLACED), accepting(rule="send-once")]
    texts: set[str] = set()
    for accepted in (held, held[::-1]):
        write_baseline(file, baseline(*accepted))
        texts.add(file.read_text("utf-8"))
    assert len(texts) == 1


@given(
    st.lists(
        st.builds(
            accepting,
            st.sampled_from((REPLACED, REMOVED)),
            rule=st.sampled_from(("send-once", RULE)),
            flow=st.text(min_size=1),
            reason=st.text(min_size=1),
            until=st.dates(),
        ),
        unique_by=lambda each: (each.flow, each.property, each.cause),
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, held: list[Acceptance]
) -> None:
    file = tmp_path_factory.mktemp("baseline") / "known.toml"
    write_baseline(file, baseline(*held))
    assert set(load_baseline(file).accepted) == set(held)


def test_a_day_may_stand_in_quotes(file: Path) -> None:
    read = load_baseline(written(file, entry(until='"2027-01-31"')))
    assert [str(each.until) for each in read.accepted] == ["2027-01-31"]


def test_an_empty_baseline_accepts_nothing(file: Path) -> None:
    assert load_baseline(written(file)) == Baseline(target="reference")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": "2027-13-01"}, "is no TOML"),
        (
            {"until": '"soon"'},
            "entry 2 (timeline-mounted in f): until: Input should be a valid date",
        ),
        ({"until": "1"}, "entry 2 (timeline-mounted in f): until: Input should be a valid date"),
        ({"until": "2027-01-31T10:00:00"}, "until: Input should be a valid date"),
        ({"reason": ""}, "entry 2 (timeline-mounted in f): reason: Field required"),
        ({"reason": '""'}, "reason: String should have at least 1 character"),
        ({"property": ""}, "entry 2 (no property in f): property: Field required"),
        ({"causes": "[]"}, "causes: Tuple should have at least 1 item"),
        ({"causes": '["moved by 3 px"]'}, "causes: 0: a cause is lower-case words alone"),
        ({"cause": '"x"'}, "entry 2 (timeline-mounted in f): cause: Extra inputs"),
    ],
)
def test_a_wrong_entry_is_named_with_its_remedy(
    file: Path, changes: dict[str, str], said: str
) -> None:
    told = refusal(written(file, entry(flow='"other"'), entry(**changes)))
    assert told.startswith("the baseline FILE ")
    assert said in told
    assert "mend it by hand" in told


def test_an_entry_that_is_none_is_told(file: Path) -> None:
    assert "has a fault in entry 1: Input should be" in refusal(written(file, "accepted = [1]"))


def test_one_cause_in_two_entries_is_refused(file: Path) -> None:
    told = refusal(written(file, entry(), entry(reason='"another"')))
    said = "accepts “timeline replaced after reload” (timeline-mounted in f) 2 times"
    assert told == f"the baseline FILE {said}: leave it in one entry"


def test_a_newer_schema_is_said(file: Path) -> None:
    file.write_text('schema_version = 2\ntarget = "reference"\n', "utf-8")
    assert "is of another schema" in refusal(file)
    assert refusal(file).endswith("upgrade scope-harness")


def test_a_file_without_a_target_is_refused(file: Path) -> None:
    file.write_text("", "utf-8")
    said = "the baseline FILE has a fault: target: Field required; mend it by hand"
    assert refusal(file) == said


def test_what_cannot_be_read_is_said_with_the_remedy(file: Path, tmp_path: Path) -> None:
    remedy = "write one from a run with: harness baseline update RUN --baseline FILE"
    assert refusal(file) == f"there is no baseline FILE: {remedy}"
    assert "cannot read the baseline" in refusal(tmp_path)
    file.write_bytes(b"\xff")
    assert "is no TOML" in refusal(file)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(UsageError, match="name another file with --baseline"):
        write_baseline(tmp_path / "taken", baseline())
    with pytest.raises(UsageError, match="No such file"):
        write_baseline(tmp_path / "none" / "known.toml", baseline())
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_the_file_before_stands_until_the_new_one_is_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_baseline(file, baseline(accepting()))
    before = file.read_bytes()

    def full(*_given: object, **_named: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(UsageError, match="No space left"):
        write_baseline(file, baseline())
    assert file.read_bytes() == before
    assert tomllib.loads(before.decode())["target"] == "reference"
