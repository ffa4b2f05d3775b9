"""One small invented report, resolved, for the tests of this room."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.decisions import Decisions
from graph.local_neo4j import ServerAddress
from graph.neo4j_store import Neo4jStore
from graph.resolve import Resolver
from ontology.records import Authority, Finding, Judgement, Mention, Passage, Person, Record
from ontology.terms import Vocabulary, load_vocabulary

TEXT = (
    "Lead inspector: Ann Example. Overall effectiveness: Good. "
    "The MASH answers quickly when a child may be at risk. "
    "Foster carers speak well of Mockingbird. The Lighthouse Team is new."
)

Quoted = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def quoted() -> Quoted:
    """The fields of a quotation: some words of the report and where they stand in it."""

    def where(words: str, *, page: int = 1) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"text": words, "page": page, "start": start, "end": start + len(words)}

    return where


@pytest.fixture(scope="session")
def raw(quoted: Quoted) -> Record:
    """A record as extraction hands it on: nothing in it has an IRI."""
    finding = "The MASH answers quickly when a child may be at risk."
    return Record(
        source="durham.pdf",
        sha256="a" * 64,
        title="Durham inspection report",
        kind="ilacs",
        authority=Authority("Durham", None),
        inspected=((date(2022, 5, 9), date(2022, 5, 20)),),
        published=date(2022, 7, 5),
        judgements=(Judgement(**quoted("Overall effectiveness: Good"), area="overall", grade="good"),),
        people=(Person(**quoted("Ann Example"), name="Ann Example", role="lead"),),
        mentions=(
            Mention(**quoted("MASH"), name="MASH", type="service", term="service:mash"),
            Mention(**quoted("Mockingbird"), name="Mockingbird", type="programme", term="programme:mockingbird"),
            Mention(**quoted("Lighthouse Team"), name="Lighthouse Team", type="service"),
        ),
        findings=(
            Finding(**quoted(finding), polarity="strength", confidence=0.9, topics=("front-door",), involves=("MASH",)),
        ),
        passages=(Passage(**quoted(TEXT), paragraph="1", section="What it is like"),),
        pages=2,
    )


@pytest.fixture(scope="session")
def record(raw: Record, vocabulary: Vocabulary) -> Record:
    """The same record, resolved."""
    return Resolver(vocabulary, Decisions()).resolve(raw)


@pytest.fixture
def another(record: Record) -> Callable[..., Record]:
    """The same record from another file, with other bytes and what else is changed."""

    def changed(source: str, digit: str, **changes: Any) -> Record:
        return replace(record, source=source, sha256=digit * 64, **changes)

    return changed


@pytest.fixture
def store(neo4j: ServerAddress) -> Iterator[Neo4jStore]:
    """The real database, empty but for its indexes."""
    with Neo4jStore.connect(neo4j) as store:
        store.write("MATCH (n) DETACH DELETE n")
        store.prepare()
        yield store
