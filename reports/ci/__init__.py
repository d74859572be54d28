"""What CI systems read beside JUnit XML, each made from the same story."""

from reports.ci.codequality import code_quality
from reports.ci.ctrf import ctrf_json
from reports.ci.github import annotations, step_summary

__all__ = ["annotations", "code_quality", "ctrf_json", "step_summary"]
