"""What Playwright records of a replay: a trace of every input, and a video where it can."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize
from playwright.sync_api import Error as PlaywrightError

from harness.gate import PageContext
from harness.journal import FlowRecorded


class RecordedPage(PageContext):
    """A page whose trace, and video, are kept when it is closed.

    Args:
        browser: gets the context.
        viewport: the size of the page.
        flow: the name of the flow, which the files begin with.
        folder: that of the run, where they are kept.
        video: whether to record a video, too: it needs Playwright's ffmpeg.
        emit: is told what was kept.
    """

    def __init__(  # noqa: PLR0913  a recording has as many parts
        self,
        browser: Browser,
        viewport: ViewportSize,
        *,
        flow: str,
        folder: Path,
        video: bool,
        emit: Callable[[FlowRecorded], None],
    ) -> None:
        super().__init__(browser, viewport, videos=folder if video else None)
        self._flow = flow
        self._folder = folder
        self._emit = emit

    def __enter__(self) -> Page:
        self._page = super().__enter__()
        self._context.tracing.start(title=self._flow, screenshots=True, snapshots=True)
        return self._page

    def __exit__(self, *exception: object) -> None:
        trace = self._kept_trace()
        super().__exit__(*exception)
        video = self._kept_video()
        if trace or video:
            self._emit(FlowRecorded(flow=self._flow, trace=trace, video=video))

    def _kept_trace(self) -> str:
        """The name of the file; empty where the browser ended before it could be written."""
        path = self._folder / f"{self._flow}-trace.zip"
        try:
            self._context.tracing.stop(path=path)
        except PlaywrightError:
            return ""
        return path.name

    def _kept_video(self) -> str:
        video = self._page.video
        if video is None:
            return ""
        path = self._folder / f"{self._flow}.webm"
        try:
            Path(video.path()).replace(path)
        except (PlaywrightError, OSError):
            return ""
        return path.name
