"""The actions of the model; a plan is a list of them."""

from typing import Annotated, get_args

from pydantic import Field

from harness.actions.base import Action
from harness.actions.network import Hold, Refuse, Release
from harness.actions.others import OthersWork
from harness.actions.prompts import FinishTurn, SendPrompt, StopTurn, SubmitBlank, WriteDraft
from harness.actions.queue import EditQueued, ResumeQueue, RetryQueued
from harness.actions.revert import Restore, Revert
from harness.actions.review import ChangeFile, OpenReview
from harness.actions.view import (
    ChooseModel,
    OpenAddress,
    OpenSession,
    ReadHistory,
    ReadLatest,
    Reload,
    ShowSession,
)
from harness.actions.worktree import EnterWorktree, ExitWorktree

AnyAction = Annotated[
    OpenSession
    | Reload
    | ShowSession
    | ReadHistory
    | ReadLatest
    | OpenAddress
    | SendPrompt
    | WriteDraft
    | FinishTurn
    | StopTurn
    | SubmitBlank
    | EditQueued
    | RetryQueued
    | ResumeQueue
    | Revert
    | Restore
    | OpenReview
    | ChangeFile
    | EnterWorktree
    | ExitWorktree
    | OthersWork
    | ChooseModel
    | Hold
    | Refuse
    | Release,
    Field(discriminator="name"),
]
ACTIONS: tuple[type[Action], ...] = get_args(get_args(AnyAction)[0])

__all__ = [
    "ACTIONS",
    "Action",
    "AnyAction",
    "ChangeFile",
    "ChooseModel",
    "EditQueued",
    "EnterWorktree",
    "ExitWorktree",
    "FinishTurn",
    "Hold",
    "OpenAddress",
    "OpenReview",
    "OpenSession",
    "OthersWork",
    "ReadHistory",
    "ReadLatest",
    "Refuse",
    "Release",
    "Reload",
    "Restore",
    "ResumeQueue",
    "RetryQueued",
    "Revert",
    "SendPrompt",
    "ShowSession",
    "StopTurn",
    "SubmitBlank",
    "WriteDraft",
]
