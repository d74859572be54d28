"""One step: perform the action, come to rest, observe."""

import time

from harness.observations import Capture, Observation, Screen, Settled
from harness.probe.wire import Wire
from harness.runner.verdicts import FAILURES, Ended, ending
from harness.targets.protocol import Deed, Stage


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

    def perform(self, deed: Deed, next_step: int) -> tuple[Observation, Ended | None]:
        """Do one action and observe it, also when it failed.

        Raises:
            Ended: nothing could be observed any more.
        """
        began = time.monotonic()
        failure: Ended | None = None
        try:
            self._stage.perform(deed)
            moving = (*self._stage.await_effect(deed, self._stage.patience_s), *self._moving(deed))
        except FAILURES as error:
            failure = self._ending(error, deed)
            moving = (str(failure),)
        took = (time.monotonic() - began) * 1000
        settled = Settled(quiet=not moving, took_ms=took, moving=moving)
        try:
            return self._observation(deed, next_step, settled), failure
        except FAILURES as error:
            raise failure or self._ending(error, deed) from error

    def _moving(self, deed: Deed) -> tuple[str, ...]:
        """Wait until network and page are at rest at once; what still moved at the deadline."""
        until = time.monotonic() + self._stage.patience_s
        moving: tuple[str, ...] = ("requests kept coming",)
        open_still = self._stage.stays_open if deed.after.running else None
        while (left := until - time.monotonic()) > 0:
            mark = self._wire.mark()
            moving = (
                *self._wire.wait_quiet(left, open_still),
                *deed.recorder.wait_quiet(left * 1000, empty=not deed.after.readiness.cache),
            )
            if not moving and self._wire.mark() == mark:
                return ()
        return moving

    def _ending(self, error: Exception, deed: Deed) -> Ended:
        return ending(error, deed.page, self._stage.died(), deed.action.name)

    def _observation(self, deed: Deed, next_step: int, settled: Settled) -> Observation:
        record = self._stage.record(deed)
        capture = deed.recorder.drain(next_step)
        unsent = self._stage.unsent(deed.page)
        shown = self._stage.readiness(deed.page)
        exchanges, events = self._wire.drain()
        lost, self._lost = self._wire.lost - self._lost, self._wire.lost
        errors = tuple(self._page_errors)
        self._page_errors.clear()
        return Observation(
            capture=capture.model_copy(update={"lost": capture.lost + lost}),
            exchanges=exchanges,
            prompts=self._stage.prompts(exchanges),
            unsent=unsent,
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
