"""What a name in a question stands for: capitals and punctuation do not matter, aliases and acronyms are names too."""

import re
from functools import cache
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from graph.property_graph import NAMES
from ontology.errors import BadQuestion
from ontology.iris import slug
from ontology.schema import ClassTerm, load_schema

SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')  # to the full-text index
MANY, FEW = 50, 3


class Reader(Protocol):
    """A database that answers a trusted read, one dict a row."""

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]: ...


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
        tails=[f"/{wanted}", f"/{text.strip()}"],
        iri=text.strip(),
        many=MANY,
    )
    found = [row["iri"] for row in rows if row["exact"] or wanted in map(slug, row["names"])]
    if not found:
        near = process.extract(text, sorted({row["name"] for row in rows}), scorer=fuzz.ratio, limit=FEW)
        meant = f"; did you mean {', '.join(name for name, *_ in near)}?" if near else ""
        raise BadQuestion(f"no {kind} is called {text!r}{meant}")
    return sorted(set(found))


NAMED = """
CALL () {{
  CALL db.index.fulltext.queryNodes($index, $words) YIELD node, score
  WITH node, score WHERE labels(node)[0] IN $labels
  RETURN node, score, false AS exact ORDER BY score DESC LIMIT $many
  UNION
  MATCH (node:{labels}) WHERE node.iri = $iri OR any(tail IN $tails WHERE node.iri ENDS WITH tail)
  RETURN node, 0.0 AS score, true AS exact
}}
RETURN node.iri AS iri, node.name AS name, exact,
       [node.name] + coalesce(node.aliases, []) + coalesce(node.acronyms, []) + coalesce(node.exactNames, [])
       + coalesce(node.hiddenNames, []) AS names
ORDER BY score DESC, iri
"""
