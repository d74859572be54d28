"""What somebody's own class raises is said of that class, not of the harness or the app."""

import functools
import inspect
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from playwright.sync_api import Error as PlaywrightError

from harness.errors import HarnessError, HookError
from harness.targets.own.app import OwnApp

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
# What an `OwnApp` is asked in a run.
ASKED = (
    "seed",
    "address",
    "move",
    "say",
    "works_in",
    "messages",
    "told",
    "prompt",
    "send",
    "turn",
    "forget",
)


def guard(app: OwnApp) -> None:
    """From now on each method of the class that fails says where, as a `HookError`."""
    kind = type(app)
    file = inspect.getsourcefile(kind) or ""
    for name in ASKED:
        setattr(app, name, _guarded(f"{kind.__name__}.{name}", file, getattr(app, name)))


def _guarded(name: str, file: str, method: Callable[Given, Answer]) -> Callable[Given, Answer]:
    @functools.wraps(method)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        try:
            return method(*args, **kwargs)
        except (HarnessError, PlaywrightError):
            raise
        except Exception as error:
            lines = [
                at.lineno for at in traceback.extract_tb(error.__traceback__) if at.filename == file
            ]
            where = f", {Path(file).name}, line {lines[-1]}" if lines else ""
            said = f"{type(error).__name__}: {error}".rstrip(": ")
            raise HookError(
                f"{name}{where}, failed with {said}: see what the app answers there, and mend it"
            ) from error

    return asked
