"""Reports made from a run's journal alone."""

from reports.opening import ReportError, read_journal, read_run
from reports.terminal import show
from reports.writing import Paths, write_reports, written

__all__ = ["Paths", "ReportError", "read_journal", "read_run", "show", "write_reports", "written"]
