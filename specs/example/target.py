"""The example app as a target: all that the harness has to be told of it."""

import json
from collections.abc import Sequence

from harness.targets.own import (
    Exchange,
    HeldMessage,
    Hooks,
    NodeRule,
    OwnApp,
    RequestHead,
    RowRule,
    Seeded,
    Told,
    Traits,
)


class Chat(OwnApp):
    """`harness gate --target specs.example.target:Chat --base-url http://127.0.0.1:8099`."""

    name = "chat"
    hooks = Hooks(
        timeline=NodeRule(css="#log"),
        viewport=NodeRule(css="#log"),
        composer=NodeRule(css="#prompt"),
        rows=RowRule(css="li", key="data-id"),
    )
    traits = Traits(
        rows="windowed",  # rows once rendered stay in the page
        own_send="keep",  # who reads in history stays there when sending
        declared_binds=True,  # a prompt runs in the directory that its request names
        enters_by=("move",),  # the directory is changed by a request, not by the agent
        witnessed_by="record",  # no model server is asked: the app's record says where it ran
    )

    def seed(self, texts: Sequence[str]) -> Seeded:
        made = self.ask("POST", "/api/chats", {"cwd": "/project", "texts": list(texts)})
        return Seeded(session=made["id"], root="/project", worktree="/project/side")

    def address(self, session: str, directory: str) -> str:  # noqa: ARG002  not in it
        return f"/chat/{session}"

    def move(self, session: str, directory: str) -> None:
        self.ask("PUT", f"/api/chats/{session}/cwd", {"cwd": directory})

    def say(self, session: str, directory: str, text: str) -> None:
        self.ask("POST", f"/api/chats/{session}/prompts", {"cwd": directory, "text": text})

    def works_in(self, session: str) -> str:
        return self.ask("GET", f"/api/chats/{session}")["cwd"]

    def messages(self, session: str) -> list[HeldMessage]:
        held = self.ask("GET", f"/api/chats/{session}")["messages"]
        return [
            HeldMessage(id=m["id"], role=m["role"], text=m["text"], directory=m["cwd"])
            for m in held
        ]

    def told(self, request: RequestHead) -> Told:
        parts = request.path.split("/")
        session = parts[3] if parts[:3] == ["", "api", "chats"] and len(parts) > 3 else None
        return Told(session, json.loads(request.body).get("cwd") if request.body else None)

    def prompt(self, exchange: Exchange) -> str | None:
        asks = exchange.method == "POST" and exchange.path.endswith("/prompts")
        return json.loads(exchange.body)["text"] if asks else None
