"""Overview of the whole graph: its size and coverage, what authorities share, and the documents that were read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.neo4j.property_graph import graph_schema
from caregraph.graph.neo4j.provenance import LOCK_LABEL
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.rows import row_as, rows_as
from caregraph.graph.readers import Reader
from caregraph.graph.standings import MembershipEvidence, Standing, count_in_lifetime, find_standing, weigh_attested

_SAMPLE = 300  # nodes of a label whose keys are read: they are alike


@dataclass(frozen=True, slots=True)
class Coverage:
    """The authorities now in being, those that a document reports on, and the first and last year of inspection."""

    authorities: int
    covered: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class AuthorityUse:
    """Use of a named thing by one authority, as its reports tell.

    ``documents`` counts the reports on the authority, ``naming_reports`` those that name the thing, strengths and
    concerns their findings that involve it; ``member`` and ``hosts`` are what the thesaurus says, and ``ended`` that
    the membership did. ``documents_of_its_time`` are those of inspections in the thing's lifetime. ``attested``
    is what reports attest, see `standings.weigh_attested`, ``relation`` the latest that one states; None if none does.
    """

    authority: Node
    documents: int
    naming_reports: int
    strengths: int
    concerns: int
    member: bool
    hosts: bool
    ended: bool = False
    documents_of_its_time: int = 0
    attested: str | None = None
    relation: str | None = None

    def find_standing(self, *, listing: bool) -> Standing:
        """Standing of the authority in the thing; ``listing`` tells if a list says whom the thing serves."""
        return find_standing(
            MembershipEvidence(
                member=self.member or self.hosts,
                listing=listing,
                ended=self.ended,
                attested=self.attested,
                relation=self.relation,
                naming=self.naming_reports,
                reports_of_its_time=self.documents_of_its_time,
            )
        )


def has_list(uses: Iterable[AuthorityUse]) -> bool:
    """Tell whether a list says whom a thing serves."""
    return any(use.member or use.hosts for use in uses)


def find_standings(uses: Sequence[AuthorityUse]) -> dict[str, Standing]:
    """Standing of each authority in one thing, by its IRI."""
    listing = has_list(uses)
    return {use.authority.iri: use.find_standing(listing=listing) for use in uses}


@dataclass(frozen=True, slots=True)
class SharedThing:
    """A thing that reports on two or more authorities name, with its use by these and by those it is said to serve.

    ``listed`` tells if a list says whom of the region it serves.
    """

    thing: Node
    scope: str | None
    uses: tuple[AuthorityUse, ...]
    listed: bool

    @property
    def users(self) -> int:
        """The number of authorities whose reports name it."""
        return sum(use.naming_reports > 0 for use in self.uses)

    @property
    def standings(self) -> dict[str, Standing]:
        """Standing of each authority in it, by its IRI."""
        return {use.authority.iri: use.find_standing(listing=self.listed) for use in self.uses}


@dataclass(frozen=True, slots=True)
class SharedThingCount:
    """A thing that reports on two or more authorities name; ``users`` is their number."""

    thing: Node
    scope: str | None
    users: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document of the graph. Days are ISO days; ``unread`` says which of its fields could not be read.

    ``published`` is the day that it has in print, else that of the list of the inspectorate's.
    """

    node: Node
    file: str
    kind: str | None
    authority: str | None
    published: str | None
    started: str | None
    ended: str | None
    pages: int | None
    findings: int
    judgements: int
    themes: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessSummary:
    """A copy, another version or news of an inspection, or news of none that is known.

    ``part`` is "copy", "version", "news" or "undated"; ``inspection`` and ``counted_as``, the file of the document that
    speaks for it, are None for an undated one. ``grades`` are its own, as "area: grade".
    """

    node: Node
    file: str
    part: str
    explanation: str
    authority: str | None
    published: str | None
    inspection: str | None
    counted_as: str | None
    grades: tuple[str, ...]


def graph_version(store: Reader) -> str:
    """Cache key of answers: a token that changes with every load; empty where nothing was ever loaded."""
    return "".join(row["token"] or "" for row in store.read(_VERSION))


_VERSION = f"MATCH (lock:{LOCK_LABEL} {{iri: 'lock'}}) RETURN lock.mark AS token"


def label_counts(store: Reader) -> dict[str, int]:
    """The number of nodes of each label."""
    rows = store.read("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count ORDER BY label")
    return {row["label"]: row["count"] for row in rows}


def property_keys(store: Reader) -> dict[str, list[str]]:
    """Property keys by label, without `iri` and `name`, which every node has; a label without nodes is left out."""
    cypher = "\nUNION ALL\n".join(_KEYS.format(label=label) for label in graph_schema().labels)
    return {row["label"]: sorted(set(row["keys"]) - {"iri", "name"}) for row in store.read(cypher, sample=_SAMPLE)}


_KEYS = """MATCH (n:{label}) WITH n LIMIT $sample UNWIND keys(n) AS key
RETURN '{label}' AS label, collect(DISTINCT key) AS keys"""


def coverage(store: Reader) -> Coverage:
    """The coverage of the register by the documents that were read."""
    return row_as(Coverage, store.read(_COVERAGE)[0])


_COVERAGE = """
CALL () { MATCH (c:LocalAuthority) WHERE c.ended IS NULL RETURN count(c) AS authorities }
CALL () { MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(:Document) RETURN count(DISTINCT c) AS covered }
CALL () {
  MATCH (i:Inspection)-[:REPORTED_IN]->()
  RETURN min(i.started).year AS first_year, max(i.started).year AS last_year
}
RETURN authorities, covered, first_year, last_year
"""


def covered_regions(store: Reader) -> list[Node]:
    """The regions that there are reports from, the one with the most authorities first."""
    return rows_as(Node, store.read(_REGIONS))


_REGIONS = """
MATCH (r:Region)<-[:IN_REGION]-(c:LocalAuthority)<-[:REPORTS_ON]-()
WITH r, count(DISTINCT c) AS authorities ORDER BY authorities DESC, r.name
RETURN r.iri AS iri, r.name AS name, 'Region' AS label
"""


def looked_at_themes(store: Reader) -> list[Node]:
    """The themes that visits and joint inspections looked at, by name."""
    return rows_as(Node, store.read(_THEMES))


_THEMES = """
MATCH (t:Theme) WHERE EXISTS { (t)<-[:LOOKED_AT]-() }
RETURN t.iri AS iri, t.name AS name, 'Theme' AS label ORDER BY name
"""


def most_reported_authorities(store: Reader, *, limit: int = 10) -> list[Node]:
    """The authorities that most documents report on."""
    return rows_as(Node, store.read(_MOST_REPORTED, limit=limit))


_MOST_REPORTED = """
MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document)
WITH c, count(d) AS documents ORDER BY documents DESC, c.name LIMIT $limit
RETURN c.iri AS iri, c.name AS name, 'LocalAuthority' AS label
"""


def shared_thing_counts(store: Reader) -> list[SharedThingCount]:
    """The things that reports on two or more authorities name, the most shared first."""
    return rows_as(SharedThingCount, store.read(f"{_SHARED} ORDER BY users DESC, toLower(t.name), t.iri", region=None))


def authority_uses(store: Reader, thing: str) -> list[AuthorityUse]:
    """The use of a thing, by its IRI, by each authority; authorities it has nothing to do with are left out."""
    return list(_uses_of_things(store, [thing])[thing])


def shared_things(store: Reader, *, region: str | None = None, count_findings: bool = True) -> list[SharedThing]:
    """The things that reports on two or more authorities name, the most shared first.

    Args:
        region: only by authorities of this region, by its IRI.
        count_findings: count strengths and concerns, which takes most of the time; they are 0 otherwise.
    """
    counts = rows_as(SharedThingCount, store.read(_SHARED, region=region))
    uses = _uses_of_things(store, [count.thing.iri for count in counts], region=region, count_findings=count_findings)
    of_things = [(count, uses[count.thing.iri]) for count in counts]
    things = [SharedThing(count.thing, count.scope, uses, has_list(uses)) for count, uses in of_things]
    return sorted(things, key=lambda shared: (-shared.users, shared.thing.name.lower()))


def _uses_of_things(
    store: Reader, things: Sequence[str], *, region: str | None = None, count_findings: bool = True
) -> dict[str, tuple[AuthorityUse, ...]]:
    """The uses of things, by the thing's IRI; none for a thing that no authority has to do with."""
    tallies: dict[str, dict[Node, Counter[str]]] = {iri: defaultdict(Counter) for iri in things}
    told: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)  # the term of a list, and what reports say
    for query in (_NAMING, _LISTED, *([_INVOLVING] if count_findings else [])):
        for row in store.read(query, things=list(things), region=region):
            tallies[row["thing"]][row_as(Node, row["authority"])][row["counted"]] += row["count"]
            if row["counted"] == "SERVES":
                told[row["thing"], row["authority"]["iri"]].update(row)
    for row in store.read(_SAID, things=list(things), region=region):
        told[row["thing"], row["authority"]["iri"]].update(row)
        tallies[row["thing"]].setdefault(row_as(Node, row["authority"]), Counter())
    begun = {row["thing"]: row["begun"] for row in store.read(_BEGUN, things=list(things))}
    days = {row["iri"]: row["days"] for row in store.read(_DOCUMENTS_BY_AUTHORITY)}
    return {
        thing: tuple(
            _use(authority, tally, days.get(authority.iri, []), begun.get(thing), told[thing, authority.iri])
            for authority, tally in sorted(by_authority.items(), key=lambda use: use[0].name)
        )
        for thing, by_authority in tallies.items()
    }


def _use(
    authority: Node, tally: Counter[str], days: Sequence[str], begun: str | None, told: Mapping[str, Any]
) -> AuthorityUse:
    """Make the use of a thing.

    Args:
        days: on which the inspections of the authority's reports began, as ISO text, empty where none is known.
        begun: the first day of the first inspection whose report names the thing.
        told: the term of the list's membership, the standings that reports attest, the latest first, and the latest
            relation that they state; what is not told is missing.
    """
    return AuthorityUse(
        authority=authority,
        documents=len(days),
        naming_reports=tally["naming"],
        strengths=tally["strength"],
        concerns=tally["concern"],
        member=tally["SERVES"] > 0,
        hosts=tally["HOSTED_BY"] > 0,
        ended=told.get("until") is not None,
        documents_of_its_time=count_in_lifetime(days, begun=begun, since=told.get("since"), until=told.get("until")),
        attested=weigh_attested(told.get("attested", ())),
        relation=told.get("relation"),
    )


_IN_REGION = "($region IS NULL OR EXISTS { (c)-[:IN_REGION]->(:Region {iri: $region}) })"

_SHARED = f"""
MATCH (c:LocalAuthority) WHERE {_IN_REGION}
WITH c
MATCH (c)-[:USES|SHARED_BY]-(t:{"|".join(NAMED_THING_LABELS)}) WHERE NOT coalesce(t.generic, false)
WITH t, count(DISTINCT c) AS users WHERE users > 1
RETURN t {{.iri, .name, label: labels(t)[0]}} AS thing, t.scope AS scope, users"""

# Each begins at the things: from authorities there are thousands of findings to go through.
_OF_THINGS = f"MATCH (t:{'|'.join(NAMED_THING_LABELS)}) WHERE t.iri IN $things"
_AUTHORITY = "t.iri AS thing, c {.iri, .name, label: 'LocalAuthority'} AS authority"
_NAMING = f"""{_OF_THINGS}
MATCH (t)<-[:MENTIONS]-(d:Document)-[:REPORTS_ON]->(c) WHERE {_IN_REGION}
RETURN {_AUTHORITY}, 'naming' AS counted, count(DISTINCT d) AS count
ORDER BY thing, authority.name
"""
_LISTED = f"""{_OF_THINGS}
MATCH (t)-[r:SERVES|HOSTED_BY]->(c) WHERE {_IN_REGION}
RETURN {_AUTHORITY}, type(r) AS counted, count(r) AS count, min(r.since) AS since, min(r.until) AS until
ORDER BY thing, authority.name
"""
_INVOLVING = f"""{_OF_THINGS}
MATCH (t)<-[:INVOLVES]-(f:Finding)<-[:STATES]-(d:Document)
WITH t, d, f.polarity AS polarity, count(f) AS findings
MATCH (d)-[:REPORTS_ON]->(c) WHERE {_IN_REGION}
RETURN {_AUTHORITY}, polarity AS counted, sum(findings) AS count
ORDER BY thing, authority.name
"""

_SAID = f"""{_OF_THINGS}
MATCH (t)-[r:ATTESTED_FOR|SHARED_BY]->(c) WHERE {_IN_REGION}
OPTIONAL MATCH (d:Document {{iri: r.document}})
WITH t, c, r, head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]) AS started
ORDER BY started IS NULL, started DESC, r.document, r.start
RETURN {_AUTHORITY}, collect(r.standing) AS attested, collect(r.relation)[0] AS relation
"""
_BEGUN = f"""{_OF_THINGS}
MATCH (t)<-[:MENTIONS]-(:Document)<-[:REPORTED_IN]-(i:Inspection)
RETURN t.iri AS thing, toString(min(i.started)) AS begun
"""
_DOCUMENTS_BY_AUTHORITY = """
MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document)
OPTIONAL MATCH (i:Inspection)-[:REPORTED_IN]->(d)
WITH c, d, min(i.started) AS started
RETURN c.iri AS iri, collect(coalesce(toString(started), '')) AS days
"""


def document_summaries(store: Reader) -> list[DocumentSummary]:
    """Every document in the graph, the latest inspection first."""
    return rows_as(DocumentSummary, store.read(_DOCUMENTS))


def witness_summaries(store: Reader, *, authority: str | None = None) -> list[WitnessSummary]:
    """Copies, other versions and news, by file.

    Args:
        authority: the IRI of the authority that they are about; all of them by default.
    """
    return rows_as(WitnessSummary, store.read(_WITNESSES, authority=authority))


_WITNESSES = """
MATCH (w:Witness)
OPTIONAL MATCH (w)-[:ABOUT]->(c:LocalAuthority)
WITH w, c WHERE $authority IS NULL OR c.iri = $authority
OPTIONAL MATCH (w)-[:WITNESS_OF]->(i:Inspection)
WITH w, c, head(collect(i)) AS i
RETURN w {.iri, .name, label: 'Witness'} AS node, w.source AS file, w.part AS part, w.explanation AS explanation,
       c.name AS authority, toString(w.published) AS published, i.name AS inspection,
       coalesce(head(COLLECT { MATCH (d:Document {sha256: w.sameWordsAs}) RETURN d.source ORDER BY d.source }),
                head(COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) RETURN d.source ORDER BY d.source })
       ) AS counted_as,
       COLLECT { MATCH (w)-[g:GIVES]->() RETURN DISTINCT g.area + ': ' + g.grade AS given ORDER BY given } AS grades
ORDER BY file
"""

_DOCUMENTS = """
MATCH (d:Document)
WITH d, head([(i:Inspection)-[:REPORTED_IN]->(d) | i]) AS i
ORDER BY coalesce(toString(i.started), toString(d.published), '') DESC, d.source
RETURN d {.iri, .name, label: 'Document', day: toString(coalesce(d.published, i.started))} AS node,
       d.source AS file, d.kind AS kind,
       head([(d)-[:REPORTS_ON]->(c) | c.name]) AS authority, toString(coalesce(d.published, d.listed)) AS published,
       toString(i.started) AS started, toString(i.ended) AS ended, d.pages AS pages,
       COUNT { (d)-[:STATES]->() } AS findings, COUNT { (i)-[:GAVE]->() } AS judgements,
       COLLECT { MATCH (i)-[:LOOKED_AT]->(t:Theme) RETURN DISTINCT t.name AS name ORDER BY name } AS themes,
       coalesce(d.unread, []) AS unread
"""
