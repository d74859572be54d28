"""The kill matrix: every fault against every property, and the clean app against all of them."""

from harness.proving.proving import prove
from harness.proving.record import prove_on_record

__all__ = ["prove", "prove_on_record"]
