"""Search: names with their spellings and typing errors, findings and passages by their words.

    found(store, "adopt noth east", limit=20)                                    names first, then what reports say
    findings(store, "caseloads", Filter(polarity="concern", region="North East"))

Words in double quotes stand together. Only the endings of a report's words may differ; a name may be misspelt.
"""

import re
from dataclasses import dataclass, fields
from typing import Any

from caregraph.graph.neo4j.property_graph import words_index
from caregraph.graph.queries.name_lookup import called, named
from caregraph.graph.readers import Reader
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.records import FINDING_KINDS, KINDS, POLARITIES

Rows = list[dict[str, Any]]

WORD = re.compile(r"\w+(?:['’]\w+)*")  # the index takes the ending off "children's" itself
PARTS = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What findings and passages are searched among; all of them, where nothing is given.

    ``concept`` (with all that is narrower), ``authority`` and ``region`` are names, codes or IRIs; ``kind`` is one of
    documents or one of findings; ``since`` and ``until`` are the years, both included, in which inspections began;
    ``thing`` and ``document`` are IRIs: what a finding involves, and where it stands.
    """

    polarity: str | None = None
    concept: str | None = None
    authority: str | None = None
    region: str | None = None
    kind: str | None = None
    since: int | None = None
    until: int | None = None
    thing: str | None = None
    document: str | None = None


def found(store: Reader, text: str, among: Filter | None = None, *, limit: int) -> Rows:
    """What has these words, the best first: names, then titles, findings, and passages of which no finding is shown.

    At least half of the rows are left to what reports say, as far as they say anything; all of them where ``among``
    is given, which names and titles are not.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    if not _words(text):
        return []
    among = among or Filter()
    unfiltered = among == Filter()
    titled = store.read(TITLED, index=words_index("Document"), words=_words(text), limit=limit) if unfiltered else []
    named = (called(store, text, limit=limit) if unfiltered else []) + titled
    stated = findings(store, text, among, limit=limit)
    shown = {row["text"] for row in stated}
    printed = [
        one for one in passages(store, text, among, limit=limit) if not any(said in one["text"] for said in shown)
    ]
    quoted = stated + printed
    kept = named[: max(limit // 2, limit - len(quoted))]
    return [{column: row.get(column) for column in COLUMNS} for row in kept + quoted[: limit - len(kept)]]


COLUMNS = "kind name text polarity authority inspected document page paragraph iri".split()
TITLED = """
CALL db.index.fulltext.queryNodes($index, $words, {limit: $limit}) YIELD node, score
RETURN labels(node)[0] AS kind, node.name AS name, node.source AS document, node.iri AS iri ORDER BY score DESC, iri
"""


def findings(store: Reader, text: str = "", among: Filter | None = None, *, limit: int = 20, skip: int = 0) -> Rows:
    """Findings with these words, the best first; without words those of the latest inspections, as printed.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    return _quoted(store, "Finding", text, among or Filter(), limit=limit, skip=skip)


def passages(store: Reader, text: str, among: Filter | None = None, *, limit: int = 20, skip: int = 0) -> Rows:
    """Passages with these words, as `findings`. None, where a polarity, a concept, a thing or a finding's kind is asked
    for: a passage has none of them.
    """
    among = among or Filter()
    if among.polarity or among.concept or among.thing or among.kind in FINDING_KINDS:
        return []
    return _quoted(store, "Passage", text, among, limit=limit, skip=skip)


def tally(store: Reader, text: str = "", among: Filter | None = None) -> dict[str, int]:
    """The number of findings by polarity; those without any are left out.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    values, words = _values(store, among or Filter()), _words(text)
    match = _match(values, "Finding", words)
    counted = f"{match}\nRETURN node.polarity AS polarity, count(*) AS count ORDER BY polarity"
    rows = store.read(counted, index=words_index("Finding"), words=words, **values)
    return {row["polarity"]: row["count"] for row in rows}


LINKS = {"Finding": "<-[:STATES]-", "Passage": "-[:PART_OF]->"}
OF_NODE = {
    "polarity": "node.polarity = $polarity",
    "concept": "EXISTS { (node)-[:CONCERNS]->(one:Concept) WHERE one.iri IN $concept }",
    "sort": "node.kind = $sort",
    "thing": "EXISTS { (node)-[:INVOLVES]->(one) WHERE one.iri = $thing }",
}
OF_DOCUMENT = {
    "kind": "document.kind = $kind",
    "document": "document.iri = $document",
    "authority": "EXISTS { (document)-[:REPORTS_ON]->(one:LocalAuthority) WHERE one.iri IN $authority }",
    "region": "EXISTS { (document)-[:REPORTS_ON]->()-[:IN_REGION]->(one:Region) WHERE one.iri IN $region }",
    "since": "EXISTS { (document)<-[:REPORTED_IN]-(one:Inspection) WHERE one.started.year >= $since }",
    "until": "EXISTS { (document)<-[:REPORTED_IN]-(one:Inspection) WHERE one.started.year <= $until }",
}
NARROWER = "MATCH (one:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $iris RETURN DISTINCT one.iri AS iri"
STARTED = "head([(one:Inspection)-[:REPORTED_IN]->(document) | one.started]) AS inspected"
ROWS = """
WITH node, document, score, inspected
ORDER BY score DESC, inspected IS NULL, inspected DESC, document.source, node.start, node.iri SKIP $skip LIMIT $limit
RETURN labels(node)[0] AS kind, node.name AS name, node.text AS text,
       head([(document)-[:REPORTS_ON]->(one:LocalAuthority) | one.name]) AS authority, inspected,
       document.source AS document, node.page AS page, node.paragraph AS paragraph, node.section AS section,
       node.iri AS iri, node.polarity AS polarity, node.confidence AS confidence, node.kind AS sort,
       COLLECT { MATCH (node)-[:CONCERNS]->(one:Concept) RETURN one.name ORDER BY one.name } AS concepts,
       coalesce(head([(node)-[:EVIDENCED_BY]->(one:Passage) | one.iri]), node.iri) AS passage"""


MANY = 10  # times as many as are wanted are asked of the vector index, which knows no filter


def nearest(
    store: Reader, vector: list[float], among: Filter | None = None, *, index: str, key: str, least: float, limit: int
) -> Rows:
    """Findings whose vectors are the nearest to another, these first.

    Args:
        index: of the vectors.
        key: under which findings have them.
        least: how near at least, from 0 (opposite) to 1 (the same), as the index has it for cosines.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    values = _values(store, among or Filter())
    of_node, _ = _conditions(values)
    given = values | {"vector": vector, "least": least, "limit": limit, "skip": 0}
    first = f"CALL db.index.vector.queryNodes($index, $many, $vector) YIELD node, score WHERE score >= $least{of_node}"
    rows = store.read(f"{first}{_of_document(values, 'Finding')}{ROWS}", index=index, many=MANY * limit, **given)
    if len(rows) == limit or not values:
        return rows
    # Too few of the nearest are such as are sought: all of these are looked at.
    score = f"vector.similarity.cosine(node.{key}, $vector)"
    return store.read(f"{_match(values, 'Finding', score=score)} WHERE score >= $least{ROWS}", **given)


def _quoted(store: Reader, label: str, text: str, among: Filter, *, limit: int, skip: int) -> Rows:
    values, words = _values(store, among), _words(text)
    match = _match(values, label, words)
    return store.read(match + ROWS, index=words_index(label), words=words, limit=limit, skip=skip, **values)


def _match(values: dict[str, Any], label: str, words: str = "", *, score: str = "0.0") -> str:
    """What binds node, score, document and the day its inspection began; without words the score is as given."""
    link, (of_node, of_document) = LINKS[label], _conditions(values)
    if words:
        first = f"CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score WHERE true{of_node}"
        return first + _of_document(values, label)
    first = f"MATCH (document:Document) WHERE true{of_document}\nWITH *, {STARTED}"
    if "concept" in values:  # of which there are fewer findings than in the documents
        first = f"MATCH (one:Concept)<-[:CONCERNS]-(node:{label}) WHERE one.iri IN $concept WITH DISTINCT node"
        first += _of_document(values, label)
    return f"{first}\nMATCH (node:{label}){link}(document) WHERE true{of_node}\nWITH *, {score} AS score"


def _of_document(values: dict[str, Any], label: str) -> str:
    """What binds the document of a node that is found, if it is such as is sought, and the day its inspection began."""
    _, of_document = _conditions(values)
    return f"\nMATCH (node){LINKS[label]}(document:Document) WHERE true{of_document}\nWITH *, {STARTED}"


def _conditions(values: dict[str, Any]) -> tuple[str, str]:
    """What a filter asks of a node, and of its document."""
    of_node, of_document = (
        "".join(f" AND {wanted[name]}" for name in wanted if name in values) for wanted in (OF_NODE, OF_DOCUMENT)
    )
    return of_node, of_document


def _values(store: Reader, among: Filter) -> dict[str, Any]:
    """The values of a filter by the names of its conditions.

    Raises:
        BadQuestion: if it names something that is not there.
    """
    given = {field.name: value for field in fields(among) if (value := getattr(among, field.name)) not in (None, "")}
    for name, kind in (("concept", "concept"), ("authority", "local authority"), ("region", "region")):
        if name in given:
            given[name] = named(store, kind, given[name])
    if "concept" in given:
        given["concept"] = [row["iri"] for row in store.read(NARROWER, iris=given["concept"])]
    for name, allowed in (("polarity", POLARITIES), ("kind", KINDS | FINDING_KINDS)):
        if name in given and given[name] not in allowed:
            raise BadQuestion(f"{name}: expected one of {', '.join(sorted(allowed))}, got {given[name]!r}")
    if given.get("kind") in FINDING_KINDS:
        given["sort"] = given.pop("kind")
    return given


def _words(text: str) -> str:
    """The words of a text for the full-text index, all of which are wanted; those in double quotes together.

    >>> _words('caseloads "too high" OR?')
    'caseloads AND "too high" AND or'

    >>> _words("children's homes")
    "children's AND homes"
    """
    parts = (
        [f'"{" ".join(WORD.findall(part[1]))}"'] if part[1] else WORD.findall(part[2])
        for part in PARTS.finditer(text.lower())
    )
    return " AND ".join(part for found in parts for part in found if part != '""')
