"""Search by words, over names with their spellings and over what reports say."""

import re
from typing import Any, Protocol

from graph.property_graph import NAMES, words_index


class Reader(Protocol):
    """A database that answers a trusted read, one dict a row."""

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]: ...


Rows = list[dict[str, Any]]

NAMED = """
CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
RETURN labels(node)[0] AS kind, node.name AS name, null AS text, null AS authority,
       node.source AS document, null AS page, null AS paragraph, node.iri AS iri
ORDER BY score DESC, iri LIMIT $limit
"""
QUOTED = """
CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
OPTIONAL MATCH (stated:Document)-[:STATES]->(node)
OPTIONAL MATCH (node)-[:PART_OF]->(printed:Document)
WITH node, score, coalesce(stated, printed) AS document
OPTIONAL MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
RETURN labels(node)[0] AS kind, node.name AS name, node.text AS text, authority.name AS authority,
       document.source AS document, node.page AS page, node.paragraph AS paragraph, node.iri AS iri
ORDER BY score DESC, iri LIMIT $limit
"""


def found(store: Reader, text: str, *, limit: int) -> Rows:
    """What has these words, the best first: names, then titles, findings, and passages of which no finding is shown.

    A name may be misspelt by a letter or half typed; of the words of a report only the endings may differ. At least
    half of the rows are left to what reports say, as far as they say anything.
    """
    words = re.findall(r"\w+", text.lower())
    if not words:
        return []
    spelled = " AND ".join(f"({word}^4 OR {word}*^2 OR {word}~1)" for word in words)
    together = " AND ".join(words)
    named = store.read(NAMED, index=NAMES, words=spelled, limit=limit)
    named += store.read(NAMED, index=words_index("Document"), words=together, limit=limit)
    findings = store.read(QUOTED, index=words_index("Finding"), words=together, limit=limit)
    passages = store.read(QUOTED, index=words_index("Passage"), words=together, limit=limit)
    quoted = findings + [row for row in passages if not any(finding["text"] in row["text"] for finding in findings)]
    shown = named[: max(limit // 2, limit - len(quoted))]
    return shown + quoted[: limit - len(shown)]
