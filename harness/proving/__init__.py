"""The kill matrix: every fault against every property, and the clean app against all of them.

The mutants (`mutating.py`) are not imported here: their parser is an extra.
"""

from harness.proving.proving import prove
from harness.proving.record import prove_on_record
from harness.proving.worker import Clean

__all__ = ["Clean", "prove", "prove_on_record"]
