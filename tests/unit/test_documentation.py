"""The documentation names what there is: commands, settings, links."""

import re
from pathlib import Path

import pytest

from caregraph import settings
from caregraph.cli.command_table import COMMANDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_heading(command):
    assert re.search(rf"^## .*\b{command}\b", (DOCS / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("variable", re.findall(r"`((?:CAREGRAPH|NEO4J)_\w+)`", settings.__doc__ or ""))
def test_every_setting_is_in_the_documentation(variable):
    assert variable in (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    local = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]

    assert [target for target in local if not (page.parent / target).exists()] == []
