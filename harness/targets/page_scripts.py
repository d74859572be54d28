"""The scripts that a page of the opencode family is made of, asked for as its server has them."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx

from harness.errors import AppError
from harness.targets.login import login_asked


def scripts_of(base_url: str, hint: str = "") -> Iterator[str]:
    """The scripts of the page at an address, and those of the session page that they load.

    Args:
        base_url: where the page is.
        hint: what else may be the matter where the app has no page, for the error.

    Raises:
        AppError: nothing answers there, or no page.
    """
    with httpx.Client(timeout=30.0, trust_env=False, follow_redirects=True) as http:
        page = _text(http, base_url, "", hint)
        for name in re.findall(r'<script[^>]+src="([^"]+\.js)"', page):
            script = _text(http, base_url, name, hint)
            yield script
            for chunk in dict.fromkeys(
                re.findall(r'"((?:\./|assets/)session-[\w-]+\.js)"', script)
            ):
                yield _text(http, base_url, f"/assets/{chunk.rpartition('/')[2]}", hint)


def _text(http: httpx.Client, base_url: str, path: str, hint: str) -> str:
    try:
        answer = http.get(urljoin(base_url, path))
    except httpx.HTTPError as error:
        raise AppError(
            f"nothing answers at {base_url} ({error}): is the app running there?"
        ) from error
    if login := login_asked(answer):
        raise AppError(f"{base_url} {login}")
    if answer.is_error:
        raise AppError(
            f"the app answered its own page with {answer.status_code}: look at what it logged{hint}"
        )
    return answer.text
