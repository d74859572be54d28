"""Whether a page has what the target says that its pages have."""

import time

from harness.errors import HookError
from harness.probe.recorder import Recorder


def ensure_hooks(recorder: Recorder, deadline_s: float) -> None:
    """Wait until the page has every element that the recorder watches.

    Raises:
        HookError: some are not there at the deadline; the message names them.
    """
    until = time.monotonic() + deadline_s
    while missing := recorder.missing_hooks():
        left = until - time.monotonic()
        if left <= 0:
            raise HookError(
                f"the page has no {' and no '.join(missing)}:"
                " this release of the app is built in another way than the target knows"
            )
        recorder.wait_quiet(left * 1000)
