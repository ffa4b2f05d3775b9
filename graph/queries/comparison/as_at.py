"""As at: the reports that a comparison counts, which are each authority's latest full inspection unless more is asked.

Reports of many years together tell how an authority once was: one that was weak long ago and is strong now would come
out behind one that never changed. This is the one home of the rule; pages and questions call it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader

LATEST, SINCE, ALL = "latest", "since", "all"
COUNTED = (LATEST, SINCE, ALL)  # the latest full inspection, the reports since then, or all reports
FULL_INSPECTIONS = ("ilacs", "sif", "pre-2013")  # kinds of document


@dataclass(frozen=True, slots=True, kw_only=True)
class FullInspection:
    """The latest full inspection of an authority, as at which it is compared.

    ``started`` is its first ISO day; ``documents`` are the IRIs of its reports, ``since`` of those of later inspections
    and visits, which are none where it has no date.
    """

    authority: Node
    inspection: str
    kind: str
    started: str | None
    documents: tuple[str, ...]
    since: tuple[str, ...]


def latest_full_inspections(store: Reader) -> dict[str, FullInspection]:
    """The latest full inspection of each authority, by the authority's IRI; those with none are left out."""
    rows = store.read(_LATEST, kinds=FULL_INSPECTIONS)
    return {latest.authority.iri: latest for latest in rows_as(FullInspection, rows)}


_LATEST = """
MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document)<-[:REPORTED_IN]-(i:Inspection) WHERE d.kind IN $kinds
WITH c, d, i ORDER BY i.started IS NULL, i.started DESC, i.iri, d.source
WITH c, collect({inspection: i, document: d}) AS reported
WITH c, reported, reported[0].inspection AS latest
RETURN c {.iri, .name, label: 'LocalAuthority'} AS authority, latest.iri AS inspection,
       reported[0].document.kind AS kind, toString(latest.started) AS started,
       [one IN reported WHERE one.inspection = latest | one.document.iri] AS documents,
       COLLECT { MATCH (c)<-[:REPORTS_ON]-(later:Document)<-[:REPORTED_IN]-(visit:Inspection)
                 WHERE visit.started > latest.started
                 WITH DISTINCT later ORDER BY later.source RETURN later.iri } AS since
ORDER BY c.name, c.iri
"""


def counted_documents(store: Reader, counted: str) -> Sequence[str] | None:
    """The IRIs of the documents that are counted, one of COUNTED; None for all."""
    if counted == ALL:
        return None
    latest = latest_full_inspections(store).values()
    return [iri for report in latest for iri in (report.documents if counted == LATEST else report.since)]
