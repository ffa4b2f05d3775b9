"""Look-up of names: capitals and punctuation do not matter, and aliases and acronyms are names too."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from caregraph.graph.neo4j.property_graph import NAME_INDEX
from caregraph.graph.readers import Reader
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.iris import THINGS, slug, thing_iri
from caregraph.ontology.schema import ClassTerm, load_schema

SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')  # to the full-text index
MAX_CANDIDATES, MAX_SUGGESTIONS = 50, 3
SEARCH_CANDIDATES = 200  # an acronym is an alias of every council's own
MIN_SIMILARITY = 75  # percent of the letters: with fewer it is another name
PREFIX_SIMILARITY = 95  # of a name that begins with the text, where 100 is the name itself
_IRI_KINDS = {"LocalAuthority": "authority"}  # in IRIs that are not named as their label
_ALL_NAMES = (
    "[node.name] + coalesce(node.aliases, []) + coalesce(node.acronyms, []) + coalesce(node.exactNames, [])"
    " + coalesce(node.hiddenNames, [])"
)


@cache
def name_kinds() -> dict[str, tuple[str, ...]]:
    """Neo4j labels of the nodes that a kind of name stands for; kinds are in the ontology's words ("named thing")."""
    terms = load_schema().classes
    kinds = {}
    for term in terms.values():
        labels = tuple(
            label for narrower in terms.values() if (label := narrower.neo4j_label) and _is_a(narrower, term)
        )
        if labels:
            kinds[term.label] = labels
    return kinds


def names_of_kind(store: Reader, kind: str, *, limit: int = 500) -> list[str]:
    """The names of a kind of `queries.name_lookup`, those of the best connected nodes first."""
    rows = store.read(_NAMES.replace("$labels", "|".join(name_kinds()[kind])), limit=limit)
    return [row["name"] for row in rows]


_NAMES = """
MATCH (n:$labels) WHERE n.name IS NOT NULL
WITH n.name AS name, max(COUNT { (n)<-[:REPORTS_ON|MENTIONS|CONCERNS]-() }) AS named, max(COUNT { (n)--() }) AS degree
RETURN name ORDER BY named DESC, degree DESC, name LIMIT $limit
"""


def _is_a(term: ClassTerm, broader: ClassTerm) -> bool:
    classes = load_schema().classes
    return term is broader or any(_is_a(classes[iri], broader) for iri in term.broader if iri in classes)


def look_up_name(store: Reader, kind: str, text: str) -> list[str]:
    """The IRIs of what ``text`` names: several where a name is shared, as an acronym may be. Its own IRI names it too.

    Args:
        kind: one of `name_kinds`.

    Raises:
        BadQuestion: if nothing of this kind has the name; with those that are near.
    """
    labels, wanted = name_kinds()[kind], slug(text)
    words = [SPECIAL.sub(r"\\\1", word) for word in text.lower().split()]
    spellings = [f"({word} {word}~1)" for word in words] or [wanted]
    # Few names have all the words, and they are soon read; where none of them fits, those with any are near.
    for query in (" AND ".join(spellings), " ".join(spellings)):
        rows = store.read(
            _LOOK_UP.format(labels="|".join(labels)),
            index=NAME_INDEX,
            words=query,
            labels=labels,
            iris=_possible_iris(text.strip(), labels),
            limit=MAX_CANDIDATES,
        )
        if iris := {row["iri"] for row in rows if row["exact"] or wanted in map(slug, row["names"])}:
            return sorted(iris)
    near = process.extract(text, sorted({row["name"] for row in rows}), scorer=fuzz.ratio, limit=MAX_SUGGESTIONS)
    meant = f"; did you mean {', '.join(name for name, *_ in near)}?" if near else ""
    raise BadQuestion(f"no {kind} is called {text!r}{meant}")


def _possible_iris(text: str, labels: Sequence[str]) -> list[str]:
    """The IRIs that a text may be, whole or in part: authority/E06000047, E06000047 and Mockingbird.

    Written out, since the database finds a whole IRI by its index and would have to look at every IRI for its end.
    """
    kinds = [_IRI_KINDS.get(label, label.lower()) for label in labels]
    return [text, f"{THINGS}{text}", *(thing_iri(kind, text) for kind in kinds)]


_LOOK_UP = f"""
CALL () {{{{
  CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
  WITH node, score WHERE labels(node)[0] IN $labels
  RETURN node, score, false AS exact ORDER BY score DESC LIMIT $limit
  UNION
  MATCH (node:{{labels}}) WHERE node.iri IN $iris
  RETURN node, 0.0 AS score, true AS exact
}}}}
RETURN node.iri AS iri, node.name AS name, exact, {_ALL_NAMES} AS names
ORDER BY score DESC, iri
"""


def search_names(store: Reader, text: str, *, labels: Sequence[str] = (), limit: int) -> list[dict[str, Any]]:
    """Nodes with a name like ``text``, the most alike first: a row of kind (the label), name, spelling and iri each.

    A name may be half typed or misspelt by a letter or two, and its words run together or apart. Of things of the same
    name those that are no authority's own come first.

    Args:
        labels: only nodes with one of these labels.
    """
    words = re.findall(r"\w+(?:['’]\w+)*", text.lower())
    if not words:
        return []
    whole = "".join(re.findall(r"\w+", text.lower()))
    together = f"({' AND '.join(map(_spellings, words))}) OR {whole}^4 OR {_spellings(whole)}"
    rows: list[dict[str, Any]] = []
    for query in (together, " ".join(map(_spellings, words))):
        rows = store.read(_SEARCH, index=NAME_INDEX, words=query, labels=list(labels) or None, limit=SEARCH_CANDIDATES)
        for row in rows:
            scored = [(name, _similarity(text, name)) for name in row["names"]]
            row["spelling"], row["similarity"] = max(scored, key=lambda scored_name: scored_name[1])
        if rows:
            break
    if query != together:
        rows = [row for row in rows if row["similarity"] >= MIN_SIMILARITY]
    rows.sort(key=lambda row: (-round(row["similarity"]), row["owned"], -row["score"], row["iri"]))
    return [{key: row[key] for key in ("kind", "name", "spelling", "iri")} for row in rows[:limit]]


def _spellings(word: str) -> str:
    """Full-text query for a word as it stands, as the beginning of a longer word, or misspelt, if it is long enough."""
    edits = 2 if len(word) > 7 else 1 if len(word) > 3 else 0
    if (joined := re.sub("['’]", "", word)) != word:  # of either form, or left out: "?" is any one sign
        either = re.sub("['’]", "?", word)
        return f"({either}^4 OR {_spellings(joined)})"
    return f"({word}^4 OR {word}*^2" + (f" OR {word}~{edits})" if edits else ")")


def _similarity(text: str, name: str) -> float:
    """Similarity of two names, from 0 to 100, whatever their capitals and punctuation."""
    wanted, spelled = slug(text), slug(name)
    prefix = PREFIX_SIMILARITY if spelled.startswith(wanted) and spelled != wanted else 0
    return max(fuzz.ratio(wanted, spelled), prefix)


_SEARCH = f"""
CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
WHERE $labels IS NULL OR labels(node)[0] IN $labels
WITH node, score ORDER BY score DESC LIMIT $limit
RETURN labels(node)[0] AS kind, node.iri AS iri, node.name AS name, score,
       EXISTS {{ (node)-[:BELONGS_TO]->() }} AS owned, {_ALL_NAMES} AS names
"""
