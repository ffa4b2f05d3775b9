"""Version of the extractors: the part of a record's cache key that is not its document."""

import hashlib
from pathlib import Path

from caregraph.extractors.code_digest import code_digest
from caregraph.extractors.pipeline import COMPONENTS
from caregraph.extractors.reading.pdf.recognition import engine
from caregraph.ontology.vocabulary import Vocabulary

_PACKAGE = Path(__file__).parents[1]


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
