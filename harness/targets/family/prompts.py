"""Reading prompts out of the requests of an opencode-family page."""

import re

from pydantic import BaseModel, JsonValue, ValidationError

from harness.observations import Exchange, Prompt
from harness.readiness import Submission

PATH = re.compile(r"^/session/[^/]+/(prompt_async|message|command|shell)$")
KINDS: dict[str, Submission] = {
    "prompt_async": "prompt",
    "message": "prompt",
    "command": "command",
    "shell": "shell",
}


class _Part(BaseModel):
    type: str
    text: str = ""
    synthetic: bool = False


class _Body(BaseModel):
    parts: list[_Part] = []
    command: str = ""
    arguments: str = ""
    model: JsonValue = None

    def said(self, kind: Submission) -> str:
        """The words of the person."""
        if kind == "command":
            return f"/{self.command} {self.arguments}".strip()
        if kind == "shell":
            return self.command
        # Parts that the app adds by itself (context, reminders) are no words of the person.
        return "\n".join(p.text for p in self.parts if p.type == "text" and not p.synthetic)

    def model_asked(self) -> str | None:
        """The model as "provider/model"; a command may name it so already."""
        match self.model:
            case {"providerID": str(provider), "modelID": str(model)}:
                return f"{provider}/{model}"
            case str(named):
                return named
            case _:
                return None


def prompts_of(exchanges: tuple[Exchange, ...]) -> tuple[Prompt, ...]:
    """Every request that carries what a person submitted, in order."""
    found = (_prompt(exchange) for exchange in exchanges if exchange.method == "POST")
    return tuple(prompt for prompt in found if prompt)


def _prompt(exchange: Exchange) -> Prompt | None:
    match = PATH.match(exchange.path)
    if match is None:
        return None
    kind = KINDS[match[1]]
    body = _read(exchange.body)
    return Prompt(
        exchange=exchange.id,
        t=exchange.t_start,
        kind=kind,
        scope=exchange.scope,
        text=body.said(kind) if body else exchange.body,
        model=body.model_asked() if body else None,
        accepted=exchange.taken,
    )


def _read(body: str) -> _Body | None:
    try:
        return _Body.model_validate_json(body)
    except ValidationError:
        return None
