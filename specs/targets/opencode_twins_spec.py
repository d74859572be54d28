"""A session of the same id on another server, told by the event that it came to be by."""

import json
from collections.abc import Callable
from contextlib import closing

import pytest

from harness.errors import AppError
from harness.targets.family.api import HISTORY, REPLAY, FamilyApi
from harness.targets.family.wire_format import Birth

Serve = Callable[[dict[str, str]], str]
INFO = {"id": "ses_a", "title": "Here", "directory": "/here", "projectID": "p"}
BIRTH = {
    "id": "evt_1",
    "aggregate_id": "ses_a",
    "seq": 0,
    "type": "session.created.1",
    "data": {"sessionID": "ses_a", "info": INFO},
}
LATER = {**BIRTH, "id": "evt_2", "seq": 1, "type": "session.updated.1"}
OTHER = {**BIRTH, "id": "evt_3", "aggregate_id": "ses_b"}


def test_it_is_told_anew_with_the_facts_of_its_place() -> None:
    told = Birth.model_validate(BIRTH).replayed({"title": "There", "directory": "/there"})
    assert told == {
        "id": "evt_1",
        "aggregateID": "ses_a",
        "seq": 0,
        "type": "session.created.1",
        "data": {
            "sessionID": "ses_a",
            "info": {**INFO, "title": "There", "directory": "/there"},
        },
    }


def test_the_first_event_of_the_session_is_the_one(serve: Serve) -> None:
    history = json.dumps([OTHER, LATER, BIRTH])
    with closing(FamilyApi(serve({HISTORY: history}), "server")) as api:
        assert api.birth("ses_a", "/here") == Birth.model_validate(BIRTH)
        with pytest.raises(AppError, match="does not tell how ses_c came to be"):
            api.birth("ses_c", "/here")


def test_the_twin_has_the_same_id(serve: Serve) -> None:
    answers = {"/project/current": '{"id": "q"}', REPLAY: '{"sessionID": "ses_a"}'}
    with closing(FamilyApi(serve(answers), "mirror")) as api:
        assert api.bear(Birth.model_validate(BIRTH), "/there", "The twin") == "ses_a"


def test_a_server_that_does_not_take_it_is_an_error_of_the_app(serve: Serve) -> None:
    answers = {"/project/current": '{"id": "q"}'}
    with (
        closing(FamilyApi(serve(answers), "mirror")) as api,
        pytest.raises(AppError, match=rf"answered POST {REPLAY} with 404"),
    ):
        api.bear(Birth.model_validate(BIRTH), "/there", "The twin")
