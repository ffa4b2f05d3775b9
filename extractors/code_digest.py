"""Code of the extractors: the files of ours that make a record of a document's bytes, and their digest."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Every file of ours between the bytes of a document and its record. The vocabulary's code is not among them: what the
# components are given of the vocabulary is part of the version itself. Nor are the errors: a message makes no record.
_ON_THE_PATH = (
    "extractors/*.py",
    "extractors/reading/*.py",
    "extractors/reading/formats/*.py",
    "extractors/reading/pdf/*.py",
    "extractors/documents/*.py",
    "extractors/dates/*.py",
    "extractors/people/*.py",
    "extractors/judgements/*.py",
    "extractors/names/*.py",
    "extractors/findings/*.py",
    "extractors/sharing/*.py",
    "extractors/findings/weights/*",
    "ontology/county_areas.txt",
    "ontology/given_names.py",
    "ontology/given_names.txt",
    "ontology/places.py",
    "ontology/places.txt",
    "ontology/records.py",
    "ontology/report.py",
)
_BESIDE_THE_PATH = frozenset(
    {
        "extractors/version.py",
        "extractors/code_digest.py",
        "extractors/executor.py",
        "extractors/worker_pool.py",
        "extractors/worker_process.py",
        "extractors/worker_handle.py",
        "extractors/reading/page_pictures.py",
        "extractors/findings/embeddings.py",
    }
)


@cache
def code_digest(package: Path) -> str:
    """Digest of the files of a package's folder that make records, by their paths in it and their bytes."""
    digest = hashlib.sha256()
    for path in files_on_the_path(package):
        content = (package / path).read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def files_on_the_path(package: Path) -> Iterator[str]:
    """Yield the paths in a package's folder of the files that make records, in order."""
    paths = {path.relative_to(package).as_posix() for pattern in _ON_THE_PATH for path in package.glob(pattern)}
    yield from sorted(path for path in paths - _BESIDE_THE_PATH if not path.endswith("__init__.py"))
