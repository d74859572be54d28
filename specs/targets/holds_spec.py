"""What is kept back to fail, and what is sent once it has failed."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest

from fixtures.upstream import Rig, rigged
from harness.actions import Hold
from harness.probe.wire import Rule
from harness.targets.family.holds import Holds

PATH = "/session/one/shell"


@pytest.fixture(name="rig")
def _rig() -> Iterator[Rig]:
    with rigged() as rig:
        yield rig


def post(rig: Rig) -> int:
    return httpx.post(f"{rig.base}{PATH}", trust_env=False, timeout=10).status_code


def kept_back(rig: Rig, people: ThreadPoolExecutor, holds: Holds) -> "Future[int]":
    holds.hold(Hold(what="send", fails=True), once=False)
    answer = people.submit(post, rig)
    assert holds.await_held(1)
    return answer


def test_what_is_kept_back_to_fail_fails(rig: Rig) -> None:
    holds = Holds(rig.wire)
    with ThreadPoolExecutor(1) as people:
        answer = kept_back(rig, people, holds)
        assert holds.release("send") == ()
        assert answer.result() == 503
    assert rig.upstream.seen == []


def test_what_is_sent_upon_the_failure_passes(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that hears of the failure may send what waited before the rule is gone."""
    holds = Holds(rig.wire)
    caught = Rule.wait_caught
    next_one: list[int] = []

    def wait_caught(rule: Rule, n: int = 1, timeout: float = 10.0) -> bool:
        done = caught(rule, n, timeout)
        next_one.append(post(rig))
        return done

    monkeypatch.setattr(Rule, "wait_caught", wait_caught)
    with ThreadPoolExecutor(1) as people:
        answer = kept_back(rig, people, holds)
        assert holds.release("send") == ()
        assert (answer.result(), next_one) == (503, [200])
