"""In and out as a page notices that hears of a move only with the next change of the session."""

from harness.actions import EnterWorktree, ExitWorktree

GO = EnterWorktree(by="move", via="rename", text="In the worktree")
BACK = ExitWorktree(by="move", via="rename", text="Back in the project")
