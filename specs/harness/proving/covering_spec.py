"""What the browser's coverage says of a place: the narrowest range around it decides."""

from harness.proving.covering import Executed, read_coverage

SCRIPT = {
    "scriptId": "7",
    "url": "http://127.0.0.1:4096/src/scope.js",
    "functions": [
        {"ranges": [{"startOffset": 0, "endOffset": 100, "count": 1}]},
        {
            "ranges": [
                {"startOffset": 10, "endOffset": 60, "count": 3},
                {"startOffset": 30, "endOffset": 40, "count": 0},
            ]
        },
        {"ranges": [{"startOffset": 70, "endOffset": 90, "count": 0}]},
    ],
}
IDLE = {**SCRIPT, "functions": [{"ranges": [{"startOffset": 0, "endOffset": 100, "count": 0}]}]}


def executed(*scripts: object) -> Executed:
    return read_coverage("a-flow", {"result": list(scripts)})


def done(told: Executed) -> list[int]:
    return [place for place in range(0, 100, 5) if told.at("/src/scope.js", place)]


def test_the_narrowest_range_around_a_place_decides() -> None:
    assert done(executed(SCRIPT)) == [0, 5, 10, 15, 20, 25, 40, 45, 50, 55, 60, 65, 90, 95]


def test_a_script_that_was_loaded_twice_is_executed_where_it_was_once() -> None:
    assert done(executed(IDLE)) == []
    assert done(executed(IDLE, SCRIPT)) == done(executed(SCRIPT))


def test_of_a_script_that_is_not_known_anything_may_be_executed() -> None:
    assert executed(SCRIPT).at("/src/other.js", 5)


def test_a_script_without_an_address_is_none_of_the_app() -> None:
    assert executed({**SCRIPT, "url": ""}).scripts == {}


def test_it_goes_from_process_to_process() -> None:
    told = executed(SCRIPT)
    assert Executed.model_validate_json(told.model_dump_json()) == told


def test_of_a_text_one_executed_place_is_enough() -> None:
    told = executed(SCRIPT)
    assert told.within("/src/scope.js", 28, 35)  # it begins where something was executed
    assert told.within("/src/scope.js", 35, 45)  # it ends there
    assert told.within("/src/scope.js", 32, 88)  # both ends idle, and something between them not
    assert told.within("/src/scope.js", 32, 40)  # what follows may be what was put in
    assert not told.within("/src/scope.js", 31, 39)
    assert not told.within("/src/scope.js", 72, 89)
    assert told.within("/src/other.js", 0, 1)
