"""One exchange on its way from the browser to the server and back."""

import asyncio
import json
from typing import NoReturn

from aiohttp import ClientError, ClientSession, web

from harness.probe.wire import headers as headers_of
from harness.probe.wire.bodies import onward
from harness.probe.wire.intake import Intake, Route, target
from harness.probe.wire.log import now
from harness.probe.wire.match import Subject
from harness.probe.wire.reply import give
from harness.probe.wire.rules import Answer, Stage
from harness.probe.wire.steering import error_body


class RuledError(Exception):
    """A rule answers in the server's place."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Passage:
    """Carries one request and its response, and logs what becomes of them."""

    def __init__(self, route: Route, request: web.BaseRequest, intake: Intake) -> None:
        self.route = route
        self.request = request
        self.intake = intake
        self.subject = intake.subject
        self.response: web.StreamResponse | None = None  # what the browser has begun to get
        self.id = route.log.open(intake.exchange)

    async def carry(self, session: ClientSession) -> web.StreamResponse:
        """Pass the request on and the response back."""
        try:
            await self.judge("request")
            return await self._ask(session)
        except RuledError as ruled:
            return await self.answer(ruled.answer)
        except asyncio.CancelledError:
            self.route.log.end(self.id, "abandoned")
            raise
        except (ClientError, OSError, ValueError) as error:
            return await self.fail(error)

    async def judge(self, stage: Stage, subject: Subject | None = None) -> bool:
        """Let the rules act; whether it passes (an event may be dropped).

        Raises:
            RuledError: a rule answers instead.
            CancelledError: a rule cut the connection.
        """
        verdict = await self.route.steering.judge(stage, subject or self.subject, self.id)
        if isinstance(verdict, Answer):
            raise RuledError(verdict)
        if verdict == "cut":
            self.cut("cut")
        return verdict == "pass"

    def cut(self, outcome: str) -> NoReturn:
        """Abort the browser's connection."""
        self.route.log.end(self.id, outcome)
        if self.request.transport is not None:
            self.request.transport.abort()
        raise asyncio.CancelledError

    async def answer(self, answer: Answer) -> web.StreamResponse:
        """Answer in the server's place."""
        self.route.log.change(self.id, status=answer.status, t_response=now())
        response = web.Response(
            status=answer.status,
            body=answer.body.encode(),
            headers=headers_of.own_answer(self.request.headers),
        )
        await response.prepare(self.request)
        await response.write_eof()
        self.route.log.end(self.id, "failed")
        return response

    async def fail(self, error: Exception) -> web.StreamResponse:
        """The server did not answer, or not to the end; or the browser has gone."""
        transport = self.request.transport
        if transport is None or transport.is_closing():
            self.cut("abandoned")
        if self.response is not None:
            self.cut("failed")
        message = f"{self.route.key} at {self.route.origins.upstream} did not answer: {error}"
        return await self.answer(Answer(502, json.dumps(error_body("BadGateway", message))))

    async def _ask(self, session: ClientSession) -> web.StreamResponse:
        rewrites = self.route.steering.rewrites(self.subject, self.id)
        headers = self.route.origins.request_headers(self.request.headers)
        if rewrites:
            headers_of.ask_for_plain(headers)
        async with session.request(
            self.request.method,
            target(self.route, self.request),
            headers=headers,
            data=onward(self.request, self.intake.start),
            allow_redirects=False,
        ) as upstream:
            self.route.log.change(
                self.id,
                status=upstream.status,
                server_status=upstream.status,
                t_response=now(),
                streaming=upstream.content_type == "text/event-stream",
            )
            await self.judge("response")
            return await give(self, upstream, rewrites)
