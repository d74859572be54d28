"""What the recorder costs a page: time a frame and heap, measured on a page that keeps moving."""

from collections.abc import Callable
from typing import Final, cast

from playwright.sync_api import Browser, Page, Route
from pydantic import JsonValue

from harness.probe.hooks import Hooks, NodeRule, RowRule
from harness.probe.recorder import Recorder
from harness.values import Value

_HOOKS: Final = Hooks(
    timeline=NodeRule(css='[data-component="timeline"]'),
    viewport=NodeRule(css="[data-row]", closest=".viewport"),
    composer=NodeRule(css='[data-component="composer"]'),
    rows=RowRule(css="[data-row]", key="data-row"),
)
_ADDRESS: Final = "http://bench.test/"
_PAGE: Final = """<!doctype html><style>.viewport { height: 600px; overflow: auto }</style>
<div class="viewport"><div data-component="timeline"></div></div>
<textarea data-component="composer"></textarea>
<script>
  const viewport = document.querySelector(".viewport");
  const timeline = viewport.firstChild;
  const fill = (count) => {
    for (let i = 0; i < count; i++) {
      const row = document.createElement("article");
      row.dataset.row = `message-${i}`;
      row.innerHTML = "<header><b>role</b> <time>now</time></header>"
        + "<p>some <em>words</em> of <code>text</code></p>".repeat(4);
      timeline.append(row);
    }
  };
  // Every frame moves the reader, streams a word, and every tenth adds an element.
  const move = (frames) => new Promise((done) => {
    const last = timeline.lastChild;
    const frame = (n) => {
      if (n === frames) return done();
      viewport.scrollTop = (n * 37) % (viewport.scrollHeight - 600);
      last.append(n % 10 ? "word " : document.createElement("p"));
      requestAnimationFrame(() => frame(n + 1));
    };
    requestAnimationFrame(() => frame(0));
  });
</script>"""


class RecorderCost(Value):
    """The figures of one measurement."""

    rows: int
    frames: int  # sampled
    ms_per_frame: float  # observing mutations included
    heap_bytes: int  # of the page: with a recorder that holds all frames, minus without


def measure_recorder(browser: Browser, *, rows: int = 100, frames: int = 300) -> RecorderCost:
    """Measure the recorder on a page that scrolls and streams text in every frame.

    Args:
        browser: a Chromium; one context each for the page with and without recorder.
        rows: how many messages the page holds.
        frames: how many frames it moves; at 60 a second, 300 take five seconds.
    """
    with browser.new_context() as context:
        page = _open(context.new_page(), rows)
        bare = _heap_after(page, frames)
    with browser.new_context() as context:
        page = context.new_page()
        recorder = Recorder(page, _HOOKS)
        _open(page, rows)
        recorder.begin(0)
        full = _heap_after(page, frames)
        capture = recorder.drain(1)
    return RecorderCost(
        rows=rows,
        frames=capture.sampled,
        ms_per_frame=capture.cost_ms / capture.sampled,
        heap_bytes=full - bare,
    )


def _open(page: Page, rows: int) -> Page:
    page.route(f"{_ADDRESS}**", _answer)
    page.goto(_ADDRESS)
    page.evaluate("(count) => fill(count)", rows)
    return page


def _answer(route: Route) -> None:
    route.fulfill(body=_PAGE, content_type="text/html")


def _heap_after(page: Page, frames: int) -> int:
    page.evaluate("(frames) => move(frames)", frames)
    session = page.context.new_cdp_session(page)
    # Playwright leaves the type of the protocol's answers open.
    ask = cast("Callable[[str], dict[str, JsonValue]]", session.send)  # pyright: ignore[reportUnknownMemberType]
    ask("HeapProfiler.collectGarbage")
    return round(float(str(ask("Runtime.getHeapUsage")["usedSize"])))
