from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.sparql.answers import refuse_service, select
from caregraph.ontology.errors import QueryRefused

PREFIXES = {"ex": "https://example.org/"}
DATA = """
@prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:durham ex:name "Durham" ; ex:grade 3 ; ex:seen "2022-05-09"^^xsd:date ; ex:open true .
ex:leeds ex:name "Leeds" ; ex:grade 4 ; ex:share 0.5 .
ex:two { ex:leeds ex:grade 4 }
"""


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TRIG)
    return store


@pytest.mark.parametrize(
    ("query", "columns", "rows"),
    [
        (
            "SELECT ?name ?grade { ?place ex:name ?name ; ex:grade ?grade } ORDER BY ?name",
            ("name", "grade"),
            [{"name": "Durham", "grade": 3}, {"name": "Leeds", "grade": 4}],
        ),
        ("SELECT ?place { ?place ex:name 'Durham' }", ("place",), [{"place": "https://example.org/durham"}]),
        ("SELECT ?g { GRAPH ?g { ?place ex:grade 4 } }", ("g",), [{"g": "https://example.org/two"}]),
        (
            "SELECT ?day ?open ?share { { ?a ex:seen ?day ; ex:open ?open } UNION { ?b ex:share ?share } } ORDER BY ?b",
            ("day", "open", "share"),
            [
                {"day": date(2022, 5, 9), "open": True, "share": None},
                {"day": None, "open": None, "share": Decimal("0.5")},
            ],
        ),
        ("ASK { ?place ex:grade 5 }", ("answer",), [{"answer": False}]),
        (
            "CONSTRUCT { ?p ex:is ?n } WHERE { ?p ex:grade 4 ; ex:name ?n }",
            ("subject", "predicate", "object"),
            [{"subject": "https://example.org/leeds", "predicate": "https://example.org/is", "object": "Leeds"}],
        ),
        ("SELECT ?place { ?place ex:grade 5 }", ("place",), []),
    ],
)
def test_select_gives_rows_of_python_values(store, query, columns, rows):
    result = select(store, query, prefixes=PREFIXES)

    assert (result.columns, list(result.rows), result.cut) == (columns, rows, False)


@pytest.mark.parametrize(("limit", "rows", "cut"), [(1, 1, True), (5, 5, False), (9, 5, False)])
def test_select_tells_of_more_rows(store, limit, rows, cut):
    result = select(
        store, "SELECT ?p { ?s ?p ?o FILTER(?o != 'Durham') FILTER(?o != 'Leeds') }", prefixes={}, limit=limit
    )

    assert (len(result.rows), result.cut) == (rows, cut)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { ex:a ex:b ex:c }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <https://example.org/data.ttl>",
        "CLEAR ALL",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        "not a query",
        "",
        "SELECT * { ?s unknown:name ?o }",
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    ],
)
def test_select_refuses_what_does_not_read_here(store, query):
    before = len(store)

    with pytest.raises(QueryRefused):
        select(store, query, prefixes=PREFIXES)
    assert len(store) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { FILTER EXISTS { SERVICE <http://127.0.0.1/> { ?a ?b ?c } } } } } }",
        # A comment ends at a carriage return.
        "SELECT * { #\rSERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
        # What looks like an IRI from '<' to '>' is not one.
        "SELECT * { FILTER(1<2)SERVICE?s#>\n{ ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { BIND(EXISTS { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } AS ?x) }",
        "ASK { MINUS { GRAPH ?g { SERVICE <http://127.0.0.1/> {} } } }",
        "DESCRIBE ?x { SERVICE <http://127.0.0.1/> { ?x ?b ?c } }",
        "SELECT * {} ORDER BY (EXISTS { SERVICE <http://127.0.0.1/> { ?s ?p ?o } })",
        # Syntax of a later SPARQL, which cannot be checked, is refused when the word is in it.
        "SELECT * { LATERAL { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } }",
    ],
)
def test_service_is_refused_wherever_it_hides(query):
    with pytest.raises(QueryRefused, match="SERVICE"):
        refuse_service(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a cg:Service }",
        'SELECT * { ?s ?p "service" } # SERVICE <http://127.0.0.1/> {}',
        'SELECT * { <https://w3id.org/caregraph/id/service/mash> ?p """SERVICE <x> { }""" }',
        "PREFIX service: <https://w3id.org/caregraph/id/service/> SELECT * { service:mash ?p ?o FILTER(?o < 3) }",
    ],
)
def test_service_as_a_word_passes(query):
    refuse_service(query)
