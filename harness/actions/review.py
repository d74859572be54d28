"""The review of a directory: its uncommitted changes and the artifacts in it."""

from typing import Literal

from pydantic import Field

from harness.actions.base import Action, Clause
from harness.requests import Pending
from harness.world import File, FileKind, World


class OpenReview(Action):
    """The person opens the review of the directory in which the session works."""

    name: Literal["open-review"] = "open-review"

    @property
    def title(self) -> str:
        """The action in words for a person."""
        return "open the review of what changed"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        return "Open the review, which lists what is changed in the session's directory."

    def clauses(self) -> tuple[Clause, ...]:
        """It is closed."""
        return (self.on_screen, self.is_closed)

    def is_closed(self, world: World) -> str | None:
        """No review is open."""
        return "it is open already" if world.review_open else None

    def effect(self, world: World) -> World:
        """It stays open, and follows the directory."""
        return world.model_copy(update={"review_open": True}).asking_for_review()


class ChangeFile(Action):
    """Somebody changes a file in a directory that is not on screen; nobody tells the page."""

    name: Literal["change-file"] = "change-file"
    directory: str
    kind: FileKind = "diff"
    file: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")

    @property
    def title(self) -> str:
        """The action in words for a person."""
        what = "change" if self.kind == "diff" else "make the artifact"
        return f"{what} {self.file} in {self.directory}"

    @property
    def by_hand(self) -> str:
        """What a person does who tries it without the harness."""
        place = "" if self.kind == "diff" else "the folder for artifacts of "
        return (
            f"Outside the app write a new file “{self.file}” into {place}<{self.directory}>; "
            "leave the page alone."
        )

    def clauses(self) -> tuple[Clause, ...]:
        """The directory is the session's, and another than the one on screen."""
        return (self.on_screen, self.own_directory, self.not_shown)

    def own_directory(self, world: World) -> str | None:
        """The session can be opened under it."""
        own = world.on_screen is None or self.directory in world.on_screen.directories
        return None if own else f"{self.directory} is no directory of the session"

    def not_shown(self, world: World) -> str | None:
        """The session on screen works elsewhere."""
        shown = world.view is not None and world.view.execution.directory == self.directory
        return f"{self.directory} is the one on screen" if shown else None

    def effect(self, world: World) -> World:
        """What is asked about the directory from now on has it; older answers have not."""
        new = File(directory=self.directory, kind=self.kind, name=self.file)
        in_flight = tuple(self._since(pending) for pending in world.in_flight)
        return world.model_copy(update={"files": (*world.files, new), "in_flight": in_flight})

    def _since(self, pending: Pending) -> Pending:
        about = (pending.what, pending.execution.directory) == (self.kind, self.directory)
        return pending.model_copy(update={"outdated": True}) if about else pending
