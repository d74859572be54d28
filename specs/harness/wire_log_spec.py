import threading

from hypothesis import given
from hypothesis import strategies as st

from harness.observations import Exchange, RequestScope, ServerEvent
from harness.probe.wire.log import Limits, Log

SCOPE = RequestScope(server_key="main")


def open_one(log: Log, body: str = "") -> int:
    return log.open(
        lambda number: Exchange(
            id=number, t_start=0, method="GET", path="/x", scope=SCOPE, body=body
        )
    )


def pass_one(log: Log, size: int = 1) -> None:
    log.passed(ServerEvent(t=0, scope=SCOPE, type="tick"), size)


def outcomes(log: Log) -> list[tuple[int, str]]:
    return [(exchange.id, exchange.outcome) for exchange in log.drain().exchanges]


def test_drain_has_what_started_or_changed_since_the_last() -> None:
    log = Log(Limits())
    first, second = open_one(log), open_one(log)
    log.end(second, "done")
    assert outcomes(log) == [(first, "open"), (second, "done")]
    assert outcomes(log) == []
    log.end(first, "abandoned")
    assert outcomes(log) == [(first, "abandoned")]


def test_exchanges_are_told_in_order_of_starting_whichever_changed_last() -> None:
    log = Log(Limits())
    first, second, third = (open_one(log) for _ in range(3))
    log.change(second, status=200)
    mark = log.revision
    log.end(third, "done")
    log.end(first, "done")
    assert [exchange.id for exchange in log.view(mark).exchanges] == [first, third]
    assert [exchange.id for exchange in log.view(0).exchanges] == [first, second, third]


def test_what_is_open_is_counted_by_server_without_websockets() -> None:
    log = Log(Limits())
    ended, socket, *_ = (open_one(log) for _ in range(4))
    log.end(ended, "done")
    log.change(socket, status=101, streaming=True)
    log.open(lambda number: _to("other", number))
    assert log.open_to() == {"main": 2, "other": 1}


def _to(server: str, number: int) -> Exchange:
    scope = RequestScope(server_key=server)
    return Exchange(id=number, t_start=0, method="GET", path="/x", scope=scope, streaming=True)


def test_events_are_drained_once() -> None:
    log = Log(Limits())
    pass_one(log)
    assert len(log.drain().events) == 1
    assert log.drain().events == ()


def test_view_looks_back_past_a_drain() -> None:
    log = Log(Limits())
    mark = log.revision
    log.end(open_one(log), "done")
    pass_one(log)
    log.drain()
    assert log.view() == ((), ())
    view = log.view(mark)
    assert (len(view.exchanges), len(view.events)) == (1, 1)


def test_first_outcome_stands() -> None:
    log = Log(Limits())
    exchange = open_one(log)
    log.end(exchange, "cut")
    log.end(exchange, "abandoned")
    log.change(exchange, status=200)
    (logged,) = log.view().exchanges
    assert (logged.outcome, logged.status) == ("cut", None)


def test_in_flight_are_open_ones_but_streams() -> None:
    log = Log(Limits())
    moving, held, stream, done = (open_one(log) for _ in range(4))
    log.hold(held, +1)
    log.change(stream, streaming=True)
    log.end(done, "done")
    assert log.in_flight(held=False) == ("GET /x",)
    assert log.in_flight(held=True) == ("GET /x",)
    log.hold(held, -1)
    log.end(moving, "done")
    assert (log.in_flight(held=False), log.in_flight(held=True)) == (("GET /x",), ())
    assert log.open_streams("main") == (stream,)
    assert log.open_streams("other") == ()


def test_what_is_pushed_out_undrained_is_counted() -> None:
    log = Log(Limits(exchanges=2, events=2))
    for _ in range(4):
        log.end(open_one(log), "done")
        pass_one(log)
    assert log.lost == 4
    log.drain()
    log.end(open_one(log), "done")
    pass_one(log)
    assert log.lost == 4


def test_open_exchanges_are_never_pushed_out() -> None:
    log = Log(Limits(exchanges=1))
    stream = open_one(log)
    for _ in range(3):
        log.end(open_one(log), "done")
    assert (stream, "open") in outcomes(log)


@given(st.lists(st.integers(0, 60), max_size=40))
def test_bytes_are_bounded(sizes: list[int]) -> None:
    log = Log(Limits(bytes=100))
    for size in sizes:
        log.end(open_one(log, "x" * size), "done")
        pass_one(log, size)
    kept = log.view(0)
    assert sum(len(exchange.body) for exchange in kept.exchanges) <= 100
    assert len(kept.exchanges) + len(kept.events) + log.lost == 2 * len(sizes)


def test_waiting_is_woken_by_a_change_alone() -> None:
    log = Log(Limits())
    looked = threading.Event()
    looks = 0

    def reached() -> bool:
        nonlocal looks
        looks += 1
        looked.set()
        return bool(log.view().events)

    waiting = threading.Thread(target=log.wait_until, args=(reached, 10.0))
    waiting.start()
    assert looked.wait(10)
    pass_one(log)
    waiting.join(10)
    assert not waiting.is_alive()
    assert looks == 2
