"""The lanes of what passed the wire: requests with their waiting, and sends with their scope."""

from harness.observations import Exchange
from reports.figures import counted, cut, duration
from reports.html.axis import Axis
from reports.html.lanes import Bar, Lane, Mark
from reports.naming import bare
from reports.sends import Send, sends
from reports.steered import is_steered
from reports.story import FlowStory

_ROWS = 6


def traffic_lanes(flow: FlowStory, axis: Axis) -> tuple[Lane, ...]:
    """Requests and sends of one flow."""
    return (_requests(flow, axis), _sends(flow, axis))


def exchanges(flow: FlowStory) -> tuple[Exchange, ...]:
    """Every request of a flow once, as it was last seen: one in flight may be reported again."""
    seen = {
        (exchange.scope.server_key, exchange.id, exchange.t_start): exchange
        for step in flow.steps
        if step.observation
        for exchange in step.observation.exchanges
    }
    return tuple(sorted(seen.values(), key=lambda exchange: exchange.t_start))


def _requests(flow: FlowStory, axis: Axis) -> Lane:
    asked = [exchange for exchange in exchanges(flow) if not exchange.streaming]
    held = sum(map(is_steered, asked))
    free = [float("-inf")] * _ROWS
    bars: list[Bar] = []
    for exchange in asked:
        row = min(range(_ROWS), key=lambda row: (free[row] > exchange.t_start, free[row], row))
        end = exchange.t_end or flow.ended
        free[row] = max(free[row], end)
        bars += _bars(exchange, axis, end, row)
    summary = str(len(asked)) + (f", {held} held" if held else "")
    return Lane(kind="requests", label="Requests", summary=summary, bars=tuple(bars))


def _bars(exchange: Exchange, axis: Axis, end: float, row: int) -> list[Bar]:
    """The wait for the first byte, then the body; a rule of the wire colours the wait."""
    first = min(exchange.t_response or end, end)
    spans = ((exchange.t_start, first, _kind(exchange)), (first, end, "body"))
    return [
        Bar(
            x=axis.x(start),
            width=round(max(axis.x(stop) - axis.x(start), 0.25), 3),
            y=round(row * 100 / _ROWS + 2, 2),
            height=round(100 / _ROWS - 4, 2),
            kind=kind,
            title=describe(exchange),
        )
        for start, stop, kind in spans
        if stop > start or kind != "body"
    ]


def _kind(exchange: Exchange) -> str:
    if exchange.outcome in {"failed", "cut"} or (exchange.status or 0) >= 400:  # noqa: PLR2004 - HTTP
        return "failed"
    return "held" if is_steered(exchange) else "wait"


def describe(exchange: Exchange) -> str:
    """One request in a line."""
    took = "unanswered" if exchange.t_end is None else duration(exchange.t_end - exchange.t_start)
    said = [
        cut(f"{exchange.method} {exchange.path}", 120),
        str(exchange.status or exchange.outcome),
        took,
        *([f"for {exchange.scope.directory}"] if exchange.scope.directory else []),
        *([f"touched by {', '.join(exchange.rules)}"] if exchange.rules else []),
    ]
    return " · ".join(said)


def _sends(flow: FlowStory, axis: Axis) -> Lane:
    sent = sends(exchanges(flow))
    return Lane(
        kind="sends",
        label="Sends",
        summary=counted(len(sent), "sends") if sent else "none",
        marks=tuple(_send(send, axis) for send in sent),
    )


def _send(send: Send, axis: Axis) -> Mark:
    x = axis.x(send.t)
    return Mark(
        x=x,
        kind="send",
        title=cut(f"{send.verb} “{send.text}”", 160),
        text=cut(f"→ {bare(send.scope.directory or 'no directory')}", 40),
    )
