"""Every module of the app is named in the page, so that all are fetched at once."""

import re

from fixtures.faults.fault import WEB

TYPES_ONLY = {"types.js"}


def test_every_module_is_preloaded() -> None:
    page = (WEB / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'<link rel="modulepreload" href="/src/([\w-]+\.js)" />', page))
    assert named == {path.name for path in (WEB / "src").glob("*.js")} - TYPES_ONLY
