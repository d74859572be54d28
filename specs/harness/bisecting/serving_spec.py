"""Runs of a search are kept apart by the app that they were made on."""

from pathlib import Path

import pytest

from harness.bisecting.serving import Start

URL = "http://127.0.0.1:4096"
START = Start("run {rev}", Path("/app"), 10.0)


@pytest.mark.parametrize(
    ("start", "url"),
    [
        (START._replace(command="run {rev} --other"), URL),
        (START._replace(folder=Path("/other")), URL),
        (START, "http://127.0.0.1:4097"),
    ],
)
def test_another_command_folder_or_address_is_another_app(start: Start, url: str) -> None:
    assert start.mark(url) != START.mark(URL)


def test_the_same_app_is_known_again_whatever_time_it_is_given() -> None:
    assert START._replace(wait_s=20.0, folder=Path("/app/../app")).mark(URL) == START.mark(URL)
