"""A small chat app that knows nothing of the harness: `python -m specs.example.app`.

Sessions live in memory; each works in a directory, and a prompt is answered with the directory in
which it ran. `--broken` makes it forget its page at every change of the directory.
"""

import argparse
import asyncio
import itertools
import json
from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).with_name("page.html")


class Session:
    """What was said, where it works, and who listens."""

    def __init__(self, cwd: str, texts: list[str]) -> None:
        self.cwd = cwd
        self.messages: list[dict[str, str]] = []
        self.listeners: set[asyncio.Event] = set()
        for text in texts:
            self.add("user", text, cwd)

    def add(self, role: str, text: str, cwd: str) -> None:
        """Append a message, and tell it."""
        number = len(self.messages) + 1
        self.messages.append({"id": f"m{number}", "role": role, "text": text, "cwd": cwd})
        self.changed()

    def changed(self) -> None:
        """Wake whoever listens."""
        for listener in self.listeners:
            listener.set()

    def told(self) -> str:
        """All of it, as JSON."""
        return json.dumps({"cwd": self.cwd, "messages": self.messages})


class Chat:
    """The app's routes.

    Args:
        broken: its page is drawn anew whenever the directory changes.
    """

    def __init__(self, *, broken: bool = False) -> None:
        self._page = PAGE.read_text(encoding="utf-8").replace("BROKEN", json.dumps(broken))
        self._sessions: dict[str, Session] = {}
        self._numbers = itertools.count(1)

    def application(self) -> web.Application:
        """The web application."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/chat/{id}", self._show),
                web.post("/api/chats", self._create),
                web.get("/api/chats/{id}", self._read),
                web.get("/api/chats/{id}/changes", self._changes),
                web.post("/api/chats/{id}/prompts", self._prompt),
                web.put("/api/chats/{id}/cwd", self._move),
            ]
        )
        return app

    def _session(self, request: web.Request) -> Session:
        found = self._sessions.get(request.match_info["id"])
        if found is None:
            raise web.HTTPNotFound(text="there is no such chat")
        return found

    async def _show(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._page, content_type="text/html")

    async def _create(self, request: web.Request) -> web.Response:
        wish = await request.json()
        key = f"c{next(self._numbers)}"
        self._sessions[key] = Session(wish["cwd"], wish["texts"])
        return web.json_response({"id": key})

    async def _read(self, request: web.Request) -> web.Response:
        return web.Response(text=self._session(request).told(), content_type="application/json")

    async def _prompt(self, request: web.Request) -> web.Response:
        session, wish = self._session(request), await request.json()
        session.add("user", wish["text"], wish["cwd"])
        session.add("assistant", f"I heard you in {wish['cwd']}.", wish["cwd"])
        return web.json_response({})

    async def _move(self, request: web.Request) -> web.Response:
        session = self._session(request)
        session.cwd = (await request.json())["cwd"]
        session.changed()
        return web.json_response({})

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        session, woken = self._session(request), asyncio.Event()
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        session.listeners.add(woken)
        try:
            while True:
                await stream.write(f"data: {session.told()}\n\n".encode())
                await woken.wait()
                woken.clear()
        finally:
            session.listeners.discard(woken)


def main() -> None:
    """Serve it until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--broken", action="store_true")
    asked = parser.parse_args()
    app = Chat(broken=asked.broken).application()
    try:
        web.run_app(app, host="127.0.0.1", port=asked.port)
    except OSError as error:
        parser.error(f"cannot listen on port {asked.port} ({error}): choose another --port")


if __name__ == "__main__":
    main()
