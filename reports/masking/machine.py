"""What tells where a text was written: accounts, host names, folders and addresses."""

import getpass
import re
import socket
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from harness.masking.homes import AFTER, BEFORE, HOME, HOMES, PART
from harness.values import Value

TEMPORARY, SERVER, HOST = "<tmp>", "<server>", "<host>"

_TEMPORARIES = (
    r"(?:/private)?/(?:var/)?tmp",
    rf"(?:/private)?/var/folders/{PART}/{PART}/[TC]",
    r"/dev/shm",  # noqa: S108  it is looked for, not used
    r"/run/user/\d+",
    rf"[A-Za-z]:[\\/]+Users[\\/]+{PART}[\\/]+AppData[\\/]+Local[\\/]+Temp",
    r"[A-Za-z]:[\\/]+Windows[\\/]+Temp",
)
_OWNER = re.compile(rf"(?:/home/|[\\/]Users[\\/]+)({PART})")
_LOCAL = r"(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])"
_LOOPBACK = re.compile(
    rf"(?i)\b(?:https?|wss?)://{_LOCAL}(?::\d+)?(?!\w)|(?<![\w.]){_LOCAL}:\d+(?!\w)"
)
_PRIVATE = re.compile(
    r"(?<![\w.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2})(?::\d+)?(?![\w.])"
)


class Machine(Value):
    """What is known of a machine and the account on it."""

    users: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    temporary: tuple[str, ...] = ()

    @classmethod
    def this(cls) -> "Machine":
        """The machine and the account that this runs on; what cannot be told is left out."""
        host = socket.gethostname()
        return cls(
            users=_if_known(getpass.getuser),
            hosts=(host, host.partition(".")[0]),
            homes=_if_known(lambda: str(Path.home())),
            temporary=(tempfile.gettempdir(),),
        )


class Folders:
    """Puts `~` and `<tmp>` in the place of homes and temporary folders.

    With a temporary folder goes the one in it that a process made for itself: its name is chance.

    Args:
        temporary: folders beside the usual ones.
        words: what may stand before the rest of a path already, as in `<root>/home/x`.
    """

    def __init__(self, temporary: Iterable[str], words: Iterable[str]) -> None:
        known = (re.escape(folder.rstrip("/\\")) for folder in temporary if is_path(folder))
        places = "|".join((*known, *_TEMPORARIES))
        masked = (TEMPORARY, SERVER, HOST, *words)
        before = BEFORE + "".join(rf"(?<!{re.escape(word)})" for word in masked)
        self._temporary = re.compile(rf"{before}(?:{places})(?:[\\/]+{PART}|{AFTER})")
        self._home = re.compile(f"{before}{HOMES}")

    def masked(self, text: str) -> str:
        """The text without them."""
        return self._home.sub(HOME, self._temporary.sub(TEMPORARY, text))


def above_of(path: str) -> list[str]:
    """The folders that a path stands in, but for those that every machine has at its top."""
    pure = PureWindowsPath(path) if "\\" in path else PurePosixPath(path)
    return [str(folder) for folder in pure.parents if len(folder.parts) > 2]  # noqa: PLR2004


def without_addresses(text: str) -> str:
    """The text with `<server>` for addresses of the machine itself, `<host>` for its network's."""
    return _PRIVATE.sub(HOST, _LOOPBACK.sub(SERVER, text))


def owners(paths: Iterable[str]) -> list[str]:
    """Whose homes some paths lie in."""
    return [owner for path in paths for owner in _OWNER.findall(path)]


def is_path(text: str) -> bool:
    """Whether it is the whole path of a file or folder, on any system."""
    return text.startswith(("/", "\\\\")) or text[1:3] in {":\\", ":/"}


def _if_known(ask: Callable[[], str]) -> tuple[str, ...]:
    try:
        return (ask(),)
    except (OSError, KeyError, RuntimeError, ImportError):  # an account without a name
        return ()
