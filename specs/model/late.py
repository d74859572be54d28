"""Flows in which an answer comes late, for the specs of several rules."""

from harness.actions import (
    AnyAction,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenReview,
    OpenSession,
    Release,
    Restore,
    Revert,
    SendPrompt,
)
from harness.observations import Exchange, Observation, RequestScope
from harness.trace import Trace
from specs.model.conftest import HERE, Made

Steps = tuple[tuple[AnyAction, Observation], ...]
ASK = SendPrompt(text="Say it.")
TAKE_BACK = Revert(text=ASK.text)
GO = EnterWorktree(by="move", via="nobody")
BACK = ExitWorktree(by="move", via="nobody")
ALL, LEFT = ("m0", "m1", "a1"), ("m0",)  # the rows before, and while the prompt is taken back
THERE = HERE.model_copy(update={"directory": "/w"})


def stands(
    made: Made, *rows: str, draft: str | None = "", place: str = "/p", **parts: object
) -> Observation:
    """What stands at the end of a step: the record has the prompt, taken back or not."""
    record = made.record(("m0", "before"), ("m1", ASK.text), ("a1", "Done."))
    told = made.signs(draft=draft, execution={"directory": place})
    usual = {"rows": (rows,), "records": (record,), "signs": told}
    return made.still(**{**usual, **parts})


def asking(made: Made, scope: RequestScope = HERE, *, number: int = 5) -> Exchange:
    """The request of a revert."""
    return made.exchange(number, path="/session/ses_1/revert", scope=scope)


def taken_back(
    made: Made, *later: tuple[AnyAction, Observation], fails: bool, asked: Exchange | None
) -> Trace:
    """A prompt is taken back in step 3; the answer is kept back."""
    exchanges = (asked,) if asked else ()
    before: Steps = (
        (OpenSession(), stands(made, *LEFT)),
        (ASK, stands(made, *ALL)),
        (Hold(what="revert", fails=fails), stands(made, *ALL)),
        (TAKE_BACK, stands(made, *LEFT, draft=ASK.text, exchanges=exchanges)),
    )
    return made.trace(*before, *later)


def brought_back(
    made: Made, *later: tuple[AnyAction, Observation], fails: bool, asked: Exchange | None
) -> Trace:
    """A prompt is taken back, and brought back in step 4; that answer is kept back."""
    exchanges = (asked,) if asked else ()
    before: Steps = (
        (OpenSession(), stands(made, *LEFT)),
        (ASK, stands(made, *ALL)),
        (TAKE_BACK, stands(made, *LEFT, draft=ASK.text, exchanges=(asking(made),))),
        (Hold(what="restore", fails=fails), stands(made, *LEFT, draft=ASK.text)),
        (Restore(), stands(made, *ALL, exchanges=exchanges)),
    )
    return made.trace(*before, *later)


def reviewed(made: Made, kind: str, *later: tuple[AnyAction, Observation]) -> Trace:
    """The review is opened in step 2, and asks for what is kept back."""
    still = made.still()
    hold = Hold.model_validate({"what": kind})
    before: Steps = ((OpenSession(), still), (hold, still), (OpenReview(), still))
    return made.trace(*before, *later)


def comes(what: str) -> Release:
    """The answers about something arrive."""
    return Release.model_validate({"what": what})
