"""What this machine has of what the harness needs, and whether a target fits a live app."""

from harness.doctor.check import Check
from harness.doctor.checks import checks
from harness.doctor.install import install_browser
from harness.doctor.live import examine
from harness.doctor.programs import search_path

__all__ = ["Check", "checks", "examine", "install_browser", "search_path"]
