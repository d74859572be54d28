"""Which places of the web app's sources a flow executes: what it does not, it cannot detect.

A change behaves like the app until its text is executed, so a flow that never does needs no trial.
The browser tells it itself, block by block (Chrome DevTools Protocol, Profiler domain).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page
from pydantic import BaseModel, Field

from harness.gate import PageContext
from harness.gate.browser import GONE_ALREADY
from harness.values import Value

Range = tuple[int, int, bool]  # from, up to, whether it was executed


class Executed(Value):
    """What one flow executes.

    Attributes:
        flow: its name.
        scripts: the path of each script, such as "/src/scope.js", with the ranges of its functions
            and blocks, each time that they were read; the narrowest range around a place counts.
    """

    flow: str
    scripts: dict[str, tuple[tuple[Range, ...], ...]]

    def at(self, path: str, offset: int) -> bool:
        """Whether the place in a script was executed; True where nothing is known of the script."""
        readings = self.scripts.get(path)
        return readings is None or any(_executed(ranges, offset) for ranges in readings)

    def within(self, path: str, start: int, end: int) -> bool:
        """Whether a place from before `start` up to and with `end` was executed; True if not known.

        What is put in between two characters runs where one of them does.
        """
        borders = {
            border
            for ranges in self.scripts.get(path, ())
            for first, last, _ in ranges
            for border in (first, last)
            if start < border <= end
        }
        return any(self.at(path, place) for place in (max(0, start - 1), start, *borders))


def _executed(ranges: Iterable[Range], offset: int) -> bool:
    around = [one for one in ranges if one[0] <= offset < one[1]]
    return bool(around) and min(around, key=lambda one: one[1] - one[0])[2]


class _Part(BaseModel):
    start: int = Field(validation_alias="startOffset")
    end: int = Field(validation_alias="endOffset")
    count: int


class _Function(BaseModel):
    ranges: list[_Part]


class _Script(BaseModel):
    url: str
    functions: list[_Function]


class _Coverage(BaseModel):
    result: list[_Script]


def read_coverage(flow: str, *told: object) -> Executed:
    """Read answers of `Profiler.takePreciseCoverage`; scripts without an address are left out."""
    scripts: dict[str, tuple[tuple[Range, ...], ...]] = {}
    for script in (each for one in told for each in _Coverage.model_validate(one).result):
        if path := urlsplit(script.url).path:
            ranges = tuple(
                (part.start, part.end, part.count > 0)
                for function in script.functions
                for part in function.ranges
            )
            scripts[path] = (*scripts.get(path, ()), ranges)
    return Executed(flow=flow, scripts=scripts)


class CoveredPage:
    """A page in a context of its own whose coverage is read: before it closes, and when asked.

    The browser forgets what a page has executed once it is loaded anew, so it must be asked before.

    Args:
        browser: opens it.
    """

    def __init__(self, browser: Browser) -> None:
        self._page = PageContext(browser)
        self._told: list[object] = []
        self._whole = False

    def read(self) -> None:
        """Ask what was executed since it was asked last."""
        self._told.append(_asked(self._profiler, "takePreciseCoverage"))

    def executed(self, flow: str) -> Executed:
        """All that was told, as that of a flow; nothing is known where the end was not told."""
        return read_coverage(flow, *(self._told if self._whole else ()))

    def __enter__(self) -> Page:
        page = self._page.__enter__()
        self._profiler = page.context.new_cdp_session(page)
        _asked(self._profiler, "enable")
        _asked(self._profiler, "startPreciseCoverage", callCount=False, detailed=True)
        return page

    def __exit__(self, *exception: object) -> None:
        try:
            # Where the flow was stopped, or the page is gone, nobody asks what it executed.
            if exception[0] is None:
                with GONE_ALREADY:
                    self.read()
                    self._whole = True
        finally:
            self._page.__exit__(*exception)


def _asked(profiler: CDPSession, method: str, **how: bool) -> object:
    # Playwright leaves the types of the protocol open.
    return profiler.send(f"Profiler.{method}", how)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
