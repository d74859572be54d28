"""The kill matrix: every fault against every property, and the clean app against all of them.

The mutants (`mutating.py`) are not imported here: their parser is an extra.
"""

from harness.proving.matrix import Matrix, Row
from harness.proving.proving import prove

__all__ = ["Matrix", "Row", "prove"]
