import pytest
from playwright.sync_api import Page

from fixtures.calibration.chat import Chat, open_chat


@pytest.fixture
def chat(page: Page) -> Chat:
    return open_chat(page)
