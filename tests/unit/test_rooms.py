"""Who may import whom: one direction of flow, from the words to the page."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEAVES = ("caregraph.settings.", "caregraph.extras")  # that every room may read
FOLDERS = ("ontology", "extractors", "graph", "explorer", "evaluation", "caregraph", "training", "benchmarks")

# Room -> the rooms of ours that it may import; with .* their sub-rooms too. Modules beside sub-rooms are one room.
MAY_IMPORT = {
    "ontology": set(),
    "extractors": {"ontology"},
    "graph": {"ontology"},
    "graph.resolution": {"ontology", "graph"},
    "graph.dataset": {"ontology", "graph", "graph.resolution"},
    "graph.neo4j": {"ontology", "graph", "graph.resolution", "graph.dataset"},
    "graph.improvement": {"ontology", "graph"},
    "graph.queries": {"ontology", "graph", "graph.resolution", "graph.dataset", "graph.neo4j", "graph.improvement"},
    "graph.export": {"ontology", "graph", "graph.resolution", "graph.dataset", "graph.neo4j"},
    "graph.server": {"ontology", "graph"},
    "caregraph": {"ontology", "extractors.*", "graph.*", "caregraph.ofsted"},
    "caregraph.ofsted": {"ontology", "graph", "caregraph"},
    "evaluation": {"ontology", "extractors.*", "graph.*", "caregraph"},
    "caregraph.cli": {"ontology", "extractors.*", "graph.*", "evaluation", "caregraph", "caregraph.ofsted"},
    "explorer": {"ontology", "graph.*", "caregraph"},
    "training": {"ontology", "extractors.*", "graph.*", "evaluation", "caregraph"},
    "benchmarks": {"ontology", "extractors.*", "graph.*", "evaluation", "caregraph"},
}
MUST_NOT_IMPORT = {
    "ontology": {"spacy", "neo4j", "streamlit", "pypdfium2"},
    "extractors": {"neo4j", "streamlit", "rdflib", "pyoxigraph"},
    "graph": {"spacy", "streamlit", "pypdfium2"},
    "caregraph": {"spacy", "neo4j", "streamlit", "rdflib"},
    "explorer": {"spacy", "neo4j", "rdflib"},
}
# Sub-rooms that only the components' order (`extractors.pipeline`) and the process pool bring together.
EXTRACTOR_ROOMS = {
    "cluster": set(),
    "reading": set(),
    "documents": {"reading"},
    "dates": {"reading"},
    "names": {"reading"},
    "judgements": {"documents", "reading"},
    "people": {"dates", "documents", "reading"},
    "findings": {"reading"},
    "sharing": {"documents", "names", "reading"},
}


def modules() -> list[tuple[str, Path]]:
    """The modules of every room, each with the dotted name of its folder; what a link leads to is found once."""
    return [
        (".".join(path.relative_to(ROOT).parts[:-1]), path)
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not any(parent.is_symlink() for parent in path.parents)
    ]


def room(dotted: str) -> str:
    """The room of the table that a folder or module belongs to: the longest name that begins it."""
    return max(
        (name for name in MAY_IMPORT if f"{dotted}.".startswith(f"{name}.")), key=len, default=dotted.split(".")[0]
    )


def imported(source: str) -> set[str]:
    """The modules that a module's source imports, wherever in it; ours without the package's name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = ("ontology", "extractors", "graph", "explorer", "evaluation")
    inside = [name.removeprefix("caregraph.") for name in names]
    return {bare if bare.split(".")[0] in ours else name for name, bare in zip(names, inside, strict=True)}


MODULES = pytest.mark.parametrize(
    ("folder", "path"), modules(), ids=lambda value: value.stem if isinstance(value, Path) else value
)


@MODULES
def test_rooms_import_only_what_they_may(folder, path):
    names = imported(path.read_text(encoding="utf-8"))
    here = "caregraph.cli" if path == ROOT / "caregraph" / "__main__.py" else room(folder)  # which is its door
    ours = {room(name) for name in names if name.split(".")[0] in FOLDERS and not name.startswith(LEAVES)} - {here}
    allowed = MAY_IMPORT[here]

    assert {name for name in ours if name not in allowed and f"{name.split('.')[0]}.*" not in allowed} == set()
    assert not {name.split(".")[0] for name in names} & MUST_NOT_IMPORT.get(here.split(".")[0], set())


@MODULES
def test_sub_rooms_of_the_extractors_have_one_direction(folder, path):
    if not folder.startswith("extractors."):
        return
    here = folder.split(".")[1]
    names = {
        name.split(".")[1] for name in imported(path.read_text(encoding="utf-8")) if name.startswith("extractors.")
    }

    assert (names & EXTRACTOR_ROOMS.keys()) - {here} <= EXTRACTOR_ROOMS[here]


@MODULES
def test_ours_are_imported_by_their_full_names(folder, path):
    """A user's own folder `graph` must not take the place of ours."""
    bare = {"ontology", "extractors", "graph", "explorer", "evaluation"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.module.split(".")[0] not in bare
        elif isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & bare


def test_a_forbidden_import_is_noticed():
    assert imported("def late():\n    from caregraph.graph.dataset.statements import to_graph") == {
        "graph.dataset.statements.to_graph"
    }
    assert room("graph.dataset.statements.to_graph") == "graph.dataset"
    assert room("caregraph.cli.main") == "caregraph.cli"


@pytest.mark.parametrize("path", [path for _, path in modules() if path.name == "__init__.py"], ids=str)
def test_room_entrances_run_nothing(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert all(isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign) for node in body)


@MODULES
def test_only_the_command_line_prints(folder, path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    prints = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert (
        folder.split(".")[0] in ("evaluation", "training", "benchmarks")
        or folder.startswith("caregraph.cli")
        or not prints
    )
