"""Bombadil (npm `@antithesishq/bombadil`), which clicks and types in a page and judges its states.

It cannot hold answers, move a session or change a server; of the rules it is given those that a
page alone can tell. The agent answers by itself, and is asked for the worktree in words.
"""

import json
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from fixtures.agent import Agent
from fixtures.agent.demo import demo
from harness.explorer.bounds import Bounds
from harness.exploring.bench.came import Came
from harness.faulting import faulted
from harness.run import RunOptions
from harness.targets.reference import Reference, ReferenceStage
from harness.workshop import open_workshop

TOOL = "Bombadil"
MISSING = "bombadil is not on the PATH: npm install --global @antithesishq/bombadil"
ENDING_S = 60.0  # it ends its browser, and a step that has begun
# A property and an action generator an export. What a text is made of is a regular expression.
RULES = """
import { always, next, now } from "@antithesishq/bombadil";
import { actions, extract } from "@antithesishq/bombadil/browser";
import { clicks, inputs, navigation, scroll } from
  "@antithesishq/bombadil/browser/defaults/actions";
export { clicks, inputs, navigation, scroll };

const here = extract(
  ({ window }) => `${window.location.href} ${window.performance.timeOrigin}`,
);
const found = (state, name) => state.document.querySelector(`[data-component="${name}"]`);
const takenBack = extract((state) => found(state, "revert-dock") !== null);
const numbered = (name) => extract((state) => {
  const seen = (state.window.seen ??= { numbers: new WeakMap(), last: 0 });
  const node = found(state, name);
  if (node && !seen.numbers.has(node)) seen.numbers.set(node, ++seen.last);
  return node ? seen.numbers.get(node) : 0;
});
const rows = extract((state) => state.document.querySelectorAll("[data-message-id]").length);
const timeline = numbered("timeline");
const composer = numbered("prompt-input");

const kept = (part) => always(now(() => {
  const [at, node] = [here.current, part.current];
  return next(() => here.current !== at || node === 0 || part.current === node);
}));
export const timelineMounted = kept(timeline);
export const composerMounted = kept(composer);
export const renderedWindowKept = always(now(() => {
  const [at, count] = [here.current, rows.current];
  return next(() => here.current !== at || takenBack.current || rows.current >= count);
}));
export const noBlankFrame = always(now(() => {
  const [at, count] = [here.current, rows.current];
  return next(() => here.current !== at || takenBack.current || count === 0 || rows.current > 0);
}));

const prompt = extract((state) => {
  const field = found(state, "prompt-input");
  return field && state.document.activeElement === field ? field.value.trim() : null;
});
export const says = actions(() => {
  if (prompt.current === null) return [];
  if (prompt.current) return [{ PressKey: { code: 13 } }];
  const words = ["enter the worktree", "exit the worktree", "pwd"];
  return words.map((each) => ({ TypeText: { text: { Regexp: each }, delayMillis: 1 } }));
});
"""


def tried(options: RunOptions, fault: str, seconds: float, seed: int) -> Came:
    """Have it look for a violation, until the time is over; it takes no seed."""
    del seed
    program = shutil.which("bombadil")
    if program is None:
        return Came(TOOL, fault, note=MISSING)
    with (
        tempfile.TemporaryDirectory(prefix="scope-harness-bench-") as logs,
        open_workshop(logs=Path(logs), agent=Agent(demo)) as workshop,
        Reference().start(workshop) as stage,
        faulted(workshop.wire, options.fault),
    ):
        return _looked(program, stage, Path(logs), fault, seconds)


def _looked(program: str, stage: ReferenceStage, folder: Path, fault: str, seconds: float) -> Came:
    names = stage.prepare(Bounds().plan)
    address = stage.address(names.sessions["long"], names.directories["root"])
    rules, out = folder / "rules.js", folder / "out"
    rules.write_text(RULES, encoding="utf-8")
    options = ("--headless", "--no-sandbox", "--exit-on-violation", "--output-path", str(out))
    limit = ("--time-limit", f"{seconds:.0f}s")
    began = time.monotonic()
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [program, "browser", "test", *options, *limit, address, str(rules)],
            check=False,
            capture_output=True,
            timeout=seconds + ENDING_S,
        )
    took = time.monotonic() - began
    return told(out / "trace.jsonl", Came(TOOL, fault, seconds=took))


def told(trace: Path, came: Came) -> Came:
    """What its trace tells: a line a state, with the action that led there.

    It shrinks nothing: what it did until the violation is the counterexample.
    """
    states: list[dict[str, Any]] = []
    with suppress(FileNotFoundError):
        states = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    actions = sum(state["action"] is not None for state in states)
    violated = [each["name"] for state in states for each in state.get("violations", ())]
    came = came._replace(actions=actions)
    if not violated:
        return came if states else came._replace(note="bombadil wrote no trace")
    return came._replace(rule=violated[0], after_s=came.seconds, length=actions)
