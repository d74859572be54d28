"""Every action, and what a plan needs, in words for a person who has no harness."""

from typing import get_args

import pytest

from harness.actions import (
    Action,
    AnyAction,
    ChangeFile,
    ChooseModel,
    EditQueued,
    EnterWorktree,
    ExitWorktree,
    FinishTurn,
    Hold,
    OpenAddress,
    OpenReview,
    OpenSession,
    OthersWork,
    ReadHistory,
    ReadLatest,
    Refuse,
    Release,
    Reload,
    Restore,
    ResumeQueue,
    RetryQueued,
    Revert,
    SendPrompt,
    ShowSession,
    StopTurn,
    SubmitBlank,
    WriteDraft,
)
from harness.flows import flows
from harness.plans import Other, Plan
from harness.targets.family.api import MOVE
from harness.world import World
from specs.model.acting import ABLE, plan_of

KNOWN: tuple[type[Action], ...] = get_args(get_args(AnyAction)[0])
HERE = "the directory that the session was made in"
TOLD: tuple[tuple[Action, str], ...] = (
    (
        OpenSession(directory="worktree"),
        (
            "In a new tab open the long session at its address under <worktree>; it opens at its "
            "latest message."
        ),
    ),
    (Reload(), "Reload the page."),
    (
        ShowSession(server="mirror", session="short"),
        (
            "Go to the short session of the mirror server under <root> by a link in the page, "
            "without a reload."
        ),
    ),
    (
        ReadHistory(rows=12),
        (
            "Scroll up with the wheel until at least 12 messages are loaded, stop in the midst of "
            "them, and note the message at the top of the view."
        ),
    ),
    (ReadLatest(), "Scroll down to the latest message."),
    (
        OpenAddress(directory="worktree"),
        (
            "Follow a link in the page to the same session's address under <worktree>, without a "
            "reload."
        ),
    ),
    (
        OpenAddress(directory="root", how="back"),
        "Press the browser's Back button, which leads to the same session's address under <root>.",
    ),
    (
        ChooseModel(model="a/b"),
        "In the model menu choose “a/b” for the directory the session works in.",
    ),
    (
        SendPrompt(text="hi"),
        "Type “hi” and press Enter. If the app sends it now, wait for the agent's answer.",
    ),
    (
        SendPrompt(text="ls", to_shell=True),
        (
            "Switch the composer to its shell mode, type “ls” and press Enter. If the app sends it "
            "now, wait for the agent's answer."
        ),
    ),
    (
        SendPrompt(text="hi", via="api", held=True),
        (
            "From another client, over HTTP, send “hi” to the session. The agent must still be at "
            "work on it in the next steps: have it do something long."
        ),
    ),
    (SubmitBlank(), "Press Enter in the composer, in which no words stand."),
    (WriteDraft(text="hm"), "Type “hm” into the composer, and do not send it."),
    (FinishTurn(), "Let the agent finish its answer, and wait until it has."),
    (StopTurn(), "Stop the agent with the app's own button."),
    (
        EditQueued(text="q"),
        "Among the prompts that wait take “q” back into the composer (Edit).",
    ),
    (
        RetryQueued(text="q"),
        "Among the prompts that wait send “q”, which failed, again (Retry).",
    ),
    (ResumeQueue(), "Let the prompts that wait go on (Resume)."),
    (Revert(text="q"), "At the prompt “q” press the app's button that takes it back (Revert)."),
    (Restore(), "Press the app's button that brings back what was taken back (Restore)."),
    (OpenReview(), "Open the review, which lists what is changed in the session's directory."),
    (
        ChangeFile(directory="root", file="a.txt"),
        "Outside the app write a new file “a.txt” into <root>; leave the page alone.",
    ),
    (
        ChangeFile(directory="root", kind="artifacts", file="a.txt"),
        (
            "Outside the app write a new file “a.txt” into the folder for artifacts of <root>; "
            "leave the page alone."
        ),
    ),
    (
        EnterWorktree(text="Go there."),
        (
            "In the composer ask the agent to enter the worktree with its tool (“Go there.”); wait "
            "until it works in the worktree <worktree> and its answer is there."
        ),
    ),
    (
        EnterWorktree(text="Go there.", via="api", held=True),
        (
            "From another client, over HTTP, ask the agent to enter the worktree with its tool "
            "(“Go there.”); it must still be at work in the next steps, and go there at the end of "
            "its turn."
        ),
    ),
    (
        ExitWorktree(text="Come back."),
        (
            "In the composer ask the agent to leave the worktree with its tool (“Come back.”); "
            f"wait until it works in {HERE} and its answer is there."
        ),
    ),
    (
        ExitWorktree(by="move", via="nobody"),
        f"Move the session to {HERE} over HTTP (POST {MOVE}); leave the page alone.",
    ),
    (
        EnterWorktree(by="move", text="Go on."),
        (
            f"Move the session to the worktree <worktree> over HTTP (POST {MOVE}); then, in the "
            "composer, send “Go on.” and wait for the agent's answer."
        ),
    ),
    (
        EnterWorktree(by="move", via="api", text="Go on."),
        (
            f"Move the session to the worktree <worktree> over HTTP (POST {MOVE}); then, from "
            "another client over HTTP, send “Go on.” and wait for the agent's answer."
        ),
    ),
    (
        OthersWork(directory="side-1", text="work"),
        (
            "From another client, over HTTP, send “work” to the short session, to run in <side-1>, "
            "and wait for the answer; leave the page alone."
        ),
    ),
    (
        Hold(what="provider"),
        "From now on hold the server's answers to the page about the directory's providers.",
    ),
    (
        Hold(what="diff"),
        (
            "From now on hold the server's answers to the page about the directory's changes; of "
            "several only the first."
        ),
    ),
    (
        Hold(what="send", fails=True),
        (
            "From now on hold the page's requests about prompts before they reach the server; once "
            "let go they must fail, with status 503."
        ),
    ),
    (
        Hold(what="send"),
        "From now on hold the page's requests about prompts before the server has them.",
    ),
    (
        Hold(what="send", loses=True),
        (
            "From now on hold the server's answers to the page about prompts; once let go they "
            "must come as errors, with status 503, though the server has done its work."
        ),
    ),
    (
        Refuse(what="stop"),
        (
            "From now on have the page's requests for a turn that is to stop fail: the network "
            "panel of the browser can block them."
        ),
    ),
    (Hold(what="events"), "Cut the page's event stream, and keep it from being opened again."),
    (
        Hold(what="busy-news"),
        "Lose the events which tell the page that a turn begins or ends.",
    ),
    (
        Refuse(what="messages"),
        (
            "From now on have the page's requests for the session's messages fail: the network "
            "panel of the browser can block them."
        ),
    ),
    (
        Release(what="diff"),
        (
            "Now let through the answers about the directory's changes: those held, and those to "
            "come."
        ),
    ),
    (
        Release(what="events"),
        "Let the event stream be opened again, and wait until the page has it.",
    ),
    (
        Release(what="busy-news"),
        "Let the events about turns come again, over a new event stream.",
    ),
)


@pytest.mark.parametrize(
    ("action", "said"), TOLD, ids=lambda value: str(getattr(value, "name", ""))
)
def test_an_action_is_told_to_a_person(action: Action, said: str) -> None:
    assert action.by_hand == said


def test_every_action_has_words_of_its_own() -> None:
    assert {type(action) for action, _ in TOLD} == set(KNOWN)


def test_an_action_without_words_is_told_by_its_title() -> None:
    class Somersault(Action):
        @property
        def title(self) -> str:
            return "turn a somersault"

        def effect(self, world: World) -> World:
            return world

    assert Somersault().by_hand == "Turn a somersault."


def test_what_a_plan_needs() -> None:
    plan = Plan(name="p", title="t", seeded=7, actions=(OpenSession(), ReadLatest()))
    assert plan.by_hand == (
        "A git repository, <root>, with a git worktree, <worktree>.",
        "A session, the long one, with 7 messages, which works in <root>.",
    )


def test_what_a_plan_needs_of_other_sessions_and_of_the_network() -> None:
    plan = plan_of(OpenSession(), Hold(what="diff"), OpenReview())
    needed = plan.model_copy(update={"sides": 2}).by_hand
    assert needed[1] == "More git worktrees of it: <side-1>, <side-2>."
    assert needed[3:] == (
        (
            "A session with the id of the long one, with 8 messages, which works in <root>, on a "
            "second server of the same repository, the mirror."
        ),
        (
            "A session with the id of the long one, with 8 messages, which works in <elsewhere>, "
            "another repository with a server of its own, the workspace."
        ),
        "A short one, with 8 messages, which works in <root>.",
        "An uncommitted change and an artifact in each directory, all of different names.",
        (
            "A way to hold an answer of the server: a debugging proxy between page and server, or "
            "a breakpoint in the server."
        ),
    )


@pytest.mark.parametrize("plan", flows(ABLE), ids=lambda plan: plan.name)
def test_a_flow_is_told_in_whole_sentences(plan: Plan) -> None:
    for sentence in (*plan.by_hand, *(action.by_hand for action in plan.actions)):
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert "\n" not in sentence


def test_a_short_session_elsewhere() -> None:
    short = Other(server="mirror", session="short", seeded=3)
    assert short.by_hand.startswith("A short one, with 3 messages, which works in <root>, on a ")
