"""An app behind a login is told at its first answer; what a class of one's own raises is told."""

import httpx
import pytest

from harness.errors import AppError, HookError
from harness.targets.family.api import FamilyApi
from harness.targets.login import login_asked
from harness.targets.own.guarding import guard
from harness.targets.page_scripts import scripts_of
from specs.example.target import Chat


def answer(status: int, path: str = "/", **headers: str) -> httpx.Response:
    return httpx.Response(
        status, headers=headers, request=httpx.Request("GET", f"http://app{path}")
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(401), "asks for a login (401)"),
        (answer(403), "asks for a login (403)"),
        (answer(302, location="/login?next=/"), "sends one on to /login?next=/"),
        (answer(200), None),
        (answer(404), None),
        (answer(500), None),
    ],
)
def test_an_answer_that_asks_for_a_login(given: httpx.Response, said: str | None) -> None:
    told = login_asked(given)
    assert told is None if said is None else told and told.startswith(said)


@pytest.mark.parametrize(("path", "asks"), [("/users/sign_in", True), ("/index.html", False)])
def test_a_page_that_was_sent_on(path: str, *, asks: bool) -> None:
    end = answer(200, path)
    end.history = [answer(302, location=path)]
    assert (login_asked(end) is not None) == asks


def through(status: int, **headers: str) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, headers=headers, text="no"))


def test_whoever_asks_such_an_app_hears_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = httpx.Client

    def client(**options: object) -> httpx.Client:
        return real(**{**options, "transport": through(401)})  # pyright: ignore[reportArgumentType]  as given

    monkeypatch.setattr(httpx, "Client", client)
    with pytest.raises(AppError, match=r"http://app asks for a login \(401\): .*\(at GET /path\)"):
        FamilyApi("http://app", "server").project()
    with pytest.raises(AppError, match=r"http://app asks for a login \(401\)"):
        next(scripts_of("http://app"))


def test_a_class_of_ones_own_that_fails_is_told_with_its_place() -> None:
    class Careless(Chat):
        def works_in(self, session: str) -> str:
            return {"there": session}["cwd"]

    app = Careless()
    app.http = httpx.Client(base_url="http://app", transport=through(401))
    guard(app)
    said = r"Careless\.works_in, login_spec\.py, line \d+, failed with KeyError: 'cwd'"
    with pytest.raises(HookError, match=said):
        app.works_in("1")
    with pytest.raises(AppError, match="chat asks for a login"):
        app.messages("1")
    assert app.address("1", "/p") == "/chat/1"
