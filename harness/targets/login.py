"""An app behind a login: told at the first answer that looks like one."""

import re

import httpx

REMEDY = "the harness logs in nowhere; start one for it that asks for no login"
REFUSED = frozenset({401, 403, 407})
LOGIN_FIELD = 'input[type="password"]:visible'


_ITS_PAGE = re.compile(r"(?i)log[-_]?in|sign[-_]?in|auth|sso")


def login_asked(answer: httpx.Response) -> str | None:
    """How an answer asks for a login, with the remedy; None where it does not.

    A server's own address that sends one on to another is taken for it, too: no app that the
    harness knows does so where nobody need log in.
    """
    if answer.status_code in REFUSED:
        return f"asks for a login ({answer.status_code}): {REMEDY}"
    if answer.is_redirect:
        return f"sends one on to {answer.headers['location']}, as to a login: {REMEDY}"
    if answer.history and _ITS_PAGE.search(answer.url.path):
        return f"sends one on to {answer.url.path}: {REMEDY}"
    return None
