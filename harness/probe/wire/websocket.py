"""Websockets, passed on message by message in both directions."""

import asyncio
import json
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMessage, WSMsgType, web
from aiohttp import WSServerHandshakeError as HandshakeError

from harness.probe.wire.intake import target
from harness.probe.wire.log import now
from harness.probe.wire.passage import Passage
from harness.probe.wire.rules import Answer
from harness.probe.wire.steering import error_body

Socket = web.WebSocketResponse | ClientWebSocketResponse[Any]
# RFC 6455, section 7.4.1; 0 stands for a close without a code
_UNSENDABLE = frozenset({0, 1004, 1005, 1006, 1015})
_NORMAL = 1000


class WebsocketPassage(Passage):
    """Carries a websocket."""

    async def _ask(self, session: ClientSession) -> web.StreamResponse:
        headers = self.route.origins.request_headers(self.request.headers)
        wanted = headers.get("Sec-WebSocket-Protocol", "")
        for name in [name for name in headers if name.lower().startswith("sec-websocket-")]:
            headers.popall(name, None)
        try:
            async with session.ws_connect(
                target(self.route, self.request),
                headers=headers,
                protocols=[name.strip() for name in wanted.split(",") if name.strip()],
                autoping=False,
                autoclose=False,
                max_msg_size=0,
            ) as upstream:
                return await self._join(upstream)
        except HandshakeError as refusal:
            body = error_body("WebsocketRefused", f"{self.route.key} refused: {refusal.message}")
            return await self.answer(Answer(refusal.status, json.dumps(body)))

    async def _join(self, upstream: ClientWebSocketResponse[Any]) -> web.StreamResponse:
        browser = web.WebSocketResponse(
            protocols=[upstream.protocol] if upstream.protocol else (),
            autoping=False,
            autoclose=False,
            compress=False,
            max_msg_size=0,
        )
        await browser.prepare(self.request)
        self.response = browser
        self.route.log.change(self.id, status=101, t_response=now())
        source, last = await _until_one_ends(browser, upstream)
        if last.type is not WSMsgType.CLOSE:
            self.cut("abandoned" if source is browser else "failed")
        sink = upstream if source is browser else browser
        code = _NORMAL if last.data in _UNSENDABLE else last.data
        await sink.close(code=code, message=(last.extra or "").encode())
        await source.close(code=code)
        self.route.log.end(self.id, "done")
        return browser


async def _until_one_ends(browser: Socket, upstream: Socket) -> tuple[Socket, WSMessage]:
    pumps = {
        asyncio.create_task(_pump(browser, upstream)): browser,
        asyncio.create_task(_pump(upstream, browser)): upstream,
    }
    try:
        ended, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
    first = next(iter(ended))
    return pumps[first], first.result()


async def _pump(source: Socket, sink: Socket) -> WSMessage:
    """Pass messages on until there are no more; the last one says how it ended."""
    while True:
        message: WSMessage = await source.receive()
        match message.type:
            case WSMsgType.TEXT:
                await sink.send_str(message.data)
            case WSMsgType.BINARY:
                await sink.send_bytes(message.data)
            case WSMsgType.PING:
                await sink.ping(message.data)
            case WSMsgType.PONG:
                await sink.pong(message.data)
            case _:
                return message
