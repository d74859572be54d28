"""What must not stand in a file that is passed on: secrets, and where somebody's home is."""

from harness.masking.lines import LineMask

__all__ = ["LineMask"]
