"""Version of the code between records and statements, a part of the cache key of a document's statements."""

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# All files on the way from a record to its validated statements. The Turtle files are not among them: they are part of
# the cache key as the sources of the vocabulary.
_ON_THE_PATH = (
    "graph/dataset/attestations.py",
    "graph/dataset/corrections.py",
    "graph/dataset/document_fields.py",
    "graph/dataset/event_statements.py",
    "graph/dataset/quotations.py",
    "graph/dataset/rdf_terms.py",
    "graph/dataset/statements.py",
    "graph/dataset/terms.py",
    "graph/dataset/validation.py",
    "graph/resolution/*.py",
    "graph/wording.py",
    "ontology/*.py",
    "ontology/given_names.txt",
)
# Files that the patterns match, but that no statement depends on.
_BESIDE_THE_PATH = frozenset(
    {
        "graph/resolution/__init__.py",
        "graph/resolution/decision_files.py",
        "graph/resolution/explain.py",
        "graph/resolution/review.py",
        "ontology/__init__.py",
        "ontology/checks.py",
        "ontology/docs.py",
        "ontology/errors.py",
        "ontology/licence.py",
    }
)


def statement_code_version(package: Path = PACKAGE) -> str:
    """Digest of the code that makes statements of records, in the folder of the package `caregraph`."""
    digest = hashlib.sha256()
    for path in statement_files(package):
        content = (package / path).read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def statement_files(package: Path) -> list[str]:
    """Files that statements depend on, by their sorted paths in the package's folder."""
    paths = {path.relative_to(package).as_posix() for pattern in _ON_THE_PATH for path in package.glob(pattern)}
    return sorted(paths - _BESIDE_THE_PATH)
