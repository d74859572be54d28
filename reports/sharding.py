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
            journal = Journal(stream)
            for entry in entries:
                journal.write(entry)
                _take_files(entry, folders, origin, out)
    except OSError as error:
        raise ReportError(
            f"{out} cannot be written ({error.strerror}): name another folder with --out."
        ) from error


def _shard(folder: Path) -> Shard:
    try:
        return Shard(name=str(folder), reading=read(folder / JOURNAL))
    except OSError:
        return Shard(name=str(folder), reading=None)


def _take_files(entry: Entry, folders: Sequence[Path], origin: dict[str, int], out: Path) -> None:
    """Copy what an entry names beside its journal: a picture, a trace, a video."""
    match entry:
        case StepObserved(screenshot=str(name)):
            names = (name,)
        case FlowRecorded(trace=trace, video=video):
            names = (trace, video)
        case _:
            return
    source = folders[origin[entry.flow]]
    for name in filter(None, names):
        if is_beside(source, source / name) and is_beside(out, out / JOURNAL):
            shutil.copyfile(source / name, out / Path(name).name)
