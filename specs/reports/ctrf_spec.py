"""CTRF is what its published schema says: https://ctrf.io, in the npm package `ctrf`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft7Validator

from harness.journal import Entry, RunStarted
from reports.ci import ctrf_json
from reports.telling import tell
from specs.reports.hostile_spec import hostile_run
from specs.reports.sample_coverage import cover_run, exercising_run, exploring_run
from specs.reports.sample_journals import (
    accepted_run,
    clean_run,
    dead_run,
    failing_run,
    partial_run,
)
from specs.reports.sample_matrices import wide_matrix

PACKAGE = Path(__file__).parents[2] / ".ci/node_modules/ctrf"


Complaints = Callable[[object], list[str]]


@pytest.fixture(scope="module", name="complaints")
def _complaints() -> Complaints:
    """What the schema has to say against a document."""
    file = PACKAGE / "dist/ctrf-schema-0.0.json"
    assert file.is_file(), "the schema comes with: make javascript"
    schema: Any = Draft7Validator(json.loads(file.read_text("utf-8")))
    return lambda document: [error.message for error in schema.iter_errors(document)]


def nothing() -> Iterator[Entry]:
    """A journal without a line."""
    yield from ()


def begun() -> Iterator[Entry]:
    """A run that died after its first line."""
    yield from (entry for entry in clean_run() if isinstance(entry, RunStarted))


RUNS = (
    clean_run,
    failing_run,
    accepted_run,
    partial_run,
    dead_run,
    begun,
    nothing,
    wide_matrix,
    exercising_run,
    exploring_run,
    cover_run,
    hostile_run,
)


@pytest.mark.parametrize("entries", RUNS)
def test_every_run_is_as_the_schema_says(
    entries: Callable[[], Iterator[Entry]], complaints: Complaints
) -> None:
    assert complaints(json.loads(ctrf_json(tell(entries())))) == []


@pytest.mark.parametrize("name", ["tool", "summary", "tests"])
def test_the_schema_finds_what_is_wrong(name: str, complaints: Complaints) -> None:
    document = cast("dict[str, dict[str, object]]", json.loads(ctrf_json(tell(clean_run()))))
    del document["results"][name]
    assert complaints(document)
    document["results"][name] = "none"
    assert complaints(document)


def test_the_version_is_one_that_is_published() -> None:
    document = json.loads(ctrf_json(tell(clean_run())))
    major, minor, _ = document["specVersion"].split(".")
    assert (PACKAGE / f"dist/ctrf-schema-{major}.{minor}.json").is_file()
