"""Plan of a sync: one graph for the vocabularies, each document and each failed file, and payloads made on demand."""

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import GraphRows, NodeRow
from caregraph.graph.neo4j.sync_plan import payload_version, plan_sync, planned_loads
from caregraph.ontology.iris import VOCABULARY_GRAPH, document_iri
from caregraph.ontology.schema import cg

LETTER = Entry(source="letter.pdf", sha256="a" * 64, extractor="1", statements=1, fingerprint="f")
UNREAD = Entry(source="scan.pdf", sha256="b" * 64, extractor="1", status="failed", reason="no text in it")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class Source:
    """A dataset of documents of one node each, which notes whose statements were read."""

    def __init__(self, *entries, type="Document"):
        self.entries = entries
        self.type = type
        self.read = []

    def documents(self):
        return list(self.entries)

    def vocabulary(self):
        return "1"

    def quads(self, name):
        self.read.append(name)
        node = ox.NamedNode(name)
        return iter([ox.Quad(node, TYPE, ox.NamedNode(cg(self.type)), node)])


class Cache(dict):
    """Payloads by hash and version."""

    def payload(self, sha256, version):
        return self.get((sha256, version))


def cached(content):
    return Cache({(LETTER.sha256, payload_version(LETTER.fingerprint)): content})


def payload_of(graph, *, label):
    return GraphPayload.of(GraphRows(graph, (NodeRow(label, graph, own=True),)))


def loads_of(source, payload_cache=None):
    refused = {}
    loads = list(planned_loads(source, plan_sync(source), refused, payload_cache))
    assert refused == {}
    return {load.graph: load.payload for load in loads}


def test_plan_has_the_vocabularies_first_and_every_file():
    plan = plan_sync(Source(UNREAD, LETTER))

    names = [planned.name for planned in plan.values()]
    assert next(iter(plan)) == VOCABULARY_GRAPH
    assert sorted(names) == ["letter.pdf", "scan.pdf", "the vocabularies"]
    assert LETTER.document in plan


@pytest.mark.parametrize(
    "change",
    [{"fingerprint": "g"}, {"source": "renamed.pdf"}, {"statements": 2}, {"fingerprint": "", "extractor": "2"}],
)
def test_version_changes_with_what_the_payload_depends_on(change):
    fields = {name: getattr(LETTER, name) for name in LETTER.__slots__}
    changed = Entry(**{**fields, **change})

    versions = [plan_sync(Source(entry))[LETTER.document].version for entry in (LETTER, LETTER, changed)]

    assert versions[0] == versions[1] != versions[2]


def test_payload_is_made_when_it_is_asked_for():
    source = Source(LETTER)
    loads = planned_loads(source, plan_sync(source), {})
    assert source.read == []

    assert next(loads).graph == VOCABULARY_GRAPH
    assert source.read == [VOCABULARY_GRAPH]


def test_cached_payload_is_not_made_again():
    source, content = Source(LETTER), payload_of(LETTER.document, label="Region").serialize()

    assert loads_of(source, cached(content))[LETTER.document] == payload_of(LETTER.document, label="Region")
    assert LETTER.document not in source.read


@pytest.mark.parametrize("content", [b"", b"damaged", b"\x00" * 8])
def test_missing_or_damaged_payload_is_made_again(content):
    source = Source(LETTER)

    assert loads_of(source, cached(content))[LETTER.document] == payload_of(LETTER.document, label="Document")


def test_document_under_two_names_is_not_taken_from_the_cache():
    again = Entry(source="again.pdf", sha256=LETTER.sha256, extractor="1", statements=1, fingerprint="f")
    source, content = Source(LETTER, again), payload_of(LETTER.document, label="Region").serialize()

    assert loads_of(source, cached(content))[LETTER.document] == payload_of(LETTER.document, label="Document")


def test_file_that_could_not_be_read_is_one_node():
    loads = loads_of(Source(UNREAD))
    [payload] = [loads[graph] for graph in loads if graph != VOCABULARY_GRAPH]

    [node] = payload.contribution.nodes.values()
    assert (node.label, node.properties["reason"]) == ("UnreadFile", "no text in it")


def test_graph_without_a_valid_payload_is_refused_with_the_reason():
    source, refused = Source(LETTER), {}
    node = ox.NamedNode(document_iri(LETTER.sha256))
    name = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    source.quads = lambda graph: iter([ox.Quad(node, name, ox.Literal("A letter"), node)])

    assert list(planned_loads(source, {LETTER.document: plan_sync(source)[LETTER.document]}, refused)) == []
    assert "nothing says what it is" in refused[LETTER.document]
