"""Search: names with their spellings and typing errors, findings and passages by their words.

    search_all(store, "adopt noth east", limit=20)                      names first, then what reports say
    search_findings(store, "caseloads", Filter(polarity="concern", region="North East"))

Words in double quotes stand together. Only the endings of a report's words may differ; a name may be misspelt.
"""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from caregraph.graph.neo4j.property_graph import text_index
from caregraph.graph.queries.choices import choose, closed_lists
from caregraph.graph.queries.comparison.as_at import counted_documents
from caregraph.graph.queries.name_lookup import look_up_name, search_names
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.graph.queries.rows import row_as
from caregraph.graph.query_result import within_size
from caregraph.graph.readers import Reader
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.records import FINDING_KINDS

ResultRows = list[dict[str, Any]]

WORD = re.compile(r"\w+(?:['’]\w+)*")  # the index takes the ending off "children's" itself
PARTS = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Filter of findings and passages; a field that is None lets everything through.

    ``concept`` (with all that is narrower), ``authority`` and ``region`` are names, codes or IRIs; ``kind`` is a kind
    of document or of finding; ``since`` and ``until`` are the years, both included, in which inspections began;
    ``theme`` is the name or IRI of what a visit or joint inspection looked at, ``thing`` the IRI of a thing that the
    finding involves, ``document`` the IRI of the document that states it; ``counted`` says which reports, one of
    `as_at.COUNTED`.
    """

    polarity: str | None = None
    concept: str | None = None
    authority: str | None = None
    region: str | None = None
    kind: str | None = None
    since: int | None = None
    until: int | None = None
    theme: str | None = None
    thing: str | None = None
    document: str | None = None
    counted: str | None = None


def count_searchable(store: Reader) -> tuple[int, int]:
    """The number of documents whose words are fetched, so that a search finds them, and of all."""
    row = store.read(
        "MATCH (d:Document) RETURN count(CASE WHEN d.withoutWords THEN null ELSE d END) AS here, count(d) AS n"
    )
    return row[0]["here"], row[0]["n"]


def search_all(store: Reader, text: str, filters: Filter | None = None, *, limit: int) -> ResultRows:
    """Everything with these words, the best first: names, then titles, findings, and passages without a shown finding.

    At least half of the rows are left to findings and passages, as far as there are any; all of them where a filter is
    given, which names and titles cannot pass.

    Raises:
        BadQuestion: if the filter names something that is not there.
        QueryRefused: if the findings or the passages are too large an answer.
    """
    if not _words(text):
        return []
    filters = filters or Filter()
    named: ResultRows = []
    if filters == Filter():
        titled = store.read(TITLED, index=text_index("Document"), words=_words(text), limit=limit)
        named = search_names(store, text, limit=limit) + titled
    stated = search_findings(store, text, filters, limit=limit)
    shown = {row["text"] for row in stated}
    printed = [
        passage
        for passage in search_passages(store, text, filters, limit=limit)
        if not any(sentence in passage["text"] for sentence in shown)
    ]
    quoted = stated + printed
    named = named[: max(limit // 2, limit - len(quoted))]
    return [{column: row.get(column) for column in COLUMNS} for row in named + quoted[: limit - len(named)]]


COLUMNS = "kind name text polarity authority inspected document page paragraph iri".split()
TITLED = """
CALL db.index.fulltext.queryNodes($index, $words, {limit: $limit}) YIELD node, score
RETURN labels(node)[0] AS kind, node.name AS name, node.source AS document, node.iri AS iri ORDER BY score DESC, iri
"""


def search_findings(
    store: Reader, text: str = "", filters: Filter | None = None, *, limit: int = 20, skip: int = 0
) -> ResultRows:
    """Findings with these words, the best first; without words those of the latest inspections, as printed.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    return _quoted(store, "Finding", text, filters or Filter(), limit=limit, skip=skip)


def search_passages(
    store: Reader, text: str, filters: Filter | None = None, *, limit: int = 20, skip: int = 0
) -> ResultRows:
    """Passages with these words, as `search_findings`.

    None, where a polarity, a concept, a thing or a kind of finding is asked for: a passage has none of them.
    """
    filters = _with_choices(filters or Filter())
    if filters.polarity or filters.concept or filters.thing or filters.kind in FINDING_KINDS:
        return []
    return _quoted(store, "Passage", text, filters, limit=limit, skip=skip)


def count_by_polarity(store: Reader, text: str = "", filters: Filter | None = None) -> dict[str, int]:
    """The number of findings with these words by polarity; a polarity without any is left out.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    values, words = _values(store, filters or Filter()), _words(text)
    match = _match(values, "Finding", words)
    counting = f"{match}\nRETURN node.polarity AS polarity, count(*) AS count ORDER BY polarity"
    rows = store.read(counting, index=text_index("Finding"), words=words, **values)
    return {row["polarity"]: row["count"] for row in rows}


def count_by_authority(store: Reader, text: str = "", filters: Filter | None = None) -> dict[Node, PolarityCounts]:
    """The numbers of findings with these words by authority and polarity; an authority without any is left out.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    values, words = _values(store, filters or Filter()), _words(text)
    counting = f"{_match(values, 'Finding', words)}{COUNTS}"
    rows = store.read(counting, index=text_index("Finding"), words=words, **values)
    return {row_as(Node, row.pop("authority")): row_as(PolarityCounts, row) for row in rows}


COUNTS = """
WITH document, count(CASE node.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE node.polarity WHEN 'concern' THEN 1 END) AS concerns,
     count(CASE node.polarity WHEN 'mixed' THEN 1 END) AS mixed,
     count(CASE node.polarity WHEN 'neutral' THEN 1 END) AS neutral
MATCH (document)-[:REPORTS_ON]->(c:LocalAuthority)
RETURN c {.iri, .name, label: 'LocalAuthority'} AS authority, sum(strengths) AS strengths, sum(concerns) AS concerns,
       sum(mixed) AS mixed, sum(neutral) AS neutral
ORDER BY authority.name, authority.iri"""
DOCUMENT_PATTERNS = {"Finding": "<-[:STATES]-", "Passage": "-[:PART_OF]->"}
NODE_CONDITIONS = {
    "polarity": "node.polarity = $polarity",
    "concept": "EXISTS { (node)-[:CONCERNS]->(k:Concept) WHERE k.iri IN $concept }",
    "finding_kind": "node.kind = $finding_kind",
    "thing": "EXISTS { (node)-[:INVOLVES]->(t) WHERE t.iri = $thing }",
}
DOCUMENT_CONDITIONS = {
    "kind": "document.kind = $kind",
    "document": "document.iri = $document",
    "counted": "document.iri IN $counted",
    "authority": "EXISTS { (document)-[:REPORTS_ON]->(c:LocalAuthority) WHERE c.iri IN $authority }",
    "region": "EXISTS { (document)-[:REPORTS_ON]->()-[:IN_REGION]->(r:Region) WHERE r.iri IN $region }",
    "theme": "EXISTS { (document)<-[:REPORTED_IN]-(:Inspection)-[:LOOKED_AT]->(t:Theme) WHERE t.iri IN $theme }",
    "since": "EXISTS { (document)<-[:REPORTED_IN]-(i:Inspection) WHERE i.started.year >= $since }",
    "until": "EXISTS { (document)<-[:REPORTED_IN]-(i:Inspection) WHERE i.started.year <= $until }",
}
_NAMED = ("concept", "authority", "region", "theme")  # conditions whose value is a name
NARROWER = "MATCH (k:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $iris RETURN DISTINCT k.iri AS iri"
STARTED = "head([(i:Inspection)-[:REPORTED_IN]->(document) | i.started]) AS inspected"
ROWS = """
WITH node, document, score, inspected
ORDER BY score DESC, inspected IS NULL, inspected DESC, document.source, node.start, node.iri SKIP $skip LIMIT $limit
RETURN labels(node)[0] AS kind, node.name AS name, node.text AS text,
       head([(document)-[:REPORTS_ON]->(c:LocalAuthority) | c.name]) AS authority, inspected,
       document.source AS document, node.page AS page, node.paragraph AS paragraph, node.section AS section,
       node.iri AS iri, node.polarity AS polarity, node.confidence AS confidence, node.kind AS sort,
       COLLECT { MATCH (node)-[:CONCERNS]->(k:Concept) RETURN k.name ORDER BY k.name } AS concepts,
       coalesce(head([(node)-[:EVIDENCED_BY]->(p:Passage) | p.iri]), node.iri) AS passage"""


OVERSAMPLING = 10  # times the limit that the vector index, which knows no filter, is asked for


def nearest_findings(
    store: Reader,
    vector: list[float],
    filters: Filter | None = None,
    *,
    index: str,
    key: str,
    min_similarity: float,
    limit: int,
) -> ResultRows:
    """Findings whose vectors are the nearest to a vector, the nearest first.

    Args:
        index: the name of the vector index.
        key: the property key under which findings have their vectors.
        min_similarity: from 0 (opposite) to 1 (the same), as the index has it for cosines.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    values = _values(store, filters or Filter())
    on_node, _ = _conditions(values)
    given = values | {"vector": vector, "min_similarity": min_similarity, "limit": limit, "skip": 0}
    first = "CALL db.index.vector.queryNodes($index, $candidates, $vector) YIELD node, score"
    first += f" WHERE score >= $min_similarity{on_node}{_document_match(values, 'Finding')}"
    rows = store.read(f"{first}{ROWS}", index=index, candidates=OVERSAMPLING * limit, **given)
    if len(rows) == limit or not values:
        return rows
    # Too few of the nearest pass the filter: all that pass it are compared.
    score = f"vector.similarity.cosine(node.{key}, $vector)"
    return store.read(f"{_match(values, 'Finding', score=score)} WHERE score >= $min_similarity{ROWS}", **given)


def _quoted(store: Reader, label: str, text: str, filters: Filter, *, limit: int, skip: int) -> ResultRows:
    values, words = _values(store, filters), _words(text)
    match = _match(values, label, words)
    rows = store.read(match + ROWS, index=text_index(label), words=words, limit=limit, skip=skip, **values)
    return list(within_size(rows))


def _match(values: dict[str, Any], label: str, words: str = "", *, score: str = "0.0") -> str:
    """Cypher that binds node, score, document and the day its inspection began; without words the score is as given."""
    pattern, (on_node, on_document) = DOCUMENT_PATTERNS[label], _conditions(values)
    if words:
        first = f"CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score WHERE true{on_node}"
        return first + _document_match(values, label, with_words=True)
    first = f"MATCH (document:Document) WHERE true{on_document}\nWITH *, {STARTED}"
    if "concept" in values:  # of which there are fewer findings than in the documents
        first = f"MATCH (k:Concept)<-[:CONCERNS]-(node:{label}) WHERE k.iri IN $concept WITH DISTINCT node"
        first += _document_match(values, label)
    return f"{first}\nMATCH (node:{label}){pattern}(document) WHERE true{on_node}\nWITH *, {score} AS score"


def _document_match(values: dict[str, Any], label: str, *, with_words: bool = False) -> str:
    """Cypher that binds the document of a node, if it passes the filter, and the day its inspection began.

    Args:
        with_words: whether the document's words must be here.
    """
    _, on_document = _conditions(values)
    on_document += " AND document.withoutWords IS NULL" if with_words else ""
    return f"\nMATCH (node){DOCUMENT_PATTERNS[label]}(document:Document) WHERE true{on_document}\nWITH *, {STARTED}"


def _conditions(values: dict[str, Any]) -> tuple[str, str]:
    """Conditions of a filter on a node, and on its document, in Cypher."""
    on_node, on_document = (
        "".join(f" AND {condition}" for name, condition in conditions.items() if name in values)
        for conditions in (NODE_CONDITIONS, DOCUMENT_CONDITIONS)
    )
    return on_node, on_document


def _values(store: Reader, filters: Filter) -> dict[str, Any]:
    """The values of a filter by the names of its conditions.

    Raises:
        BadQuestion: if it names something that is not there.
    """
    chosen = _with_choices(filters)
    values = {field.name: value for field in fields(chosen) if (value := getattr(chosen, field.name)) not in (None, "")}
    for name in ("since", "until"):
        if name in values and not (isinstance(values[name], int) and 0 < values[name] < 10_000):
            raise BadQuestion(f"{name}: expected a year such as 2024, got {values[name]!r}")
    for name in _NAMED:
        if name in values:
            kind = "local authority" if name == "authority" else name
            values[name] = look_up_name(store, kind, values[name])
    if "counted" in values and (documents := counted_documents(store, values.pop("counted"))) is not None:
        values["counted"] = documents
    if "concept" in values:
        values["concept"] = [row["iri"] for row in store.read(NARROWER, iris=values["concept"])]
    if values.get("kind") in FINDING_KINDS:
        values["finding_kind"] = values.pop("kind")
    return values


def _with_choices(filters: Filter) -> Filter:
    """The filter with the choices that its polarity and kind mean, whatever their capitals.

    Raises:
        BadQuestion: if there is no such polarity or kind.
    """
    lists = closed_lists()
    kinds = (*lists["kind of document"], *lists["kind of finding"])
    polarity = choose("polarity", filters.polarity, lists["polarity"]) if filters.polarity else None
    kind = choose("kind", filters.kind, kinds) if filters.kind else None
    return replace(filters, polarity=polarity, kind=kind)


def _words(text: str) -> str:
    """Full-text query for all words of a text; those in double quotes stand together.

    >>> _words('caseloads "too high" OR?')
    'caseloads AND "too high" AND or'

    >>> _words("children's homes")
    "children's AND homes"
    """
    parts = (
        [f'"{" ".join(WORD.findall(part[1]))}"'] if part[2] is None else WORD.findall(part[2])
        for part in PARTS.finditer(text.lower())
    )
    return " AND ".join(word for words in parts for word in words if word != '""')
