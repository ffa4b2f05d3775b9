"""What a name in a question stands for: capitals and punctuation do not matter, aliases and acronyms are names too."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from caregraph.graph.neo4j.property_graph import NAMES
from caregraph.graph.readers import Reader
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.iris import THINGS, slug, thing_iri
from caregraph.ontology.schema import ClassTerm, load_schema

SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')  # to the full-text index
MANY, FEW = 50, 3
CANDIDATES = 200  # an acronym is an alias of every council's own
ALIKE = 75  # percent of the letters: with fewer it is another name
_PLACES = {"LocalAuthority": "authority"}  # of IRIs that are not named as their label
BEGUN = 95  # how much a name that goes on counts, where 100 is the name itself


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """What a name can be a name of, in the ontology's words ("region", "named thing"), and the labels of such nodes."""
    terms = load_schema().classes
    found = {}
    for term in terms.values():
        labels = tuple(label for other in terms.values() if (label := other.neo4j_label) and _is_a(other, term))
        if labels:
            found[term.label] = labels
    return found


def _is_a(term: ClassTerm, other: ClassTerm) -> bool:
    classes = load_schema().classes
    return term is other or any(_is_a(classes[iri], other) for iri in term.broader if iri in classes)


def named(store: Reader, kind: str, text: str) -> list[str]:
    """The IRIs of what ``text`` names: several where a name is shared, as an acronym may be. Its own IRI names it too.

    Args:
        kind: one of `kinds`.

    Raises:
        BadQuestion: if nothing of this kind has the name; with those that are near.
    """
    labels, wanted = kinds()[kind], slug(text)
    words = [SPECIAL.sub(r"\\\1", word) for word in text.lower().split()]
    rows = store.read(
        NAMED.format(labels="|".join(labels)),
        index=NAMES,
        words=" ".join(f"{word} {word}~1" for word in words) or wanted,
        labels=labels,
        iris=_iris(text.strip(), labels),
        many=MANY,
    )
    found = [row["iri"] for row in rows if row["exact"] or wanted in map(slug, row["names"])]
    if not found:
        near = process.extract(text, sorted({row["name"] for row in rows}), scorer=fuzz.ratio, limit=FEW)
        meant = f"; did you mean {', '.join(name for name, *_ in near)}?" if near else ""
        raise BadQuestion(f"no {kind} is called {text!r}{meant}")
    return sorted(set(found))


def _iris(text: str, labels: Sequence[str]) -> list[str]:
    """The IRIs that a text may be, whole or in part: authority/E06000047, E06000047 and Mockingbird.

    Written out, since the database finds a whole IRI by its index and would have to look at every one for its end.
    """
    places = [_PLACES.get(label, label.lower()) for label in labels]
    return [text, f"{THINGS}{text}", *(thing_iri(place, text) for place in places)]


NAMED = """
CALL () {{
  CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
  WITH node, score WHERE labels(node)[0] IN $labels
  RETURN node, score, false AS exact ORDER BY score DESC LIMIT $many
  UNION
  MATCH (node:{labels}) WHERE node.iri IN $iris
  RETURN node, 0.0 AS score, true AS exact
}}
RETURN node.iri AS iri, node.name AS name, exact,
       [node.name] + coalesce(node.aliases, []) + coalesce(node.acronyms, []) + coalesce(node.exactNames, [])
       + coalesce(node.hiddenNames, []) AS names
ORDER BY score DESC, iri
"""


def called(store: Reader, text: str, *, labels: Sequence[str] = (), limit: int) -> list[dict[str, Any]]:
    """What goes by a name like ``text``, the most alike first: a row of kind (the label), name, spelling and iri each.

    A name may be half typed or misspelt by a letter or two, and its words run together or apart. Of things of the same
    name those that are no council's own come first.

    Args:
        labels: only nodes with one of these labels.
    """
    words = re.findall(r"\w+(?:['’]\w+)*", text.lower())
    if not words:
        return []
    whole = "".join(re.findall(r"\w+", text.lower()))
    together = f"({' AND '.join(map(_spelled, words))}) OR {whole}^4 OR {_spelled(whole)}"
    rows: list[dict[str, Any]] = []
    for query in (together, " ".join(map(_spelled, words))):
        rows = store.read(CALLED, index=NAMES, words=query, labels=list(labels) or None, many=CANDIDATES)
        for row in rows:
            row["spelling"], row["alike"] = max(
                ((name, _alike(text, name)) for name in row["names"]), key=lambda one: one[1]
            )
        if rows:
            break
    if query != together:
        rows = [row for row in rows if row["alike"] >= ALIKE]
    rows.sort(key=lambda row: (-round(row["alike"]), row["owned"], -row["score"], row["iri"]))
    return [{key: row[key] for key in ("kind", "name", "spelling", "iri")} for row in rows[:limit]]


def _spelled(word: str) -> str:
    """A word as it stands, as the beginning of another, and with as many wrong letters as its length allows."""
    wrong = 2 if len(word) > 7 else 1 if len(word) > 3 else 0
    if (joined := re.sub("['’]", "", word)) != word:  # of either form, or left out: "?" is any one sign
        either = re.sub("['’]", "?", word)
        return f"({either}^4 OR {_spelled(joined)})"
    return f"({word}^4 OR {word}*^2" + (f" OR {word}~{wrong})" if wrong else ")")


def _alike(text: str, name: str) -> float:
    """How alike two names are, from 0 to 100, whatever their capitals and punctuation."""
    wanted, spelled = slug(text), slug(name)
    begun = BEGUN if spelled.startswith(wanted) and spelled != wanted else 0
    return max(fuzz.ratio(wanted, spelled), begun)


CALLED = """
CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
WHERE $labels IS NULL OR labels(node)[0] IN $labels
WITH node, score ORDER BY score DESC LIMIT $many
RETURN labels(node)[0] AS kind, node.iri AS iri, node.name AS name, score,
       EXISTS { (node)-[:BELONGS_TO]->() } AS owned,
       [node.name] + coalesce(node.aliases, []) + coalesce(node.acronyms, []) + coalesce(node.exactNames, [])
       + coalesce(node.hiddenNames, []) AS names
"""
