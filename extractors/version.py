"""Version of the extractors: the part of a record's cache key that is not its document."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from caregraph.extractors.pipeline import COMPONENTS
from caregraph.extractors.reading.pdf.recognition import engine
from caregraph.ontology.vocabulary import Vocabulary

_PACKAGE = Path(__file__).parents[1]

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
    "ontology/places.py",
    "ontology/places.txt",
    "ontology/records.py",
    "ontology/report.py",
)
_BESIDE_THE_PATH = frozenset(
    {
        "extractors/version.py",
        "extractors/worker_pool.py",
        "extractors/worker_process.py",
        "extractors/worker_handle.py",
        "extractors/reading/page_pictures.py",
        "extractors/findings/embeddings.py",
    }
)


def extractor_version(vocabulary: Vocabulary) -> str:
    """Digest of all that a record depends on besides its document.

    That is the code of the extractors, their weights, what the components are
    given of the vocabulary, and the program that reads pictures of text, if one
    is installed. Memberships of agencies are not part of it.
    """
    recorder = _ConfigRecorder()
    for module in COMPONENTS:
        module.add_to(recorder, vocabulary)
    return hashlib.sha256(f"{code_digest(_PACKAGE)} {recorder.configs}{engine() or ''}".encode()).hexdigest()[:16]


class _ConfigRecorder:
    """Stand-in for a pipeline, which takes a second to make, that records the configuration of each component."""

    def __init__(self) -> None:
        self.configs: list[object] = []

    def add_pipe(self, factory: str, *, config: object = None) -> None:
        self.configs.append((factory, config))


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
