from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harness.actions import OpenReview, OpenSession
from harness.errors import AppError, UsageError
from harness.flows import flows
from harness.flows.round_trip import round_trips
from harness.plans import Plan, predict
from harness.targets.family.addresses import encoded
from harness.targets.family.api import MOVE, FamilyApi
from harness.targets.opencode import Opencode
from harness.targets.protocol import Workshop
from harness.targets.reference import start_server
from harness.targets.repository import make_repository
from harness.workshop import open_workshop


@pytest.fixture(name="workshop")
def _workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(logs=tmp_path) as workshop:
        yield workshop


@pytest.fixture(name="base_url")
def _base_url(workshop: Workshop) -> Iterator[str]:
    """A server of the family that somebody else started."""
    project = make_repository(workshop.folder / "theirs")
    process = start_server(workshop, project, workshop.folder / "data")
    try:
        yield process.address
    finally:
        process.stop()


def _short(plan: Plan) -> Plan:
    return plan.model_copy(update={"seeded": 2})


def test_the_server_tells_its_project_and_version(workshop: Workshop, base_url: str) -> None:
    with Opencode().start(workshop._replace(base_url=f"{base_url}/")) as stage:
        assert stage.project == str(workshop.folder / "theirs")
        assert stage.app_version == httpx.get(f"{base_url}/global/health").json()["version"]
        assert stage.died() is None


def test_nothing_is_left_in_the_project_of_somebody_else(workshop: Workshop, base_url: str) -> None:
    with Opencode().start(workshop._replace(base_url=base_url)) as stage:
        names = stage.prepare(_short(flows(stage.traits)[0]))
        worktree = Path(names.directories["worktree"])
        assert worktree.is_dir()
        assert httpx.get(f"{base_url}/session").json()
    assert not worktree.exists()
    assert httpx.get(f"{base_url}/session").json() == []


def test_in_a_release_without_moves_no_worktree_is_entered(
    workshop: Workshop, base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has(_api: FamilyApi, path: str) -> bool:
        return path != MOVE

    monkeypatch.setattr(FamilyApi, "has", has)
    with Opencode().start(workshop._replace(base_url=base_url)) as stage:
        assert (stage.traits.enters_by, stage.traits.declared_binds) == ((), True)
        assert "move" not in stage.traits.can
        trips = round_trips(stage.traits)
        with pytest.raises(UsageError, match="no session of this app enters a worktree"):
            predict(trips[0][0], stage.traits)
        plan, *_ = flows(stage.traits)
        assert plan.name == "follow-up-in-place-history"
        stage.prepare(_short(plan))


def test_an_address_tells_the_session_on_screen(workshop: Workshop, base_url: str) -> None:
    with Opencode().start(workshop._replace(base_url=base_url)) as stage:
        before = stage.on_screen(stage.address("ses_1", "/p/ü"))
        assert before
        assert (before.session_id, before.directory) == ("ses_1", "/p/ü")
        now = stage.on_screen(f"{stage.origin}/server/{encoded(stage.origin)}/session/ses_2?x=1")
        assert now
        assert (now.server_key, now.session_id, now.directory) == ("server", "ses_2", None)
        assert stage.on_screen(f"{stage.origin}/") is None


def test_what_a_review_shows_is_taken_back_at_the_end(workshop: Workshop, base_url: str) -> None:
    plan = Plan(name="p", title="t", seeded=1, actions=(OpenSession(), OpenReview()))
    with Opencode().start(workshop._replace(base_url=base_url)) as stage:
        names = stage.prepare(plan)
        changed = Path(names.directories["root"], "changed-in-root.txt")
        assert changed.exists()
        assert Path(names.directories["worktree"], "changed-in-worktree.txt").exists()
    assert not changed.exists()


@pytest.mark.parametrize(
    "address", ["localhost:4096", "http://127.0.0.1:4096/app", "ftp://127.0.0.1", "there"]
)
def test_what_is_no_address_is_bad_usage(workshop: Workshop, address: str) -> None:
    started = Opencode().start(workshop._replace(base_url=address))
    with pytest.raises(UsageError, match=r"--base-url takes an address like"), started:
        pass


def test_an_address_and_a_version_exclude_each_other(workshop: Workshop) -> None:
    both = workshop._replace(base_url="http://127.0.0.1:9", app_version="1.18.33")
    with pytest.raises(UsageError, match="exclude each other"), Opencode().start(both):
        pass


def test_nobody_at_the_address_is_an_error_of_the_app(workshop: Workshop) -> None:
    started = Opencode().start(workshop._replace(base_url="http://127.0.0.1:9"))
    with pytest.raises(AppError, match=r"nothing answers at http://127\.0\.0\.1:9"), started:
        pass
