"""`harness app`: the reference app to look at, until Ctrl-C."""

import signal

import httpx

from specs.harness import command
from specs.harness.command import children_of, ensure_gone


def test_it_serves_until_ctrl_c_and_leaves_nothing() -> None:
    app = command.started("app", "--messages", 3)
    assert app.stdout is not None
    url = app.stdout.readline().strip()
    assert httpx.get(url, trust_env=False).status_code == 200
    children = children_of(app.pid)
    assert children
    app.send_signal(signal.SIGINT)
    _, err = app.communicate(timeout=command.ENOUGH_S)
    assert (app.returncode, err) == (0, "")
    ensure_gone(children)
