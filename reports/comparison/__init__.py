"""Two runs side by side: what got better, what got worse."""

from reports.comparison.comparing import Comparison, Line, Turn, compared, name_of
from reports.comparison.page import Trail, write_comparison
from reports.comparison.terminal import show_comparison
from reports.comparison.words import headline

__all__ = [
    "Comparison",
    "Line",
    "Trail",
    "Turn",
    "compared",
    "headline",
    "name_of",
    "show_comparison",
    "write_comparison",
]
