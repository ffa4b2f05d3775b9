"""Search over the samples' graph: names however spelled, what reports say by its words and through filters."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.name_lookup import search_names
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.graph.queries.search import (
    Filter,
    count_by_authority,
    count_by_polarity,
    search_all,
    search_findings,
    search_passages,
)
from caregraph.graph.server import launcher
from caregraph.ontology.errors import BadQuestion


@pytest.fixture(scope="module")
def samples(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Farrowdale Adoption Alliance", "Farrowdale Adoption Alliance"),
        ("farrowdale adopt", "Farrowdale Adoption Alliance"),  # half typed
        ("Farowdale Adoptoin Aliance", "Farrowdale Adoption Alliance"),
        ("farrow dale adoption alliance", "Farrowdale Adoption Alliance"),
        ("Farrowdale Adoption Alliance agency", "Farrowdale Adoption Alliance"),
        ("ashmre", "Ashmere"),
        ("mocking bird", "Mockingbird family model"),
        ("MASH", "multi-agency safeguarding hub"),  # the kind before each council's own
        ("virtual shcool", "virtual school"),
        ("county durham", "Durham"),
    ],
)
def test_names_are_found_however_spelled(samples, text, name):
    assert search_names(samples, text, limit=3)[0]["name"] == name


@pytest.mark.parametrize("text", ["", "?!", "xyzzyx qwfpgj", '"*:*" ~^ ('])
def test_names_that_nothing_is_like_are_not_found(samples, text):
    assert search_names(samples, text, limit=3) == []


def test_names_can_be_asked_of_some_kinds_alone(samples):
    kinds = {row["kind"] for row in search_names(samples, "ashmere", labels=["Service", "Body"], limit=50)}

    assert kinds <= {"Service", "Body"}


OURS = ("Ashmere", "concern")
PERMANENCE = set("permanence;adoption;adoption support;kinship care;special guardianship".split(";"))  # with its parts


def every(samples, filters: Filter, text: str = "") -> list[dict[str, object]]:
    return search_findings(samples, text, filters, limit=100_000)


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filter(polarity="Concern"), lambda row: row["polarity"] == "concern"),
        (Filter(authority="Ashmere"), lambda row: row["authority"] == "Ashmere"),
        (Filter(since=2020), lambda row: row["inspected"] and row["inspected"].year >= 2020),
        (Filter(until=2019), lambda row: row["inspected"] and row["inspected"].year <= 2019),
        (Filter(kind="Recommendation"), lambda row: row["sort"] == "recommendation"),
        (Filter(kind="JTAI"), lambda row: "jtai" in row["document"]),
        (Filter(concept="permanence"), lambda row: PERMANENCE & {*row["concepts"]}),
        (Filter(authority="E99000001", polarity="concern"), lambda row: (row["authority"], row["polarity"]) == OURS),
    ],
)
def test_a_filter_keeps_what_it_names_and_nothing_else(samples, filters, holds):
    everything, kept = every(samples, Filter()), every(samples, filters)

    assert 0 < len(kept) < len(everything)
    assert all(holds(row) for row in kept)
    assert {row["iri"] for row in kept} == {row["iri"] for row in everything if holds(row)}


def test_a_region_is_that_of_the_authority(samples):
    [region] = samples.read("MATCH (r:Region)<-[:IN_REGION]-(:LocalAuthority {name: 'Ashmere'}) RETURN r.name AS name")
    assert "Ashmere" in {row["authority"] for row in every(samples, Filter(region=region["name"]))}
    assert every(samples, Filter(region="London")) == []


def test_words_and_filters_go_together(samples):
    words = every(samples, Filter(), "children")
    narrowed = every(samples, Filter(polarity="concern"), "children")

    assert {row["iri"] for row in narrowed} == {row["iri"] for row in words if row["polarity"] == "concern"}
    assert narrowed
    assert count_by_polarity(samples, "children") == {
        polarity: sum(row["polarity"] == polarity for row in words)
        for polarity in sorted({str(row["polarity"]) for row in words})
    }


@pytest.mark.parametrize("filters", [Filter(), Filter(concept="help and protection"), Filter(counted="latest")])
def test_findings_by_authority_are_those_by_polarity(samples, filters):
    by_authority = count_by_authority(samples, "children", filters)
    total = sum(by_authority.values(), PolarityCounts())

    assert len(by_authority) > 1
    counts = {"strength": total.strengths, "concern": total.concerns, "mixed": total.mixed, "neutral": total.neutral}
    assert {polarity: count for polarity, count in counts.items() if count} == count_by_polarity(
        samples, "children", filters
    )
    assert count_by_authority(samples, "zeppelin", filters) == {}


def test_words_in_quotes_stand_together(samples):
    together = [str(row["text"]).lower() for row in every(samples, Filter(), '"social workers"')]

    assert together
    assert all("social work" in " ".join(text.split()) for text in together)
    assert len(together) <= len(every(samples, Filter(), "social workers"))
    assert every(samples, Filter(), '"workers social"') == []


@pytest.mark.parametrize("text", ["children's homes", "children’s homes", "childrens homes", "CHILDREN'S HOMES"])
def test_an_apostrophe_may_be_typed_in_any_form_or_not_at_all(samples, text):
    words = every(samples, Filter(), "children homes")

    assert words
    assert {row["iri"] for row in every(samples, Filter(), text)} == {row["iri"] for row in words}
    assert search_names(samples, f"Oxmarsh {text}", limit=3) == search_names(
        samples, "Oxmarsh childrens homes", limit=3
    )


def test_pages_of_findings_follow_one_another(samples):
    whole = search_findings(samples, "children", limit=10)

    assert (
        search_findings(samples, "children", limit=5) + search_findings(samples, "children", limit=5, skip=5) == whole
    )


def test_a_filter_leaves_out_names_and_unlabelled_passages(samples):
    assert {row["kind"] for row in search_all(samples, "ashmere", limit=50)} > {"LocalAuthority"}
    assert "LocalAuthority" not in {row["kind"] for row in search_all(samples, "ashmere", Filter(since=2000), limit=50)}
    assert search_passages(samples, "children", Filter(polarity="concern")) == []
    assert search_passages(samples, "children", Filter(kind="Recommendation")) == []
    assert {row["kind"] for row in search_all(samples, "children", Filter(polarity="concern"), limit=50)} == {"Finding"}


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filter(polarity="bad"), "polarity: expected one of strength"),
        (Filter(kind="illacs"), "did you mean ilacs"),
        (Filter(since=10**30), "since: expected a year such as 2024, got 1000"),
        (Filter(until="2020"), "until: expected a year such as 2024, got '2020'"),
        (Filter(kind="poem"), "kind: expected one of"),
        (Filter(authority="Ashmre"), "did you mean Ashmere"),
        (Filter(concept="xyzzyx"), "no concept is called"),
    ],
)
def test_a_filter_of_what_is_not_there_is_refused(samples, filters, reason):
    with pytest.raises(BadQuestion) as caught:
        search_findings(samples, "children", filters)

    assert reason in str(caught.value)
