"""Evidence for what the graph says of a node: each fact with its words, their passage and their document."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caregraph.graph.improvement.requests import ASKING, belongs_to_request
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.rows import row_as, rows_as
from caregraph.graph.readers import Reader

Span = tuple[int, int]  # characters from 0, end exclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """The document that says something. Days are ISO days; all but ``document`` and ``name`` may be missing.

    ``publishers`` are the inspectorates under whose framework the inspection was held.
    """

    document: str
    name: str
    kind: str | None = None
    authority: str | None = None
    published: str | None = None
    started: str | None = None
    ended: str | None = None
    file: str | None = None
    address: str | None = None
    council_page: str | None = None
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A fact with the words that prove it.

    ``about`` is a judgement, a finding, a thing or a person; ``role`` is a person's. ``sentence`` and ``words`` are
    spans of ``passage``: the sentence that states the fact, and in it, in order, the names or the grade. ``offset`` is
    the passage's first character in the text of its document. A passage ``from_picture`` was read from one by OCR.
    ``corrections`` are words on what people corrected. Of a document whose words are not fetched, ``has_words`` is
    false: ``passage`` says so, and the spans, which count from ``offset`` as ever, are beyond it.
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
    source: SourceDocument
    offset: int = 0
    from_picture: bool = False
    has_words: bool = True
    corrections: tuple[str, ...] = ()

    @property
    def sentence_words(self) -> str:
        """Words of the sentence, or what stands in their place."""
        return self.passage[slice(*self.sentence)] if self.has_words else self.passage


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts of one group about a node, as `read_evidence` groups them.

    With ``about`` they are only those about the node with this IRI, with ``authority`` only what reports on it say.
    """

    node: Node
    group: str
    about: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class SharingClaim:
    """What a report says of how a thing is shared, with its words.

    ``councils`` are the report's own and those that the sentence names; ``partners`` are its words for them.
    """

    relation: str
    time: str
    host: str | None
    partners: str | None
    councils: tuple[Node, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AgencyMembership:
    """An authority that an agency serves, or that hosts it, as ``type`` says.

    ``source`` is the list that says so, ``certainty`` how sure it is, ``standing`` says if a report confirms it,
    ``since`` and ``until`` are a day, month or year, ``source_address`` is that of the list's page.
    """

    organisation: Node
    authority: Node
    type: str
    standing: str | None
    certainty: str | None
    source: str | None
    since: str | None = None
    until: str | None = None
    source_address: str | None = None


def evidence_counts(
    store: Reader, node: Node, *, polarity: str | None = None, authority: str | None = None
) -> dict[str, int]:
    """The number of sentences that prove facts about a node, by group of facts; groups without any are left out."""
    counts = {}
    for group, match in _matches(node.label).items():
        counting = f"{match}\n{_CHOSEN}\n{_SENTENCES}\nRETURN count(*) AS count"
        [row] = store.read(counting, iri=node.iri, polarity=polarity, authority=authority)
        if row["count"]:
            counts[group] = row["count"]
    return counts


def read_evidence(
    store: Reader, node: Node, group: str, *, polarity: str | None = None, authority: str | None = None, limit: int = 10
) -> list[Evidence]:
    """The facts of one group about a node, the latest report first.

    Args:
        polarity: only findings of this polarity.
        authority: only what reports on this authority say, by its IRI.
    """
    match = _matches(node.label).get(group)
    if match is None:
        return []
    return _read(store, match, iri=node.iri, polarity=polarity, authority=authority, limit=limit)


def fact_groups(node: Node) -> tuple[FactGroup, ...]:
    """Groups of the facts that there may be about a node, in the order in which they are shown."""
    return tuple(FactGroup(node, group) for group in _matches(node.label))


def first_evidence(store: Reader, groups: Sequence[FactGroup]) -> list[Evidence | None]:
    """The first evidence of each group, that which `read_evidence` gives first, or None."""
    by_match: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, facts in enumerate(groups):
        by_match[_matches(facts.node.label)[facts.group]].append(
            {"number": number, "iri": facts.node.iri, "about": facts.about, "authority": facts.authority}
        )
    first: list[Evidence | None] = [None] * len(groups)
    for match, asked in by_match.items():
        cypher = _FIRST.replace("$match", match.replace("$iri", "asked.iri"))
        for row in store.read(cypher, asked=asked):
            number = row.pop("number")
            first[number] = _evidence(row)
    return first


def contradicting_evidence(store: Reader, thing: Node) -> list[Evidence]:
    """Reports that deny that a thing serves an authority that the thesaurus lists, or name another in its place."""
    return _read(store, _DENIED + _PASSAGE, iri=thing.iri, limit=100)


def sharing_claims(store: Reader, thing: Node) -> list[SharingClaim]:
    """What reports say in sentences of how a thing is shared between councils, the latest report first."""
    facts = _read(store, _CLAIMED + _PASSAGE, iri=thing.iri, limit=200)
    said: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in store.read(_CLAIMS, iri=thing.iri):
        said[row["document"], row["start"]].append(row)
    return [
        SharingClaim(
            row["relation"], row["time"], row["host"], row["partners"], tuple(rows_as(Node, row["councils"])), fact
        )
        for fact in facts
        for row in said[fact.source.document, fact.offset + fact.words[0][0]]
    ]


def evidence_of_findings(store: Reader, iris: Sequence[str]) -> list[Evidence]:
    """The words of these findings, in this order; a finding that the graph does not have is left out."""
    match = _STATED + " WHERE about.iri IN $iris WITH about, about AS q, p, d"
    by_iri = {fact.about.iri: fact for fact in _read(store, match, iris=list(iris), limit=len(iris))}
    return [by_iri[iri] for iri in iris if iri in by_iri]


def evidence_of_finding(store: Reader, iri: str) -> Evidence | None:
    """The words of a finding, and of a request all sentences that go on about it; None if the graph lacks it."""
    for finding in evidence_of_findings(store, [iri]):
        first, end = finding.sentence[0], finding.offset + finding.sentence[1]
        for row in store.read(_FOLLOWING, iri=iri, asking=sorted(ASKING)):
            text = " ".join(row["text"].split())
            if not belongs_to_request(text, row["polarity"], gap=row["start"] - end):
                break
            end = row["end"]
        return replace(finding, sentence=(first, end - finding.offset))
    return None


def subjects_of_findings(store: Reader, iris: Sequence[str]) -> dict[str, list[Node]]:
    """The authority, the concepts and the named things that these findings are about, by the finding's IRI."""
    rows = store.read(_SUBJECTS, iris=list(iris))
    return {row["iri"]: rows_as(Node, row["nodes"]) for row in rows}


# What the passage of a request says after it.
_FOLLOWING = """
MATCH (asked:Finding {iri: $iri})-[:EVIDENCED_BY]->(p:Passage)<-[:EVIDENCED_BY]-(f:Finding)
WHERE asked.kind IN $asking AND f.start >= asked.end AND f.text IS NOT NULL AND f.polarity <> 'neutral'
RETURN f.start AS start, f.end AS end, f.text AS text, f.polarity AS polarity ORDER BY start
"""

_SUBJECTS = """
MATCH (f:Finding) WHERE f.iri IN $iris
RETURN f.iri AS iri,
       COLLECT { MATCH (f)<-[:STATES]-(:Document)-[:REPORTS_ON]->(c:LocalAuthority)
                 RETURN DISTINCT c {.iri, .name, label: 'LocalAuthority'} }
       + COLLECT { MATCH (f)-[:CONCERNS]->(k:Concept) WITH k ORDER BY k.name
                   RETURN k {.iri, .name, label: 'Concept'} }
       + COLLECT { MATCH (f)-[:INVOLVES]->(t) WITH t ORDER BY t.name
                   RETURN t {.iri, .name, label: labels(t)[0]} } AS nodes
"""


def node_properties(store: Reader, node: Node) -> dict[str, Any]:
    """The properties of a node by their keys; empty if it is not there."""
    rows = store.read(f"MATCH (n:{node.label} {{iri: $iri}}) RETURN properties(n) AS properties", iri=node.iri)
    return rows[0]["properties"] if rows else {}


def agency_memberships(store: Reader, node: Node) -> list[AgencyMembership]:
    """The authorities that an agency serves or is hosted by, or the agencies of an authority."""
    return rows_as(AgencyMembership, store.read(_MEMBERSHIPS.replace("$label", node.label), iri=node.iri))


_MEMBERSHIPS = """
MATCH (n:$label {iri: $iri})-[r:SERVES|HOSTED_BY]-()
WITH r, startNode(r) AS organisation, endNode(r) AS authority
RETURN organisation {.iri, .name, label: labels(organisation)[0]} AS organisation,
       authority {.iri, .name, label: labels(authority)[0]} AS authority,
       type(r) AS type, r.standing AS standing, r.certainty AS certainty, r.source AS source,
       r.since AS since, r.until AS until, r.sourceAddress AS source_address
ORDER BY type, organisation.name, authority.name
"""

# Each match binds: about, the subject of the fact; q, its words, a node or a relationship with start and end;
# p, their passage; d, the document.
_OF_AUTHORITY = "MATCH (d:Document)-[:REPORTS_ON]->(n:LocalAuthority {iri: $iri})"
_OF_INSPECTION = "MATCH (n:Inspection {iri: $iri})-[:REPORTED_IN]->(d:Document)"
_OF_DOCUMENT = "MATCH (d:Document {iri: $iri})"
_JUDGEMENTS = " MATCH (d)<-[:PART_OF]-(p:Passage)<-[q:EVIDENCED_BY]-(about:Judgement)"
_FINDINGS = " MATCH (d)-[:STATES]->(about:Finding)-[:EVIDENCED_BY]->(p:Passage) WITH about, about AS q, p, d"
_NAMED = " MATCH (d)<-[:PART_OF]-(p:Passage)-[q:MENTIONS]->(about)"
_STATED = "MATCH (d:Document)-[:STATES]->(about:Finding)-[:EVIDENCED_BY]->(p:Passage)"
_PASSAGE = " MATCH (d:Document {iri: q.document}) OPTIONAL MATCH (p:Passage {iri: q.passage})"
_THING = "|".join(NAMED_THING_LABELS)  # one query for all labels, since each is planned once
_DENIED = (
    f"MATCH (about:{_THING} {{iri: $iri}})-[q:ATTESTED_FOR]->(:LocalAuthority) WHERE q.standing = 'contradicted'"
    " WITH about, q"
)
_CLAIMED = (
    f"MATCH (about:{_THING} {{iri: $iri}})-[q:SHARED_BY]->(c:LocalAuthority)"
    " WHERE EXISTS { (:Document {iri: q.document})-[:REPORTS_ON]->(c) } WITH about, q"
)
_CLAIMS = f"""
MATCH (about:{_THING} {{iri: $iri}})-[q:SHARED_BY]->(c:LocalAuthority)
WITH q.document AS document, q.start AS start, q.relation AS relation, q.time AS time, q.host AS host,
     q.partners AS partners, c ORDER BY c.name
RETURN document, start, relation, time, host, partners,
       collect(DISTINCT c {{.iri, .name, label: 'LocalAuthority'}}) AS councils
ORDER BY document, start"""
_FACTS_OF_DOCUMENT = {"judgements": _JUDGEMENTS, "findings": _FINDINGS, "things": _NAMED}

_BY_LABEL: Mapping[str, Mapping[str, str]] = {
    "LocalAuthority": {
        **{group: _OF_AUTHORITY + tail for group, tail in _FACTS_OF_DOCUMENT.items()},
        "people": "MATCH (about:Person)-[q:SERVED]->(n:LocalAuthority {iri: $iri})" + _PASSAGE,
    },
    "Inspection": {
        **{group: _OF_INSPECTION + tail for group, tail in _FACTS_OF_DOCUMENT.items()},
        "people": "MATCH (about:Person)-[q:TOOK_PART_IN]->(n:Inspection {iri: $iri})" + _PASSAGE,
    },
    "Document": {
        **{group: _OF_DOCUMENT + tail for group, tail in _FACTS_OF_DOCUMENT.items()},
        "people": _OF_DOCUMENT
        + " MATCH (d)-[:REPORTS_ON]->(authority) OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(d)"
        + " MATCH (about:Person)-[q:TOOK_PART_IN|SERVED {document: d.iri}]->(target)"
        + " WHERE target = authority OR target = inspection"
        + " OPTIONAL MATCH (p:Passage {iri: q.passage})",
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
            "references": _STATED + f", (about)-[:REFERS_TO]->(:{_THING} {{iri: $iri}}) WITH about, about AS q, p, d",
        }
        for label in NAMED_THING_LABELS
    },
}


def _matches(label: str) -> Mapping[str, str]:
    return _BY_LABEL.get(label, {})


# A name's sentence is the finding around it, where there is one, else its own words. Several names in one sentence are
# one piece of evidence.
_CHOSEN = """
WITH about, q, p, d
WHERE ($polarity IS NULL OR about.polarity = $polarity)
  AND ($authority IS NULL OR EXISTS { (d)-[:REPORTS_ON]->(:LocalAuthority {iri: $authority}) })
"""
_SENTENCES = """
WITH about, q, p, d, head([(f:Finding)-[:EVIDENCED_BY]->(p) WHERE f.start <= q.start AND q.end <= f.end | f]) AS finding
WITH about, p, d, [coalesce(finding.start, q.start), coalesce(finding.end, q.end)] AS sentence, q ORDER BY q.start
WITH about, p, d, sentence, collect([q.start, q.end]) AS words, head(collect(q)) AS q
"""

_COLUMNS = """
WITH *, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source, sentence[0], about.iri LIMIT $limit
RETURN about {.iri, .name, label: labels(about)[0], polarity: about.polarity} AS about,
       q.role AS role, coalesce(p.text, q.text) AS passage, coalesce(p.start, q.start) AS offset, sentence, words,
       coalesce(q.page, p.page) AS page, p.paragraph AS paragraph, p.section AS section, about.confidence AS confidence,
       coalesce(q.corrections, []) AS corrections, coalesce(p.fromPicture, false) AS from_picture,
       NOT coalesce(d.withoutWords, false) AS has_words,
       d {document: d.iri, .name, .kind, authority: head([(d)-[:REPORTS_ON]->(c) | c.name]), file: d.source,
          published: toString(coalesce(d.published, d.listed)), started: toString(i.started), ended: toString(i.ended),
          .address, council_page: d.councilPage,
          publishers: coalesce(head([(i)-[:UNDER]->(w:Framework) | w.inspectorates]), [])} AS source
"""

# The latest report that says anything is chosen first, in the order of the columns: no other's sentences are made.
_FIRST = f"""
UNWIND $asked AS asked
CALL (asked) {{
$match
WITH about, q, p, d
WHERE (asked.about IS NULL OR about.iri = asked.about)
  AND (asked.authority IS NULL OR EXISTS {{ (d)-[:REPORTS_ON]->(:LocalAuthority {{iri: asked.authority}}) }})
WITH d, collect({{about: about, q: q, p: p}}) AS facts
WITH d, facts, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source LIMIT 1
UNWIND facts AS fact
WITH d, fact.about AS about, fact.q AS q, fact.p AS p
{_SENTENCES}
{_COLUMNS.replace("$limit", "1")}
}}
RETURN asked.number AS number, about, role, passage, offset, sentence, words, page, paragraph, section, confidence,
       corrections, from_picture, has_words, source
"""


def _read(
    store: Reader, match: str, *, polarity: str | None = None, authority: str | None = None, **parameters: object
) -> list[Evidence]:
    cypher = f"{match}\n{_CHOSEN}\n{_SENTENCES}\n{_COLUMNS}"
    return [_evidence(row) for row in store.read(cypher, polarity=polarity, authority=authority, **parameters)]


def _evidence(row: Mapping[str, Any]) -> Evidence:
    """A row as evidence; the spans, which count from the text's beginning, become spans of the passage."""
    offset, length = row["offset"], len(row["passage"])

    def inside(span: Sequence[int]) -> Span:
        end = span[1] - offset
        return max(0, span[0] - offset), min(length, end) if row["has_words"] else end

    spans = {"sentence": inside(row["sentence"]), "words": [inside(span) for span in row["words"]]}
    return row_as(Evidence, {**row, **spans})
