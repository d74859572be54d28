"""A real git repository for a run, with enough in it for an agent to work on."""

import os
import subprocess
from pathlib import Path

from harness.errors import SetupError

FILES = {
    "README.md": "# Field notes\n\nA small project that an agent works on.\n",
    ".opencode/command/greet.md": "---\ndescription: Greet\n---\nGreet $ARGUMENTS kindly.\n",
    "src/notes.py": "def greet(name: str) -> str:\n    return f'hello {name}'\n",
}
# A command that git does not keep: the project has it, and no worktree.
OWN = ".opencode/command/here.md"
OWN_TEXT = "---\ndescription: Say where\n---\nSay where here is: $ARGUMENTS.\n"
IDENTITY = {
    "GIT_AUTHOR_NAME": "Harness",
    "GIT_AUTHOR_EMAIL": "harness@example.invalid",
    "GIT_COMMITTER_NAME": "Harness",
    "GIT_COMMITTER_EMAIL": "harness@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,  # a person's own settings (signing, hooks) stay out of it
    "GIT_CONFIG_NOSYSTEM": "1",
}


def make_repository(folder: Path) -> Path:
    """Make `folder` a git repository with one commit on `main`; answers with its real path.

    Raises:
        SetupError: git is not there, or the folder cannot be made.
    """
    try:
        for name, text in {**FILES, OWN: OWN_TEXT}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot make a repository in {folder}: {error.strerror}") from error
    _git(folder, "init", "--quiet", "--initial-branch=main")
    folder.joinpath(".git", "info").mkdir(exist_ok=True)  # a person's template may lack it
    folder.joinpath(".git", "info", "exclude").write_text(f"/{OWN}\n", encoding="utf-8")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "Begin")
    return folder.resolve()


def branch_of(folder: str) -> str:
    """The branch that a directory is on.

    Raises:
        SetupError: git is not there, or the folder is on none.
    """
    return _git(Path(folder), "symbolic-ref", "--short", "HEAD")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, **IDENTITY}
        )
        return done.stdout.decode().strip()
    except FileNotFoundError as error:
        raise SetupError("git was not found; install git and run again") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise SetupError(f"git {arguments[0]} failed: {said[-1] if said else 'no word'}") from error
