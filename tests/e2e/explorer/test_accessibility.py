"""Every page in a real browser: it fits its width, and axe-core finds no fault above the minor, light and dark."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

import caregraph
from benchmarks.browser import wait_until_idle
from caregraph.brief.files import write_brief
from caregraph.brief.sections import make_brief

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
PAGES = (
    "",
    "explore",
    "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001&selected=authority/E99000001",
    "authority",
    "authority?council=authority/E99000001",
    "concepts",
    "findings?words=children",
    "shared",
    "improvement?council=authority/E99000001",
    "service?thing=agency/farrowdale-adoption-alliance",
    "concepts?concept=concept/help-and-protection",
    "ask",
    "documents",
    "news",
    "pack",
    "review",
    "about",
)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_page_fits_its_width_and_has_no_fault_above_the_minor(new_page, served, width, scheme):
    page = new_page(width, scheme)
    faults_by_page = {}
    for name in PAGES:
        page.goto(f"{served}/{name}")
        wait_until_idle(page)
        faults = serious(page, moderate=True)
        if page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"):
            faults.append("is wider than the window")
        if faults:
            faults_by_page[name] = faults

    assert faults_by_page == {}


def test_brief_on_a_council_has_no_serious_fault(new_page, samples_graph, tmp_path):
    with caregraph.open(samples_graph) as graph:
        write_brief(make_brief(graph, authority="Ashmere"), tmp_path / "brief.html")
    page = new_page()
    page.set_content((tmp_path / "brief.html").read_text(encoding="utf-8"))

    assert serious(page) == []
    assert page.evaluate("document.documentElement.lang") == "en-GB"


def serious(page: Page, *, moderate: bool = False) -> list[str]:
    """The faults that axe-core calls serious or critical, or also moderate, each with its element."""
    impacts = ("serious", "critical", *(["moderate"] if moderate else []))
    page.evaluate(f"() => {{ {AXE} }}")
    violations = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
        if violation["impact"] in impacts
    ]
