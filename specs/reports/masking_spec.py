"""What only one machine knows stands in no report, however it is written."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.masking import Machine, Masking
from specs.reports.hostile_texts import HOSTILE

MACHINE = Machine(
    users=("ada",),
    hosts=("analytical-engine.example.org", "analytical-engine"),
    homes=("/home/ada",),
    temporary=("/scratch/t",),
)
RUN = "/tmp/scope-harness-k3j2"  # noqa: S108
ROOT, WORKTREE = f"{RUN}/project", f"{RUN}/data-worktrees/side-1"
SESSION, SERVER = "ses_01a213d51cbb0002", "http://127.0.0.1:42199"
NAMES = {
    "root": ROOT,
    "worktree": WORKTREE,
    "elsewhere": "/srv/ci/job-77/run/elsewhere",
    "long": SESSION,
    "server": SERVER,
    "mirror": "http://127.0.0.1:42200",
}
MASKING = Masking(NAMES, MACHINE)
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----"

SECRETS = [
    ("Authorization: Bearer abc.def", "Authorization: <secret>"),
    ("authorization: Basic YWRhOmxvdmU=\nhost: x", "authorization: <secret>\nhost: x"),
    ("Cookie: a=b; c=d", "Cookie: <secret>"),
    ('{"set-cookie": "id=1; Path=/", "a": 1}', '{"set-cookie": "<secret>", "a": 1}'),
    ("{'Authorization': 'Bearer x y', 'a': 1}", "{'Authorization': '<secret>', 'a': 1}"),
    ("('cookie', 'a=b'), ('x', 'y')", "('cookie', '<secret>'), ('x', 'y')"),
    ('{\\"authorization\\":\\"Bearer x\\"}', '{\\"authorization\\":\\"<secret>\\"}'),
    ("x-api-key: 12345", "x-api-key: <secret>"),
    ("OPENAI_API_KEY=abc def", "OPENAI_API_KEY=<secret> def"),
    ("?access_token=abc&x=1", "?access_token=<secret>&x=1"),
    ('{"accessToken":"abc","n":1}', '{"accessToken":"<secret>","n":1}'),
    ("password = hunter2!", "password = <secret>"),
    ("sent Bearer abcdef1234567890 to it", "sent Bearer <secret> to it"),
    ("Basic YWRhOmxvdmU=", "Basic <secret>"),
    ("https://ada:love@git.example.org/x", "https://<secret>@git.example.org/x"),
    ("key sk-proj-AbCd1234efgh5678", "key <secret>"),
    ("ghp_0123456789abcdefghij, github_pat_0123456789abcdef", "<secret>, <secret>"),
    ("AKIAIOSFODNN7EXAMPLE", "<secret>"),
    ("xoxb-123456789012-abc", "<secret>"),
    (f"token {JWT}", "token <secret>"),
    (f"/callback#{JWT}", "/callback#<secret>"),
    (f"before {KEY} after", "before <secret> after"),
    ("-----BEGIN RSA PRIVATE KEY-----\ncut short", "<secret>"),
]


def b64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def masked(text: str) -> str:
    once = MASKING.text(text)
    assert MASKING.text(once) == once
    return once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORKTREE, "<worktree>"),
        (f"{WORKTREE}/src/a.py:3", "<worktree>/src/a.py:3"),
        (f"file://{ROOT}/a", "file://<root>/a"),
        (f"ran in “{ROOT}”.", "ran in “<root>”."),
        (f"{ROOT}-2/a", "<tmp>/project-2/a"),
        (f"/private{WORKTREE}/a", "<worktree>/a"),
        (json.dumps({"directory": ROOT}), '{"directory": "<root>"}'),
        (ROOT.replace("/", "\\/"), "<root>"),
        (f"{SESSION} of {SERVER}", "<long> of <server>"),
        (f"/session/{SESSION}/message", "/session/<long>/message"),
        ("http://127.0.0.1:42200/path", "<mirror>/path"),
        (f"{SESSION}9 is another", "<long>9 is another"),
        (f"bashpwd{ROOT} now", "bashpwd<root> now"),
        (f"enter-worktree{WORKTREE}now in", "enter-worktree<tmp>/data-worktrees/side-1now in"),
    ],
)
def test_real_names_become_the_words_of_the_plan(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SERVER}/{b64(ROOT)}/session/{SESSION}", "<server>/<root>/session/<long>"),
        (f"/{b64(WORKTREE)}/session/x", "/<worktree>/session/x"),
        (f"/{b64(f'{WORKTREE}/deep/er')}/session/x", "/<worktree>/deep/er/session/x"),
        (f"/{b64('/home/eve/own')}/session/x", "/~/own/session/x"),
        (f"/x?server={b64('http://127.0.0.1:9')}", "/x?server=<server>"),
        (f"{b64(ROOT)}==", "<root>"),
        (base64.b64encode(f"{ROOT}/ÿ?".encode()).decode(), "<root>/ÿ?"),
        (quote(ROOT, safe=""), "<root>"),
        (quote(ROOT, safe="").lower(), "<root>"),
        (quote(quote(ROOT, safe=""), safe=""), "<root>"),
        (f"/find?path={quote(f'{ROOT}/a b', safe='')}&x=1", "/find?path=<root>/a b&x=1"),
        ("http%3A%2F%2F127.0.0.1%3A42199%2Fa", "<server>/a"),
        (f"/{quote(b64(ROOT) + '=')}/session", "/<root>/session"),
        (f"/{b64(quote(ROOT, safe=''))}/session", "/<root>/session"),
        (b64("authorization: Bearer abcdefgh12345"), "authorization: <secret>"),
        (f"dir-{b64(ROOT)}", "dir-<root>"),
    ],
)
def test_what_is_encoded_is_looked_into(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/ada", "~"),
        ("/home/ada/.config/app", "~/.config/app"),
        ("/Users/eve/x, /root/.ssh", "~/x, ~/.ssh"),
        ("C:\\Users\\eve\\x", "~\\x"),
        ('"C:\\\\Users\\\\eve\\\\x"', '"~\\\\x"'),
        ("/mnt/c/Users/eve/x", "~/x"),
        (f"{RUN}/home/.local", "<tmp>/home/.local"),
        ("/tmp/other-x1y2/log.txt", "<tmp>/log.txt"),  # noqa: S108
        ("/tmp", "<tmp>"),  # noqa: S108
        ("/scratch/t/pytest-of-me/a", "<tmp>/a"),
        ("/private/var/folders/ab/cd_e/T/tmpx/a", "<tmp>/a"),
        ("C:\\Users\\eve\\AppData\\Local\\Temp\\x1\\a", "<tmp>\\a"),
        ("/srv/ci/job-77/run/elsewhere/a", "<elsewhere>/a"),
        ("/srv/ci/job-77/run/home/a", "<workdir>/home/a"),
        ("cat/home/ada/x", "cat~/x"),
        ("http://localhost:3000/a, 127.0.0.1:80, [::1]:5", "<server>/a, <server>, <server>"),
        ("ws://0.0.0.0:1/x and 192.168.1.20:8080", "<server>/x and <host>"),
        ("ada@analytical-engine: by Ada", "<user>@<host>: by Ada"),
        ("on analytical-engine.example.org now", "on <host> now"),
    ],
)
def test_folders_people_and_addresses_of_a_machine(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(("text", "expected"), SECRETS)
def test_secrets_by_their_name_or_their_shape(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the timeline and the viewport were new elements; rows 30 → 10, scrollTop 3,173 → 838",
        "ask the bearer of news about basic understanding, and count 5 tokens: 12",
        "a cookie is a biscuit; the authorization of the king",
        "message msg_01a213d4ecd200d4ab1cb45a at -81.0 px, server mirror, session long",
        "https://example.org/home/page/tmp and version 1.17.19",
        "canada and ada-lang are no names of people",
        "SGVsbG8gd29ybGQsIG5vdGhpbmcgaGVyZQ and 100%25 sure",
        "open-session enter-worktree changed-in-root.txt",
    ],
)
def test_what_tells_nothing_of_a_machine_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("user", ["root", "runner", "worktree", "x", "long"])
def test_accounts_that_say_nothing_and_words_of_the_plan_stay(user: str) -> None:
    masking = Masking(NAMES, Machine(users=(user,), hosts=("localhost", "server")))
    text = f"{user} on server in the worktree of the long session"
    assert masking.text(text) == text


def test_the_people_of_the_machine_that_wrote_the_journal_are_known_from_its_paths() -> None:
    masking = Masking({"root": "/home/grace/code/app"}, Machine())
    assert masking.text("grace said so") == "<user> said so"


def test_bare_names_of_people_can_be_left() -> None:
    assert MASKING.places(f"ada in {ROOT}") == "ada in <root>"


def test_names_that_are_too_short_to_be_sure_stay() -> None:
    assert Masking({"root": "/p", "long": "a"}, Machine()).text("/p of a") == "/p of a"


def test_this_machine_knows_itself() -> None:
    here = Machine.this()
    masking = Masking({}, here)
    assert all(here.model_dump().values())
    for folder in here.homes:
        assert masking.text(f"{folder}/x") in {"~/x", "<tmp>/x", "<tmp>"}


def test_a_whole_tree_is_masked() -> None:
    tree = {"a": [f"{ROOT}/x", 1, None], "b": {"c": SERVER}}
    assert MASKING.tree(tree) == {"a": ["<root>/x", 1, None], "b": {"c": "<server>"}}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_hide_nothing(text: str) -> None:
    for known in (ROOT, SESSION, "ghp_0123456789abcdefghij"):
        assert known not in masked(f"{text} {known} {text}")


@given(st.text(max_size=60), st.sampled_from([ROOT, quote(WORKTREE, safe=""), SERVER, JWT]))
def test_no_text_around_it_brings_a_name_through(around: str, name: str) -> None:
    told = MASKING.text(f"{around} {name} {around}")
    assert name not in told
    assert MASKING.text(told) == told
