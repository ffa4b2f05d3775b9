"""The table of commands says what the commands say of themselves, and is read without importing them."""

import subprocess
import sys
from importlib import import_module

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from caregraph.cli.application import app
from caregraph.cli.command_table import COMMANDS
from caregraph.cli.commands.explorer import SAMPLES


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_is_that_of_the_table(name):
    _, text = COMMANDS[name]
    command = get_command(app).get_command(None, name)

    assert command.name == name
    assert command.help.splitlines()[0] == text


def test_every_command_is_in_the_table():
    applications = [
        import_module(f"caregraph.cli.commands.{module}").app for module in {module for module, _ in COMMANDS.values()}
    ]
    commands = [command for application in applications for command in application.registered_commands]
    groups = [group for application in applications for group in application.registered_groups]

    names = [command.name or command.callback.__name__ for command in commands] + [group.name for group in groups]
    assert sorted(names) == sorted(COMMANDS)


def test_help_imports_no_heavy_package():
    heavy = "neo4j spacy pandas streamlit rdflib pyoxigraph numpy onnxruntime".split()
    program = (
        "import sys; sys.argv = ['caregraph', '--help']\n"
        "from caregraph.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "Commands:" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["--version"], ["-h"], ["--help"], ["build", "-h"], ["resolve", "same", "-h"]])
def test_help_and_version_are_where_people_look(arguments):
    result = CliRunner().invoke(app, arguments, prog_name="caregraph")

    assert result.exit_code == 0
    assert "caregraph" in result.output


def test_completion_can_be_shown(monkeypatch):
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))  # whatever has started the tests
    result = CliRunner().invoke(app, ["--show-completion"], prog_name="caregraph")

    assert result.exit_code == 0
    assert "_CAREGRAPH_COMPLETE" in result.output


def test_demo_finds_the_samples_of_the_package():
    assert (SAMPLES / "register.ttl").is_file()
