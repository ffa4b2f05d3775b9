"""Facts without words in a real browser: Get this report brings the sentence, boxed on its page."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

import caregraph
from benchmarks.browser import run_explorer
from caregraph.extractors.pipeline import ReportReader
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Origin
from caregraph.snapshot import write_snapshot
from tests.e2e.explorer.conftest import SAMPLES
from tests.imitation_site import Imitation, serving

PATIENCE = 300_000  # milliseconds: reports are read meanwhile
SAME, OTHER = "ashmere_cs_2022-05-16.pdf", "brackenford_cs_2024-04-29.pdf"
CORRECTED = (SAMPLES / OTHER).read_bytes() + b"\n% corrected\n%%EOF\n"
NUMBERS = {SAME: "501", OTHER: "502"}


@pytest.fixture(scope="module")
def bare(on_emptied, tmp_path_factory):
    """Address of an explorer over the facts of two reports, one of which has changed at the inspectorate since."""
    folder = tmp_path_factory.mktemp("bare")
    site = Imitation()
    with serving(site) as origin, on_emptied(), caregraph.open(folder / "data") as graph:
        graph.workspace.add_register(SAMPLES / "register.ttl")
        vocabulary = graph.workspace.vocabulary
        records = {name: ReportReader(vocabulary).read(SAMPLES / name) for name in NUMBERS}
        for name, number in NUMBERS.items():
            site.files[number] = (SAMPLES / name).read_bytes()
        site.files[NUMBERS[OTHER]] = CORRECTED
        origins = {record.sha256: Origin(f"{origin}/v1/file/{NUMBERS[name]}") for name, record in records.items()}
        resolver = Resolver(vocabulary, Decisions())
        write_snapshot(folder / "facts.xz", records.values(), origins, resolver, extractor="1")
        assert graph.load_snapshot(folder / "facts.xz", workers=1).failed == {}
        with run_explorer({"CAREGRAPH_DATA": str(folder / "data"), "CAREGRAPH_SITE": origin}) as served:
            yield served, {name: record.sha256 for name, record in records.items()}


def test_search_for_words_tells_that_they_are_not_all_here_before_any_is_fetched(bare, new_page):
    served, _ = bare
    page = new_page()
    page.goto(f"{served}/findings?words=kinship")

    expect(page.get_by_text(re.compile(r"The words of \d of \d reports are not fetched"))).to_be_visible()
    page.goto(f"{served}/findings")
    expect(page.locator("blockquote").first).to_be_visible()
    expect(page.get_by_text("a search for words finds nothing in them")).to_have_count(0)


def test_sentence_is_boxed_once_the_report_is_fetched(bare, new_page):
    served, hashes = bare
    page = new_page()
    page.goto(f"{served}/documents?document=document/{hashes[SAME]}")
    expect(page.locator("blockquote").first).to_contain_text("Its words are not fetched.", timeout=PATIENCE)
    expect(page.get_by_role("link", name="At the inspectorate").first).to_have_attribute("href", re.compile("/501$"))

    page.get_by_role("button", name="Get this report").first.click()
    expect(page.get_by_text("The report is here.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("blockquote mark").first).to_be_visible()
    page.get_by_role("button", name=re.compile(r"Page \d+")).first.click()
    expect(page.get_by_role("img", name="the sentence boxed").first).to_be_visible(timeout=PATIENCE)


def test_a_report_with_another_hash_is_read_anew_and_told(bare, new_page):
    served, hashes = bare
    page = new_page()
    page.goto(f"{served}/documents?document=document/{hashes[OTHER]}")
    page.get_by_role("button", name="Get this report").first.click()

    expect(page.get_by_text("its file has another hash")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{served}/documents?document=document/{hashlib.sha256(CORRECTED).hexdigest()}")
    expect(page.locator("blockquote mark").first).to_be_visible(timeout=PATIENCE)
