"""Home directories, whose path names an account."""

import re

HOME = "~"
PART = r"[^\\/\s\"'<>,;:)\]}]+"  # one part of a path
BEFORE, AFTER = r"(?<![\w.~-])", r"(?![\w-])"
HOMES = (
    rf"(?:/(?:home|Users)/{PART}|/(?:var/)?root{AFTER}"
    rf"|(?:/mnt/[a-z]|[A-Za-z]:)[\\/]+Users[\\/]+{PART})"
)
SHORTEST = 4  # `/` is the home of some accounts, and no path to hide


def home_pattern(own: str) -> re.Pattern[str]:
    """What finds the homes that every system has, and that of one account.

    Args:
        own: the account's home; a short one is no more than a common path.
    """
    bare = own.rstrip("/\\")
    mine = f"{re.escape(bare)}{AFTER}|" if len(bare) >= SHORTEST else ""
    return re.compile(f"{BEFORE}(?:{mine}{HOMES})")
