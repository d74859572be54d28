"""What this machine has of what the harness needs; `live` looks whether a target fits an app."""

from harness.doctor.check import Check
from harness.doctor.checks import checks
from harness.doctor.install import install_browser
from harness.doctor.programs import search_path

__all__ = ["Check", "checks", "install_browser", "search_path"]
