"""What a text of a run must not tell of the machine that it was written on, taken out of it."""

from reports.masking.machine import Machine
from reports.masking.masking import Masking

__all__ = ["Machine", "Masking"]
