"""The harness's ear on a server's events, also when the server hangs up."""

import json
from collections.abc import Iterator

import pytest

from fixtures.upstream import Rig, rigged
from harness.errors import AppError
from harness.targets.family.event_tap import EventTap


@pytest.fixture(name="rig")
def _rig() -> Iterator[Rig]:
    with rigged() as rig:
        yield rig


@pytest.fixture(name="tap")
def _tap(rig: Rig) -> Iterator[EventTap]:
    tap = EventTap(rig.loop, rig.upstream.url, "/events")
    yield tap
    tap.close()


def told(kind: str, **properties: str) -> bytes:
    event = {"directory": "/p", "payload": {"type": kind, "properties": properties}}
    return f"data: {json.dumps(event)}\n\n".encode()


def test_the_end_of_a_turn_is_heard(rig: Rig, tap: EventTap) -> None:
    rig.upstream.push(told("session.idle", sessionID="s"))
    assert tap.wait_ended("s", 0, 10)
    assert tap.ended("s") == 1
    assert not tap.wait_ended("s", 1, 0)


def test_a_server_that_hangs_up_is_not_waited_for(rig: Rig, tap: EventTap) -> None:
    rig.upstream.push(told("session.idle", sessionID="s"))
    rig.upstream.push(None)
    for waiting in (
        lambda: tap.wait_ended("s", 1, 60),
        lambda: tap.wait_over_or_failing("other", 0, 60),
        lambda: tap.wait_ready("/w", 60),
    ):
        with pytest.raises(AppError, match=r"the app closed its event stream at .*/events"):
            waiting()
    assert tap.wait_ended("s", 0, 60)  # what was heard before stands
