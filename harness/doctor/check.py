"""One thing that was looked for on this machine."""

from harness.values import Value


class Check(Value):
    """One thing that was looked for."""

    name: str
    found: str | None  # version or path; None when it is missing
    needed_for: str
    required: bool = True
    remedy: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the gate cannot run without it."""
        return self.required and self.found is None
