"""An opencode-family app behind the wire: what all its members have in common."""

import time
from abc import abstractmethod
from base64 import urlsafe_b64encode

from playwright.sync_api import Page

from fixtures.agent import Call, Say
from harness.actions import (
    ChooseModel,
    EnterWorktree,
    ExitWorktree,
    Hold,
    OpenAddress,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Release,
    SendPrompt,
)
from harness.errors import AppError, UsageError
from harness.names import Names
from harness.observations import Exchange, Frame, Prompt, SessionRecord, Witness
from harness.plans import Plan
from harness.probe.hooks import Hooks
from harness.targets.family.api import FamilyApi
from harness.targets.family.event_tap import EventTap
from harness.targets.family.holds import Holds
from harness.targets.family.prompts import prompts_of
from harness.targets.family.turns import Turns
from harness.targets.hooked import ensure_hooks
from harness.targets.person import Person, unsent_text
from harness.targets.protocol import Deed, Workshop
from harness.traits import Traits
from harness.world import Sent

SERVER = "server"
LOOK_MS = 5_000.0
READY_S = 20.0
PWD = Call("bash", {"command": "pwd"})


def encoded(text: str) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


class FamilyStage:
    """Performs on one running server; a member of the family fills in what differs.

    Args:
        workshop: wire, agent and folders.
        upstream: where the server answers.
        project: the real path of the repository.
    """

    traits: Traits
    hooks: Hooks
    app_version: str
    patience_s = 20.0

    def __init__(self, workshop: Workshop, upstream: str, project: str) -> None:
        self.workshop = workshop
        self.project = project
        self.api = FamilyApi(upstream, SERVER)
        self.origin = workshop.wire.attach(SERVER, upstream)
        self.tap = EventTap(workshop.loop, upstream)
        self.made: list[tuple[str, str]] = []  # sessions with their worktrees
        self._turns = Turns(self.tap)
        self._holds = Holds(workshop.wire)
        self._seen = 0

    def close(self) -> None:
        """Close what this stage opened; the process is its target's."""
        self.tap.close()
        self.api.close()

    def prepare(self, plan: Plan) -> Names:
        """Make a session of the plan's length and a worktree of its own for it."""
        self._holds.clear()
        worktree = self.api.make_worktree(self.project, f"side-{len(self.made) + 1}")
        if not self.tap.wait_ready(worktree, READY_S):
            raise AppError(f"the app did not get its worktree ready in {READY_S:.0f} s: {worktree}")
        session = self.api.create_session(self.project, plan.title)
        texts = [_seeded(number) for number in range(1, plan.seeded + 1)]
        self.made.append((session, worktree))
        self.api.seed(session, self.project, texts)
        return Names(
            sessions={"long": session},
            directories={"root": self.project, "worktree": worktree},
            servers={SERVER: self.origin},
        )

    def perform(self, deed: Deed) -> None:
        """Do the action.

        Raises:
            StuckError: it sends a prompt, and the agent is still busy with the one before.
        """
        self._turns.begin(_session(deed))
        match deed.action:
            case OpenSession():
                url = self.address(_session(deed), deed.names.directory(deed.action.directory))
                self._person(deed).open(url, self.hooks.rows.css)
                ensure_hooks(deed.recorder, LOOK_MS / 1000)
            case ReadHistory(rows=rows):
                self.read_history(self._person(deed), rows)
            case ReadLatest():
                self._person(deed).read_latest()
            case OpenAddress():
                self._go(deed, deed.action)
            case EnterWorktree() | ExitWorktree():
                self._change_directory(deed, deed.action)
            case SendPrompt():
                self._send(deed)
            case ChooseModel(model=model):
                self.choose_model(deed.page, model)
            case Hold(what=what):
                self._holds.hold(what)
            case Release(what=what):
                self._script(deed)
                self._holds.release(what)

    def await_effect(self, deed: Deed, timeout_s: float) -> tuple[str, ...]:
        """Wait until the turn is over, then until its messages are shown where they must be."""
        until = time.monotonic() + timeout_s
        if not _new(deed):
            return ()
        if not self._turns.wait(_session(deed), len(_new(deed)), timeout_s):
            return ("the agent's turn",)
        if not self._shows_latest(deed):
            return ()
        texts = [text for sent in _new(deed) for text in self._shown_texts(sent)]
        left = max(0.0, until - time.monotonic())
        missing = deed.recorder.wait_shown(
            texts=texts, deadline_ms=min(left, self.patience_s * 0.75) * 1000
        )
        return tuple(f"the row “{text}”" for text in missing)

    def record(self, deed: Deed) -> SessionRecord | None:
        """The server's record of the session on screen."""
        return self.api.record(_session(deed), self.project) if deed.after.view else None

    def prompts(self, exchanges: tuple[Exchange, ...]) -> tuple[Prompt, ...]:
        """The family's prompt requests."""
        return prompts_of(exchanges)

    def witnesses(self) -> tuple[Witness, ...]:
        """What the agent has seen since this was last asked."""
        seen = self.workshop.agent.witnesses()
        new, self._seen = seen[self._seen :], len(seen)
        return new

    def unsent(self, page: Page) -> str:
        """The text in the composer."""
        return unsent_text(page, self.hooks.composer.css)

    def readiness(self, page: Page) -> dict[str, bool] | None:
        """None: the family has no hook for it; a member that shows its readiness reads it."""
        del page
        return None

    def choose_model(self, page: Page, model: str) -> None:
        """Pick a model in the page, for the directory where the session works.

        Raises:
            UsageError: this app's stage does not know how.
        """
        raise UsageError(f"choosing {model} is not known to {type(self).__name__} on {page.url}")

    @abstractmethod
    def died(self) -> str | None:
        """Why the app no longer runs, or None."""

    @abstractmethod
    def address(self, session: str, directory: str) -> str:
        """The page's address for a session under a directory."""

    def turn(self, sent: Sent, names: Names) -> list[Call | Say]:
        """The agent's turn that answers a prompt: it prints where it works, then replies."""
        work: list[Call | Say] = [PWD, Say(sent.reply)]
        if sent.ends_in == sent.execution.directory:
            return work
        if sent.ends_in == "root":
            return [Call("exit-worktree", {}), *work]
        return [Call("enter-worktree", {"path": names.directory(sent.ends_in)}), *work]

    def read_history(self, person: Person, rows: int) -> None:
        """Bring the reader into history."""
        if self.traits.rows == "windowed":
            person.read_history(rows)
        else:
            person.read_above(screens=6)

    def _person(self, deed: Deed) -> Person:
        def look() -> Frame:
            return deed.recorder.look(LOOK_MS, frames=2)  # the step's end waits for three

        rule = self.hooks.viewport
        viewport = f"{rule.closest}:has({rule.css})" if rule.closest else rule.css
        composer = self.hooks.composer.css
        return Person(deed.page, viewport=viewport, composer=composer, look=look)

    def _go(self, deed: Deed, action: OpenAddress) -> None:
        if action.how == "link":
            url = self.address(_session(deed), deed.names.directory(action.directory))
            self._person(deed).follow_link(url)
        elif action.how == "back":
            deed.page.go_back(wait_until="commit")
        else:
            deed.page.go_forward(wait_until="commit")

    def _change_directory(self, deed: Deed, action: EnterWorktree | ExitWorktree) -> None:
        self._turns.ensure_answered(_session(deed))
        if action.by == "move":
            view = deed.after.view
            if view is None:
                raise UsageError("a session can be moved only while one is on screen")
            there = deed.names.directory(view.execution.directory)
            self.api.move(_session(deed), self.project, there)
        self._send(deed)

    def _send(self, deed: Deed) -> None:
        self._turns.ensure_answered(_session(deed))
        self._script(deed)
        for waiting in deed.after.waiting[len(deed.before.waiting) :]:
            self._person(deed).submit(waiting.text)
        for sent in _new(deed):
            if sent.via == "composer":
                self._person(deed).submit(sent.text)
            else:
                where = deed.names.directory(sent.execution.directory)
                self.api.prompt(_session(deed), where, sent.text)

    def _script(self, deed: Deed) -> None:
        for sent in _new(deed):
            self.workshop.agent.script(sent.spoken, self.turn(sent, deed.names))

    def _shows_latest(self, deed: Deed) -> bool:
        at_bottom = deed.after.view is not None and deed.after.view.reader == "bottom"
        return at_bottom or self.traits.rows == "windowed"

    def _shown_texts(self, sent: Sent) -> list[str]:
        texts = {"user": sent.spoken, "assistant": sent.reply}
        return [texts[role] for role in self.traits.roles_with_rows]


def _session(deed: Deed) -> str:
    view = deed.after.view
    if view is None:
        raise UsageError("no session is on screen")
    return deed.names.session(view.session)


def _new(deed: Deed) -> tuple[Sent, ...]:
    return deed.after.sent[len(deed.before.sent) :]


def _seeded(number: int) -> str:
    lines = "\n".join(f"Line {line} of note {number}." for line in range(1, 2 + number % 4))
    return f"Note {number}: what was said at this point of the session.\n{lines}"
