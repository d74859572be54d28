"""Parts of the model that are explored each for itself, all with the ways to switch.

The product of everything that may be under way at once has too many states to visit them all. So,
as the rules do, each slice looks at one concern: its own actions together with every switch. What
two slices do to each other is left to walks at random.
"""

import re

from harness.values import Value

OPEN = "open-session long on server under root"
# One way to each place; the others differ in who prompts, and belong to `directories`.
MOVES = "(enter|exit)-worktree by move, nobody"
SIDES = 4  # with the project's own directory more than the reference app keeps
SHOWS = r"show-session \w+ on \w+ under (root|elsewhere)"


class Slice(Value):
    """The actions of one concern.

    Attributes:
        name: a word for its plans.
        title: what it looks at.
        labels: patterns of the labels that belong to it.
        begins: patterns of its first labels, one each, which have no place later; with none of them
            the long session is opened first, and may be opened anew.
        further: how many actions more than the bounds say it goes: what is rare begins late.
        sides: worktrees of the project beside the session's own.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    begins: tuple[str, ...] = ()
    further: int = 0
    sides: int = 0

    def has(self, label: str) -> bool:
        """Whether an action belongs to the slice."""
        return _is_one(label, (*self.labels, *(self.begins or (OPEN,))))

    def has_then(self, label: str, depth: int) -> bool:
        """Whether one that belongs to it may come after so many others."""
        if not self.begins:
            return True
        return _is_one(label, self.begins[depth : depth + 1] or self.labels)


def _is_one(label: str, patterns: tuple[str, ...]) -> bool:
    return any(re.fullmatch(pattern, label) for pattern in patterns)


SLICES = (
    Slice(
        name="queue",
        title="prompts that wait behind a turn, are edited, stopped, paused and tried again",
        labels=(
            MOVES,
            SHOWS,
            "send-prompt plain( held)?",
            "(finish|stop)-turn",
            "(edit|retry)-queued number .",
            "resume-queue",
            "(refuse|release) stop",
            "hold send to fail",
            "release send",
            "reload",
        ),
        further=1,  # what is tried again has waited, left and failed before
    ),
    Slice(
        name="queues",
        title="prompts that wait in two sessions while one of them is on its way",
        labels=(
            "show-session (long|short) on server under root",
            "send-prompt plain(| over HTTP held)",
            "finish-turn",
            "(hold|release) send",
        ),
        further=4,  # what waits in each of the two has left
    ),
    Slice(
        name="sending",
        title="prompts whose answers come late, fail or are lost, and what is written meanwhile",
        labels=(
            MOVES,
            SHOWS,
            "send-prompt (plain|the draft|plain over HTTP( held)?)",
            "finish-turn",
            "hold send.*",
            "release send",
            "write-draft .*",
            "submit-blank",
        ),
    ),
    Slice(
        name="words",
        title="commands and lines for the shell whose answers come late, fail or are lost",
        labels=(
            MOVES,
            SHOWS,
            "send-prompt (plain|command|shell)",
            "hold send.*",
            "release send",
        ),
    ),
    Slice(
        name="gates",
        title="what must wait for the directory's lists, and what need not",
        labels=(
            MOVES,
            SHOWS,
            "(hold|refuse|release) (commands|provider|messages)",
            "(hold|release) status",
            "send-prompt (plain|command|command of root|shell)",
            "choose-model",
            "others-work short in worktree",
            "reload",
        ),
    ),
    Slice(
        name="revert",
        title="prompts that are taken back and brought back, with late and failing answers",
        labels=(
            MOVES,
            SHOWS,
            "send-prompt plain( over HTTP)?",
            "revert the latest",
            "restore",
            "(hold|release) (revert|restore)( to fail)?",
            "write-draft words",
        ),
        further=1,  # an answer of before comes when its directory is on screen again
    ),
    Slice(
        name="struck",
        title="prompts that wait behind one that is taken back, and strike it",
        labels=(
            "send-prompt plain( held)?",
            "stop-turn",
            "edit-queued number .",
            "resume-queue",
            "revert the latest",
            "(hold|release) revert( to fail)?",
        ),
    ),
    Slice(
        name="review",
        title="changes and artifacts that come late, are refused, and change meanwhile",
        labels=(
            MOVES,
            SHOWS,
            "open-review",
            "(hold|refuse|release) (diff|artifacts)",
            "change-file .*",
            "reload",
        ),
        further=1,  # an answer of before the change comes when its directory is on screen again
    ),
    Slice(
        name="stream",
        title="turns that begin and end while the event stream is cut or says nothing of them",
        labels=(
            MOVES,
            "enter-worktree by tool, api held",
            SHOWS,
            "send-prompt plain( over HTTP)?( held)?",
            "finish-turn",
            "(hold|release) (events|busy-news|status)",
            "reload",
        ),
    ),
    Slice(
        name="directories",
        title="every way into and out of a worktree, every address, read in history and below",
        labels=(
            "(enter|exit)-worktree .*",
            SHOWS,
            "open-session .*",
            "open-address .*",
            "read-(history|latest)",
            "finish-turn",
            "send-prompt plain",
        ),
    ),
    Slice(
        name="stores",
        title="many directories in which something happens while the session works in one",
        labels=("others-work short in (root|side-.)",),
        begins=(OPEN, "enter-worktree by move, nobody"),  # and no way back: all in one visit
        further=1,  # the one that the page can keep no longer
        sides=SIDES,
    ),
)
