"""What is in the graph as a whole: how much, what councils share, what was read."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.queries.evidence import THINGS
from caregraph.graph.queries.name_lookup import kinds
from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True)
class Reach:
    """How far reports on one council speak of a thing.

    ``documents`` counts the reports on the council, ``naming`` those that name
    the thing; ``member`` and ``hosts`` are what the thesaurus says.
    """

    council: Node
    documents: int
    naming: int
    strengths: int
    concerns: int
    member: bool
    hosts: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A thing that reports on two or more councils name; its councils are those that it is said to serve, too."""

    thing: Node
    scope: str | None
    reaches: tuple[Reach, ...]

    @property
    def users(self) -> int:
        """The number of councils whose reports name it."""
        return sum(reach.naming > 0 for reach in self.reaches)


@dataclass(frozen=True, slots=True)
class Widespread:
    """A thing that reports on ``users`` councils name, two or more."""

    thing: Node
    scope: str | None
    users: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as the graph has it. Days are ISO days; ``unread`` says what it gives that could not be read."""

    node: Node
    file: str
    kind: str | None
    council: str | None
    published: str | None
    started: str | None
    ended: str | None
    pages: int | None
    findings: int
    judgements: int
    unread: tuple[str, ...]


def version(store: Reader) -> str:
    """What changes when the graph does: the key under which answers may be kept."""
    [row] = store.read(_VERSION)
    return "-".join(str(value) for value in row.values())


_VERSION = """
CALL () { MATCH (n) RETURN count(n) AS nodes } CALL () { MATCH ()-[r]->() RETURN count(r) AS relationships }
CALL () { MATCH (d:Document) RETURN count(d) AS documents, max(d.extractor) AS extractor, max(elementId(d)) AS newest }
RETURN nodes, relationships, documents, extractor, newest
"""


def counts(store: Reader) -> dict[str, int]:
    """The number of nodes of each label."""
    rows = store.read("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count ORDER BY label")
    return {row["label"]: row["count"] for row in rows}


def coverage(store: Reader) -> dict[str, Any]:
    """How many councils there are reports on, of how many now in being, and the first and last year of inspection."""
    return store.read(_COVERAGE)[0]


_COVERAGE = """
CALL () { MATCH (c:LocalAuthority) WHERE c.ended IS NULL RETURN count(c) AS councils }
CALL () { MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(:Document) RETURN count(DISTINCT c) AS covered }
CALL () { MATCH (i:Inspection)-[:REPORTED_IN]->() RETURN min(i.started).year AS first, max(i.started).year AS last }
RETURN councils, covered, first, last
"""


def regions(store: Reader) -> list[Node]:
    """The regions that there are reports from, the one with the most councils first."""
    rows = store.read(_REGIONS)
    return [Node(row["iri"], row["name"], "Region") for row in rows]


_REGIONS = """
MATCH (r:Region)<-[:IN_REGION]-(c:LocalAuthority)<-[:REPORTS_ON]-()
WITH r, count(DISTINCT c) AS councils ORDER BY councils DESC, r.name
RETURN r.iri AS iri, r.name AS name
"""


def councils(store: Reader, *, limit: int = 10) -> list[Node]:
    """The councils that most documents report on."""
    return [Node(row["iri"], row["name"], "LocalAuthority") for row in store.read(_COUNCILS, limit=limit)]


_COUNCILS = """
MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document)
WITH c, count(d) AS documents ORDER BY documents DESC, c.name LIMIT $limit
RETURN c.iri AS iri, c.name AS name
"""


def names(store: Reader, kind: str, *, limit: int = 500) -> list[str]:
    """The names of a kind of `queries.name_lookup`, what is most connected first."""
    rows = store.read(_NAMES.replace("$labels", "|".join(kinds()[kind])), limit=limit)
    return [row["name"] for row in rows]


_NAMES = """
MATCH (n:$labels) WHERE n.name IS NOT NULL
WITH n.name AS name, max(COUNT { (n)<-[:REPORTS_ON|MENTIONS|CONCERNS]-() }) AS named, max(COUNT { (n)--() }) AS degree
RETURN name ORDER BY named DESC, degree DESC, name LIMIT $limit
"""


def widespread(store: Reader) -> list[Widespread]:
    """The things that reports on two or more councils name, the most shared first."""
    rows = store.read(f"{_SHARED}, users ORDER BY users DESC, toLower(name), iri", region=None)
    return [Widespread(Node(row["iri"], row["name"], row["label"]), row["scope"], row["users"]) for row in rows]


def reach(store: Reader, thing: str) -> list[Reach]:
    """How far reports on each council speak of a thing, by its IRI; councils it has nothing to do with are left out."""
    return list(_reaches(store, [thing])[thing])


def shared(store: Reader, *, region: str | None = None, valued: bool = True) -> list[Shared]:
    """The things that reports on two or more councils name, the most shared first.

    Args:
        region: only by councils of this region, by its IRI.
        valued: whether to count strengths and concerns, which takes most of the time; they are 0 otherwise.
    """
    things = store.read(_SHARED, region=region)
    reaches = _reaches(store, [row["iri"] for row in things], region=region, valued=valued)
    found = [Shared(Node(row["iri"], row["name"], row["label"]), row["scope"], reaches[row["iri"]]) for row in things]
    return sorted(found, key=lambda one: (-one.users, one.thing.name.lower()))


def _reaches(
    store: Reader, things: Sequence[str], *, region: str | None = None, valued: bool = True
) -> dict[str, tuple[Reach, ...]]:
    """The reaches of things, by the thing's IRI; none for one that no council has to do with."""
    ties: dict[str, dict[Node, Counter[str]]] = {iri: defaultdict(Counter) for iri in things}
    for query in (_NAMING, _LISTED, *([_VALUED] if valued else [])):
        for row in store.read(query, things=list(things), region=region):
            ties[row["thing"]][Node(row["iri"], row["name"], "LocalAuthority")][row["what"]] += row["count"]
    read = {row["iri"]: row["count"] for row in store.read(_READ)}
    return {
        iri: tuple(_reach(council, counts, read.get(council.iri, 0)) for council, counts in found.items())
        for iri, found in ties.items()
    }


def _reach(council: Node, counts: Counter[str], documents: int) -> Reach:
    return Reach(
        council=council,
        documents=documents,
        naming=counts["naming"],
        strengths=counts["strength"],
        concerns=counts["concern"],
        member=counts["SERVES"] > 0,
        hosts=counts["HOSTED_BY"] > 0,
    )


_HERE = "($region IS NULL OR EXISTS { (c)-[:IN_REGION]->(:Region {iri: $region}) })"

_SHARED = f"""
MATCH (c:LocalAuthority) WHERE {_HERE}
WITH c
MATCH (c)-[:USES]->(t:{"|".join(THINGS)}) WHERE NOT coalesce(t.generic, false)
WITH t, count(DISTINCT c) AS users WHERE users > 1
RETURN t.iri AS iri, t.name AS name, labels(t)[0] AS label, t.scope AS scope"""

# Each begins at the things: from councils there are thousands of findings to go through.
_OF_THINGS = f"MATCH (t:{'|'.join(THINGS)}) WHERE t.iri IN $things"
_NAMING = f"""{_OF_THINGS}
MATCH (t)<-[:MENTIONS]-(d:Document)-[:REPORTS_ON]->(c) WHERE {_HERE}
RETURN t.iri AS thing, c.iri AS iri, c.name AS name, 'naming' AS what, count(DISTINCT d) AS count
ORDER BY thing, name
"""
_LISTED = f"""{_OF_THINGS}
MATCH (t)-[r:SERVES|HOSTED_BY]->(c) WHERE {_HERE}
RETURN t.iri AS thing, c.iri AS iri, c.name AS name, type(r) AS what, count(r) AS count
ORDER BY thing, name
"""
_VALUED = f"""{_OF_THINGS}
MATCH (t)<-[:INVOLVES]-(f:Finding)<-[:STATES]-(d:Document)
WITH t, d, f.polarity AS what, count(f) AS count
MATCH (d)-[:REPORTS_ON]->(c) WHERE {_HERE}
RETURN t.iri AS thing, c.iri AS iri, c.name AS name, what, sum(count) AS count
ORDER BY thing, name
"""

_READ = "MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document) RETURN c.iri AS iri, count(d) AS count"


def documents(store: Reader) -> list[Document]:
    """Every document in the graph, the latest inspection first."""
    return [_document(row) for row in store.read(_DOCUMENTS)]


_DOCUMENTS = """
MATCH (d:Document)
WITH d, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source
RETURN d {.iri, .name, label: 'Document', when: toString(coalesce(d.published, i.started))} AS node,
       d.source AS file, d.kind AS kind,
       head([(d)-[:REPORTS_ON]->(c) | c.name]) AS council, toString(d.published) AS published,
       toString(i.started) AS started, toString(i.ended) AS ended, d.pages AS pages,
       COUNT { (d)-[:STATES]->() } AS findings, COUNT { (i)-[:GAVE]->() } AS judgements,
       coalesce(d.unread, []) AS unread
"""


def _document(row: dict[str, Any]) -> Document:
    return Document(node=Node(**row.pop("node")), unread=tuple(row.pop("unread")), **row)
