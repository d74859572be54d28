"""Completes pytest-playwright's launch arguments with the browser of this machine."""

from typing import Any

import pytest
from playwright.sync_api import BrowserType

from harness.browser import launch_arguments
from harness.errors import SetupError


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> dict[str, Any]:
    """Pytest-playwright's arguments, with a browser that exists and quiet flags."""
    try:
        return launch_arguments(browser_type, browser_type_launch_args)
    except SetupError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
