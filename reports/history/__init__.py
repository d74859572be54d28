"""What the runs before a run say of it: flaky, newly failing, slower, and since when."""

from reports.history.gathering import History, Past, remembered
from reports.history.points import points
from reports.history.since import since
from reports.history.trends import Flag, FlowPast, Mark, trends

__all__ = [
    "Flag",
    "FlowPast",
    "History",
    "Mark",
    "Past",
    "points",
    "remembered",
    "since",
    "trends",
]
