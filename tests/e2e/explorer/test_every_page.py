"""Every page in a real browser, opened once: on a desk, on a phone in the dark, and on paper.

On a screen it fits its width, and axe-core finds no fault above the minor. On paper nothing is cut off, no control is
printed, and the sheet says where it came from.
"""

import re
import unicodedata
from pathlib import Path

import axe_playwright_python
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

import caregraph
from benchmarks.browser import wait_until, wait_until_idle
from caregraph.brief.files import write_brief
from caregraph.brief.sections import make_brief
from tests.e2e.explorer.conftest import Scheme

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
COUNCIL = "authority?council=authority/E99000001"
PAGES = (
    "",
    "explore",
    "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001&selected=authority/E99000001",
    "authority",
    COUNCIL,
    f"{COUNCIL}&view=compare",
    "concepts",
    "findings?words=children",
    "shared",
    "improvement?council=authority/E99000001",
    "service?thing=agency/farrowdale-adoption-alliance",
    "concepts?concept=concept/help-and-protection",
    "ask",
    "ask?question=what-must-improve",
    "documents",
    "documents?kind=ilacs",
    "news",
    "pack",
    "review",
    "about",
)


DESK, PHONE, PAPER = 1440, 390, 703  # pixels; of paper, between the margins of a sheet of A4
BACKGROUND = "() => getComputedStyle(document.querySelector(\"[data-testid='stApp']\")).backgroundColor"
CONTROLS = "header, button, [role='combobox'], input, textarea, [role='radiogroup']"
# Texts that are in the print layout, whether or not it has cut them off; those of hidden elements are left out.
WORDS = """() => {
  const words = [], main = document.querySelector("[data-testid='stMain']");
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.parentElement.checkVisibility({ visibilityProperty: true })) words.push(node.textContent);
  return words.join(" ");
}"""


@pytest.mark.parametrize("name", PAGES)
def test_page_is_without_fault_on_a_desk_on_a_phone_in_the_dark_and_on_paper(reader, served, tmp_path, name):
    resize(reader, DESK, "light")
    reader.goto(f"{served}/{name}")
    wait_until_idle(reader)
    light = reader.evaluate(BACKGROUND)
    faults = {"on a desk": faults_on_screen(reader)}
    resize(reader, PHONE, "dark")
    wait_until(reader, lambda: reader.evaluate(BACKGROUND) != light)
    wait_until_idle(reader)
    faults["on a phone"] = faults_on_screen(reader)
    resize(reader, PAPER, "light")
    wait_until(reader, lambda: reader.evaluate(BACKGROUND) == light)
    wait_until_idle(reader)
    faults["on paper"] = faults_on_paper(reader, tmp_path / "sheet.pdf", name)

    assert {where: of_place for where, of_place in faults.items() if of_place} == {}


def resize(page: Page, width: int, scheme: Scheme) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def test_council_in_brief_is_one_sheet(new_page, served, tmp_path):
    page = new_page()
    page.goto(f"{served}/{COUNCIL}")
    expect(page.get_by_role("heading", name="Shared services")).to_be_visible()
    wait_until_idle(page)
    page.pdf(path=tmp_path / "council.pdf", prefer_css_page_size=True, print_background=True)

    with pypdfium2.PdfDocument(tmp_path / "council.pdf") as sheet:
        assert len(sheet) == 1


def test_brief_on_a_council_has_no_serious_fault(new_page, samples_graph, tmp_path):
    with caregraph.open(samples_graph) as graph:
        write_brief(make_brief(graph, authority="Ashmere"), tmp_path / "brief.html")
    page = new_page()
    page.set_content((tmp_path / "brief.html").read_text(encoding="utf-8"))

    assert serious(page) == []
    assert page.evaluate("document.documentElement.lang") == "en-GB"


def faults_on_screen(page: Page) -> list[str]:
    """The faults above the minor, and that a page is too wide."""
    faults = serious(page, moderate=True)
    if page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("is wider than the window")
    return faults


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


def faults_on_paper(page: Page, path: Path, name: str) -> list[str]:
    """What a page loses, or has too much of, when it is printed."""
    page.emulate_media(media="print")
    controls = [control for control in page.locator(CONTROLS).all() if control.is_visible()]
    words = tokens(page.evaluate(WORDS))
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    page.emulate_media(media="screen")
    with pypdfium2.PdfDocument(path) as sheet:
        printed = " ".join(leaf.get_textpage().get_text_bounded() for leaf in sheet)
    printed = unicodedata.normalize("NFKC", printed)  # some letters are printed as one sign
    faults = [f"prints the control {control.evaluate('element => element.outerHTML')[:80]}" for control in controls]
    run = "".join(printed.split()).lower()  # a word that stands upright has each of its letters on a line
    if lost := sorted(word for word in words if word not in run):
        faults.append(f"loses {lost}")
    faults += [
        f"does not say {text}" for text in ("Open Government Licence", name) if text not in " ".join(printed.split())
    ]
    return faults


def tokens(text: str) -> set[str]:
    """Words of a text of at least four letters or digits, without regard to how lines break."""
    return {word.lower() for word in re.findall(r"[^\W_]{4,}", text)}
