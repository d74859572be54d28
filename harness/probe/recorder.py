"""The Python side of the recorder: put it into a page, ask it, drain it."""

import json
import time
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final, NamedTuple

from playwright.sync_api import Error, Page
from pydantic import JsonValue, TypeAdapter

from harness.observations import Capture, Frame
from harness.probe.documents import Documents, Held
from harness.probe.hooks import Hooks
from harness.values import Value

CAPACITY: Final = 4096

_NAME: Final = "__scopeRecorder"
_FLUSH: Final = "__scopeRecorderFlush"
_ASK: Final = f"([name, wish]) => window.{_NAME} ? window.{_NAME}[name](wish) : null"
_NAMES: Final = TypeAdapter(tuple[str, ...])
_REST: Final = TypeAdapter(dict[str, tuple[str, ...]])


class RecorderError(Exception):
    """The recorder is not in the page, or failed there; what it says is no longer complete."""


class Rest(NamedTuple):
    """How a page came to rest.

    Attributes:
        moving: what still moved at the deadline.
        untold: the names of the signs that say otherwise than was wanted.
    """

    moving: tuple[str, ...]
    untold: tuple[str, ...]


class _Answer(Value):
    value: JsonValue
    errors: tuple[str, ...]


def script(hooks: Hooks, capacity: int = CAPACITY) -> str:
    """Return the init script that records a page with these hooks."""
    source = files("harness.probe").joinpath("recorder.js").read_text(encoding="utf-8")
    config = {
        "name": _NAME,
        "flush": _FLUSH,
        "capacity": capacity,
        "hooks": hooks.model_dump(),
    }
    return source.replace('"CONFIG"', json.dumps(config))


class Recorder:
    """Watches one page, frame by frame, over all the documents that it shows.

    Make it before the page opens its first address. The recorder runs in the top frame only.

    Args:
        page: the page to watch.
        hooks: where the app keeps its timeline, viewport, composer and rows.
        capacity: how many distinct frames are held between two drains; of mounts, shifts, scroll
            writes and long tasks a quarter of it each, of row changes an eighth.
    """

    def __init__(self, page: Page, hooks: Hooks, *, capacity: int = CAPACITY) -> None:
        self._page = page
        self._hooks = hooks
        self._documents = Documents()
        self._left: list[_Answer] = []  # what documents gave out as they were left
        self._step = 0
        # Playwright leaves the type of the callback's result open.
        page.expose_binding(_FLUSH, self._keep)  # pyright: ignore[reportUnknownMemberType]
        page.add_init_script(script(hooks, capacity))

    def begin(self, step: int = 0) -> None:
        """Start at `step` and forget what was recorded before; no page need be open yet.

        Raises:
            RecorderError: the recorder failed in the page before this.
        """
        self.drain(step)

    def drain(self, next_step: int) -> Capture:
        """Take all that was recorded; what comes from now on belongs to `next_step`.

        Layout shifts and long tasks that the browser reports late come with the next drain and
        carry the step in which they happened.

        Raises:
            RecorderError: the recorder failed in the page.
        """
        asked = self._ask("drain", {"step": self._step, "next": next_step})
        answers = [*self._left, *([asked] if asked else [])]
        self._left.clear()
        step, self._step = self._step, next_step
        errors = [error for answer in answers for error in answer.errors]
        if errors:
            raise RecorderError(f"the recorder failed in the page: {'; '.join(errors)}")
        return self._documents.capture([Held.model_validate(a.value) for a in answers], step)

    def wait_quiet(
        self,
        deadline_ms: float,
        *,
        frames: int = 3,
        tolerance: float = 0.5,
        empty: bool = False,
    ) -> tuple[str, ...]:
        """Wait until `frames` consecutive frames are alike; say what still moved at the deadline.

        Alike: the same nodes, row keys and first visible message, the same text in the last row,
        and positions and heights within `tolerance` pixels. A page without rows must stay so for
        longer, unless it is known to be `empty` for now.

        Raises:
            RecorderError: the recorder is not in the page.
        """
        return self.wait_rest(deadline_ms, frames=frames, tolerance=tolerance, empty=empty).moving

    def wait_rest(  # noqa: PLR0913  what rest is, and what is to be told before it
        self,
        deadline_ms: float,
        *,
        wanted: Mapping[str, JsonValue] | None = None,
        telling_ms: float = 0.0,
        frames: int = 3,
        tolerance: float = 0.5,
        empty: bool = False,
    ) -> Rest:
        """Wait until the app tells of itself what is wanted, then as `wait_quiet` does.

        Args:
            deadline_ms: for all of it.
            wanted: by the names of signs; of an object all that is wanted must be there, and more
                may be.
            telling_ms: how long that is waited for; the page may be at rest without it.
            frames: as `wait_quiet` has it.
            tolerance: as `wait_quiet` has it.
            empty: as `wait_quiet` has it.

        Raises:
            RecorderError: the recorder is not in the page.
        """
        wish: dict[str, JsonValue] = {
            "frames": frames,
            "tolerance": tolerance,
            "empty": empty,
            "wanted": dict(wanted or {}),
            "telling": telling_ms,
        }
        return Rest(**_REST.validate_python(self._wait("wait_rest", deadline_ms, wish)))

    def wait_shown(
        self, *, keys: Sequence[str] = (), texts: Sequence[str] = (), deadline_ms: float
    ) -> tuple[str, ...]:
        """Wait until rows with all these keys and texts were painted; return what is missing.

        A text is found in a row that contains it, runs of white space counting as one space.

        Raises:
            RecorderError: the recorder is not in the page.
        """
        wish: dict[str, JsonValue] = {"keys": list(keys), "texts": list(texts)}
        return _NAMES.validate_python(self._wait("wait_shown", deadline_ms, wish))

    def look(self, deadline_ms: float, *, frames: int = 3) -> Frame:
        """Wait until the page is at rest, or for the deadline; answer with the frame of then.

        The frame stays to be drained; its node identities are those of its document alone.

        Raises:
            RecorderError: the recorder is not in the page, failed there, or no frame came.
        """
        self.wait_quiet(deadline_ms, frames=frames)
        answer = self._ask("look", {})
        if answer is None or not isinstance(answer.value, dict):
            raise RecorderError(f"no frame of {self._page.url} came in {deadline_ms / 1000:.0f} s")
        return Frame.model_validate({**answer.value, "step": self._step})

    def missing_hooks(self) -> list[str]:
        """Name what the page lacks now, with its rule: `["composer ([role=textbox])"]`.

        Raises:
            RecorderError: the recorder is not in the page, or a selector is not valid.
        """
        rules = {
            "timeline": self._hooks.timeline,
            "viewport": self._hooks.viewport,
            "composer": self._hooks.composer,
            "rows": self._hooks.rows,
        }
        names = _NAMES.validate_python(self._value(self._ask("missing_hooks", {})))
        return [f"{name} ({rules[name].describe()})" for name in names]

    def _wait(self, name: str, deadline_ms: float, wish: Mapping[str, JsonValue]) -> JsonValue:
        # A new document answers for what is left of the time.
        end = time.monotonic() + deadline_ms / 1000
        while True:
            left = max(0.0, (end - time.monotonic()) * 1000)
            try:
                return self._value(self._evaluate(name, {**wish, "deadline": left}))
            except Error as error:
                if not _left_its_document(error):
                    raise

    def _ask(self, name: str, wish: Mapping[str, JsonValue]) -> _Answer | None:
        while True:
            try:
                return self._evaluate(name, wish)
            except Error as error:
                if not _left_its_document(error):
                    raise

    def _evaluate(self, name: str, wish: Mapping[str, JsonValue]) -> _Answer | None:
        answer = self._page.evaluate(_ASK, [name, dict(wish)])
        return None if answer is None else _Answer.model_validate_json(answer)

    def _value(self, answer: _Answer | None) -> JsonValue:
        if answer is None:
            raise RecorderError(
                f"the recorder is not in {self._page.url}: make it before the page opens an address"
            )
        if answer.errors:
            raise RecorderError(f"the recorder failed in the page: {'; '.join(answer.errors)}")
        return answer.value

    def _keep(self, _source: object, answer: str) -> None:
        self._left.append(_Answer.model_validate_json(answer))


def _left_its_document(error: Error) -> bool:
    """Say whether a navigation cut the question short: its document gave out what it held."""
    return "context was destroyed" in error.message
