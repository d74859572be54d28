"""What the wire costs a request, against the same request without it, in one run."""

import argparse
import asyncio
import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Generator
from http.client import HTTPConnection
from typing import NamedTuple

from aiohttp import web

from harness.probe.loop import LoopThread
from harness.probe.wire.wire import Wire

_WARM_UP = 50
_BODY = b"x" * 2_000  # about a page of JSON


class WireCost(NamedTuple):
    """Median times of one request over a kept connection, in milliseconds."""

    direct_ms: float
    wired_ms: float
    requests: int  # of each kind

    @property
    def added_ms(self) -> float:
        """What the wire adds at the median."""
        return self.wired_ms - self.direct_ms

    @property
    def ratio(self) -> float:
        """How many times as long a request takes with the wire."""
        return self.wired_ms / self.direct_ms


def measure(requests: int = 1_000) -> WireCost:
    """Time requests with and without the wire, by turns, against a server in its own process."""
    with _server() as url, LoopThread() as loop, Wire(loop) as wire:
        direct, wired = _connect(url), _connect(wire.attach("bench", url))
        with contextlib.closing(direct), contextlib.closing(wired):
            pairs = [(_time(direct), _time(wired)) for _ in range(_WARM_UP + requests)]
    without, through = zip(*pairs[_WARM_UP:], strict=True)
    return WireCost(statistics.median(without), statistics.median(through), requests)


def _connect(url: str) -> HTTPConnection:
    host, _, port = url.rpartition("/")[2].partition(":")
    return HTTPConnection(host, int(port))


def _time(connection: HTTPConnection) -> float:
    start = time.perf_counter()
    connection.request("GET", "/session/ses_1/message?directory=%2Ftmp")
    connection.getresponse().read()
    return (time.perf_counter() - start) * 1000


@contextlib.contextmanager
def _server() -> Generator[str]:
    command = [sys.executable, "-m", "harness.probe.wire.bench", "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 # asked for above
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


async def _serve() -> None:
    async def answer(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=_BODY, content_type="application/json")

    loop = asyncio.get_running_loop()
    listener = await loop.create_server(web.Server(answer), "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    sys.stdout.write(f"http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    await listener.serve_forever()


def main() -> None:
    """Print the figures, or be the server that `measure` starts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--serve", action="store_true", help="be the server that is asked")
    if options.parse_args().serve:
        asyncio.run(_serve())
    cost = measure()
    sys.stdout.write(
        f"wire: {cost.added_ms:.2f} ms added at the median of {cost.requests} requests "
        f"({cost.wired_ms:.2f} ms against {cost.direct_ms:.2f} ms, ratio {cost.ratio:.1f})\n"
    )


if __name__ == "__main__":
    main()
