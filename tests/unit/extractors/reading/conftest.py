"""Fixtures of all forms of one report: its facts, and the reader that reads them of a form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from caregraph.extractors.pipeline import ReportReader
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import load_vocabulary
from tests.unit.extractors.reading.one_report import facts, plain

REGISTER = Path(__file__).parents[4] / "samples" / "register.ttl"


@pytest.fixture(scope="session")
def read() -> Callable[..., Record]:
    """Read a file's content, whatever its name."""
    reader = ReportReader(load_vocabulary((REGISTER,)))

    def from_content(content: str | bytes, name: str = "report") -> Record:
        return reader.read_bytes(name, content.encode() if isinstance(content, str) else content)

    return from_content


@pytest.fixture(scope="session")
def expected(read) -> dict[str, object]:
    """The facts that the plain text gives."""
    return facts(read(plain()))
