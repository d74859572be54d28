"""One self-contained HTML file from a run and the pictures beside its journal."""

from reports.html.page import report_html

__all__ = ["report_html"]
