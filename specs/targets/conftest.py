import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiohttp import web

from harness.probe.loop import LoopThread

NpmThat = Callable[[str], Path]


@pytest.fixture(name="npm_that")
def _npm_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NpmThat:
    """Puts an npm on the PATH that does what a line of Python says.

    The line knows `place` (the folder to install into), `package` and `version`; each call is
    noted in the file that is returned.
    """

    def put(line: str) -> Path:
        folder, calls = tmp_path / "bin", tmp_path / "calls"
        folder.mkdir()
        calls.touch()
        program = folder / "npm"
        program.write_text(
            f"#!{sys.executable}\n"
            "import pathlib, sys\n"
            "place = pathlib.Path(sys.argv[sys.argv.index('--prefix') + 1])\n"
            "package, version = sys.argv[-1].rsplit('@', 1)\n"
            f"with open({str(calls)!r}, 'a') as calls:\n"
            "    calls.write(sys.argv[-1] + '\\n')\n"
            "def install(program):\n"
            "    path = place / 'node_modules' / package / 'bin' / 'opencode'\n"
            "    path.parent.mkdir(parents=True)\n"
            "    path.write_text(program)\n"
            "    path.chmod(0o755)\n"
            f"{line}\n",
            encoding="utf-8",
        )
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return calls

    return put


Serve = Callable[[dict[str, str]], str]


@pytest.fixture(name="serve")
def _serve() -> Iterator[Serve]:
    """Serves texts by path; answers with the address."""
    with ExitStack() as stack:
        loop = stack.enter_context(LoopThread())

        def start(texts: dict[str, str]) -> str:
            async def answer(request: web.Request) -> web.Response:
                text = texts.get(request.path)
                kind = "text/html" if request.path == "/" else "application/json"
                return web.Response(
                    status=404 if text is None else 200, text=text or "", content_type=kind
                )

            async def listen() -> web.AppRunner:
                app = web.Application()
                app.router.add_route("*", "/{path:.*}", answer)
                runner = web.AppRunner(app)
                await runner.setup()
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                return runner

            runner = loop.run(listen())
            stack.callback(lambda: loop.run(runner.cleanup()))
            return f"http://127.0.0.1:{runner.addresses[0][1]}"

        yield start
