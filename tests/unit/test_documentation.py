"""The documentation names what there is: commands, settings, links."""

import re
from pathlib import Path

import pytest

from caregraph import settings
from caregraph.cli.command_table import COMMANDS
from caregraph.extractors.pipeline import COMPONENTS
from caregraph.graph.export.destination import form_names

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
DESCRIPTIONS = [page for page in PAGES if page.name != "CHANGELOG.md"]  # that one names what there was
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
MODULE = re.compile(r"\bpython -m ([\w.]+)")
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


@pytest.mark.parametrize("page", DESCRIPTIONS, ids=lambda page: page.name)
def test_paths_lead_somewhere(page):
    assert [path for path in paths(page.read_text(encoding="utf-8")) if not any(ROOT.glob(path))] == []


@pytest.mark.parametrize("page", DESCRIPTIONS, ids=lambda page: page.name)
def test_commands_name_modules_that_there_are(page):
    names = set(MODULE.findall(page.read_text(encoding="utf-8"))) - {"pytest"}

    assert [name for name in names if not any(ROOT.glob(f"{name.replace('.', '/')}*"))] == []


def paths(text: str) -> list[str]:
    """Paths of the checkout that a page names: from a folder at its top, or of a file that is code or documentation."""
    words = [word.removeprefix("./") for code in CODE.findall(text) for word in code.split()]
    return [
        word.rstrip("/")
        for word in words
        if "/" in word
        and PATH.fullmatch(word)
        and ((ROOT / word.split("/")[0]).is_dir() or word.endswith((".py", ".md", ".ttl", ".js", ".txt")))
    ]


def test_a_path_that_leads_nowhere_is_noticed():
    text = "`graph/nothing/`, `state/links.py`, `python tests/none.py`, `read/write`, `ontology/*.ttl`, plain a/b.py"

    assert paths(text) == ["graph/nothing", "state/links.py", "tests/none.py", "ontology/*.ttl"]


PROMISES = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (DOCS / "security.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("path", "test"), PROMISES, ids=lambda part: part.rpartition("/")[2])
def test_every_promise_of_security_has_its_test(path, test):
    assert re.search(rf"^def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_glossary_has_each_word_once_and_in_order():
    words = re.findall(r"^\| ([^|]+?) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)[1:]

    assert words == sorted(set(words), key=str.lower)


def test_architecture_has_the_components_in_their_order():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    [table] = re.findall(r"^\| Component \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)

    named = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert named == [module.__name__.split(".")[-1] for module in COMPONENTS]


def test_every_form_of_export_is_in_the_documentation():
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    [section] = re.findall(r"^## export\n(.*?)(?=^## )", page, re.MULTILINE | re.DOTALL)

    assert set(form_names()) <= set(re.findall(r"[\w-]+", section))


def test_compose_publishes_its_ports_to_this_machine_alone():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")

    published = re.findall(r'^ +- "([\d.:]+)"$', text, flags=re.MULTILINE)
    assert published == ["127.0.0.1:7687:7687", "127.0.0.1:8501:8501"]
