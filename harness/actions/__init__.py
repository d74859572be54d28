"""The actions of the model; a plan is a list of them."""

from typing import Annotated

from pydantic import Field

from harness.actions.base import Action
from harness.actions.network import Hold, Release
from harness.actions.prompts import SendPrompt
from harness.actions.view import ChooseModel, OpenAddress, OpenSession, ReadHistory, ReadLatest
from harness.actions.worktree import EnterWorktree, ExitWorktree

AnyAction = Annotated[
    OpenSession
    | ReadHistory
    | ReadLatest
    | OpenAddress
    | SendPrompt
    | EnterWorktree
    | ExitWorktree
    | ChooseModel
    | Hold
    | Release,
    Field(discriminator="name"),
]

__all__ = [
    "Action",
    "AnyAction",
    "ChooseModel",
    "EnterWorktree",
    "ExitWorktree",
    "Hold",
    "OpenAddress",
    "OpenSession",
    "ReadHistory",
    "ReadLatest",
    "Release",
    "SendPrompt",
]
