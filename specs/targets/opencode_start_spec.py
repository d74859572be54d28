import json
import re
from pathlib import Path

import pytest

from harness.errors import AppError
from harness.targets.opencode.process import configuration, environment, start_server
from harness.traits import MODELS
from harness.workshop import open_workshop

SAYS = "#!/bin/sh\n{} \necho opencode server listening on http://127.0.0.1:4096\nexec sleep 60\n"


def _program(folder: Path, text: str) -> Path:
    program = folder / "opencode"
    program.write_text(text)
    program.chmod(0o755)
    return program


def test_the_environment_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setenv("OPENCODE_CONFIG", "/elsewhere")
    env = environment(tmp_path)
    folders = [value for name, value in env.items() if name.startswith(("HOME", "XDG", "TMP"))]
    assert all(Path(folder).is_relative_to(tmp_path) for folder in folders)
    assert not {"OPENAI_API_KEY", "OPENCODE_CONFIG"} & env.keys()
    assert env["npm_config_registry"] == "http://127.0.0.1:9"


def test_the_agent_is_the_only_model() -> None:
    config = configuration("http://127.0.0.1:1/v1")
    assert config["enabled_providers"] == ["harness", "harbour", "meadow"]
    addresses = re.findall(r'"baseURL": "([^"]+)"', json.dumps(config))
    assert addresses == ["http://127.0.0.1:1/v1"] * 3
    assert config["model"] == "harness/agent"
    for provider, model in (each.split("/") for each in MODELS):
        assert f'"name": "{provider}", "models": {{"{model}"' in json.dumps(config)


def test_a_release_is_started_in_the_project_with_its_log_in_the_run(tmp_path: Path) -> None:
    logs = tmp_path / "run folder"
    writes = 'pwd > "$XDG_DATA_HOME/opencode/log/opencode.log"; cat "$XDG_CONFIG_HOME"/opencode/*'
    program = _program(tmp_path, SAYS.format(writes))
    project = tmp_path / "a project's «100 %»"
    project.mkdir()
    with open_workshop(logs=logs) as workshop:
        process = start_server(workshop, program, project, tmp_path / "home")
        try:
            assert process.address == "http://127.0.0.1:4096"
            assert workshop.agent.base_url in process.last_words(100)
        finally:
            process.stop()
    assert (logs / "opencode" / "opencode.log").read_text().strip() == str(project)


def test_a_release_that_ends_at_once_is_said_to(tmp_path: Path) -> None:
    program = _program(tmp_path, "#!/bin/sh\necho no room left; exit 3\n")
    with (
        open_workshop(logs=tmp_path / "run") as workshop,
        pytest.raises(AppError, match=r"opencode ended with exit code 3.*no room left"),
    ):
        start_server(workshop, program, tmp_path, tmp_path / "home")
