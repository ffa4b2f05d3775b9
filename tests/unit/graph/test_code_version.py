"""Version of the code that makes statements: an edit counts if, and only if, statements depend on the file."""

import ast
import shutil
from pathlib import Path

import pytest

from caregraph.graph.code_version import PACKAGE, statement_code_version, statement_files

# A record becomes statements by these modules, and by those that they import.
ENTRANCES = [
    "graph/dataset/statements.py",
    "graph/dataset/validation.py",
    "graph/resolution/clustering.py",
    "graph/resolution/resolver.py",
]
# Code that they import, but no statement depends on: no faulty vocabulary, error's message or written file makes one.
NOT_COUNTED = {"graph/atomic_files.py", "ontology/checks.py", "ontology/errors.py"}


@pytest.fixture
def package(tmp_path):
    for room in ("graph", "ontology"):
        shutil.copytree(PACKAGE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def edit(path):
    path.write_bytes(path.read_bytes() + b"# edited\n")


@pytest.mark.parametrize(
    "path",
    [
        *(
            f"graph/dataset/{name}.py"
            for name in ("statements", "rdf_terms", "quotations", "attestations", "validation")
        ),
        *(f"graph/resolution/{name}.py" for name in ("resolver", "clustering", "decisions", "name_similarity")),
        *(f"ontology/{name}" for name in ("iris.py", "vocabulary.py", "given_names.txt")),
    ],
)
def test_edit_between_record_and_statements_changes_the_version(package, path):
    before = statement_code_version(package)
    edit(package / path)

    assert statement_code_version(package) != before


@pytest.mark.parametrize(
    "path",
    [
        *(f"graph/dataset/{name}.py" for name in ("status", "sparql/answers", "sparql/worker", "catalogue", "store")),
        "graph/dataset/document_cache.py",
        *(f"graph/resolution/{name}.py" for name in ("explain", "review", "decision_files")),
        *(f"graph/{name}" for name in ("atomic_files.py", "neo4j/store.py", "server/launcher.py")),
        *(f"graph/queries/{name}" for name in ("search.py", "questions/documents.cypher")),
        *(f"ontology/{name}.py" for name in ("docs", "errors", "licence")),
    ],
)
def test_edit_elsewhere_keeps_the_version(package, path):
    before = statement_code_version(package)
    edit(package / path)

    assert statement_code_version(package) == before


def test_version_is_the_same_in_every_folder(package):
    assert statement_code_version(package) == statement_code_version()


def test_same_file_in_another_room_changes_the_version(package):
    before = statement_code_version(package)
    (package / "graph/dataset/rdf_terms.py").rename(package / "graph/resolution/rdf_terms.py")

    assert statement_code_version(package) != before


def imported_files(path):
    """Files of ours that a module imports."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("caregraph."):
            file = Path(*node.module.split(".")[1:]).with_suffix(".py").as_posix()
            if (PACKAGE / file).is_file():
                yield file


def test_every_module_that_statements_need_is_counted():
    reached, waiting = set(), list(ENTRANCES)
    while waiting:
        path = waiting.pop()
        if path not in reached | NOT_COUNTED:
            reached.add(path)
            waiting.extend(imported_files(path))

    assert reached <= set(statement_files(PACKAGE))
    assert not {path for path in statement_files(PACKAGE) if "/dataset/" in path} - reached
