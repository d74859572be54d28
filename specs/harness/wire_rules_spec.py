"""Rules, and waiting for what they do."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest

from fixtures.upstream import SCRIPT, Rig, rigged
from harness.probe.wire import CONNECTIONS, Match, Part, View


@pytest.fixture(name="rig")
def _rig() -> Iterator[Rig]:
    with rigged() as rig:
        yield rig


@pytest.fixture(name="people")
def _people() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as people:
        yield people


def ask(people: ThreadPoolExecutor, rig: Rig, path: str = "/any") -> "Future[httpx.Response]":
    return people.submit(httpx.get, f"{rig.base}{path}", trust_env=False, timeout=10)


def test_six_requests_at_once_are_all_that_a_browser_has_for_a_server(rig: Rig) -> None:
    with ThreadPoolExecutor(CONNECTIONS) as many:
        rule = rig.wire.hold("GET /any")
        answers = [ask(many, rig) for _ in range(CONNECTIONS - 1)]
        assert rig.wire.wait_for(lambda _: rule.held == CONNECTIONS - 1, 10)
        assert rig.wire.crowded() == ()
        answers.append(ask(many, rig))
        assert rig.wire.wait_for(lambda _: rule.held == CONNECTIONS, 10)
        (server,) = rig.wire.crowded()
        assert server == rig.wire.exchanges[0].scope.server_key
        rule.remove()
        assert {answer.result(10).status_code for answer in answers} == {200}
        assert rig.wire.wait_quiet(10) == ()
        assert rig.wire.crowded() == ()


def test_held_request_has_not_reached_the_server(rig: Rig, people: ThreadPoolExecutor) -> None:
    rule = rig.wire.hold("GET /any")
    answer = ask(people, rig)
    assert rule.wait_caught(1, 10)
    assert (rig.upstream.seen, rule.held) == ([], 1)
    assert (rig.wire.quiet(), rig.wire.held()) == ((), ("GET /any",))
    assert rule.release() == 1
    assert answer.result().status_code == 200
    assert rig.wire.wait_quiet(10) == ()
    assert rig.settled()[0].rules == (rule.name,)


def test_held_response_has_left_the_server(rig: Rig, people: ThreadPoolExecutor) -> None:
    rule = rig.wire.hold("GET /any", what="response")
    answer = ask(people, rig)
    assert rule.wait_caught(1, 10)
    assert len(rig.upstream.seen) == 1
    (exchange,) = rig.settled()
    assert (exchange.status, exchange.outcome) == (200, "open")
    assert not answer.done()
    rule.remove()
    assert answer.result().status_code == 200


def test_released_request_moves_from_that_moment(rig: Rig, people: ThreadPoolExecutor) -> None:
    first = rig.wire.hold("/any")
    rig.wire.hold("/any", what="response").remove()
    answer = ask(people, rig)
    assert first.wait_caught(1, 10)
    with rig.wire._log.changed:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] # so that nothing moves between the two lines
        first.release()
        assert rig.wire.quiet() == ("GET /any",)
    answer.result()


def test_release_of_one_lets_the_oldest_go(rig: Rig, people: ThreadPoolExecutor) -> None:
    rule = rig.wire.hold("/any")
    older = ask(people, rig)
    assert rule.wait_caught(1, 10)
    newer = ask(people, rig)
    assert rule.wait_caught(2, 10)
    assert rule.release(1) == 1
    older.result()
    assert (rule.held, newer.done()) == (1, False)
    assert rule.release() == 1
    newer.result()


def test_rule_acts_as_often_as_told(rig: Rig) -> None:
    rule = rig.wire.fail("/any", 418, times=2)
    statuses = [httpx.get(f"{rig.base}/any", trust_env=False).status_code for _ in range(3)]
    assert (statuses, rule.caught) == ([418, 418, 200], 2)


def test_fail_answers_in_the_servers_place(rig: Rig) -> None:
    rig.wire.fail("GET /any", 503, {"name": "Down"}, times=1)
    response = httpx.get(f"{rig.base}/any", trust_env=False)
    assert (response.status_code, response.json()) == (503, {"name": "Down"})
    assert rig.upstream.seen == []
    assert rig.settled()[0].outcome == "failed"


def test_fail_after_the_server_did_its_work(rig: Rig) -> None:
    rig.wire.fail("GET /any", 500, after_server=True)
    assert httpx.get(f"{rig.base}/any", trust_env=False).status_code == 500
    assert len(rig.upstream.seen) == 1
    (seen,) = rig.settled()
    assert (seen.status, seen.server_status, seen.taken) == (500, 200, True)


def test_a_request_that_never_reached_the_server_is_not_taken(rig: Rig) -> None:
    rig.wire.fail("GET /any", 503)
    httpx.get(f"{rig.base}/any", trust_env=False)
    (seen,) = rig.settled()
    assert (seen.status, seen.server_status, seen.taken) == (503, None, False)


@pytest.mark.parametrize(("what", "reached"), [("request", 0), ("response", 1)])
def test_cut_aborts_the_connection(rig: Rig, what: str, reached: int) -> None:
    rig.wire.cut("/any", "request" if what == "request" else "response")
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{rig.base}/any", trust_env=False)
    assert len(rig.upstream.seen) == reached
    assert rig.settled()[0].outcome == "cut"


def test_first_verdict_in_order_of_making_decides(rig: Rig, people: ThreadPoolExecutor) -> None:
    hold = rig.wire.hold("/any")
    rig.wire.fail("/any", 501)
    late = rig.wire.fail("/any", 502)
    answer = ask(people, rig)
    assert hold.wait_caught(1, 10)
    hold.release()
    assert (answer.result().status_code, late.caught) == (501, 0)


def test_delayed_request_moves_until_it_is_through(rig: Rig, people: ThreadPoolExecutor) -> None:
    rule = rig.wire.delay("/any", 0.05)
    answer = ask(people, rig)
    assert rule.wait_caught(1, 10)
    assert rig.wire.wait_for(lambda view: view.exchanges[0].outcome == "done", 10)
    exchange = rig.settled()[0]
    assert exchange.t_response is not None
    assert exchange.t_response - exchange.t_start >= 45
    answer.result()


def test_browser_that_gives_up_on_a_held_request(rig: Rig) -> None:
    rule = rig.wire.hold("/any")
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{rig.base}/any", trust_env=False, timeout=0.05)
    assert rig.wire.wait_for(lambda view: view.exchanges[0].outcome == "abandoned", 10)
    assert (rule.held, rule.release(), rig.upstream.seen) == (0, 0, [])


def test_held_event_holds_those_behind_it(rig: Rig) -> None:
    rule = rig.wire.hold(Match(event_type="b"), what="event")
    with httpx.stream("GET", f"{rig.base}/events", trust_env=False) as response:
        pieces = response.iter_raw()
        rig.upstream.push(b'data: {"type":"a"}\n\ndata: {"type":"b"}\n\ndata: {"type":"c"}\n\n')
        assert next(pieces) == b'data: {"type":"a"}\n\n'
        assert rule.wait_caught(1, 10)
        assert [event.type for event in rig.wire.events] == ["a"]
        rule.release()
        assert rig.wire.wait_for(lambda view: len(view.events) == 3, 10)
        rig.upstream.push(None)
        assert b"".join(pieces) == b'data: {"type":"b"}\n\ndata: {"type":"c"}\n\n'


def test_dropped_event_is_lost(rig: Rig) -> None:
    rig.wire.drop(Match(event_type="b"))
    with httpx.stream("GET", f"{rig.base}/events", trust_env=False) as response:
        rig.upstream.push(b'data: {"type":"a"}\n\ndata: {"type":"b"}\n\ndata: {"type":"c"}\n\n')
        rig.upstream.push(None)
        assert response.read() == b'data: {"type":"a"}\n\ndata: {"type":"c"}\n\n'
    assert [event.type for event in rig.wire.events] == ["a", "c"]


def test_cut_at_an_event_ends_the_stream_before_it(rig: Rig) -> None:
    rig.wire.cut(Match(event_type="b"))
    with httpx.stream("GET", f"{rig.base}/events", trust_env=False) as response:
        pieces = response.iter_raw()
        rig.upstream.push(b'data: {"type":"a"}\n\n')
        assert next(pieces) == b'data: {"type":"a"}\n\n'
        rig.upstream.push(b'data: {"type":"b"}\n\n')
        with pytest.raises(httpx.HTTPError):
            next(pieces)
    assert rig.settled()[0].outcome == "cut"


def test_clear_rules_lets_all_go(rig: Rig, people: ThreadPoolExecutor) -> None:
    rule = rig.wire.hold("/any")
    rig.wire.fail("/other")
    answer = ask(people, rig)
    assert rule.wait_caught(1, 10)
    rig.wire.clear_rules()
    assert answer.result().status_code == 200
    assert rig.wire.rules == ()
    assert httpx.get(f"{rig.base}/other", trust_env=False).status_code == 200


def test_rewrite_replaces_text_in_the_served_file(rig: Rig) -> None:
    first = rig.wire.rewrite("/app.js", "limit = 10", "limit = 4")
    second = rig.wire.rewrite("/app.js", "limit = 4;", "limit = 5;")
    headers = {"If-None-Match": '"1"', "Accept-Encoding": "gzip"}
    response = httpx.get(f"{rig.base}/app.js", headers=headers, trust_env=False)
    assert response.text == SCRIPT.replace("limit = 10", "limit = 5")
    assert "etag" not in response.headers
    sent = rig.upstream.seen[0].headers
    assert (sent["accept-encoding"], "if-none-match" in sent) == ("identity", False)
    assert (first.applied, first.errors, second.applied) == (1, (), 1)
    assert rig.settled()[0].rules == (first.name, second.name)


def test_rewrite_may_be_about_a_part_of_what_is_served(rig: Rig) -> None:
    begin = SCRIPT[: SCRIPT.index("= 10")]
    rule = rig.wire.rewrite("/app.js", "= 10", "= 4", Part(begin, "\n"))
    text = httpx.get(f"{rig.base}/app.js", trust_env=False).text
    assert (text, rule.applied) == (SCRIPT.replace("= 10", "= 4", 1), 1)


@pytest.mark.parametrize("part", [Part("no such line", "\n"), Part(SCRIPT[:3], SCRIPT[3:9])])
def test_rewrite_of_a_part_without_the_text_says_so(rig: Rig, part: Part) -> None:
    rule = rig.wire.rewrite("/app.js", "limit = 10", "limit = 4", part)
    assert httpx.get(f"{rig.base}/app.js", trust_env=False).text == SCRIPT
    assert "occurs 0 times" in rule.errors[0]


@pytest.mark.parametrize(
    ("path", "find", "error"),
    [
        ("/app.js", "= 10", "occurs 2 times"),
        ("/app.js", "absent", "occurs 0 times"),
        ("/missing", "Not", "served with status 404"),
        ("/gzip", "squeezed", "content-encoding gzip"),
    ],
)
def test_rewrite_that_does_not_apply_says_so(rig: Rig, path: str, find: str, error: str) -> None:
    direct = httpx.get(f"{rig.upstream.url}{path}", trust_env=False)
    rule = rig.wire.rewrite(path, find, "")
    assert httpx.get(f"{rig.base}{path}", trust_env=False).content == direct.content
    assert rule.applied == 0
    assert error in rule.errors[0]


def test_rewrite_is_about_its_path_alone(rig: Rig) -> None:
    rule = rig.wire.rewrite("/a.p.js", "ok", "no")
    assert httpx.get(f"{rig.base}/axp.js", trust_env=False).text == "ok"
    assert rule.caught == 0


def test_waiting_is_woken_by_what_comes(rig: Rig) -> None:
    mark = rig.wire.mark()
    asking = threading.Thread(target=httpx.get, args=(f"{rig.base}/any",))
    asking.start()
    assert rig.wire.wait_for(lambda view: len(view.exchanges) == 1, 10, since=mark)
    asking.join()


def test_waiting_ends_at_its_deadline(rig: Rig, people: ThreadPoolExecutor) -> None:
    assert not rig.wire.wait_for(lambda view: bool(view.events), 0.01)
    rule = rig.wire.hold("/any")
    assert not rule.wait_caught(1, 0.01)
    rig.wire.delay("/other", 30.0)
    people.submit(httpx.get, f"{rig.base}/other", trust_env=False)
    assert rig.wire.wait_for(started, 10)
    assert rig.wire.wait_quiet(0.01) == ("GET /other",)
    assert rig.wire.wait_quiet(0.01, lambda request: request == "GET /any") == ("GET /other",)
    assert rig.wire.wait_quiet(10, lambda request: request == "GET /other") == ()
    rig.wire.stop()


def started(view: View) -> bool:
    return bool(view.exchanges)
