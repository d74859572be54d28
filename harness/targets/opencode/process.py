"""A server of opencode as a process: its home, its environment, its only model."""

import json
import os
from pathlib import Path

from harness.targets.process import AppProcess
from harness.targets.protocol import Workshop
from harness.traits import MODELS

LISTENING = r"opencode server listening on (http://\S+)"
START_S = 60.0
CLOSED = "http://127.0.0.1:9"  # nobody serves there: opencode installs nothing while it is tested
KEPT = ("PATH", "LANG", "LC_ALL", "TZ")  # of the environment: no keys and settings of the person
QUIET = {
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "OPENCODE_DISABLE_DEFAULT_PLUGINS": "1",
    "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "OPENCODE_DISABLE_SHARE": "1",
    "npm_config_registry": CLOSED,
}


def start_server(
    workshop: Workshop, program: Path, project: Path, home: Path, logs: str = "opencode"
) -> AppProcess:
    """Start a release on a repository, with a home of its own and the agent as its only model.

    Args:
        workshop: has the agent, and the folder for logs.
        program: the release.
        project: the repository.
        home: its home; it is made.
        logs: the name of its folder of logs.

    Raises:
        AppError: it does not come up.
    """
    env = environment(home)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"):
        Path(env[name], "opencode").mkdir(parents=True)
    config = json.dumps(configuration(workshop.agent.base_url), indent=2)
    Path(env["XDG_CONFIG_HOME"], "opencode", "opencode.json").write_text(config, encoding="utf-8")
    # What the app logs is kept as it is written, so it is there also after a crash.
    kept = workshop.logs.resolve() / logs
    kept.mkdir(parents=True, exist_ok=True)
    Path(env["XDG_DATA_HOME"], "opencode", "log").symlink_to(kept)
    command = [str(program), "serve", "--port", "0", "--hostname", "127.0.0.1"]
    return AppProcess("opencode", command, LISTENING, cwd=project, env=env, deadline_s=START_S)


def environment(home: Path) -> dict[str, str]:
    """The whole environment of the server: private folders, nothing asked of the outside."""
    return {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        **QUIET,
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
    }


def configuration(model_url: str) -> dict[str, object]:
    """Opencode's configuration with the model server at `model_url` and no other."""
    model = {"tool_call": True, "limit": {"context": 200_000, "output": 8_000}}
    served = {
        "npm": "@ai-sdk/openai-compatible",
        "options": {"baseURL": model_url, "apiKey": "none"},
    }
    scripted = {
        "agent": {"name": "Scripted agent", **model},
        "titles": {"name": "Scripted titles", **model},
    }
    providers = {"harness": {**served, "name": "Harness", "models": scripted}}
    for name, offered in (each.split("/", 1) for each in MODELS):
        models = {offered: {"name": offered, **model}}
        providers[name] = {**served, "name": name, "models": models}
    return {
        "$schema": "https://opencode.ai/config.json",
        "model": "harness/agent",
        "small_model": "harness/titles",
        "autoupdate": False,
        "share": "disabled",
        "permission": {"bash": "allow", "edit": "allow", "external_directory": "allow"},
        "enabled_providers": [*providers],
        "provider": providers,
    }
