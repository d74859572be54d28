"""followup-owner: queue and composer are those of the session on screen."""

import pytest

from harness.actions import (
    AnyAction,
    EditQueued,
    FinishTurn,
    OpenSession,
    Reload,
    SendPrompt,
    ShowSession,
    WriteDraft,
)
from harness.observations import Observation, Settled, SignChange
from harness.properties.followup_owner import followup_owner
from harness.properties.judgement import Judgement
from specs.model.conftest import Made

BUSY = SendPrompt(text="Work.", held=True)
NEXT = SendPrompt(text="Next.")
TO_MIRROR = ShowSession(server="mirror")
HOME = ShowSession()
RESTLESS = Settled(quiet=False, took_ms=1.0, moving=("rows",))


def shows(made: Made, *queue: str, draft: str | None = "", on: str = "server") -> Observation:
    told = made.signs(queue=list(queue), draft=draft)
    return made.still(signs=told, screens=(made.screen(server=on),))


def queued(made: Made, *later: tuple[AnyAction, Observation]) -> Judgement:
    before = ((OpenSession(), shows(made)), (BUSY, shows(made)), (NEXT, shows(made, "Next.")))
    return followup_owner(made.trace(*before, *later))


def going(made: Made, *told: SignChange) -> Observation:
    """The address becomes the mirror's at 120 ms."""
    first = made.signs(queue=["Next."], draft="")
    screens = (made.screen(), made.screen(120.0, server="mirror"))
    return made.still(signs=(*first, *told), screens=screens)


def test_each_session_with_its_own_passes(made: Made) -> None:
    found = queued(
        made,
        (WriteDraft(text="unfinished"), shows(made, "Next.", draft="unfinished")),
        (TO_MIRROR, shows(made, on="mirror")),
        (HOME, shows(made, "Next.", draft="unfinished")),
    )
    assert (found.outcome, found.evidence) == ("pass", 7)  # three of them in composers


def test_words_that_nobody_wrote_are_found_where_nothing_else_waits(made: Made) -> None:
    steps = ((OpenSession(), shows(made)), (TO_MIRROR, shows(made, draft="Work.", on="mirror")))
    (found,) = followup_owner(made.trace(*steps)).findings
    assert found.summary.endswith("had “Work.” in its composer")


def test_where_nobody_has_a_draft_each_composer_at_rest_is_evidence(made: Made) -> None:
    steps = ((OpenSession(), shows(made)), (TO_MIRROR, shows(made)))
    found = followup_owner(made.trace(*steps, (HOME, made.still(settled=RESTLESS))))
    assert (found.outcome, found.evidence) == ("pass", 2)


def test_each_draft_that_waits_is_counted(made: Made) -> None:
    found = queued(made, (SendPrompt(text="And then."), shows(made, "Next.", "And then.")))
    assert (found.outcome, found.evidence) == ("pass", 3)


@pytest.mark.parametrize("server", ["mirror", "workspace"])
def test_the_queue_of_another_server_is_found(made: Made, server: str) -> None:
    place = "root" if server == "mirror" else "elsewhere"
    there = ShowSession(server=server, directory=place)
    (found,) = queued(made, (there, shows(made, "Next.", on=server))).findings
    assert found.step == 3
    assert f"the session on {server} showed “Next.”, which waits in another" in found.summary
    assert found.observed.endswith("had ['Next.'] in its queue")


def test_the_queue_of_another_session_of_the_same_server_is_found(made: Made) -> None:
    seen = shows(made, "Next.").model_copy(update={"screens": (made.screen(session="ses_2"),)})
    (found,) = queued(made, (ShowSession(session="short"), seen)).findings
    assert "which waits in another session" in found.summary


def test_a_strange_draft_in_one_frame_is_found(made: Made) -> None:
    late = made.signs(136.0, queue=[])
    (found,) = queued(made, (TO_MIRROR, going(made, *late))).findings
    # Nothing new was told at 120 ms: the queue of before stood until 136 ms.
    assert found.observed == "showed “Next.”, which waits in another session"


def test_a_strange_draft_in_the_midst_is_found(made: Made) -> None:
    told = (
        *made.signs(120.0, queue=[]),
        *made.signs(136.0, queue=["Next."]),
        *made.signs(152.0, queue=[]),
    )
    (found,) = queued(made, (TO_MIRROR, going(made, *told))).findings
    assert found.observed == "showed “Next.”, which waits in another session"


def test_a_queue_that_changes_with_the_address_passes(made: Made) -> None:
    told = made.signs(120.0, queue=[])
    assert queued(made, (TO_MIRROR, going(made, *told))).outcome == "pass"


def test_a_draft_that_was_sent_long_ago_is_strange_elsewhere(made: Made) -> None:
    told = (*made.signs(queue=["Next."]), *made.signs(116.0, queue=[], draft=""))
    late = made.still(signs=told, screens=(made.screen(server="mirror"),))
    steps = (
        (FinishTurn(), shows(made)),
        (TO_MIRROR, shows(made, on="mirror")),
        (WriteDraft(text="x"), late),
    )
    found = queued(made, *steps).findings
    assert "showed “Next.”" in found[0].summary
    assert found[0].step == 5


@pytest.mark.parametrize("kept", [(), ("Next.", "Next."), ("Next",)])
def test_a_queue_that_is_not_there_again_after_a_reload_is_found(
    made: Made, kept: tuple[str, ...]
) -> None:
    (found,) = queued(made, (Reload(), shows(made, *kept))).findings
    words = f"after reload the session on server had {list(kept)} in its queue"
    assert (found.step, found.summary) == (3, words)
    assert found.expected == "queue: ['Next.']; composer: “”"


def test_a_queue_in_another_order_is_found(made: Made) -> None:
    both = SendPrompt(text="And then.")
    assert queued(made, (both, shows(made, "And then.", "Next."))).outcome == "violated"


def test_the_words_of_another_session_in_the_composer_are_found(made: Made) -> None:
    (found,) = queued(
        made,
        (WriteDraft(text="unfinished"), shows(made, "Next.", draft="unfinished")),
        (TO_MIRROR, shows(made, draft="unfinished", on="mirror")),
    ).findings
    assert "the session on mirror had “unfinished” in its composer" in found.summary


def test_the_same_words_in_two_composers_pass(made: Made) -> None:
    write = WriteDraft(text="the same")
    found = queued(
        made,
        (write, shows(made, "Next.", draft="the same")),
        (TO_MIRROR, shows(made, on="mirror")),
        (write, shows(made, draft="the same", on="mirror")),
        (HOME, shows(made, "Next.", draft="the same")),
    )
    assert found.outcome == "pass"


def test_a_text_taken_back_here_may_wait_there(made: Made) -> None:
    steps: tuple[tuple[AnyAction, Observation], ...] = (
        (EditQueued(text="Next."), shows(made, draft="Next.")),
        (FinishTurn(), shows(made, draft="Next.")),
        (TO_MIRROR, shows(made, on="mirror")),
        (SendPrompt(text="Work there.", held=True), shows(made, on="mirror")),
        (NEXT, shows(made, "Next.", on="mirror")),
    )
    assert queued(made, *steps).outcome == "pass"


def test_white_space_is_folded_in_a_list(made: Made) -> None:
    long = SendPrompt(text="One line,\n  and another. ")
    assert queued(made, (long, shows(made, "Next.", "One line, and another."))).outcome == "pass"


def test_a_page_without_a_composer_says_nothing_of_it(made: Made) -> None:
    assert queued(made, (TO_MIRROR, shows(made, draft=None, on="mirror"))).outcome == "pass"


def test_what_stands_at_the_end_counts_only_at_rest(made: Made) -> None:
    seen = shows(made).model_copy(update={"settled": RESTLESS})
    assert queued(made, (Reload(), seen)).findings == ()


def test_an_address_that_names_no_session_says_not_whose_queue_it_is(made: Made) -> None:
    seen = shows(made, "Next.").model_copy(update={"screens": (), "settled": RESTLESS})
    assert queued(made, (TO_MIRROR, seen)).findings == ()


def test_lost_samples_are_inconclusive(made: Made) -> None:
    seen = made.still(signs=made.signs(queue=["Next."]), capture={"lost": 1})
    assert queued(made, (Reload(), seen)).outcome == "inconclusive"


def test_an_app_that_shows_no_queue_is_inconclusive(made: Made) -> None:
    silent = ((OpenSession(), made.still()), (BUSY, made.still()), (NEXT, made.still()))
    found = followup_owner(made.trace(*silent))
    words = "the app tells nothing of its queue that can be read"
    assert (found.outcome, found.evidence, found.reason) == ("inconclusive", 0, words)


def written(made: Made, last: Observation) -> Judgement:
    """Words are written in one session, and another comes on screen."""
    write = (WriteDraft(text="unfinished"), made.still(unsent="unfinished"))
    return followup_owner(made.trace((OpenSession(), made.still()), write, (TO_MIRROR, last)))


def test_words_that_stay_with_their_session_pass_though_nothing_waits(made: Made) -> None:
    found = written(made, made.still(unsent=""))
    assert (found.outcome, found.evidence) == ("pass", 2)


def test_words_that_come_along_to_another_session_are_found(made: Made) -> None:
    (found,) = written(made, made.still(unsent="unfinished")).findings
    assert "the session on mirror had “unfinished” in its composer" in found.summary


def test_a_composer_that_is_not_at_rest_is_not_compared(made: Made) -> None:
    found = written(made, made.still(unsent="unfinished", settled=RESTLESS))
    assert (found.findings, found.evidence) == ((), 1)


def test_where_nobody_has_a_draft_and_nothing_came_to_rest_it_is_inconclusive(made: Made) -> None:
    found = followup_owner(made.trace((OpenSession(), made.still(settled=RESTLESS))))
    words = "no page with a composer came to rest"
    assert (found.outcome, found.reason) == ("inconclusive", words)
