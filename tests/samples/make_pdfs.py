"""Draw the sample PDFs from the texts in ``sources/``.

    python tests/samples/make_pdfs.py

needs the extra "dev". The same source gives the same bytes every time.

A source starts with lines of ``key: value``: ``title``; ``page``, ``header``
and ``footer``, the furniture of each page, where ``{page}`` stands for the
page's number and a key may come again for a further line;
``first-page-header: no``; and ``furniture: last`` to write the furniture
after a page's text and not before it, as some real PDFs do. Then come blocks
with blank lines between them: ``#``, ``##`` and ``###`` headings, ``-``
bullets, ``1.`` numbered paragraphs, ``>`` separate lines, ``|`` table rows,
``[^1]:`` a footnote (``[^1]`` refers to it), and plain paragraphs.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Table

SOURCES = Path(__file__).with_name("sources")
SAMPLES = Path(__file__).parents[2] / "samples"
MARGIN = 2.4 * cm
WIDTH = A4[0] - 2 * MARGIN

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=12, leading=15.5, spaceAfter=8, embeddedHyphenation=1)
NUMBERED = ParagraphStyle("numbered", BODY, leftIndent=24, bulletFontName="Helvetica", bulletFontSize=12)
BULLET = ParagraphStyle(
    "bullet", NUMBERED, bulletIndent=8, bulletFontName="ZapfDingbats", bulletFontSize=8, spaceAfter=5
)
LINE = ParagraphStyle("line", BODY, spaceAfter=0)
CELL = ParagraphStyle("cell", BODY, spaceAfter=0)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=10, spaceAfter=2)
HEADINGS = {
    "#": ParagraphStyle(
        "title", BODY, fontName="Helvetica-Bold", fontSize=17, leading=21, spaceBefore=6, spaceAfter=12
    ),
    "##": ParagraphStyle(
        "section", BODY, fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=10, keepWithNext=1
    ),
    "###": ParagraphStyle("subsection", BODY, fontName="Helvetica-Bold", spaceBefore=4, keepWithNext=1),
}


class Footnote(Flowable):
    """A footnote, which takes no space in the text; its page prints it at the foot (`draw_footnotes`)."""

    def __init__(self, note: Paragraph) -> None:
        super().__init__()
        self.note = note

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.notes = [*getattr(self.canv, "notes", []), self.note]


def markup(text: str) -> str:
    """Make reportlab's markup of a run of text."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"\[\^(\d+)\]", r"<super>\1</super>", text)


def make_table(lines: list[str]) -> Table:
    """Make a table of two columns; the wide first one still wraps the longer labels."""
    rows = [[Paragraph(markup(cell.strip()), CELL) for cell in line.strip("|").split("|")] for line in lines]
    style = [("GRID", (0, 0), (-1, -1), 0.5, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, colWidths=[WIDTH * 0.56, WIDTH * 0.44], style=style, spaceAfter=12)


def make_flowables(block: str) -> list[Flowable]:
    """Make the elements of the page for one block of a source."""
    lines = block.splitlines()
    mark, _, text = lines[0].partition(" ")
    if mark in HEADINGS:
        return [Paragraph(markup(text), HEADINGS[mark])]
    if mark == "-":
        return [Paragraph(markup(line[2:]), BULLET, bulletText="n") for line in lines]
    if mark == ">":
        return [KeepTogether([Paragraph(markup(line[2:]), LINE) for line in lines] + [Paragraph("", BODY)])]
    if mark == "|":
        return [make_table(lines)]
    if note := re.fullmatch(r"\[\^(\d+)\]:", mark):
        return [Footnote(Paragraph(f"<super>{note[1]}</super> {markup(text)}", SMALL))]
    if re.fullmatch(r"\d+\.", mark):
        return [
            Paragraph(markup(text), NUMBERED, bulletText=number)
            for number, _, text in (line.partition(" ") for line in lines)
        ]
    return [Paragraph(markup(block), BODY)]


def draw_furniture(head: dict[str, list[str]], canvas: Any) -> None:
    """Draw header and footer of the page that ``canvas`` is at."""
    page = canvas.getPageNumber()
    canvas.saveState()
    canvas.setFont("Helvetica", 9)
    if page > 1 or head["first-page-header"] != ["no"]:
        for row, text in enumerate(head["page"] + head["header"]):
            canvas.drawString(MARGIN, A4[1] - 1.3 * cm - 12 * row, text.format(page=page))
    for row, text in enumerate(head["footer"]):
        canvas.drawString(MARGIN, 1.2 * cm + 12 * row, text.format(page=page))
    canvas.restoreState()


def draw_footnotes(canvas: Any) -> None:
    """Draw the page's footnotes in the space reserved for them, and clear the list."""
    bottom = 1.8 * cm
    for note in reversed(getattr(canvas, "notes", [])):
        _, height = note.wrap(WIDTH, A4[1])
        note.drawOn(canvas, MARGIN, bottom)
        bottom += height
    canvas.notes = []


def write_pdf(source: Path, target: Path) -> None:
    """Write the PDF of one source."""
    first, *blocks = re.split(r"\n\s*\n", source.read_text(encoding="utf-8").strip())
    head: dict[str, list[str]] = defaultdict(list)
    for line in first.splitlines():
        key, _, value = line.partition(": ")
        head[key].append(value)
    furniture_last = head["furniture"] == ["last"]

    def start_page(canvas: Any, _: BaseDocTemplate) -> None:
        if not furniture_last:
            draw_furniture(head, canvas)

    def end_page(canvas: Any, _: BaseDocTemplate) -> None:
        draw_footnotes(canvas)
        if furniture_last:
            draw_furniture(head, canvas)

    frame = Frame(MARGIN, 2.8 * cm, WIDTH, A4[1] - 5.2 * cm, leftPadding=0, rightPadding=0)
    document = BaseDocTemplate(
        str(target), pagesize=A4, title=head["title"][0], author="caregraph samples", lang="en-GB", invariant=1
    )
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=start_page, onPageEnd=end_page))
    document.build([flowable for block in blocks for flowable in make_flowables(block)])


if __name__ == "__main__":
    for source in sorted(SOURCES.glob("*.md")):
        write_pdf(source, SAMPLES / f"{source.stem}.pdf")
