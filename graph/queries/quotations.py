"""Quotations behind rows of an answer: the sentences that prove it, with document, page and paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.queries.evidence import Evidence, evidence_counts, evidence_of_findings, read_evidence
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader

MOST = 20  # quotations of one thing

_LABELS = "UNWIND $iris AS iri MATCH (n:$labels {iri: iri}) RETURN iri, labels(n)[0] AS label, n.name AS name"
_PASSAGES = """
UNWIND $iris AS iri
MATCH (p:Passage {iri: iri})-[:PART_OF]->(d:Document)
RETURN iri, p.text AS text, d.source AS document, p.page AS page, p.paragraph AS paragraph,
       head([(d)-[:REPORTS_ON]->(c:LocalAuthority) | c.name]) AS authority
"""


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Words of a document with their place: a finding, a grade or a passage, as ``facts`` say.

    ``facts`` are a finding's polarity, or the area and grade that the words give; a passage has none.
    """

    text: str
    page: int | None
    paragraph: str | None
    facts: tuple[str, ...]
    iri: str


def printed_words(store: Reader, document: str) -> tuple[list[str], list[PrintedWords]]:
    """The authorities that a document, by its source, reports on, and all its words; both empty if it is not there."""
    rows = store.read(_AUTHORITIES, document=document)
    return [row["authority"] for row in rows], rows_as(PrintedWords, store.read(_PRINTED, document=document))


_AUTHORITIES = """
MATCH (:Document {source: $document})-[:REPORTS_ON]->(c:LocalAuthority)
RETURN DISTINCT c.name AS authority ORDER BY authority
"""
_PRINTED = """
MATCH (d:Document {source: $document})
CALL (d) {
  MATCH (d)-[:STATES]->(f:Finding)
  RETURN f.text AS text, f.page AS page, f.paragraph AS paragraph, [f.polarity] AS facts, f.iri AS iri, 0 AS rank
  UNION ALL
  MATCH (d)<-[:PART_OF]-(p:Passage)<-[r:EVIDENCED_BY]-(j:Judgement)
  RETURN r.text AS text, r.page AS page, p.paragraph AS paragraph, [j.area + ' ' + j.grade] AS facts, j.iri AS iri,
         1 AS rank
  UNION ALL
  MATCH (d)<-[:PART_OF]-(p:Passage)
  RETURN p.text AS text, p.page AS page, p.paragraph AS paragraph, [] AS facts, p.iri AS iri, 2 AS rank
}
WITH text, page, paragraph, facts, iri, rank WHERE text IS NOT NULL
ORDER BY rank, page, iri
RETURN text, page, paragraph, facts, iri
"""


def quotations(store: Reader, iris: Sequence[str], *, limit: int = MOST) -> list[dict[str, Any]]:
    """Collect the quotations of findings, passages and other nodes, in the order of their IRIs.

    Args:
        limit: quotations of one node at most; those of the latest reports come first.

    Returns:
        Rows of text, document, page, paragraph, authority, confidence and iri; page, paragraph and confidence may be
        None. An IRI that the graph does not have gives none.
    """
    labels = {row["iri"]: Node(row["iri"], row["name"] or "", row["label"]) for row in _label_rows(store, iris)}
    by_iri: dict[str, list[dict[str, Any]]] = {iri: [] for iri in iris}
    findings = [iri for iri, node in labels.items() if node.label == "Finding"]
    for quoted in evidence_of_findings(store, findings):
        by_iri[quoted.about.iri].append(_row(quoted.about.iri, quoted))
    passages = [iri for iri, node in labels.items() if node.label == "Passage"]
    for row in store.read(_PASSAGES, iris=passages):
        by_iri[row["iri"]].append({**row, "confidence": None})
    for iri, node in labels.items():
        if node.label not in ("Finding", "Passage"):
            facts = (
                fact
                for group in evidence_counts(store, node)
                for fact in read_evidence(store, node, group, limit=limit)
            )
            by_iri[iri].extend([_row(iri, fact) for fact in facts][:limit])
    return [{column: row[column] for column in COLUMNS} for rows in by_iri.values() for row in rows]


COLUMNS = ("text", "document", "page", "paragraph", "authority", "confidence", "iri")


def _label_rows(store: Reader, iris: Sequence[str]) -> list[dict[str, Any]]:
    labels = "|".join(graph_schema().labels)  # each has an index of IRIs
    return store.read(_LABELS.replace("$labels", labels), iris=list(iris)) if iris else []


def _row(iri: str, fact: Evidence) -> dict[str, Any]:
    return {
        "text": fact.sentence_words,
        "document": fact.source.file,
        "page": fact.page,
        "paragraph": fact.paragraph,
        "authority": fact.source.authority,
        "confidence": fact.confidence,
        "iri": iri,
    }
