"""One step: perform the action, come to rest, observe."""

import time
from collections.abc import Mapping

from pydantic import JsonValue

from harness.observations import Capture, Observation, Screen, Settled
from harness.probe.wire import CONNECTIONS, Wire
from harness.runner.verdicts import FAILURES, Ended, ending
from harness.targets.protocol import Deed, Stage

DOUBT_S = 0.5


class Stepper:
    """Performs the steps of one flow.

    Args:
        stage: the app.
        wire: its traffic.
        page_errors: filled by the page with exceptions that the app did not catch.
    """

    def __init__(self, stage: Stage, wire: Wire, page_errors: list[str]) -> None:
        self._stage = stage
        self._wire = wire
        self._page_errors = page_errors
        self._lost = wire.lost
        self._agreed = True

    def perform(self, deed: Deed, next_step: int) -> tuple[Observation, Ended | None]:
        """Do one action and observe it, also when it failed.

        Raises:
            Ended: nothing could be observed any more.
        """
        began = time.monotonic()
        failure: Ended | None = None
        try:
            self._stage.perform(deed)
            missing = self._stage.await_effect(deed, self._stage.patience_s)
            # Where something is missing, the app cannot have told of it.
            wanted = None if missing else self._stage.expected(deed)
            moving = (*missing, *self._moving(deed, wanted))
        except FAILURES as error:
            failure = self._ending(error, deed)
            moving = (str(failure),)
        if moving or not self._agreed:
            self._ensure_room(failure)
        took = (time.monotonic() - began) * 1000
        settled = Settled(quiet=not moving, took_ms=took, moving=moving)
        try:
            return self._observation(deed, next_step, settled), failure
        except FAILURES as error:
            raise failure or self._ending(error, deed) from error

    def _moving(self, deed: Deed, wanted: Mapping[str, JsonValue] | None) -> tuple[str, ...]:
        """Wait until network and page are at rest at once; what still moved at the deadline.

        What the app does not come to tell of itself is no motion: the properties judge it.
        """
        until = time.monotonic() + self._stage.patience_s
        moving: tuple[str, ...] = ("requests kept coming",)
        open_still = self._stage.stays_open if deed.after.running else None
        empty = not deed.after.readiness.cache
        telling_s = self._telling_s() if wanted else 0.0
        while (left := until - time.monotonic()) > 0:
            mark = self._wire.mark()
            busy = self._wire.wait_quiet(left, open_still)
            rest = deed.recorder.wait_rest(
                (left + telling_s) * 1000, wanted=wanted, telling_ms=telling_s * 1000, empty=empty
            )
            if wanted:
                self._agreed = not rest.untold
                until += telling_s
                wanted, telling_s = None, 0.0
            moving = (*busy, *rest.moving)
            if not moving and self._wire.mark() == mark:
                return ()
        return moving

    def _telling_s(self) -> float:
        """Where the app has once not agreed, the flow has its finding: it is soon doubted."""
        stage = self._stage
        return (stage.telling_s or stage.patience_s) if self._agreed else DOUBT_S

    def _ensure_room(self, failure: Ended | None) -> None:
        """A page whose next question waits in the browser is not to be judged by what it lacks.

        Raises:
            Ended: the network keeps back as much as the browser asks at once.
        """
        if failure and failure.verdict != "inconclusive":
            return
        for server in self._wire.crowded():
            raise Ended(
                "inconclusive",
                f"the network keeps back so many answers of “{server}” that the browser asks it"
                f" nothing more (at most {CONNECTIONS} questions at once): release some before",
            )

    def _ending(self, error: Exception, deed: Deed) -> Ended:
        return ending(error, deed.page, self._stage.died(), deed.action.name)

    def _observation(self, deed: Deed, next_step: int, settled: Settled) -> Observation:
        record = self._stage.record(deed)
        capture = deed.recorder.drain(next_step)
        shown = self._stage.readiness(capture)
        exchanges, events = self._wire.drain()
        lost, self._lost = self._wire.lost - self._lost, self._wire.lost
        errors = tuple(self._page_errors)
        self._page_errors.clear()
        return Observation(
            capture=capture.model_copy(update={"lost": capture.lost + lost}),
            exchanges=exchanges,
            prompts=self._stage.prompts(exchanges),
            unsent=capture.unsent,
            readiness=shown and shown.told,
            waits_for=shown and shown.waits_for,
            problem=shown and shown.problem,
            screens=self._screens(capture),
            events=events,
            page_errors=errors,
            witnesses=self._stage.witnesses(),
            records=(record,) if record else (),
            settled=settled,
        )

    def _screens(self, capture: Capture) -> tuple[Screen, ...]:
        addresses = (sign for sign in capture.signs if sign.name == "address")
        return tuple(
            Screen(t=sign.t, scope=self._stage.on_screen(str(sign.value))) for sign in addresses
        )
