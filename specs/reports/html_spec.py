from collections.abc import Callable

import pytest

from reports import write_reports
from specs.reports.conftest import Opened, RunOf
from specs.reports.sample_journals import FLOWS, clean_run, dead_run, failing_run, partial_run

Open = Callable[..., Opened]


@pytest.mark.parametrize("entries", [clean_run, failing_run, dead_run])
def test_it_opens_from_the_disk_without_a_word_and_asks_for_nothing(
    entries: Callable[[], object], run_of: RunOf, open_report: Open
) -> None:
    file = write_reports(run_of(entries())).html  # pyright: ignore[reportArgumentType] - all three are generators of entries
    report = open_report(file)
    assert report.page.locator("h1").is_visible()
    assert report.said == []
    assert [url for url in report.asked if not url.startswith("data:")] == [file.as_uri()]
    assert file.stat().st_size < 2_500_000


def test_the_top_says_what_broke_where_and_with_which_figures(
    run_of: RunOf, open_report: Open
) -> None:
    page = open_report(write_reports(run_of(failing_run())).html).page
    assert page.locator("h1").inner_text() == "4 rules broke in 2 of 4 flows"
    first = page.locator(".break").first
    assert "agent exits the worktree" in first.locator("h3").inner_text()
    sentences = first.locator(".sentence").all_text_contents()
    assert "rows fell from 82 to 10" in sentences
    assert any("3,141 px" in sentence for sentence in sentences)
    notes = first.locator(".note text").all_text_contents()
    assert notes == ["240 → 4 → 2,825", "82 → 0 → 10"]


def test_a_clean_run_says_how_much_was_looked_at(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(clean_run())).html).page
    assert page.locator("h1").inner_text() == "Everything held"
    assert "1,200 frames, 12 prompts and 24 messages" in page.locator(".detail").inner_text()
    assert page.locator(".break").count() == 0
    assert page.locator(".matrix tbody tr").count() == 7
    assert page.locator("td.pass").count() == 28


def test_a_run_that_died_shows_what_there_is(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(dead_run())).html).page
    assert page.locator("h1").inner_text() == "The run did not finish"
    assert "died in step 3" in page.locator(".detail").inner_text()
    assert "the run died in this step" in page.locator("#flow-2-step-3").inner_text()
    assert page.locator(".missing").count() == 2


def test_what_the_app_has_no_way_to_do_stands_beside_the_flows(
    run_of: RunOf, open_report: Open
) -> None:
    page = open_report(write_reports(run_of(partial_run())).html).page
    assert page.locator("#flows-title .count").inner_text() == "4, 3 not applicable"
    told = [text.split() for text in page.locator(".missing").all_inner_texts()]
    assert told[0] == ["-", "not", "applicable", "stream-cut", "it", "has", "no", "queue."]
    assert len(told) == 3


def test_every_finding_is_reached_by_keyboard(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(failing_run())).html).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    wanted, seen = {f"#finding-{number}" for number in range(1, 9)}, set[str]()
    for _ in range(200):
        page.keyboard.press("Tab")
        href = page.evaluate("document.activeElement.getAttribute('href') ?? ''")
        seen.add(str(href))
        if wanted <= seen:
            break
    assert wanted <= seen
    page.locator('#flow-3-step-4 a[href="#finding-7"]').press("Enter")
    page.wait_for_function("document.activeElement.id === 'finding-7'")


def test_a_link_to_a_step_opens_its_flow(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(clean_run())).html).page
    assert not page.locator("#flow-3-step-4").is_visible()
    page.evaluate("location.hash = '#flow-3-step-4'")
    page.wait_for_function("document.activeElement.id === 'flow-3-step-4'")
    assert page.locator("#flow-3-step-4").is_visible()


def test_arrow_keys_go_through_the_frames(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(failing_run())).html).page
    flow = page.locator("#flow-1")
    words = flow.locator("output")
    assert "step 4 agent exits the worktree · scrollTop 4 · 0 rows" in words.inner_text()
    before = flow.locator(".cursor").first.get_attribute("x1")
    flow.locator("input").press("ArrowLeft")
    assert "scrollTop 240 · 82 rows" in words.inner_text()
    assert flow.locator(".cursor").first.get_attribute("x1") != before
    flow.locator("input").press("PageDown")
    assert "step 5 follow-up" in words.inner_text()


def test_dragging_in_the_chart_moves_the_frame_and_its_picture(
    run_of: RunOf, open_report: Open
) -> None:
    page = open_report(write_reports(run_of(failing_run())).html).page
    plot = page.locator("#flow-1 .lane-rows .plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.1, box["y"] + 20)
    assert "step 1 open the long session" in page.locator("#flow-1 output").inner_text()
    shown = page.locator("#flow-1 .follow use").get_attribute("href")
    of_step = page.locator("#flow-1-step-1 use").get_attribute("href")
    assert shown == of_step


def test_it_reads_without_javascript(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(failing_run())).html, javascript=False).page
    assert page.locator(".sentence").count() == 8
    assert page.locator("#flow-1 .trace").first.is_visible()
    assert page.locator("#flow-1-step-4 .shot svg").is_visible()
    assert not page.locator(".scrub").first.is_visible()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_window(width: int, run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(failing_run())).html, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_picture_is_held_once_and_shared(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(clean_run())).html).page
    assert page.locator("image").count() == 10  # twenty steps, two flows look like the other two
    assert page.locator(".step .shot use").count() == 5 * len(FLOWS)


def test_a_picture_grows_on_request_and_closes_again(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(clean_run())).html).page
    page.locator("#flow-1-step-2 .shot").press("Enter")
    assert page.locator("#large").is_visible()
    assert page.locator("#large use").get_attribute("href") == "#shot-2"
    page.keyboard.press("Escape")
    assert not page.locator("#large").is_visible()


def test_print_opens_every_flow(run_of: RunOf, open_report: Open) -> None:
    page = open_report(write_reports(run_of(clean_run())).html).page
    page.emulate_media(media="print")
    assert page.locator("#flow-4-step-5").bounding_box() is not None


def test_no_home_path_is_in_the_page(run_of: RunOf) -> None:
    text = write_reports(run_of(failing_run())).html.read_text("utf-8")
    assert "/home/ada" not in text


def test_pictures_of_other_folders_and_broken_ones_are_left_out(run_of: RunOf) -> None:
    folder = run_of(clean_run())
    (folder / f"{next(iter(FLOWS))}-1.jpg").write_bytes(b"no picture")
    outside = folder.parent / "outside.jpg"
    outside.write_bytes((folder / f"{next(iter(FLOWS))}-2.jpg").read_bytes())
    second = folder / f"{next(iter(FLOWS))}-2.jpg"
    second.unlink()
    second.symlink_to(outside)
    text = write_reports(folder).html.read_text("utf-8")
    steps = text.split('id="flow-1-step-')[1:4]
    assert ['class="shot"' in step for step in steps] == [False, False, True]
