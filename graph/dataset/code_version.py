"""Version of the code between records and statements, a part of the cache key of a document's statements."""

import hashlib
from pathlib import Path

GRAPH = Path(__file__).parents[1]
# The modules of `dataset` on the path from a record to its validated statements. The others store and query them.
STATEMENT_MODULES = ("attestations", "quotations", "rdf_terms", "statements", "validation")
# The modules of `resolution` that no statement depends on: they show identities, or read and write decisions.
OTHER_RESOLUTION_MODULES = ("decision_files", "explain", "review")


def statement_code_version(graph: Path = GRAPH) -> str:
    """Digest of the code that makes statements of records, in the folder of `caregraph.graph`."""
    digest = hashlib.sha256()
    for path in _modules(graph):
        digest.update(path.relative_to(graph).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _modules(graph: Path) -> list[Path]:
    dataset = [graph / "dataset" / f"{name}.py" for name in STATEMENT_MODULES]
    resolution = [path for path in (graph / "resolution").glob("*.py") if path.stem not in OTHER_RESOLUTION_MODULES]
    return sorted([*dataset, *resolution])
