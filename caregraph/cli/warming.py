"""Warming of a database: what pages ask is asked once in the background, so that no reader is the first to ask it.

Java compiles a query when it is first asked, and Neo4j reads its part of the graph from the disk: a page takes seconds
then, and tenths of one later.
"""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import authorities, evidence, judgements, neighbourhood, overview, polarity_counts
from caregraph.graph.queries.comparison.as_at import latest_full_inspections
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.questions import GuardedReader, answer_question, known_questions
from caregraph.graph.server import launcher
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import external_server

PATIENCE = 60.0  # seconds after which readers have asked what is left themselves
NEIGHBOURS = 12  # as the network adds them
PAUSE = 0.1  # of the time that a query took, before the next one: a reader's own comes first then

log = logging.getLogger(__name__)


def start_warming(data: Path) -> Thread:
    """Warm the database of a data directory, or the one that the environment names, in a thread that ends with us."""
    thread = Thread(target=_warm_quietly, args=(data,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm_quietly(data: Path) -> None:
    """Warm; whatever goes wrong is for the log alone, since each page says itself what is wrong."""
    try:
        address = external_server() or launcher.start(data, progress=log.debug)
        with Neo4jStore.connect(address) as store:
            done = warm(store)
        log.debug("%d queries were asked", done)
    except CaregraphError as error:
        log.debug("not warmed: %s", error)
    except Exception as error:
        log.info("not warmed: %s", error, exc_info=True, extra={"is_fault": True})


def warm(store: GuardedReader, *, patience: float = PATIENCE, sleep: Callable[[float], None] = time.sleep) -> int:
    """Ask what pages ask, one query at a time; return how many were answered.

    Args:
        patience: seconds after which no other query is begun.
    """
    begun, done = time.monotonic(), 0
    for ask in _queries(store):
        started = time.monotonic()
        if started - begun >= patience:
            break
        try:
            ask()
            done += 1
        except CaregraphError as error:  # an example of a question may name what this graph does not have
            log.debug("%s", error)
        sleep((time.monotonic() - started) * PAUSE)
    return done


def _first_evidence_around(store: GuardedReader, node: Node) -> object:
    nodes = (node, *neighbourhood.neighbours(store, node.iri, limit=NEIGHBOURS).nodes)
    return evidence.first_evidence(store, [facts for node in nodes for facts in evidence.fact_groups(node)])


def _queries(store: GuardedReader) -> Iterator[Callable[[], object]]:
    """Yield the queries of the home page, of lists, of a council's page and of the network, then all questions."""
    for query in (
        overview.label_counts,
        overview.coverage,
        authorities.registered_authorities,
        latest_full_inspections,
        polarity_counts.concept_scheme,
        overview.document_summaries,
        overview.shared_thing_counts,
        overview.witness_summaries,
        judgements.inspection_summaries,
        overview.property_keys,
    ):
        yield partial(query, store)
    for council in overview.most_reported_authorities(store, limit=1):
        for of_council in (
            authorities.authority_summary,
            authorities.report_summaries,
            authorities.thing_uses,
            authorities.posts,
        ):
            yield partial(of_council, store, council.iri)
        yield partial(evidence.evidence_counts, store, council)
        yield partial(neighbourhood.neighbours, store, council.iri, limit=NEIGHBOURS)
        yield partial(_first_evidence_around, store, council)
    for question in known_questions()[0].values():
        if question.built_in:
            yield partial(answer_question, store, question, **question.example)
