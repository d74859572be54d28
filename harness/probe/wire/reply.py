"""The server's response on its way to the browser."""

from dataclasses import replace
from typing import Protocol

from aiohttp import ClientResponse, web

from harness.probe.wire import headers as headers_of
from harness.probe.wire.bodies import rewritten
from harness.probe.wire.events import Block, EventSplitter
from harness.probe.wire.intake import Intake, Route
from harness.probe.wire.log import now
from harness.probe.wire.match import Subject
from harness.probe.wire.rules import RewriteRule, Stage


class Carrier(Protocol):
    """The passage, as a reply needs it."""

    route: Route
    request: web.BaseRequest
    intake: Intake
    subject: Subject
    response: web.StreamResponse | None
    id: int

    async def judge(self, stage: Stage, subject: Subject | None = None) -> bool:
        """Let the rules act; whether it passes."""
        ...


class PassedResponse(web.StreamResponse):
    """A response with the server's headers only: none that this side would add."""

    async def _prepare_headers(self) -> None:
        passed = {name.lower() for name in self.headers}
        await super()._prepare_headers()
        for name in ("Content-Type", "Date", "Server"):
            if name.lower() not in passed:
                self.headers.popall(name, None)


async def give(
    passage: Carrier, upstream: ClientResponse, rewrites: list[RewriteRule]
) -> web.StreamResponse:
    """Give the browser the server's response, to the end."""
    headers = passage.route.origins.response_headers(upstream.headers)
    response = PassedResponse(status=upstream.status, reason=upstream.reason, headers=headers)
    passage.response = response
    if rewrites:
        body = await rewritten(upstream, rewrites)
        headers_of.tell_of_new_body(response.headers)
        response.content_length = len(body)
        await response.prepare(passage.request)
        await response.write(body)
    else:
        await response.prepare(passage.request)
        await _pour(passage, upstream, response)
    await response.write_eof()
    passage.route.log.end(passage.id, "done")
    return response


async def _pour(passage: Carrier, upstream: ClientResponse, response: PassedResponse) -> None:
    readable = "Content-Encoding" not in upstream.headers
    if upstream.content_type == "text/event-stream" and readable:
        await _pour_events(passage, upstream, response)
        return
    async for piece in upstream.content.iter_any():
        await response.write(piece)


async def _pour_events(
    passage: Carrier, upstream: ClientResponse, response: PassedResponse
) -> None:
    splitter = EventSplitter()
    async for piece in upstream.content.iter_any():
        for block in splitter.feed(piece):
            if await _passes(passage, block):
                await response.write(block.raw)
    await response.write(splitter.rest())


async def _passes(passage: Carrier, block: Block) -> bool:
    if block.message is None:
        return True
    event = passage.route.reader.event(now(), passage.intake.scope, block.message)
    about = replace(passage.subject, scope=event.scope, event_type=event.type)
    if not await passage.judge("event", about):
        return False
    passage.route.log.passed(event.model_copy(update={"t": now()}), len(block.raw))
    return True
