"""Stored ledgers: the improvement ledger of each council, kept in the database, since it takes long to make.

    refresh_ledgers(store, cypher)                    after a load: of councils of which something changed
    stored_rows(store, values)                        the answer, or None where it is to be made anew

A node `_Ledger` of the store's own holds the rows of a council by its name, with a key: a digest of all that they were
made of. Stored rows are read only while the graph's version and the rules are those of the last refresh, so that an
answer is never older than the graph.
"""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from caregraph.graph.improvement.ledger import requests_followed, select_rows
from caregraph.graph.neo4j.provenance import GRAPH_LABEL, LOCK_LABEL
from caregraph.graph.readers import Reader, ReadWriter
from caregraph.ontology.iris import VOCABULARY_GRAPH

LEDGER_LABEL = "_Ledger"
_RULES = Path(__file__).parents[2] / "improvement"  # the code that makes rows
_DAYS = ("inspected", "later_inspected")  # columns
_COMPRESSION_LEVEL = 1

_CURRENT = f"MATCH (lock:{LOCK_LABEL} {{iri: 'lock'}}) WHERE lock.ledgers = $rules + ' ' + lock.mark"
_STORED = f"""
{_CURRENT}
CALL () {{
  MATCH (authority:LocalAuthority)
  WHERE ($authority IS NULL OR authority.iri IN $authority)
    AND ($region IS NULL OR EXISTS {{ (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }})
  RETURN collect(authority.iri) AS chosen
}}
RETURN COLLECT {{
  MATCH (ledger:{LEDGER_LABEL}) WHERE any(iri IN ledger.authorities WHERE iri IN chosen)
  RETURN [all(iri IN ledger.authorities WHERE iri IN chosen), ledger.rows] ORDER BY ledger.name
}} AS ledgers, COLLECT {{
  MATCH (about:Concept)-[:BROADER*0..]->(concept:Concept) WHERE concept.iri IN $concept RETURN DISTINCT about.name
}} AS concepts
"""
# All that the rows of a council depend on: its documents as they are loaded, and what other documents may change.
_INPUTS = f"""
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
MATCH (graph:{GRAPH_LABEL} {{iri: document.iri}})
WITH authority, document, graph,
     COLLECT {{ MATCH (inspection:Inspection)-[:REPORTED_IN]->(document) RETURN toString(inspection.started) }} AS days
ORDER BY document.iri
WITH authority, collect([document.iri, graph.version, days]) AS documents
RETURN authority.name AS name, authority.iri AS authority, documents, COLLECT {{
  MATCH (authority)<-[:REPORTS_ON]-(:Document)-[:STATES]->(:Finding)-[:INVOLVES]->(thing)
  WHERE NOT coalesce(thing.generic, false)
  WITH DISTINCT thing ORDER BY thing.iri RETURN [thing.iri, thing.name]
}} AS things
ORDER BY name, authority
"""
_KEYS = f"MATCH (ledger:{LEDGER_LABEL}) RETURN ledger.name AS name, ledger.key AS key"
_VERSIONS = f"""
MATCH (lock:{LOCK_LABEL} {{iri: 'lock'}})
OPTIONAL MATCH (vocabulary:{GRAPH_LABEL} {{iri: $vocabulary}})
RETURN lock.mark AS token, lock.ledgers AS ledgers, vocabulary.version AS vocabulary
"""
# Nothing is stored where another load came meanwhile.
_STORE = f"""
MATCH (lock:{LOCK_LABEL} {{iri: 'lock', mark: $token}})
SET lock.ledgers = $rules + ' ' + $token
WITH lock
CALL () {{ MATCH (ledger:{LEDGER_LABEL}) WHERE ledger.name IN $outdated DELETE ledger }}
UNWIND $ledgers AS row
CREATE (:{LEDGER_LABEL} {{name: row[0], authorities: row[1], key: row[2], rows: row[3]}})
"""


def stored_rows(store: Reader, cypher: str, values: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Answer from stored ledgers; None where these are not current, or the question is about another day or a part.

    Args:
        cypher: of the question, from the rows of which the ledgers were made.
        values: of the question's parameters, with names looked up.
    """
    if values["as_of"] is not None:
        return None
    places = {name: values[name] for name in ("authority", "region", "concept")}
    for row in store.read(_STORED, rules=_rules(cypher), **places):
        if all(is_whole for is_whole, _ in row["ledgers"]):
            requests = chain.from_iterable(_deserialize(content) for _, content in row["ledgers"])
            concepts = frozenset(row["concepts"])
            wanted = (rows for rows in requests if values["concept"] is None or concepts & {*rows[0]["concepts"]})
            return select_rows(wanted, values)
    return None


def refresh_ledgers(store: ReadWriter, cypher: str) -> int:
    """Make the ledgers anew of councils of which something has changed; return how many that were.

    Args:
        cypher: of the question, whose rows ledgers are made of.
    """
    rules = _rules(cypher)
    for versions in store.read(_VERSIONS, vocabulary=VOCABULARY_GRAPH):
        if versions["ledgers"] == f"{rules} {versions['token']}":
            return 0
        present = {row["name"]: row["key"] for row in store.read(_KEYS)}
        inputs = _inputs_by_name(store.read(_INPUTS))
        keys = {name: _digest([rules, versions["vocabulary"], rows]) for name, rows in inputs.items()}
        changed = [name for name, key in keys.items() if present.get(name) != key]
        ledgers = []
        for name in changed:
            authorities = [row["authority"] for row in inputs[name]]
            rows = store.read(cypher, authority=authorities, region=None, concept=None, as_of=None)
            ledgers.append([name, authorities, keys[name], _serialize(requests_followed(rows))])
        outdated = [*changed, *(present.keys() - keys.keys())]
        store.write(_STORE, token=versions["token"], rules=rules, outdated=outdated, ledgers=ledgers)
        return len(changed)
    return 0


def _inputs_by_name(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group councils by name: one that took over the name of another goes on with what was asked of it."""
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_name[row["name"]].append(row)
    return by_name


@cache
def _rules(cypher: str) -> str:
    """Version of the code and of the Cypher that make rows."""
    code = [path.read_text(encoding="utf-8") for path in (*sorted(_RULES.glob("*.py")), Path(__file__))]
    return _digest([cypher, *code])[:16]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def _serialize(requests: Iterable[Sequence[Mapping[str, Any]]]) -> bytes:
    """Serialize the rows of each request, the names of their columns once for all."""
    rows_of_requests = list(requests)
    columns = list(rows_of_requests[0][0]) if rows_of_requests else []
    values = [[[row[column] for column in columns] for row in rows] for rows in rows_of_requests]
    text = json.dumps([columns, values], default=date.isoformat, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), _COMPRESSION_LEVEL)


def _deserialize(content: bytes) -> Iterator[list[dict[str, Any]]]:
    columns, requests = json.loads(zlib.decompress(content))
    for rows in requests:
        yield [_with_days(dict(zip(columns, values, strict=True))) for values in rows]


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    for column in _DAYS:
        if row[column] is not None:
            row[column] = date.fromisoformat(row[column])
    return row
