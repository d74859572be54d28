"""What a flow was given is gone before the next one: a long run stays as quick as it began."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harness.actions import OpenSession
from harness.plans import Other, Plan
from harness.targets.reference import Reference, ReferenceStage
from harness.workshop import open_workshop

PLAN = Plan(
    name="two-servers",
    title="Two servers",
    seeded=3,
    others=(Other(server="mirror", session="long", seeded=2), Other(session="short", seeded=2)),
    sides=1,
    actions=(OpenSession(),),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReferenceStage]:
    with (
        open_workshop(logs=tmp_path_factory.mktemp("seeding")) as workshop,
        Reference().start(workshop) as stage,
    ):
        yield stage


def sessions(stage: ReferenceStage, key: str) -> set[str]:
    server = stage.server(key)
    asked = {"directory": server.project}
    answer = httpx.get(f"{server.api.base_url}/session", params=asked, trust_env=False)
    return {each["id"] for each in answer.json()}


def test_only_the_sessions_and_worktrees_of_the_latest_plan_are_there(
    stage: ReferenceStage,
) -> None:
    before = stage.prepare(PLAN)
    names = stage.prepare(PLAN)
    assert sessions(stage, "server") == {*names.sessions.values()}
    assert sessions(stage, "mirror") == {names.sessions["long"]}
    for word in ("worktree", "side-1"):
        assert before.directory(word) != names.directory(word)
        assert not Path(before.directory(word)).exists()
        assert Path(names.directory(word)).is_dir()


def test_what_is_gone_already_is_no_hindrance(stage: ReferenceStage) -> None:
    names = stage.prepare(PLAN)
    stage.api.delete_session(names.sessions["long"], stage.project)
    again = stage.prepare(PLAN)
    assert sessions(stage, "server") == {*again.sessions.values()}
