"""The kill matrix: every fault against every property, and the clean app against all of them."""

from harness.proving.matrix import Matrix, Row
from harness.proving.proving import prove

__all__ = ["Matrix", "Row", "prove"]
