"""Which plans are like a flow; no browser here."""

from harness.actions import Action, Hold, OpenSession, Reload, SendPrompt
from harness.plans import Plan
from harness.proving.likeness import Likeness, kinds

OPEN, RELOAD = OpenSession(), Reload()
SAY, COMMAND = SendPrompt(text="Say."), SendPrompt(text="/greet us")
LATE, FAILING = Hold(what="send"), Hold(what="send", fails=True)


def plan(*actions: Action) -> Plan:
    return Plan.model_validate({"name": "any", "title": "Any", "actions": (OPEN, *actions)})


def test_words_and_places_are_of_no_account_and_choices_are() -> None:
    said = SendPrompt(text="Say something else.", reply="Something.")
    assert kinds(plan(SAY)) == kinds(plan(said, said))
    for other in (COMMAND, SAY.model_copy(update={"held": True}), LATE):
        assert kinds(plan(SAY)) != kinds(plan(other))
    assert kinds(plan(LATE)) != kinds(plan(FAILING))


def test_what_few_plans_do_counts_most_and_what_all_do_nothing() -> None:
    plans = {
        "says": plan(SAY),
        "says-late": plan(SAY, LATE),
        "reloads": plan(RELOAD),
        "reloads-late": plan(RELOAD, LATE),
        "says-again": plan(SAY, RELOAD),
        "opens": plan(),
    }
    likeness = Likeness(plans)
    flow = plan(SAY, LATE)
    assert likeness.alike(flow, [*plans]) == ["says-late", "reloads-late", "says", "says-again"]
    assert likeness.alike(flow, ["says-again", "opens", "says"]) == ["says-again", "says"]
    assert likeness.alike(plan(), [*plans]) == []
