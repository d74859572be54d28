"""A finding as an issue in Markdown, for somebody who maintains the app."""

from reports.issue.choosing import Choice
from reports.issue.writing import Written, findings_of, write_issue

__all__ = ["Choice", "Written", "findings_of", "write_issue"]
