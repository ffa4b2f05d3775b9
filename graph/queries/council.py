"""One council: who it is, whom it is like, what its reports name, who was in post."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.queries.evidence import THINGS
from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A council with those around it; ``neighbours`` are its statistical ones, the nearest first. Days are ISO days."""

    node: Node
    gss: str | None
    region: Node | None
    started: str | None
    ended: str | None
    before: tuple[Node, ...]
    after: tuple[Node, ...]
    neighbours: tuple[Node, ...]
    in_region: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A thing that reports on a council name, or that a list says serves it.

    ``own`` says that it is this council's alone, ``users`` counts the councils
    whose reports name it, ``naming`` the reports on this council that do,
    strengths and concerns their findings that involve it.
    """

    thing: Node
    scope: str | None
    own: bool
    listed: bool
    users: int
    naming: int
    strengths: int
    concerns: int


@dataclass(frozen=True, slots=True)
class Post:
    """That a document names a person in a role; ``when`` is the ISO day of its inspection or publication."""

    person: Node
    role: str
    document: Node
    when: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document on a council. Days are ISO days."""

    node: Node
    kind: str | None
    published: str | None
    started: str | None
    ended: str | None
    pages: int | None
    findings: int


def authority(store: Reader, iri: str) -> Authority | None:
    """A council by its IRI; None if there is none."""
    rows = store.read(_AUTHORITY, iri=iri)
    if not rows:
        return None
    row = rows[0]
    region = row.pop("region")
    lists: dict[str, Any] = {
        key: tuple(Node(**one) for one in row.pop(key)) for key in ("before", "after", "neighbours", "in_region")
    }
    return Authority(node=Node(**row.pop("node")), region=Node(**region) if region else None, **lists, **row)


_ONE = "{.iri, .name, label: 'LocalAuthority'}"
_AUTHORITY = f"""
MATCH (c:LocalAuthority {{iri: $iri}})
OPTIONAL MATCH (c)-[:IN_REGION]->(r:Region)
WITH c, head(collect(r)) AS r
RETURN c {_ONE} AS node, c.gss AS gss, r {{.iri, .name, label: 'Region'}} AS region,
       toString(c.started) AS started, toString(c.ended) AS ended,
       COLLECT {{ MATCH (o)-[:SUCCEEDED_BY]->(c) WITH DISTINCT o ORDER BY o.name RETURN o {_ONE} }} AS before,
       COLLECT {{ MATCH (c)-[:SUCCEEDED_BY]->(o) WITH DISTINCT o ORDER BY o.name RETURN o {_ONE} }} AS after,
       COLLECT {{ MATCH (c)-[n:NEIGHBOUR_OF]->(o) WITH o, n ORDER BY n.rank, o.name RETURN o {_ONE} }} AS neighbours,
       COLLECT {{ MATCH (r)<-[:IN_REGION]-(o) WHERE o <> c AND o.ended IS NULL
                  WITH o ORDER BY o.name RETURN o {_ONE} }} AS in_region
"""


def used(store: Reader, iri: str) -> list[Used]:
    """What reports on a council name or a list gives it, named most often first."""
    return [Used(thing=Node(**row.pop("thing")), **row) for row in store.read(_USED, iri=iri)]


_USED = f"""
MATCH (c:LocalAuthority {{iri: $iri}})
MATCH (c)-[:USES|SERVES]-(t:{"|".join(THINGS)})
WITH DISTINCT c, t WHERE NOT coalesce(t.generic, false)
CALL (c, t) {{
  MATCH (t)<-[:INVOLVES]-(f:Finding)<-[:STATES]-(:Document)-[:REPORTS_ON]->(c)
  RETURN count(DISTINCT CASE f.polarity WHEN 'strength' THEN f END) AS strengths,
         count(DISTINCT CASE f.polarity WHEN 'concern' THEN f END) AS concerns
}}
CALL (c, t) {{ MATCH (t)<-[:MENTIONS]-(d:Document)-[:REPORTS_ON]->(c) RETURN count(DISTINCT d) AS naming }}
RETURN t {{.iri, .name, label: labels(t)[0]}} AS thing, t.scope AS scope, EXISTS {{ (t)-[:BELONGS_TO]->(c) }} AS own,
       EXISTS {{ (t)-[:SERVES]->(c) }} AS listed, COUNT {{ (t)<-[:USES]-(:LocalAuthority) }} AS users,
       naming, strengths, concerns
ORDER BY naming DESC, strengths + concerns DESC, toLower(t.name), t.iri
"""


def posts(store: Reader, iri: str) -> list[Post]:
    """Whom documents name as leading a council's services or its partners', the latest document first."""
    rows = store.read(_POSTS, iri=iri)
    return [Post(Node(**row["person"]), row["role"], Node(**row["document"]), row["when"]) for row in rows]


_POSTS = """
MATCH (p:Person)-[post:SERVED]->(:LocalAuthority {iri: $iri})
MATCH (d:Document {iri: post.document})
WITH DISTINCT p, post.role AS role, d
WITH p, role, d, coalesce(head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]), d.published) AS day
ORDER BY day IS NULL, day DESC, role, p.name
RETURN p {.iri, .name, label: 'Person'} AS person, role, d {.iri, .name, label: 'Document'} AS document,
       toString(day) AS when
"""


def reports(store: Reader, iri: str) -> list[Report]:
    """The documents on a council, the latest first."""
    return [Report(node=Node(**row.pop("node")), **row) for row in store.read(_REPORTS, iri=iri)]


_REPORTS = """
MATCH (d:Document)-[:REPORTS_ON]->(:LocalAuthority {iri: $iri})
WITH d, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source
RETURN d {.iri, .name, label: 'Document'} AS node, d.kind AS kind, toString(d.published) AS published,
       toString(i.started) AS started, toString(i.ended) AS ended, d.pages AS pages,
       COUNT { (d)-[:STATES]->(:Finding) } AS findings
"""


def with_reports(store: Reader, councils: Sequence[str]) -> set[str]:
    """Those of the councils, by their IRIs, that a report was read on."""
    rows: list[dict[str, Any]] = store.read(_WITH_REPORTS, councils=list(councils))
    return {row["iri"] for row in rows}


_WITH_REPORTS = """
UNWIND $councils AS iri MATCH (c:LocalAuthority {iri: iri}) WHERE EXISTS { (c)<-[:REPORTS_ON]-() } RETURN DISTINCT iri
"""
