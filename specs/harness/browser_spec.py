from playwright.sync_api import Page


def test_a_page_opens_with_the_browser_of_this_machine(page: Page) -> None:
    page.set_content("<p>here</p>")
    assert page.locator("p").inner_text() == "here"
