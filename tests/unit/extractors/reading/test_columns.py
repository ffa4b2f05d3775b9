"""Two columns of text are read one after the other; a table is read row by row."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

TITLE = "Focused visit to Tarrowby local authority children’s services"
LEFT = (
    "1. Social workers in Tarrowby see",
    "children often, and they write down",
    "the wishes of every child with care.",
    "2. Plans for most children are clear,",
    "and parents are helped to understand",
    "their part in them.",
    "3. Managers read every record, but",
)
RIGHT = (
    "too few of them write what should",
    "happen next for the child.",
    "4. Leaders know that some children",
    "wait too long for a visit, and they",
    "have a plan to put this right.",
)
SENTENCES = (
    "Social workers in Tarrowby see children often, and they write down the wishes of every child with care.",
    "Plans for most children are clear, and parents are helped to understand their part in them.",
    "Managers read every record, but too few of them write what should happen next for the child.",
    "Leaders know that some children wait too long for a visit, and they have a plan to put this right.",
)
CELLS = (
    ("The impact of leaders on social work practice with children and families", "Good"),
    ("The experiences and progress of children who need help", "Requires improvement"),
    ("and protection", "to be good"),
    ("The experiences and progress of children in care", "Good"),
    ("The experiences and progress of care leavers", "Outstanding"),
    ("Overall effectiveness", "Good"),
)


def rows(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(words, right[index] if index < len(right) else "") for index, words in enumerate(left)]


def pdf(cells: list[tuple[str, str]], *, gutter: float = 310.0, title: str = TITLE) -> bytes:
    """One page with a title, and cells that are drawn row by row."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setFont("Helvetica", 16)
    canvas.drawString(50, 780, title)
    canvas.setFont("Helvetica", 10)
    for index, (left, right) in enumerate(cells):
        canvas.drawString(50, 740 - 13 * index, left)
        canvas.drawString(gutter, 740 - 13 * index, right)
    canvas.save()
    return target.getvalue()


def text(cells: list[tuple[str, str]], *, width: int = 44) -> bytes:
    return "\n".join([TITLE, "", *(f"{left:<{width}}{right}".rstrip() for left, right in cells)]).encode()


def flow(content: bytes) -> Reading:
    return segment(report_from_bytes("report", content))


@pytest.mark.parametrize(
    "content",
    [
        pdf(rows(LEFT, RIGHT)),
        pdf(rows(LEFT, RIGHT), gutter=255),
        text(rows(LEFT, RIGHT)),
        text(rows(LEFT, RIGHT), width=60),
        # The second column goes on below the first.
        pdf(rows((*RIGHT, "", ""), LEFT)),
    ],
)
def test_sentences_are_those_of_one_column(content: bytes) -> None:
    words = " ".join(flow(content).text.split())

    for sentence in SENTENCES[:2] + SENTENCES[3:]:
        assert sentence in words


@pytest.mark.parametrize("content", [pdf(rows(LEFT, RIGHT)), text(rows(LEFT, RIGHT))])
def test_a_sentence_goes_on_in_the_next_column(content: bytes) -> None:
    assert SENTENCES[2] in " ".join(flow(content).text.split())


@pytest.mark.parametrize("content", [pdf(list(CELLS), gutter=440), text(list(CELLS), width=80)])
def test_a_table_is_not_two_columns(content: bytes) -> None:
    words = " ".join(flow(content).text.split())

    assert "children in care Good The experiences and progress of care leavers Outstanding" in words


def test_shared_columns_have_whole_sentences(shared):
    record = ReportReader(load_vocabulary()).read(shared / "cases" / "two-columns" / "two-columns.pdf")

    findings = [" ".join(finding.text.split()) for finding in record.findings]
    assert "The local offer is generous, and care leavers helped to write it." in findings
    assert "For a few children this means that important information is not shared." in findings
