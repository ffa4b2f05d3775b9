"""Every page on paper: nothing is cut off, no control is printed, and the sheet says where it came from."""

import re
import unicodedata
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from benchmarks.browser import wait_until_idle
from tests.e2e.explorer.test_accessibility import PAGES

PAPER = 703  # pixels between the margins of a sheet of A4
COUNCIL = "authority?council=authority/E99000001"
SHEETS = (*PAGES, f"{COUNCIL}&view=compare", "ask?question=what-must-improve", "documents?kind=ilacs")
CONTROLS = "header, button, [role='combobox'], input, textarea, [role='radiogroup']"
# Texts that are in the print layout, whether or not it has cut them off; those of hidden elements are left out.
WORDS = """() => {
  const words = [], main = document.querySelector("[data-testid='stMain']");
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.parentElement.checkVisibility({ visibilityProperty: true })) words.push(node.textContent);
  return words.join(" ");
}"""


def test_every_page_is_printed_whole(new_page, served, tmp_path):
    page = new_page(PAPER)
    faults = {}
    for name in SHEETS:
        page.goto(f"{served}/{name}")
        wait_until_idle(page)
        if fault := faults_on_paper(page, tmp_path / "sheet.pdf", name):
            faults[name] = fault

    assert faults == {}


def test_council_in_brief_is_one_sheet(new_page, served, tmp_path):
    page = new_page()
    page.goto(f"{served}/{COUNCIL}")
    expect(page.get_by_role("heading", name="Shared services")).to_be_visible()
    wait_until_idle(page)
    page.pdf(path=tmp_path / "council.pdf", prefer_css_page_size=True, print_background=True)

    with pypdfium2.PdfDocument(tmp_path / "council.pdf") as sheet:
        assert len(sheet) == 1


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
