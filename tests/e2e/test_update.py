"""An update from an imitation of the inspectorate's site: new reports are read and told, once."""

from datetime import date
from pathlib import Path

import pytest

import caregraph
from caregraph.ofsted.client import Client
from caregraph.ofsted.fetch import Wanted
from caregraph.ofsted.site import Site
from caregraph.update import read_news, update
from tests.imitation_site import Imitation, serving

SAMPLES = Path(__file__).parents[2] / "samples"
OLD, NEW = "ashmere_cs_2019-01-21.pdf", "ashmere_cs_2022-05-16.pdf"


@pytest.fixture
def graph(on_emptied, tmp_path):
    with on_emptied(), caregraph.open(tmp_path / "data") as graph:
        graph.workspace.add_register(SAMPLES / "register.ttl")
        yield graph


def test_an_update_tells_what_is_new_and_then_nothing(graph):
    site = Imitation()
    site.add("990001", "Ashmere", ("501", "children's services inspection, pdf - 4 march 2019"))
    site.files["501"] = (SAMPLES / OLD).read_bytes()
    site.files["502"] = (SAMPLES / NEW).read_bytes()
    wanted = Wanted(authorities=frozenset({"E99000001"}))
    with serving(site) as origin:
        here = Site(origin, origin)
        with Client(here, pause=0.001) as client:
            first = update(graph, here, client, wanted, today=date(2026, 11, 23), workers=1)
            assert first.failed == {}
            assert {item.change.change for item in first.news} == {"new document"}

            site.add(
                "990001",
                "Ashmere",
                ("502", "children's services inspection, pdf - 4 july 2022"),
                ("501", "children's services inspection, pdf - 4 march 2019"),
            )
            second = update(graph, here, client, wanted, today=date(2026, 11, 30), workers=1)
            assert second.failed == {}
            kinds = {item.change.change for item in second.news}
            assert {"new document", "grade", "first named"} <= kinds
            assert {item.change.document for item in second.news} == {"ashmere/ashmere_inspection_2022-07-04_502.pdf"}
            third = update(graph, here, client, wanted, today=date(2026, 12, 7), workers=1)
    assert third.news == ()
    assert third.built is None
    assert [item.found for item in read_news(graph.workspace.data)] == sorted(
        (item.found for item in (*first.news, *second.news)), reverse=True
    )
    rows = graph.query("MATCH (d:Document) RETURN d.address AS address, d.listed AS listed ORDER BY listed")
    assert [row["address"].rsplit("/", 1)[-1] for row in rows] == ["501", "502"]
