"""What stands in the sessions that are made for a run."""


def note(number: int) -> str:
    """A seeded message; they differ in their heights."""
    lines = "\n".join(f"Line {line} of note {number}." for line in range(1, 2 + number % 4))
    return f"Note {number}: what was said at this point of the session.\n{lines}"
