"""What a reviewer does in the report: filter, go from finding to finding, copy, link a place."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from reports import write_reports
from specs.reports.axe import serious
from specs.reports.conftest import Opened, run_in
from specs.reports.packing_spec import long_run
from specs.reports.sample_journals import failing_run

Open = Callable[..., Opened]
FLOWS = "details.flow:not([hidden])"
BREAKS = ".break:not([hidden])"
# At each scroll event: whether what the address points to is in sight.
SCROLLS = """globalThis.seen = []; addEventListener("scroll", () => {
    const at = document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top;
    seen.push(at > -5 && at < innerHeight); })"""
# One flow with all that it has, for the others are made alike and axe reads every element.
OPEN = """for (const one of document.querySelectorAll("details"))
    one.open = one.closest("#flow-1, .break:first-of-type") !== null"""


@pytest.fixture(scope="module", name="file")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(run_in(tmp_path_factory.mktemp("run"), failing_run())).html


@pytest.fixture(scope="module", name="shared")
def _shared(browser: Browser, file: Path) -> Iterator[Opened]:
    context = browser.new_context(
        offline=True, reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
    )
    yield Opened(context, file, scripted=True)
    context.close()


@pytest.fixture(name="at")
def _at(shared: Opened) -> Callable[[str], Page]:
    """Goes to a place of the one page that these specs share."""

    def go(place: str) -> Page:
        shared.page.evaluate("(place) => { location.hash = place; }", place or "#")
        return shared.page

    return go


def counted(page: Page) -> tuple[int, int]:
    return page.locator(FLOWS).count(), page.locator(BREAKS).count()


def test_all_is_shown_until_something_is_asked_for(at: Callable[[str], Page]) -> None:
    assert counted(at("")) == (4, 2)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("verdict=pass", (2, 0)),
        ("verdict=violated", (2, 2)),
        ("rule=send-once", (4, 0)),
        ("verdict=violated&rule=send-once", (2, 0)),
        ("flow=round-trip-by-tools-history", (1, 1)),
        ("flow=round-trip-by-tools-bottom&verdict=violated", (0, 0)),
        ("q=stickToBottom", (2, 2)),
        ("q=ROWS+fell+82", (0, 2)),
        ("q=nowhere+at+all", (0, 0)),
    ],
)
def test_a_link_shows_what_it_asks_for(
    asked: str, shown: tuple[int, int], at: Callable[[str], Page]
) -> None:
    page = at(asked)
    flows, breaks = shown
    expect(page.locator(FLOWS)).to_have_count(flows)
    expect(page.locator(BREAKS)).to_have_count(breaks)


def test_what_is_chosen_stands_in_the_address(at: Callable[[str], Page]) -> None:
    page = at("")
    page.locator("body").press("/")
    page.keyboard.type("fell")
    page.locator("#filter select[name=verdict]").select_option("violated")
    assert page.evaluate("location.hash") == "#q=fell&verdict=violated"
    assert counted(page) == (0, 2)
    first = "round-trip-by-tools-history"
    page.locator("#filter select[name=flow]").select_option(first)
    assert page.evaluate("location.hash") == f"#q=fell&verdict=violated&flow={first}"
    assert counted(page) == (0, 1)
    page.locator("#filter button").click()
    expect(page.locator(FLOWS)).to_have_count(4)
    assert page.evaluate("location.hash") == ""


def test_n_and_p_go_from_finding_to_finding(at: Callable[[str], Page]) -> None:
    page = at("")
    page.evaluate("document.activeElement.blur()")
    for key, number in (("n", 1), ("n", 2), ("n", 3), ("p", 2)):
        page.keyboard.press(key)
        expect(page.locator(f"#finding-{number}")).to_be_focused()


def test_f_goes_to_the_finding_in_the_frames(at: Callable[[str], Page]) -> None:
    page = at("#flow-1")
    scrubber = page.locator("#flow-1 input[type=range]")
    scrubber.press("Home")
    scrubber.press("f")
    assert "step 4 agent exits the worktree" in page.locator("#flow-1 output").inner_text()
    assert page.evaluate("location.hash") == "#flow-1&at=3503"


def test_a_frame_is_linked(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(f"{file.as_uri()}#flow-2&at=1200")
    words = page.locator("#flow-2 output")
    words.wait_for()
    assert words.inner_text().startswith("1.1")
    page.close()


def test_the_issue_and_the_command_are_copied(at: Callable[[str], Page]) -> None:
    page = at("")
    first = page.locator(".break").first
    for summary, copied in (
        ("run it again", "harness gate --target reference --fault timeline-keyed-by-directory"),
        ("as an issue", "## Expected"),
    ):
        first.get_by_text(summary, exact=True).click()
        first.locator("details[open] button.copy").last.click()
        expect(first.locator("details[open] button.copy").last).to_have_text("copied")
        text = page.evaluate("navigator.clipboard.readText()")
        assert copied.split("--fault")[0].strip() in text
        first.get_by_text(summary, exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    scheme: Literal["light", "dark"], at: Callable[[str], Page]
) -> None:
    page = at("")
    page.emulate_media(color_scheme=scheme)
    page.evaluate(OPEN)
    assert serious(page) == []


def test_the_first_jump_is_made_at_once(browser: Browser, file: Path) -> None:
    context = browser.new_context(offline=True, reduced_motion="no-preference")
    context.add_init_script(SCROLLS)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#flow-3-step-4")
    page.locator("html[data-whole]").wait_for(state="attached")
    expect(page.locator("#flow-3-step-4")).to_be_in_viewport()
    assert page.evaluate("seen[0]")
    page.evaluate("seen.length = 0; location.hash = '#flow-1-step-1'")
    expect(page.locator("#flow-1-step-1")).to_be_in_viewport()
    assert not page.evaluate("seen[0]")  # from then on one sees the page move
    context.close()


def test_much_that_broke_is_told_in_short_first(tmp_path: Path, open_report: Open) -> None:
    page = open_report(write_reports(run_in(tmp_path, long_run(5, broken=4))).html).page
    lines = page.locator(".digest li").all_inner_texts()
    assert len(lines) == 4
    assert lines[0].splitlines()[0].startswith("timeline-mounted 4 findings in 4 flows")
    assert "first in step 4 “agent exits the worktree”" in lines[0]
    page.locator(".digest a").nth(1).press("Enter")
    page.wait_for_function("document.activeElement.id === 'finding-2'")
    few = open_report(write_reports(run_in(tmp_path / "few", failing_run())).html).page
    assert few.locator(".digest").count() == 0
