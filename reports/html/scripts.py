"""The page's script: modules that name each other become one text, without a bundler."""

import re
from pathlib import Path

_ROOM = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def script(name: str) -> str:
    """A module with all that it imports before it, each once.

    All stand in one scope: no two of them may give a name to the same thing.
    """
    return "\n".join(_modules(name, set()))


def _modules(name: str, seen: set[str]) -> list[str]:
    if name in seen:
        return []
    seen.add(name)
    text = (_ROOM / f"{name}.js").read_text("utf-8")
    before = [module for found in _IMPORT.findall(text) for module in _modules(found, seen)]
    return [*before, _EXPORT.sub("", _IMPORT.sub("", text))]
