"""The widest matrix, of the 33 councils of London, in a real browser. The reports are invented, without any words."""

from datetime import date
from urllib.parse import unquote

import pyoxigraph as ox
import pypdfium2
import pytest
from playwright.sync_api import expect

from benchmarks.browser import run_explorer, wait_until_idle
from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Authority, Finding, Mention, Passage, Record, SharingStatement

REGION = "London"
COUNCILS = 33
PAPER_ACROSS = 1032  # pixels between the margins of a sheet of A4 on its side
# Names that every third, second or each report has.
NAMES = {
    "Lifelong Links": "programme",
    "Pause": "programme",
    "London Safeguarding Board": "body",
    "Mockingbird": "programme",
    "Signs of Safety": "programme",
    "Youth Justice Service": "service",
}


def invented_report(council, number):
    """A report that names a few things, and says of one that it is shared, in places of a text that is not there."""
    quotes, start = [], 0
    year = 2013 if council.name == "Sutton" else 2023  # before and after the agency below was first named
    for place, name in enumerate(NAMES):
        if number % (place + 1) == 0:
            quotes.append((name, {"text": name, "page": 1, "start": start, "end": start + len(name)}))
        start += len(name) + 1
    passages = tuple(Passage(**quote, paragraph="1") for _, quote in quotes)
    shares = {"thing": "emergency duty team", "name": None, "type": "service", "relation": "shares"}
    words = {"text": "x" * 20, "page": 1, "start": start, "end": start + 20}
    partners = ("Camden",) if council.name != "Camden" else ("Islington",)
    return Record(
        source=f"{number}.pdf",
        sha256=f"{number:064x}",
        title=None,
        kind="ilacs",
        authority=Authority(council.name, None),
        inspected=((date(year, 5, 9), date(year, 5, 20)),),
        passages=(*passages, Passage(**words, paragraph="2")),
        mentions=tuple(Mention(**quote, name=name, type=NAMES[name]) for name, quote in quotes),
        findings=tuple(
            Finding(**quote, polarity="strength", confidence=0.9, involves=(name,)) for name, quote in quotes
        ),
        sharing=(SharingStatement(**words, **shares, partners=partners),) if number % 5 == 0 else (),
    )


# What reports say of Adopt London South, and the standings that follow for its listed members and one other council.
SHARED = {"thing": "Adopt London South", "name": "Adopt London South", "type": "agency"}
SAID = {
    "Croydon": ("Families praise Adopt London South.", None, ()),
    "Greenwich": ("The regional adoption agency is liked.", None, ()),
    "Kingston upon Thames": ("The council will join Adopt London South.", "joining", ()),
    "Lambeth": ("The council has left Adopt London South.", "left", ()),
    "Lewisham": ("Adopt London West finds families.", None, ()),
    "Barnet": ("Barnet knows Adopt London South.", None, ()),
    "Bexley": ("Adopt London South is shared with Merton.", "shares", ("Merton",)),
    "Bromley": ("Adopt London South is hosted for Richmond.", "hosted", ("Richmond upon Thames",)),
    "Camden": ("Wandsworth has handed adoption to Adopt London South.", "delegated", ("Wandsworth",)),
}
STANDINGS = {
    "Croydon": "confirmed",
    "Greenwich": "implied",
    "Kingston upon Thames": "joining",
    "Lambeth": "left",
    "Lewisham": "contradicted",
    "Merton": "shared",
    "Richmond upon Thames": "hosted",
    "Wandsworth": "delegated",
    "Southwark": "silent",
    "Sutton": "asserted",
    "Barnet": "unlisted",
}


def report_on_agency(council, number):
    text, relation, partners = SAID[council]
    whole = {"text": text, "page": 1, "start": 0, "end": len(text)}
    name = next(
        name for name in ("Adopt London South", "Adopt London West", "regional adoption agency") if name in text
    )
    start = text.index(name)
    quote = {"text": name, "page": 1, "start": start, "end": start + len(name)}
    term = "agency:" + ("regional-adoption-agency" if "regional" in name else name.lower().replace(" ", "-"))
    said = (SharingStatement(**whole, **SHARED, relation=relation, partners=partners),) if relation else ()
    return Record(
        source=f"on-{council}.pdf",
        sha256=f"{1000 + number:064x}",
        title=None,
        kind="ilacs",
        authority=Authority(council, None),
        inspected=((date(2023, 5, 8), date(2023, 5, 20)),),
        passages=(Passage(**whole, paragraph="1"),),
        mentions=(Mention(**quote, name=name, type="agency", term=term),),
        findings=(Finding(**whole, polarity="strength", confidence=0.9, involves=(name,)),),
        sharing=said,
    )


@pytest.fixture(scope="module")
def london(vocabulary, vocabulary_rows, emptied, neo4j, tmp_path_factory):
    """The address of an explorer over a graph of one invented report on each council of London."""
    councils = [term for term in vocabulary.authorities if term.region_name == REGION]
    assert len(councils) == COUNCILS
    resolver = Resolver(vocabulary, Decisions())
    emptied.load("1", vocabulary_rows)
    reports = [invented_report(council, number) for number, council in enumerate(councils)]
    reports += [report_on_agency(council, number) for number, council in enumerate(SAID)]
    for report in reports:
        graph = to_graph(resolver.resolve(report), vocabulary, extractor="1")
        name = ox.NamedNode(str(graph.identifier))
        emptied.load("1", graph_rows(name.value, quads_of(graph, name)))
    data = tmp_path_factory.mktemp("london")
    with run_explorer(neo4j.variables() | {"CAREGRAPH_DATA": str(data)}) as address:
        yield address


@pytest.mark.parametrize("width", [1440, 390])
def test_names_of_33_councils_and_of_services_stay_in_view(new_page, london, width, tmp_path):
    page = new_page(width)
    page.goto(f"{london}/shared")
    matrix = page.locator(".matrix")
    expect(matrix.locator("thead th")).to_have_count(COUNCILS + 1)
    page.screenshot(path=tmp_path / "begin.png")

    matrix.scroll_into_view_if_needed()
    above = matrix.locator("thead th").first.bounding_box()["y"] - matrix.bounding_box()["y"]  # what scrolls away first
    matrix.evaluate("box => box.scrollTo(box.scrollWidth, box.scrollHeight)")
    box = matrix.bounding_box()
    corner = matrix.locator("thead th").first.bounding_box()
    last_name = matrix.locator("thead th").last.bounding_box()
    row = matrix.locator("tbody th").last.bounding_box()
    page.screenshot(path=tmp_path / "end.png")

    assert box["x"] + box["width"] <= width  # the page itself does not scroll sideways
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert abs(corner["x"] - box["x"]) < 3
    assert abs(corner["y"] - box["y"] - max(0, above - matrix.evaluate("box => box.scrollTop"))) < 3
    assert abs(row["x"] - box["x"]) < 3
    assert last_name["x"] + last_name["width"] <= box["x"] + box["width"] + 1
    assert row["width"] < box["width"] * 0.6  # cells have room beside the names


def test_matrix_of_33_councils_is_printed_across_with_no_cell_over_another(new_page, london, tmp_path):
    page = new_page()
    page.goto(f"{london}/shared")
    matrix = page.locator(".matrix")
    expect(matrix.locator("thead th")).to_have_count(COUNCILS + 1)
    wait_until_idle(page)
    page.pdf(path=tmp_path / "matrix.pdf", prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(tmp_path / "matrix.pdf") as sheet:
        assert all(leaf.get_width() > leaf.get_height() for leaf in sheet)

    page.set_viewport_size({"width": PAPER_ACROSS, "height": 900})
    page.emulate_media(media="print")
    marks = matrix.locator("td .tile, td small")
    assert marks.count() > COUNCILS
    too_wide = """marks => marks.filter(mark => {
      const words = document.createRange();
      words.selectNodeContents(mark);
      return words.getBoundingClientRect().right > mark.closest("td").getBoundingClientRect().right + 1;
    }).map(mark => mark.innerText)"""
    assert marks.evaluate_all(too_wide) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_heat_map_of_33_councils_is_printed_above_what_follows_it(new_page, london, width):
    """A table that goes on over pages has its head again on each, which a box of another layout has no room for."""
    page = new_page(width)
    page.goto(f"{london}/concepts")
    heat = page.locator(".heat")
    expect(heat).to_be_visible()
    wait_until_idle(page)
    page.emulate_media(media="print")
    layouts = heat.evaluate("""box => {
      const layouts = [], above = place => place.parentElement || place.getRootNode().host;
      for (let place = box; !place.matches(".stMainBlockContainer"); place = above(place))
        layouts.push(getComputedStyle(place).display);
      return layouts;
    }""")
    assert set(layouts) <= {"block", "contents"}


@pytest.mark.parametrize("width", [1440, 390])
def test_service_shows_every_standing_apart_with_its_sentence(new_page, london, width, tmp_path):
    page = new_page(width)
    page.goto(f"{london}/service?thing=agency/adopt-london-south")
    rows = page.get_by_role("region", name="Councils by reports and published lists").locator("tbody tr")
    expect(rows.first).to_be_visible()
    shown, words = {}, {}
    for row in rows.all():
        council = row.locator("th").inner_text()
        shown[council] = row.locator(".tile").first.get_attribute("class").removeprefix("tile ")
        words[council] = row.locator("td").last.inner_text()
    page.screenshot(path=tmp_path / "standings.png", full_page=True)

    assert {council: shown[council] for council in STANDINGS} == STANDINGS
    for council in ("Croydon", "Greenwich", "Kingston upon Thames", "Lambeth", "Lewisham", "Barnet"):
        assert SAID[council][0] in words[council]
    assert SAID["Bexley"][0] in words["Merton"]
    assert SAID["Bromley"][0] in words["Richmond upon Thames"]
    assert SAID["Camden"][0] in words["Wandsworth"]
    assert (words["Southwark"], words["Sutton"]) == ("", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_matrix_is_narrowed_to_a_part_of_the_region_and_its_address_opens_it(new_page, london):
    """The councils of an agency that a list is sure of; a value that makes no part of the region is said."""
    page = new_page()
    page.goto(f"{london}/shared")
    councils = page.locator(".matrix thead th")
    expect(councils).to_have_count(COUNCILS + 1)
    page.get_by_role("combobox", name="Part of the region").click()
    expect(page.get_by_role("option", name="Coram Ambitious for Adoption")).to_have_count(0)  # of medium certainty
    page.get_by_role("option", name="Adopt London North", exact=True).click()
    expect(councils).to_have_text(["Name", "Barnet", "Camden", "Enfield", "Hackney", "Haringey", "Islington"])
    wait_until_idle(page)
    assert unquote(page.url).endswith("shared?part=agency/adopt-london-north")

    page.reload()
    expect(councils).to_have_count(7)
    page.goto(f"{london}/shared?part=agency/adopt-north-east")
    expect(page.get_by_text("We could not find “agency/adopt-north-east”")).to_be_visible()
    expect(councils).to_have_count(0)

    page.goto(f"{london}/shared?part=agency/adopt-london-north")
    expect(councils).to_have_count(7)
    page.get_by_role("combobox", name="Region", exact=True).click()
    page.get_by_role("option", name="All regions").click()
    expect(page.get_by_role("columnheader", name="Councils whose reports mention it")).to_be_visible()
    assert page.url.endswith("shared?region=everywhere")
