"""Authorities: the register, one authority in full, the things its reports name, its leaders and its documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.rows import row_as, rows_as
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True)
class RegisteredAuthority:
    """An authority of the register. ``ended`` is the last ISO day of a former one; ``documents`` counts those read."""

    node: Node
    region: Node | None
    ended: str | None
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoritySummary:
    """An authority and those around it; ``neighbours`` are statistical ones, the nearest first. Days are ISO days.

    ``note`` is what the register has to say besides, such as a change that was decided.
    """

    node: Node
    gss: str | None
    region: Node | None
    started: str | None
    ended: str | None
    note: str | None
    predecessors: tuple[Node, ...]
    successors: tuple[Node, ...]
    neighbours: tuple[Node, ...]
    same_region: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingUse:
    """A named thing that reports on an authority name, or that a list says serves it.

    ``own`` says that it is this authority's alone, ``listed`` that the thesaurus lists it as serving the authority.
    ``users`` counts the authorities whose reports name it, ``naming_reports`` the reports on this authority that do;
    strengths and concerns count their findings that involve it.
    """

    thing: Node
    scope: str | None
    own: bool
    listed: bool
    users: int
    naming_reports: int
    strengths: int
    concerns: int


@dataclass(frozen=True, slots=True)
class Post:
    """A role in which a document names a person; ``day`` is the ISO day of its inspection or publication."""

    person: Node
    role: str
    document: Node
    day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSummary:
    """A document on an authority. Days are ISO days."""

    node: Node
    kind: str | None
    published: str | None
    started: str | None
    ended: str | None
    pages: int | None
    findings: int


def registered_authorities(store: Reader) -> list[RegisteredAuthority]:
    """Every authority of the register, former ones included, by name."""
    return rows_as(RegisteredAuthority, store.read(_REGISTER))


_REGISTER = """
MATCH (c:LocalAuthority)
RETURN c {.iri, .name, label: 'LocalAuthority'} AS node,
       head([(c)-[:IN_REGION]->(r:Region) | r {.iri, .name, label: 'Region'}]) AS region,
       toString(c.ended) AS ended, COUNT { (c)<-[:REPORTS_ON]-(:Document) } AS documents
ORDER BY c.name, c.iri
"""


def authority_summary(store: Reader, iri: str) -> AuthoritySummary | None:
    """The authority with this IRI; None if there is none."""
    rows = store.read(_SUMMARY, iri=iri)
    return row_as(AuthoritySummary, rows[0]) if rows else None


_AUTHORITY = "{.iri, .name, label: 'LocalAuthority'}"
_SUMMARY = f"""
MATCH (c:LocalAuthority {{iri: $iri}})
OPTIONAL MATCH (c)-[:IN_REGION]->(r:Region)
WITH c, head(collect(r)) AS r
RETURN c {_AUTHORITY} AS node, c.gss AS gss, r {{.iri, .name, label: 'Region'}} AS region,
       toString(c.started) AS started, toString(c.ended) AS ended, c.note AS note,
       COLLECT {{ MATCH (o)-[:SUCCEEDED_BY]->(c) WITH DISTINCT o ORDER BY o.name
                  RETURN o {_AUTHORITY} }} AS predecessors,
       COLLECT {{ MATCH (c)-[:SUCCEEDED_BY]->(o) WITH DISTINCT o ORDER BY o.name
                  RETURN o {_AUTHORITY} }} AS successors,
       COLLECT {{ MATCH (c)-[n:NEIGHBOUR_OF]->(o) WITH o, n ORDER BY n.rank, o.name
                  RETURN o {_AUTHORITY} }} AS neighbours,
       COLLECT {{ MATCH (r)<-[:IN_REGION]-(o) WHERE o <> c AND o.ended IS NULL
                  WITH o ORDER BY o.name RETURN o {_AUTHORITY} }} AS same_region
"""


def thing_uses(store: Reader, iri: str) -> list[ThingUse]:
    """The things that reports on an authority name or a list gives it, those named most often first."""
    return rows_as(ThingUse, store.read(_THING_USES, iri=iri))


_THING_USES = f"""
MATCH (c:LocalAuthority {{iri: $iri}})
MATCH (c)-[:USES|SERVES]-(t:{"|".join(NAMED_THING_LABELS)})
WITH DISTINCT c, t WHERE NOT coalesce(t.generic, false)
CALL (c, t) {{
  MATCH (t)<-[:INVOLVES]-(f:Finding)<-[:STATES]-(:Document)-[:REPORTS_ON]->(c)
  RETURN count(DISTINCT CASE f.polarity WHEN 'strength' THEN f END) AS strengths,
         count(DISTINCT CASE f.polarity WHEN 'concern' THEN f END) AS concerns
}}
CALL (c, t) {{
  MATCH (t)<-[:MENTIONS]-(d:Document)-[:REPORTS_ON]->(c) RETURN count(DISTINCT d) AS naming_reports
}}
RETURN t {{.iri, .name, label: labels(t)[0]}} AS thing, t.scope AS scope, EXISTS {{ (t)-[:BELONGS_TO]->(c) }} AS own,
       EXISTS {{ (t)-[:SERVES]->(c) }} AS listed, COUNT {{ (t)<-[:USES]-(:LocalAuthority) }} AS users,
       naming_reports, strengths, concerns
ORDER BY naming_reports DESC, strengths + concerns DESC, toLower(t.name), t.iri
"""


def posts(store: Reader, iri: str) -> list[Post]:
    """The leaders that documents name of an authority's services or its partners', the latest document first."""
    return rows_as(Post, store.read(_POSTS, iri=iri))


_POSTS = """
MATCH (p:Person)-[post:SERVED]->(:LocalAuthority {iri: $iri})
MATCH (d:Document {iri: post.document})
WITH DISTINCT p, post.role AS role, d
WITH p, role, d, coalesce(head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]), d.published) AS day
ORDER BY day IS NULL, day DESC, role, p.name
RETURN p {.iri, .name, label: 'Person'} AS person, role, d {.iri, .name, label: 'Document'} AS document,
       toString(day) AS day
"""


def report_summaries(store: Reader, iri: str) -> list[ReportSummary]:
    """The documents on an authority, the latest first."""
    return rows_as(ReportSummary, store.read(_REPORTS, iri=iri))


_REPORTS = """
MATCH (d:Document)-[:REPORTS_ON]->(:LocalAuthority {iri: $iri})
WITH d, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source
RETURN d {.iri, .name, label: 'Document'} AS node, d.kind AS kind,
       toString(coalesce(d.published, d.listed)) AS published,
       toString(i.started) AS started, toString(i.ended) AS ended, d.pages AS pages,
       COUNT { (d)-[:STATES]->(:Finding) } AS findings
"""


def authorities_with_reports(store: Reader, iris: Sequence[str]) -> set[str]:
    """The IRIs of these authorities on which a report was read."""
    return {row["iri"] for row in store.read(_WITH_REPORTS, iris=list(iris))}


_WITH_REPORTS = """
UNWIND $iris AS iri MATCH (c:LocalAuthority {iri: iri}) WHERE EXISTS { (c)<-[:REPORTS_ON]-() } RETURN DISTINCT iri
"""
