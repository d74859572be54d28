"""`make mutants`: small changes to the model, and whether its specs notice them.

mutmut makes the changes and runs the specs. A change that no spec can notice is listed in
`equivalent_mutants.toml` with its reason; what is left over has survived.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOM = Path(__file__).parent
FIGURES = ROOM.parent / "mutants" / "mutmut-cicd-stats.json"
LEFT_OVER = {"survived", "no tests", "suspicious"}


class Mutant(NamedTuple):
    """One change: mutmut's name for it, and the line as it was and as it became."""

    name: str
    was: str
    became: str

    @property
    def module(self) -> str:
        return self.name.rpartition(".")[0]


class Equivalent(NamedTuple):
    """A changed line that means the same, and why."""

    module: str
    became: str
    reason: str


def main(names: Sequence[str]) -> int:
    """Run the mutants of these names, or all; 1 where one survived."""
    run = subprocess.run([mutmut(), "run", *names], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.stdout.write(run.stdout[-2000:] + run.stderr[-2000:])
        return run.returncode
    left = [mutant_of(name) for name in left_over(said("results"))]
    said("export-cicd-stats")
    figures: dict[str, int] = json.loads(FIGURES.read_text(encoding="utf-8"))
    known = equivalents((ROOM / "equivalent_mutants.toml").read_text(encoding="utf-8"))
    lines, code = summary(figures, left, known)
    sys.stdout.write("\n".join(lines) + "\n")
    return code


def summary(
    figures: dict[str, int], left: Sequence[Mutant], known: Sequence[Equivalent]
) -> tuple[list[str], int]:
    """What came of it in words, and the exit code."""
    same = {(one.module, one.became) for one in known}
    survivors = [one for one in left if (one.module, one.became) not in same]
    fitting = len(left) - len(survivors)
    tried = sum(figures[name] for name in ("killed", "survived", "timeout", "suspicious"))
    tried += figures["no_tests"]
    killed = figures["killed"] + figures["timeout"]
    share = 100 * killed / (tried - fitting) if tried > fitting else 0.0
    told = f"{killed} of {tried - fitting} mutants killed ({share:.1f} %), {fitting} equivalent"
    lines = [f"survived  {one.name}\n  - {one.was}\n  + {one.became}" for one in survivors]
    return [*lines, told], 1 if survivors else 0


def left_over(results: str) -> list[str]:
    """The names of the mutants that no spec noticed, of mutmut's list."""
    pairs = (line.strip().rpartition(": ") for line in results.splitlines())
    return [name for name, _, state in pairs if state in LEFT_OVER]


def mutant_of(name: str) -> Mutant:
    """A mutant with its lines."""
    return mutant_in(name, said("show", name).splitlines())


def mutant_in(name: str, diff: Iterable[str]) -> Mutant:
    """The same of a diff that is known."""
    changed = [line for line in diff if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}]
    sides = {sign: [line[1:].strip() for line in changed if line[0] == sign] for sign in "-+"}
    return Mutant(name, " ".join(sides["-"]), " ".join(sides["+"]))


def equivalents(text: str) -> tuple[Equivalent, ...]:
    """The list of those that mean the same."""
    listed: dict[str, list[dict[str, str]]] = tomllib.loads(text)
    return tuple(
        Equivalent(module, one["became"], one["reason"])
        for module, found in listed.items()
        for one in found
    )


def said(*arguments: str) -> str:
    """What mutmut prints."""
    done = subprocess.run([mutmut(), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def mutmut() -> str:
    """The tool beside this interpreter."""
    return str(Path(sys.executable).with_name("mutmut"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
