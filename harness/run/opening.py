"""A run from the start of its target to the last line of its journal."""

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

from harness.journal import Doing, Entry
from harness.run.book import Begun, Book
from harness.run.exercisable import exercisable
from harness.run.folder import open_journal
from harness.run.options import RunOptions, applying, chosen, is_whole, not_tried
from harness.run.performing import Listener, Run
from harness.run.verdict import verdict_after
from harness.runner import Runner
from harness.targets.catalogue import target_named
from harness.targets.protocol import Stage, Workshop
from harness.workshop import open_workshop


@contextmanager
def open_run(
    options: RunOptions,
    folder: Path,
    *,
    browser: str,
    listeners: tuple[Listener, ...] = (),
) -> Generator[Run]:
    """Start the target and hold it ready; the journal is complete at the end, come what may.

    Args:
        options: what to run.
        folder: the run's own folder, from `run_folder`.
        browser: name and version, for the journal.
        listeners: told each journal entry.

    Raises:
        HarnessError: the target cannot be started, or a plan is not allowed.
    """
    with open_book(options, folder, listeners) as book, ExitStack() as stack:
        book.browser = browser
        workshop = stack.enter_context(workshop_for(options, folder))
        stage = stack.enter_context(target_named(options.target).start(workshop))
        run, begun = begin(options, folder, stage, workshop, book.emit)
        book.start(begun)
        yield run
        book.end(run.verdict, run.reason)


@contextmanager
def open_book(
    options: RunOptions,
    folder: Path,
    listeners: tuple[Listener, ...],
    *,
    doing: Doing = "gate",
    more: Mapping[str, str] = MappingProxyType({}),
) -> Generator[Book]:
    """The journal of a run, which gets its last line come what may.

    Args:
        options: what to run.
        folder: the run's own folder.
        listeners: told each journal entry.
        doing: what kind of run it is.
        more: what else it stands on, by name.

    Raises:
        UsageError: it cannot be written.
    """
    with open_journal(folder) as stream:
        book = Book(stream, listeners, options, folder, doing=doing, more=more)
        try:
            yield book
        except BaseException as error:
            book.end(*verdict_after(error))
            raise


def begin(
    options: RunOptions,
    shots: Path | None,
    stage: Stage,
    workshop: Workshop,
    emit: Callable[[Entry], None],
) -> tuple[Run, Begun]:
    """A run on a stage, and what its journal begins with.

    Args:
        options: what to run.
        shots: the folder for screenshots; None takes none.
        stage: the app.
        workshop: the wire.
        emit: takes each journal entry as it is made.

    Raises:
        UsageError: a flow is unknown, or the app has no way to do it.
    """
    plans = chosen(options, stage.traits)
    names = tuple(plan.name for plan in plans)
    begun = Begun(
        app_version=stage.app_version,
        flows=names,
        left_out=not_tried(options, stage.traits),
        exercisable=exercisable(stage.traits),
    )
    runner = Runner(stage, workshop, emit, shots, applying(options))
    return Run(plans, runner, options.fault, whole=is_whole(options)), begun


def workshop_for(options: RunOptions, logs: Path) -> AbstractContextManager[Workshop]:
    """Everything that the target of a run needs to start its app, as `open_workshop` makes it."""
    return open_workshop(
        logs=logs,
        app_version=options.app_version,
        base_url=options.base_url,
        server_url=options.server_url,
        workdir=options.workdir,
        agent_port=options.agent_port,
    )


def keep_failure(
    options: RunOptions,
    folder: Path,
    error: BaseException,
    listeners: tuple[Listener, ...] = (),
) -> None:
    """Write the journal of a run that came to its end before a target was started."""
    with open_journal(folder) as stream:
        Book(stream, listeners, options, folder).end(*verdict_after(error))
