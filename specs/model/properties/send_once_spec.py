"""send-once, proven both ways."""

import pytest

from harness.actions import OpenSession, SendPrompt
from harness.observations import Exchange, Settled
from harness.properties import Judgement
from harness.properties.send_once import send_once
from harness.trace import Trace
from specs.model.conftest import Made

TEXT = "Go on."
RESTLESS = Settled(quiet=False, took_ms=1.0, moving=("the agent's turn",))


def sent(made: Made, **parts: object) -> Trace:
    return made.sending(made.still(**{"prompts": (made.prompt(TEXT),), **parts}), text=TEXT)


def test_one_accepted_request_passes(made: Made) -> None:
    judged = send_once(sent(made, records=(made.record(("m1", TEXT), ("a1", TEXT)),)))
    assert (judged.outcome, judged.evidence) == ("pass", 1)


def test_a_refused_request_beside_an_accepted_one_passes(made: Made) -> None:
    prompts = (made.prompt(TEXT, 1, accepted=False), made.prompt(TEXT, 2))
    assert send_once(sent(made, prompts=prompts)).outcome == "pass"


def test_a_dropped_prompt_is_found(made: Made) -> None:
    (found,) = send_once(sent(made, prompts=(), settled=RESTLESS)).findings
    assert found.summary == "after send-prompt the prompt “Go on.” never arrived"
    assert (found.step, found.t, found.observed) == (1, None, "0 requests that count")


def test_a_refused_prompt_never_arrived(made: Made) -> None:
    refused = made.prompt(TEXT, accepted=False)
    answered = (made.exchange(1, status=500),)
    judged = send_once(sent(made, prompts=(refused,), exchanges=answered, unsent=TEXT))
    words = "never arrived, and the composer still holds “Go on.”"
    assert judged.findings[0].summary.endswith(words)


def test_a_doubled_prompt_is_found(made: Made) -> None:
    prompts = (made.prompt(TEXT, 1), made.prompt(TEXT, 2))
    records = (made.record(("m1", TEXT), ("m2", TEXT)),)
    (found,) = send_once(sent(made, prompts=prompts, records=records)).findings
    assert found.summary.endswith("“Go on.” arrived 2 times; the server holds it 2 times")
    assert found.evidence == ("exchange 1 at 101.0", "exchange 2 at 102.0")
    assert found.t == 102.0


@pytest.mark.parametrize(
    ("first", "outcome"),
    [
        ({"status": 500, "t_end": 101.5}, "pass"),
        ({"outcome": "failed", "t_end": 101.5}, "pass"),
        ({"outcome": "cut", "t_end": 101.5}, "pass"),
        ({"outcome": "abandoned", "t_end": 101.5}, "pass"),
        ({"status": 500, "t_end": 102.5}, "violated"),  # it came to nothing only afterwards
        ({"status": 500, "server_status": 200, "t_end": 101.5}, "violated"),  # the server has it
        ({"outcome": "done", "t_end": 101.5}, "violated"),  # nobody knows that it came to nothing
    ],
)
def test_a_second_request_is_right_only_after_the_first_came_to_nothing(
    made: Made, first: dict[str, object], outcome: str
) -> None:
    prompts = (
        made.prompt(TEXT, 1, accepted=False),
        made.prompt(TEXT, 2, accepted=False),
        made.prompt(TEXT, 3),
    )
    exchanges = (
        made.exchange(1, **first),
        made.exchange(2, status=500, t_end=102.8),
        made.exchange(3, status=200, t_end=104.0),
    )
    assert send_once(sent(made, prompts=prompts, exchanges=exchanges)).outcome == outcome


def test_a_double_that_the_server_refuses_is_found(made: Made) -> None:
    prompts = (made.prompt(TEXT, 1), made.prompt(TEXT, 2, accepted=False))
    exchanges = (
        made.exchange(1, status=200, t_end=101.5),
        made.exchange(2, status=409, t_end=103.0),
    )
    (found,) = send_once(sent(made, prompts=prompts, exchanges=exchanges)).findings
    assert found.observed == "2 requests that count"


def test_a_double_is_found_in_the_step_where_it_left(made: Made) -> None:
    first, second = made.prompt(TEXT, 1), made.prompt("Next.", 2)
    trace = made.trace(
        (OpenSession(), made.still()),
        (SendPrompt(text=TEXT), made.still(prompts=(first,))),
        (SendPrompt(text="Next."), made.still(prompts=(first, second, made.prompt(TEXT, 3)))),
    )
    assert [found.step for found in send_once(trace).findings] == [2]


@pytest.mark.parametrize("unsent", ["Go on.", "something else"])
def test_what_stays_in_the_composer_is_found(made: Made, unsent: str) -> None:
    (found,) = send_once(sent(made, unsent=unsent)).findings
    assert found.summary.endswith(f"arrived once, and the composer still holds “{unsent}”")


def test_white_space_around_a_prompt_is_not_part_of_it(made: Made) -> None:
    records = (made.record(("m1", f"{TEXT}\n")),)
    seen = made.still(prompts=(made.prompt(f" {TEXT}"),), records=records, unsent=" \n")
    assert send_once(made.sending(seen, text=f"{TEXT} ")).outcome == "pass"


def test_a_changed_text_is_a_loss_and_a_stranger(made: Made) -> None:
    judged = send_once(sent(made, prompts=(made.prompt("Go  on."),)))
    lost, stranger = judged.findings
    assert lost.summary.endswith("never arrived")
    assert stranger.summary == "after send-prompt the page sent “Go  on.”, which nobody submitted"
    assert stranger.evidence == ("exchange 1",)


def test_a_stranger_is_found_once_in_the_step_where_it_left(made: Made) -> None:
    old = made.prompt("from an old draft", 7)
    trace = made.trace(
        (OpenSession(), made.still(prompts=(old,))),
        (SendPrompt(text=TEXT), made.still(prompts=(old, made.prompt(TEXT, 8)))),
    )
    assert [found.step for found in send_once(trace).findings] == [0]


def test_a_prompt_of_another_client_does_not_excuse_the_page(made: Made) -> None:
    seen = made.still(prompts=(made.prompt(TEXT),))
    trace = made.trace((OpenSession(), made.still()), (SendPrompt(text=TEXT, via="api"), seen))
    assert "which nobody submitted" in send_once(trace).findings[0].summary


def test_a_flow_that_submits_nothing_is_not_judged(made: Made) -> None:
    judged = send_once(made.trace((OpenSession(), made.still())))
    words = "this flow submits nothing in the composer"
    assert (judged.outcome, judged.reason) == ("not applicable", words)


def test_reversed_prompts_are_found(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still()),
        (SendPrompt(text="a"), made.still(prompts=(made.prompt("a", 9),))),
        (SendPrompt(text="b"), made.still(prompts=(made.prompt("b", 2),))),
    )
    (found,) = send_once(trace).findings
    assert (found.step, found.summary) == (2, "after send-prompt “b” left before “a”")


def test_a_request_that_is_still_open_is_inconclusive(made: Made) -> None:
    waiting = made.prompt(TEXT, accepted=False)
    judged = send_once(
        sent(made, prompts=(waiting,), exchanges=(made.exchange(1, outcome="open"),))
    )
    assert (judged.outcome, judged.reason) == (
        "inconclusive",
        "“Go on.” was not answered by the server",
    )


@pytest.mark.parametrize("stored", [True, False])
def test_of_a_request_that_ended_with_its_page_the_record_tells(
    made: Made, *, stored: bool
) -> None:
    judged = send_once(
        sent(
            made,
            prompts=(made.prompt(TEXT, accepted=False),),
            exchanges=(made.exchange(1, status=None, outcome="abandoned"),),
            records=(made.record(("m1", TEXT if stored else "other")),),
        )
    )
    assert judged.outcome == ("pass" if stored else "violated")


def test_the_latest_word_on_a_request_counts(made: Made) -> None:
    trace = made.trace(
        (OpenSession(), made.still()),
        (SendPrompt(text=TEXT), made.still(prompts=(made.prompt(TEXT, accepted=False),))),
        (SendPrompt(text="b"), made.still(prompts=(made.prompt(TEXT), made.prompt("b", 2)))),
    )
    assert send_once(trace).outcome == "pass"


@pytest.mark.parametrize("quiet", [True, False])
def test_a_record_from_before_rest_does_not_prove_a_loss(made: Made, *, quiet: bool) -> None:
    settled = Settled(quiet=True, took_ms=1.0) if quiet else RESTLESS
    judged = send_once(sent(made, records=(made.record(("m1", "other")),), settled=settled))
    assert judged.outcome == ("violated" if quiet else "pass")
    if quiet:
        assert judged.findings[0].summary.endswith("arrived once; the server holds it 0 times")


def twice(made: Made, *, first: Exchange) -> Judgement:
    """The same prompt in two requests under one id; the server refused the second."""
    prompts = (
        made.prompt("Go on.", exchange=1, t=100.0, accepted=first.status == 204),
        made.prompt("Go on.", exchange=2, t=200.0, accepted=first.status != 204),
    )
    second = made.exchange(2, t_start=200.0, t_end=210.0, status=409)
    answered = second if first.status == 204 else second.model_copy(update={"status": 204})
    seen = made.still(prompts=prompts, exchanges=(first, answered))
    return send_once(made.sending(seen))


def test_a_double_is_found_also_when_the_server_refuses_it_by_its_id(made: Made) -> None:
    first = made.exchange(1, t_start=100.0, t_end=110.0, status=204)
    (found,) = twice(made, first=first).findings
    assert "arrived 2 times" in found.summary


def test_a_second_try_after_the_first_came_to_nothing_is_none(made: Made) -> None:
    first = made.exchange(1, t_start=100.0, t_end=110.0, status=None, outcome="cut")
    assert twice(made, first=first).outcome == "pass"
