"""The form of faults, and what is said of one that does not fit."""

from pathlib import Path

import pytest

from fixtures.faults import Edit, Fault, FaultError, catalogue, fault_named, load_fault

SOURCE = "one\ntwo words here\nthree\ntwo\n"


@pytest.fixture
def web(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.js").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def edit(find: str, file: str = "src/a.js") -> Edit:
    return Edit(file=file, find=find, replace="x")


def test_a_text_that_occurs_once_applies(web: Path) -> None:
    assert edit("three").problem(web) is None
    assert edit("words here\nthree").problem(web) is None


def test_a_text_that_is_not_there_is_told_with_the_nearest_line(web: Path) -> None:
    said = edit("two wards here").problem(web)
    assert said == "“two wards here” is not in src/a.js; nearest is line 2: “two words here”"


def test_white_space_is_told_as_such(web: Path) -> None:
    assert (edit("\n\n").problem(web) or "").startswith("“white space” is not in src/a.js")


def test_a_text_of_several_lines_is_compared_as_several(web: Path) -> None:
    said = edit("threee\ntwo\n").problem(web)
    assert said is not None
    assert said.endswith("nearest is line 3: “three”")


def test_a_text_is_placed_as_a_browser_counts(web: Path) -> None:
    (web / "src" / "a.js").write_text("// \N{PARTY POPPER}\ntwo\n", encoding="utf-8")
    assert edit("two").span(web) == (6, 9)


@pytest.mark.parametrize(
    ("find", "replace", "span"),
    [
        ("words here", "words there", (14, 14)),
        ("words here", "wards here", (9, 10)),
        ("words here", "words", (13, 18)),
        ("words here", "some words here", (8, 8)),
        ("words here", "", (8, 18)),
    ],
    ids=["put in", "changed", "left out", "put before", "gone"],
)
def test_only_what_differs_is_placed(
    web: Path, find: str, replace: str, span: tuple[int, int]
) -> None:
    assert Edit(file="src/a.js", find=find, replace=replace).span(web) == span


def test_a_text_that_occurs_twice_is_told_with_its_lines(web: Path) -> None:
    assert edit("two").problem(web) == "“two” occurs 2 times in src/a.js (lines 2, 4), not once"


def test_a_file_that_the_app_lacks_is_named(web: Path) -> None:
    assert edit("one", "src/b.js").problem(web) == "the web app has no file src/b.js"


def test_a_fault_tells_the_first_edit_that_does_not_apply(web: Path) -> None:
    edits = (edit("one"), edit("four"))
    fault = Fault(id="f", title="t", property="send-once", edits=edits)
    assert "“four” is not in" in (fault.problem(web) or "")


@pytest.mark.parametrize("file", ["/etc/passwd", "../server/main.py"])
def test_a_file_outside_the_app_is_refused(file: str) -> None:
    with pytest.raises(ValueError, match="relative to the web app"):
        edit("one", file)


@pytest.mark.parametrize("fault", catalogue(), ids=lambda fault: fault.id)
def test_every_fault_of_the_catalogue_applies_to_the_source_as_it_is(fault: Fault) -> None:
    assert fault.problem() is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "is no TOML"),
        ('title = "t"\nproperty = "send-once"', "is no fault: edits: Field required"),
        ('title = "t"\nproperty = "p"\nedits = []\nmore = 1', "is no fault"),
    ],
)
def test_a_file_that_is_no_fault_is_told_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultError, match=said):
        load_fault(path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(FaultError, match="is no TOML"):
        load_fault(path)


def test_an_unknown_fault_names_the_command_that_lists_them() -> None:
    with pytest.raises(FaultError, match="harness faults"):
        fault_named("no-such-fault")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultError, match="cannot read the fault"):
        load_fault(tmp_path / "none.toml")
