"""Who may import whom: one direction of flow, from the words to the page."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ontology", "extractors", "graph", "explorer", "commands", "benchmarks")
SINGLES = ("workspace", "pipeline", "cli", "app")

# Room -> the rooms of ours it may import, and the libraries it must not touch.
MAY_IMPORT = {
    "ontology": set(),
    "extractors": {"ontology"},
    "graph": {"ontology"},
    "workspace": {"ontology", "extractors", "graph"},
    "pipeline": {"ontology", "extractors", "graph", "workspace"},
    "commands": {"ontology", "graph"},
    "benchmarks": {"ontology", "extractors", "graph", "pipeline", "workspace"},
    "cli": {"ontology", "extractors", "graph", "pipeline", "workspace", "commands", "benchmarks"},
    "explorer": {"ontology", "graph", "pipeline", "workspace"},
    "app": {"ontology", "graph", "pipeline", "workspace", "explorer"},
}
MUST_NOT_IMPORT = {
    "ontology": {"spacy", "neo4j", "streamlit", "pypdfium2"},
    "extractors": {"neo4j", "streamlit", "rdflib", "pyoxigraph"},
    "graph": {"spacy", "streamlit", "pypdfium2"},
    "workspace": {"spacy", "neo4j", "streamlit", "rdflib"},
    "pipeline": {"spacy", "neo4j", "streamlit", "rdflib"},
    "commands": {"spacy", "neo4j", "rdflib"},
    "benchmarks": set(),
    "cli": {"spacy", "neo4j", "rdflib"},
    "explorer": {"spacy", "neo4j", "rdflib"},
    "app": {"spacy", "neo4j", "rdflib", "pypdfium2"},
}


def modules() -> list[tuple[str, Path]]:
    inside = [(room, path) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return inside + [(name, ROOT / f"{name}.py") for name in SINGLES if (ROOT / f"{name}.py").exists()]


def imported(source: str) -> set[str]:
    """The top-level packages that a module's source imports, wherever in the module it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda value: value.stem if isinstance(value, Path) else value
)
def test_rooms_import_only_what_they_may(room, path):
    names = imported(path.read_text(encoding="utf-8"))

    ours = names & {*ROOMS, *SINGLES} - {room}
    assert ours <= MAY_IMPORT[room]
    assert not names & MUST_NOT_IMPORT[room]


def test_rooms_notice_a_forbidden_import():
    assert imported("def late():\n    from graph.rdf import to_graph") == {"graph"}


@pytest.mark.parametrize("path", [path for _, path in modules() if path.name == "__init__.py"], ids=str)
def test_room_entrances_run_nothing(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert all(isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign) for node in body)


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda value: value.stem if isinstance(value, Path) else value
)
def test_only_the_command_line_prints(room, path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    prints = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert room in ("cli", "commands", "benchmarks") or not prints
