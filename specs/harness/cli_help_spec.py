"""The help of every command explains every option and argument."""

from collections.abc import Iterator
from importlib.metadata import version

import pytest
import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from harness.cli.main import app
from specs.harness.conftest import Harness


def commands(group: TyperGroup, *above: str) -> Iterator[tuple[str, TyperCommand]]:
    """Every command by its words, those below others too."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *above, name)
        elif isinstance(command, TyperCommand):
            yield " ".join((*above, name)), command


COMMANDS = dict(commands(typer.main.get_group(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for option in command.params:
        assert isinstance(option, TyperOption | TyperArgument)
        assert option.help, f"{name} {option.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_prints_its_help(harness: Harness, name: str) -> None:
    told = harness(*name.split(), "--help")
    assert told.code == 0
    assert "--verbose" in told.out


def test_the_exit_codes_are_part_of_the_help(harness: Harness) -> None:
    told = " ".join(harness("gate", "--help").out.split())
    assert "0 when every rule held, 1 when one was violated, 2 when there was no evidence" in told
    assert "130 when it was stopped by Ctrl-C" in told


def test_the_command_says_its_version(harness: Harness) -> None:
    told = harness("--version")
    assert (told.code, told.out) == (0, f"harness {version('scope-harness')}\n")
