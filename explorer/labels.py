"""How the explorer says things: names of kinds and relationships, days, and text that stays text."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from caregraph import ontology
from caregraph.graph.queries.evidence import Evidence, SourceDocument
from caregraph.graph.queries.neighbourhood import Connection
from caregraph.graph.queries.nodes import Node
from caregraph.ontology.iris import THINGS
from caregraph.ontology.schema import load_schema
from caregraph.ontology.turtle import Statements

SCHEMES = ("schemes.ttl", "frameworks.ttl")

# Read along the arrow, and against it.
RELATIONSHIPS: Mapping[str, tuple[str, str]] = {
    "ATTESTED_FOR": ("said by a report to serve", "served, a report says, by"),
    "BELONGS_TO": ("belongs to", "its own"),
    "BROADER": ("part of", "narrower"),
    "CONCERNS": ("concerns", "findings on it"),
    "GAVE": ("gave", "given by"),
    "HOSTED_BY": ("hosted by", "hosts"),
    "IN_REGION": ("in region", "in it"),
    "INSPECTED": ("inspected", "inspected in"),
    "INSTANCE_OF": ("is a", "councils’ own"),
    "INVOLVES": ("names", "named in"),
    "LED": ("led", "led by"),
    "MENTIONS": ("mentions", "mentioned in"),
    "NEIGHBOUR_OF": ("statistical neighbour", "statistical neighbour of"),
    "PART_OF": ("part of", "parts"),
    "REPORTED_IN": ("reported in", "reports"),
    "REPORTS_ON": ("reports on", "reported on in"),
    "SERVED": ("in post at", "people in post"),
    "SERVES": ("serves", "served by"),
    "STATES": ("states", "stated in"),
    "SUCCEEDED_BY": ("succeeded by", "succeeded"),
    "TOOK_PART_IN": ("took part in", "inspection team"),
    "UNDER": ("under", "inspections under it"),
    "USES": ("uses", "used by"),
    "VARIANT_OF": ("a variant of", "variants"),
}

_PLURALS = {"person": "people", "local authority": "local authorities"}


def plain(text: str) -> str:
    r"""Text that Markdown shows as it is: every punctuation mark is escaped, and it stays on one line.

    >>> plain("*Loud* & :red[Clear] costs $5$")
    '\\*Loud\\* \\& \\:red\\[Clear\\] costs \\$5\\$'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def sentence_case(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


@cache
def kind_of(label: str) -> str:
    """What the ontology calls the nodes of a label: "local authority"."""
    terms = load_schema().classes.values()
    return next((term.label for term in terms if term.neo4j_label == label), label)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "body"), counted(2, "body"), counted(1200, "process")
    ('1 body', '2 bodies', '1,200 processes')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("s") else "s")


def relationship(type: str, *, outgoing: bool = True) -> str:
    """A relationship type in words, read along the arrow or against it."""
    along, against = RELATIONSHIPS.get(type, (type.replace("_", " ").lower(),) * 2)
    return along if outgoing else against


def connection(one: Connection) -> str:
    """Such as "uses: 14 services"."""
    return f"{sentence_case(relationship(one.type, outgoing=one.outgoing))}: {counted(one.count, kind_of(one.label))}"


@cache
def _schemes() -> Statements:
    folder = Path(ontology.__file__).parent
    return Statements([folder / name for name in SCHEMES])


@cache
def value(scheme: str, id: str) -> str:
    """The name of a value of a closed scheme, such as the role "dcs"; without a name, the id in words."""
    return _schemes().value(f"{THINGS}{scheme}/{id}", "skos:prefLabel") or id.replace("-", " ")


def day(iso: str | None) -> str | None:
    """An ISO day as reports print it.

    >>> day("2025-01-06")
    '6 January 2025'
    """
    if not iso:
        return None
    when = date.fromisoformat(iso[:10])
    return f"{when.day} {when:%B %Y}"


def period(started: str | None, ended: str | None) -> str | None:
    """Two ISO days as one period.

    >>> period("2025-01-06", "2025-01-17"), period("2022-11-28", "2022-12-02"), period("2025-01-06", None)
    ('6 to 17 January 2025', '28 November to 2 December 2022', '6 January 2025')
    """
    first, last = day(started), day(ended)
    if not first or not last or first == last:
        return first or last
    left, right = first.split(), last.split()
    while left and left[-1] == right[-1]:
        left.pop()
        right.pop()
    return f"{' '.join(left)} to {last}"


def title(node: Node) -> str:
    """A node's name; documents, which often share one, with their year."""
    name = sentence_case(node.name)
    return f"{name} ({node.day[:4]})" if node.label == "Document" and node.day else name


def dated(source: SourceDocument) -> str:
    """When a document's inspection was, or when it was published; empty if neither is known."""
    if source.started:
        return f"inspection of {period(source.started, source.ended)}"
    return f"published {day(source.published)}" if source.published else ""


def place(found: Evidence) -> str:
    """Where in its document a fact stands: page, paragraph, section."""
    parts = (
        f"page {found.page}" if found.page else "",
        f"paragraph {found.paragraph}" if found.paragraph else "",
        f"“{found.section}”" if found.section else "",
    )
    return ", ".join(part for part in parts if part)


def citation(found: Evidence) -> str:
    """One line that says who said what, when and where."""
    source = found.source
    sentence = " ".join(found.passage[slice(*found.sentence)].split())
    published = f"published {day(source.published)}" if source.published and source.started else ""
    where = (source.name, source.authority, dated(source), published, place(found))
    return f"“{sentence}” {', '.join(' '.join(part.split()) for part in where if part)}."
