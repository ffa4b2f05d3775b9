"""Version of the extractors: it changes with all that makes records, and with nothing else."""

import ast
import shutil
from pathlib import Path

import pytest

from caregraph.extractors.code_digest import code_digest, files_on_the_path
from caregraph.extractors.version import extractor_version
from caregraph.ontology.vocabulary import load_vocabulary

CHECKOUT = Path(__file__).parents[3]
# Code that a component imports, but no record depends on: what components take of the vocabulary is counted by value,
# and an error's message is part of no record.
NOT_COUNTED = {"ontology/errors.py", "ontology/vocabulary.py"}


@pytest.fixture
def package(tmp_path):
    """A copy of the package, with small files in place of the weights."""
    for room in ("extractors", "ontology"):
        shutil.copytree(CHECKOUT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "weights"))
    (tmp_path / "extractors/findings/weights").mkdir()
    (tmp_path / "extractors/findings/weights/findings.npz").write_bytes(b"weights")
    return tmp_path


@pytest.fixture
def digest(package):
    """The digest of the package's code as it is now, whatever it was before."""
    return lambda: code_digest.__wrapped__(package)


def imported_files(path):
    """The files of ours that a module imports."""
    for node in ast.walk(ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("caregraph."):
            module = node.module.removeprefix("caregraph.").replace(".", "/")
            files = [f"{module}.py", *(f"{module}/{alias.name}.py" for alias in node.names)]
            yield from (file for file in files if (CHECKOUT / file).exists())


def test_files_on_the_path_are_those_that_the_pipeline_imports():
    reached, waiting = set(), ["extractors/pipeline.py"]
    while waiting:
        path = waiting.pop()
        if path not in reached | NOT_COUNTED:
            reached.add(path)
            waiting.extend(imported_files(path))

    assert {path for path in files_on_the_path(CHECKOUT) if path.endswith(".py")} == reached


@pytest.mark.parametrize(
    "path",
    [
        "extractors/executor.py",
        "extractors/worker_pool.py",
        "extractors/worker_process.py",
        "extractors/worker_handle.py",
        "extractors/version.py",
        "extractors/code_digest.py",
        "extractors/reading/page_pictures.py",
        "extractors/findings/embeddings.py",
        "extractors/names/__init__.py",
        "ontology/docs.py",
        "ontology/licence.py",
        "ontology/errors.py",
        "ontology/vocabulary.py",
    ],
)
def test_version_stays_with_an_edit_beside_the_path(package, digest, path):
    before = digest()
    (package / path).write_text("an edit", encoding="utf-8")

    assert digest() == before


@pytest.mark.parametrize(
    "path",
    [
        "extractors/pipeline.py",
        "extractors/record_builder.py",
        "extractors/sentences.py",
        "extractors/spans.py",
        "extractors/tokenizer.py",
        "extractors/reading/pdf/read_pdf.py",
        "extractors/documents/kinds.py",
        "extractors/dates/periods.py",
        "extractors/people/person_names.py",
        "extractors/judgements/judgements.py",
        "extractors/names/services.py",
        "extractors/findings/classifier.py",
        "extractors/findings/weights/findings.npz",
        "ontology/records.py",
        "ontology/report.py",
    ],
)
def test_version_changes_with_an_edit_on_the_path(package, digest, path):
    before = digest()
    (package / path).write_text("an edit", encoding="utf-8")

    assert digest() != before


def test_version_changes_where_files_change_places(package, digest):
    dates, periods = package / "extractors/dates/dates.py", package / "extractors/people/dates.py"
    before = digest()
    dates.rename(periods)

    assert digest() != before


def test_version_changes_with_the_spellings_of_the_vocabulary():
    plain, more = load_vocabulary(), load_vocabulary([CHECKOUT / "samples/register.ttl"])

    assert extractor_version(plain) == extractor_version(plain) != extractor_version(more)
