"""Environment of a reader: all that decides what it makes of a document's bytes, to be compared between machines."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from caregraph.extractors.code_digest import code_digest
from caregraph.ontology.vocabulary import FILES

# The packages that the code of the extractors imports.
PACKAGES = (
    "lxml", "mammoth", "markdown-it-py", "numpy", "onnxruntime", "pillow", "pypdfium2", "rapidfuzz", "rapidocr",
    "spacy", "trafilatura",
)  # fmt: skip

_PACKAGE = Path(__file__).parents[2]
_BESIDE = ("reading/documents.py", "graph/dataset/document_cache.py")  # turn a record into bytes


def reading_environment() -> dict[str, str]:
    """Versions by name: of Python, of our code and vocabularies, and of the packages that readers use."""
    own = hashlib.sha256(code_digest(_PACKAGE).encode())
    for path in (*FILES, *(_PACKAGE / name for name in _BESIDE)):
        own.update(path.read_bytes())
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, "caregraph's code": own.hexdigest()[:16], **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def environment_differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Words for what differs between two environments; none if they are equal.

    >>> environment_differences({"Python": "3.12", "spacy": "3.8.7"}, {"Python": "3.11", "spacy": "3.8.7"})
    'Python 3.12, here 3.11'
    """
    differing = [name for name in ours if theirs.get(name) != ours[name]]
    return "; ".join(f"{name} {theirs.get(name, 'none')}, here {ours[name]}" for name in differing)
