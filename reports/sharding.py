"""From the folders of shards to the folder of one run."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from harness.journal import Entry, FlowRecorded, Journal, StepObserved
from reports.html.pictures import is_beside
from reports.merging import Shard, merged
from reports.opening import JOURNAL, ReportError
from reports.reading import read


def merge_runs(folders: Sequence[Path], out: Path) -> None:
    """Write the journal of one run, made of several, into `out`, with the pictures of its steps.

    Args:
        folders: the runs; one without a journal is a missing shard, and told as such.
        out: a folder that is made where it is not there, and none of `folders`.

    Raises:
        ReportError: none of them has a journal, or `out` cannot be written.
    """
    if out.resolve() in {folder.resolve() for folder in folders}:
        raise ReportError(f"{out} is one of the runs: name another folder with --out.")
    shards = [_shard(folder) for folder in folders]
    if not any(shard.reading for shard in shards):
        raise ReportError(f"none of the {len(shards)} folders holds a {JOURNAL}: name runs.")
    entries, origin = merged(shards)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / JOURNAL).open("w", encoding="utf-8") as stream:
            journal, files = Journal(stream), _Files(folders, origin, out)
            for entry in entries:
                journal.write(files.brought(entry))
    except OSError as error:
        raise ReportError(
            f"{out} cannot be written ({error.strerror}): name another folder with --out."
        ) from error


def _shard(folder: Path) -> Shard:
    try:
        return Shard(name=str(folder), reading=read(folder / JOURNAL))
    except OSError:
        return Shard(name=str(folder), reading=None)


class _Files:
    """What entries name beside their journals, a picture, a trace, a video, in one folder.

    Shards may have files of one name, such as pictures of walks of the same number: that of the
    later shard gets another.
    """

    def __init__(self, folders: Sequence[Path], origin: dict[str, int], out: Path) -> None:
        self._folders = folders
        self._origin = origin
        self._out = out
        self._owners: dict[str, int] = {}  # the shard of each name

    def brought(self, entry: Entry) -> Entry:
        """The entry, whose files are in the folder by the names that it has."""
        match entry:
            case StepObserved(screenshot=str(name)):
                return entry.model_copy(update={"screenshot": self._copied(entry.flow, name)})
            case FlowRecorded(trace=trace, video=video):
                named = {"trace": trace, "video": video}.items()
                update = {kind: self._copied(entry.flow, name) for kind, name in named if name}
                return entry.model_copy(update=update)
            case _:
                return entry

    def _copied(self, flow: str, name: str) -> str:
        """The name of the copy; of what is not in the shard's own folder there is none."""
        shard = self._origin[flow]
        file = self._folders[shard] / name
        here = is_beside(self._folders[shard], file)
        if not here or not is_beside(self._out, self._out / JOURNAL):
            return name
        mine = self._owners.setdefault(file.name, shard) == shard
        copy = file.name if mine else f"shard-{shard + 1}-{file.name}"
        shutil.copyfile(file, self._out / copy)
        return copy
