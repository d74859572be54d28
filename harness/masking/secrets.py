"""What secrets look like: by the name that they stand under, or by their own shape."""

import re

from harness.masking.encoded import from_base64

SECRET = "<secret>"  # noqa: S105  what stands in the place of one

_HEADER = r"(?:proxy-)?authorization|(?:set-)?cookie"
_KEY = (
    r"x-[\w-]*(?:token|key|secret|auth)"
    r"|(?:[\w-]*[_-])?(?:api[_-]?key|token|secret|passw(?:or)?d|pwd|credentials?|private[_-]?key)"
    r"|(?:access|refresh|id|auth|session|bearer|csrf|xsrf)(?:token|key|secret)"
)
_VALUE = r"[^\s\"'\\,;&<>(){}\[\]]+"
_SHAPES = (
    r"\bsk-[\w-]{12,}",  # vendors of models
    r"\b[sr]k_(?:live|test)_\w{10,}",
    r"\bgh[opusr]_\w{16,}",
    r"\bgithub_pat_\w{16,}",
    r"\bglpat-[\w-]{16,}",
    r"\bxox[a-z]-[\w-]{10,}",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    r"\bAIza[\w-]{30,}",
    r"\bya29\.[\w-]{10,}",
    r"\bnpm_\w{30,}",
    r"\bpypi-[\w-]{30,}",
    r"\bhf_\w{20,}",
    r"\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*){0,3}",  # JWT and JWE
)
# A pattern, and what of it stays before the secret.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), f"{stays}{SECRET}")
    for pattern, stays in (
        (r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", ""),
        # A header's value goes on to the end of its line, or of the quotes that it stands in.
        (rf"(?im)(\b(?:{_HEADER})\\?[\"']?\s*[:=,]\s*(\\?[\"'])).*?(?=\2|$)", r"\1"),
        (rf"(?i)(\b(?:{_HEADER})\s*[:=]\s*)(?![\\\"'\s])[^\"'\r\n]+", r"\1"),
        (
            rf"(?i)(?<![\w-])((?:{_KEY})\\?[\"']?\s*[:=]\s*\\?[\"']?)(?:{SECRET}|{_VALUE})",
            r"\1",
        ),
        (r"(?i)\b((?:bearer|token)\s+)(?=[\w.~+/=-]*[\d_.~+/=-])[\w.~+/=-]{12,}", r"\1"),
        (r"(://)[^/\s@\"'<>]+(?=@)", r"\1"),
        ("|".join(_SHAPES), ""),
    )
)
_BASIC = re.compile(r"(?i)\b(basic\s+)([a-z0-9+/_-]{6,}={0,2})")
_NAME = re.compile(rf"(?i)(?:{_HEADER}|{_KEY})")
# A text in which none of these stands, in lower case, has no secret that is found here.
HINTS = (
    *("authorization", "cookie", "token", "secret", "passw", "pwd", "credential", "bearer"),
    *("basic ", "x-", "@", "private", "eyj", "apikey", "api_key", "api-key", "sk-", "sk_", "rk_"),
    *(f"{word}key" for word in ("access", "refresh", "id", "auth", "session", "csrf", "xsrf")),
    *("ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "xox", "akia", "asia"),
    *("aiza", "ya29.", "npm_", "pypi-", "hf_"),
)


def names_a_secret(name: str) -> bool:
    """Whether what stands under a name is a secret, as the value of a header or a field."""
    return _NAME.fullmatch(name) is not None


def without_secrets(text: str) -> str:
    """The text with `<secret>` for every secret that can be told by its name or its shape."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return _BASIC.sub(_without_credentials, text)


def _without_credentials(found: re.Match[str]) -> str:
    """`Basic` is a common word; what follows is a secret if it is a name and a password."""
    return found[1] + SECRET if ":" in (from_base64(found[2]) or "") else found[0]
