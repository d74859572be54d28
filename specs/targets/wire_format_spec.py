"""What the family's servers answer with, read."""

import pytest
from pydantic import JsonValue

from harness.targets.family.wire_format import Message, SessionInfo, failure_in, session_record

INFO = SessionInfo(id="ses_1", directory="/p")


def message(role: str, *parts: dict[str, object], **info: object) -> Message:
    about = {"id": f"msg_{role}", "role": role, "time": {"completed": 1}, **info}
    return Message.model_validate({"info": about, "parts": parts})


def text(words: str, *, synthetic: bool = False) -> dict[str, object]:
    return {"type": "text", "text": words, "synthetic": synthetic}


def bash(command: str) -> dict[str, object]:
    return {"type": "tool", "tool": "bash", "state": {"input": {"command": command}}}


def test_a_line_for_the_shell_is_told_by_its_mark_and_ran_where_its_answer_did() -> None:
    prompt = message("user", text("The following tool was executed by the user", synthetic=True))
    answer = message("assistant", bash("ls -d ."), path={"cwd": "/w"})
    held, ran = session_record("server", INFO, [prompt, answer]).messages
    assert (held.text, held.pieces, held.directory) == ("!ls -d .", ("",), "/w")
    assert (ran.text, ran.directory, ran.bare) == ("", "/w", False)


@pytest.mark.parametrize("synthetic", [True, False])
def test_other_prompts_keep_their_words(synthetic: bool) -> None:  # noqa: FBT001
    prompt = message("user", text("Do it.", synthetic=synthetic))
    answer = message("assistant", text("Done."), bash("pwd"))
    assert session_record("server", INFO, [prompt, answer]).messages[0].text == "Do it."
    assert session_record("server", INFO, [prompt]).messages[0].text == "Do it."


def test_a_prompt_that_makes_the_agent_run_something_is_no_line_for_the_shell() -> None:
    messages = [message("user", text("Where?")), message("assistant", bash("pwd"))]
    assert session_record("server", INFO, messages).messages[0].text == "Where?"


RETRY: JsonValue = {"sessionID": "s", "status": {"type": "retry", "message": "Cannot connect"}}
ERROR: JsonValue = {"sessionID": "s", "error": {"name": "APIError", "data": {"message": "No."}}}


@pytest.mark.parametrize(
    ("event", "properties", "said"),
    [
        ("session.status", RETRY, "Cannot connect"),
        ("session.error", ERROR, "No."),
        ("session.status", {"sessionID": "s", "status": {"type": "busy"}}, ""),
        ("session.status", {"status": {"type": "busy", "message": "thinking"}}, ""),
        ("session.error", {"sessionID": "s"}, ""),
        ("message.updated", RETRY, ""),
        ("session.status", None, ""),
    ],
)
def test_an_event_tells_that_the_model_does_not_answer(
    event: str, properties: JsonValue, said: str
) -> None:
    bare: JsonValue = {"type": event, "properties": properties}
    assert failure_in(event, bare) == said
    assert failure_in(event, {"directory": "/p", "payload": bare}) == said
