"""Version of the code that makes statements: an edit counts if, and only if, statements depend on the module."""

import ast
import shutil
from pathlib import Path

import pytest

from caregraph.graph.dataset.code_version import GRAPH, statement_code_version

ROOTS = ("dataset/statements.py", "dataset/validation.py", "resolution/clustering.py", "resolution/resolver.py")


@pytest.fixture
def graph(tmp_path):
    return shutil.copytree(GRAPH, tmp_path / "graph", ignore=shutil.ignore_patterns("__pycache__"))


def version_after_edit(graph, module):
    """Version after an edit of a module, and the version before it."""
    before = statement_code_version(graph)
    path = graph / module
    path.write_bytes(path.read_bytes() + b"# edited\n")
    return statement_code_version(graph), before


@pytest.mark.parametrize(
    "module",
    [
        *(f"dataset/{name}.py" for name in ("statements", "rdf_terms", "quotations", "attestations", "validation")),
        *(f"resolution/{name}.py" for name in ("resolver", "clustering", "blocking", "decisions", "name_similarity")),
    ],
)
def test_edit_between_record_and_statements_changes_the_version(graph, module):
    after, before = version_after_edit(graph, module)

    assert after != before


@pytest.mark.parametrize(
    "module",
    [
        *(
            f"dataset/{name}.py"
            for name in ("status", "sparql", "sparql_worker", "catalogue", "store", "document_cache")
        ),
        *(f"resolution/{name}.py" for name in ("explain", "review", "decision_files")),
        "atomic_files.py",
        "neo4j/store.py",
        "queries/search.py",
        "queries/questions/documents.cypher",
        "server/launcher.py",
    ],
)
def test_edit_elsewhere_keeps_the_version(graph, module):
    after, before = version_after_edit(graph, module)

    assert after == before


def test_version_is_the_same_in_every_folder(graph):
    assert statement_code_version(graph) == statement_code_version()


def test_module_is_told_apart_by_its_room(graph):
    before = statement_code_version(graph)
    (graph / "dataset" / "rdf_terms.py").rename(graph / "resolution" / "rdf_terms.py")
    (graph / "dataset" / "rdf_terms.py").touch()

    assert statement_code_version(graph) != before


def imported(module):
    """Modules of the graph room that a module imports, itself included, directly or by way of others."""
    seen, waiting = set(), [module]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for node in ast.walk(ast.parse((GRAPH / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("caregraph.graph."):
                waiting.append(Path(*node.module.split(".")[2:]).with_suffix(".py").as_posix())
    return seen


@pytest.mark.parametrize("root", ROOTS)
def test_every_module_that_statements_need_counts(graph, root):
    for module in sorted(imported(root)):
        after, before = version_after_edit(graph, module)
        assert after != before, module
