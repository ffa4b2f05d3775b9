"""What the graph says of a node, each fact with the words that prove it and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.readers import Reader

Span = tuple[int, int]  # characters from 0, end exclusive

THINGS = ("Agency", "Service", "Programme", "Body", "Process")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The document that says something. Days are ISO days; all but ``document`` and ``name`` may be missing."""

    document: str
    name: str
    kind: str | None = None
    council: str | None = None
    published: str | None = None
    started: str | None = None
    ended: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A fact and its words.

    ``about`` is what the fact is about: a judgement, a finding, a thing or a
    person; ``role`` is a person's. ``sentence`` and ``words`` are places in
    ``passage``: the sentence that says it, and in it, in order, the names or the grade. ``offset`` is where
    the passage begins in the text of its document.
    """

    about: Node
    role: str | None
    passage: str
    sentence: Span
    words: tuple[Span, ...]
    page: int | None
    paragraph: str | None
    section: str | None
    confidence: float | None
    source: Source
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """That an agency serves, or is hosted by, a council: who says so, how surely, and whether a report bears it out."""

    organisation: Node
    council: Node
    type: str
    standing: str | None
    certainty: str | None
    source: str | None


def groups(store: Reader, node: Node, *, polarity: str | None = None, council: str | None = None) -> dict[str, int]:
    """The kinds of fact there are about a node, with the number of places that prove each; none without any."""
    found = {}
    for group, match in _matches(node.label).items():
        counting = f"{match}\n{_SENTENCES}\nRETURN count(*) AS count"
        [row] = store.read(counting, iri=node.iri, polarity=polarity, council=council)
        if row["count"]:
            found[group] = row["count"]
    return found


def evidence(
    store: Reader, node: Node, group: str, *, polarity: str | None = None, council: str | None = None, limit: int = 10
) -> list[Evidence]:
    """The facts of one group about a node, the latest report first.

    Args:
        polarity: only findings of this polarity.
        council: only what reports on this council say, by its IRI.
    """
    match = _matches(node.label).get(group)
    if match is None:
        return []
    rows = store.read(
        f"{match}\n{_SENTENCES}\n{_COLUMNS}", iri=node.iri, polarity=polarity, council=council, limit=limit
    )
    return [_evidence(row) for row in rows]


def contradictions(store: Reader, thing: Node) -> list[Evidence]:
    """Where reports deny that a thing serves a council that the thesaurus lists, or name another in its place."""
    match = _DENIED + _PASSAGE
    rows = store.read(f"{match}\n{_SENTENCES}\n{_COLUMNS}", iri=thing.iri, polarity=None, council=None, limit=100)
    return [_evidence(row) for row in rows]


def of_findings(store: Reader, iris: Sequence[str]) -> list[Evidence]:
    """The words of these findings, in this order; one that the graph does not have is left out."""
    match = _STATED + " WHERE about.iri IN $iris WITH about, about AS q, p, d"
    rows = store.read(
        f"{match}\n{_SENTENCES}\n{_COLUMNS}", iris=list(iris), polarity=None, council=None, limit=len(iris)
    )
    found = {one.about.iri: one for one in map(_evidence, rows)}
    return [found[iri] for iri in iris if iri in found]


def around_findings(store: Reader, iris: Sequence[str]) -> dict[str, list[Node]]:
    """What these findings are about, by the finding's IRI: the council, the concepts, the named things."""
    rows = store.read(_AROUND, iris=list(iris))
    return {row["iri"]: [Node(**one) for one in row["nodes"]] for row in rows}


_AROUND = """
MATCH (f:Finding) WHERE f.iri IN $iris
RETURN f.iri AS iri,
       COLLECT { MATCH (f)<-[:STATES]-(:Document)-[:REPORTS_ON]->(c:LocalAuthority)
                 RETURN DISTINCT c {.iri, .name, label: 'LocalAuthority'} }
       + COLLECT { MATCH (f)-[:CONCERNS]->(k:Concept) WITH k ORDER BY k.name
                   RETURN k {.iri, .name, label: 'Concept'} }
       + COLLECT { MATCH (f)-[:INVOLVES]->(t) WITH t ORDER BY t.name
                   RETURN t {.iri, .name, label: labels(t)[0]} } AS nodes
"""


def properties(store: Reader, node: Node) -> dict[str, Any]:
    """The properties of a node by their keys; empty if it is not there."""
    rows = store.read(f"MATCH (n:{node.label} {{iri: $iri}}) RETURN properties(n) AS properties", iri=node.iri)
    return rows[0]["properties"] if rows else {}


def memberships(store: Reader, node: Node) -> list[Membership]:
    """The councils that an agency serves or is hosted by, or the agencies of a council."""
    rows = store.read(_MEMBERSHIPS.replace("$label", node.label), iri=node.iri)
    return [Membership(Node(**row.pop("organisation")), Node(**row.pop("council")), **row) for row in rows]


_MEMBERSHIPS = """
MATCH (n:$label {iri: $iri})-[r:SERVES|HOSTED_BY]-()
WITH r, startNode(r) AS organisation, endNode(r) AS council
RETURN organisation {.iri, .name, label: labels(organisation)[0]} AS organisation,
       council {.iri, .name, label: labels(council)[0]} AS council,
       type(r) AS type, r.standing AS standing, r.certainty AS certainty, r.source AS source
ORDER BY type, organisation.name, council.name
"""

# Each match binds: about, what the fact is about; q, its words, a node or a relationship with start and end;
# p, their passage; d, the document.
_OF_COUNCIL = "MATCH (d:Document)-[:REPORTS_ON]->(n:LocalAuthority {iri: $iri})"
_OF_INSPECTION = "MATCH (n:Inspection {iri: $iri})-[:REPORTED_IN]->(d:Document)"
_OF_DOCUMENT = "MATCH (d:Document {iri: $iri})"
_JUDGEMENTS = " MATCH (d)<-[:PART_OF]-(p:Passage)<-[q:EVIDENCED_BY]-(about:Judgement)"
_FINDINGS = " MATCH (d)-[:STATES]->(about:Finding)-[:EVIDENCED_BY]->(p:Passage) WITH about, about AS q, p, d"
_NAMED = " MATCH (d)<-[:PART_OF]-(p:Passage)-[q:MENTIONS]->(about)"
_STATED = "MATCH (d:Document)-[:STATES]->(about:Finding)-[:EVIDENCED_BY]->(p:Passage)"
_PASSAGE = (
    " MATCH (d:Document {iri: q.document})"
    " OPTIONAL MATCH (p:Passage)-[:PART_OF]->(d) WHERE p.start <= q.start AND q.start < p.end"
)
_THING = "|".join(THINGS)  # one query for all of them is planned once
_DENIED = (
    f"MATCH (about:{_THING} {{iri: $iri}})-[q:ATTESTED_FOR]->(:LocalAuthority) WHERE q.standing = 'contradicted'"
    " WITH about, q"
)
_TOLD = {"judgements": _JUDGEMENTS, "findings": _FINDINGS, "things": _NAMED}

_BY_LABEL: Mapping[str, Mapping[str, str]] = {
    "LocalAuthority": {
        **{group: _OF_COUNCIL + tail for group, tail in _TOLD.items()},
        "people": "MATCH (about:Person)-[q:SERVED]->(n:LocalAuthority {iri: $iri})" + _PASSAGE,
    },
    "Inspection": {
        **{group: _OF_INSPECTION + tail for group, tail in _TOLD.items()},
        "people": "MATCH (about:Person)-[q:TOOK_PART_IN]->(n:Inspection {iri: $iri})" + _PASSAGE,
    },
    "Document": {
        **{group: _OF_DOCUMENT + tail for group, tail in _TOLD.items()},
        "people": _OF_DOCUMENT
        + " MATCH (d)-[:REPORTS_ON]->(council) OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(d)"
        + " MATCH (about:Person)-[q:TOOK_PART_IN|SERVED {document: d.iri}]->(where)"
        + " WHERE where = council OR where = inspection"
        + " OPTIONAL MATCH (p:Passage)-[:PART_OF]->(d) WHERE p.start <= q.start AND q.start < p.end",
    },
    "Judgement": {
        "judgements": "MATCH (about:Judgement {iri: $iri})-[q:EVIDENCED_BY]->(p:Passage)-[:PART_OF]->(d:Document)",
    },
    "Finding": {"findings": _STATED.replace("Finding", "Finding {iri: $iri}") + " WITH about, about AS q, p, d"},
    "Person": {"people": "MATCH (about:Person {iri: $iri})-[q:TOOK_PART_IN|SERVED]->()" + _PASSAGE},
    "Concept": {"findings": _STATED + ", (about)-[:CONCERNS]->(:Concept {iri: $iri}) WITH about, about AS q, p, d"},
    **{
        label: {
            "things": f"MATCH (about:{_THING} {{iri: $iri}})<-[q:MENTIONS]-(p:Passage)-[:PART_OF]->(d:Document)",
            "findings": _STATED + f", (about)-[:INVOLVES]->(:{_THING} {{iri: $iri}}) WITH about, about AS q, p, d",
        }
        for label in THINGS
    },
}


def _matches(label: str) -> Mapping[str, str]:
    return _BY_LABEL.get(label, {})


# A name's sentence is the finding around it, where there is one, else its own words; several names in it are one place.
_SENTENCES = """
WITH about, q, p, d
WHERE ($polarity IS NULL OR about.polarity = $polarity)
  AND ($council IS NULL OR EXISTS { (d)-[:REPORTS_ON]->(:LocalAuthority {iri: $council}) })
WITH about, q, p, d, head([(f:Finding)-[:EVIDENCED_BY]->(p) WHERE f.start <= q.start AND q.end <= f.end | f]) AS finding
WITH about, p, d, [coalesce(finding.start, q.start), coalesce(finding.end, q.end)] AS sentence, q ORDER BY q.start
WITH about, p, d, sentence, collect([q.start, q.end]) AS words, head(collect(q)) AS q
"""

_COLUMNS = """
WITH *, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source, sentence[0], about.iri LIMIT $limit
RETURN about {.iri, .name, label: labels(about)[0], shade: coalesce(about.polarity, about.grade)} AS about,
       q.role AS role, coalesce(p.text, q.text) AS passage, coalesce(p.start, q.start) AS offset, sentence, words,
       coalesce(q.page, p.page) AS page, p.paragraph AS paragraph, p.section AS section, about.confidence AS confidence,
       d {document: d.iri, .name, .kind, council: head([(d)-[:REPORTS_ON]->(council) | council.name]), file: d.source,
          published: toString(d.published), started: toString(i.started), ended: toString(i.ended)} AS source
"""


def _evidence(row: dict[str, Any]) -> Evidence:
    offset, length = row.pop("offset"), len(row["passage"])

    def inside(start: int, end: int) -> Span:
        return max(0, start - offset), min(length, end - offset)

    sentence, words = inside(*row.pop("sentence")), tuple(inside(*span) for span in row.pop("words"))
    return Evidence(
        about=Node(**row.pop("about")), source=Source(**row.pop("source")), sentence=sentence, words=words,
        offset=offset, **row,
    )  # fmt: skip
