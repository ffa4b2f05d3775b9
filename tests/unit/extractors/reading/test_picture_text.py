"""Lines that were read from pictures come in reading order, in the page's type sizes, with a box for each word."""

import pytest

from caregraph.extractors.reading.pdf.picture_text import in_reading_order, raw_pages, word_boxes
from caregraph.ontology.report import PictureLine, PicturePage

WIDTH = 595.0
LEFT = "Social workers see children often and they know what life at home is like for them"
RIGHT = "Managers read every record that is made and they say with care what is to be done"


def line(text: str, left: float, baseline: float, *, size: float = 12.0, weight: float = 0.25) -> PictureLine:
    """A line whose letters are half as wide as the type is large."""
    edges, place = [], left
    for word in text.split(" "):
        edges += [place, place + len(word) * size / 2]
        place = edges[-1] + size / 2
    return PictureLine(text, tuple(edges), baseline - 3, baseline + 9, baseline, size, weight)


def page(*lines: PictureLine, slope: float = 0.0) -> PicturePage:
    return PicturePage(1, "test", 0, WIDTH, 842.0, slope, lines)


@pytest.mark.parametrize(
    ("lines", "slope", "expected"),
    [
        # A row of a table is read from the left, though its cells are not quite level.
        ([line("Good", 300, 700.8), line("Overall", 70, 700), line("Judgement", 70, 720)], 0, "Judgement|Overall|Good"),
        # A number and its paragraph are one line, and so are a bullet's mark and its words.
        ([line("12.", 70, 700), line("Plans are clear.", 100, 700)], 0, "12. Plans are clear."),
        ([line("•", 70, 700), line("timely help", 90, 700)], 0, "• timely help"),
        # A number at the end of a row is a cell of its own.
        ([line("Children in care", 70, 700), line("245", 400, 700)], 0, "Children in care|245"),
        # On a page that lies askew, the right end of a row stands higher.
        ([line("Overall", 70, 700), line("Good", 400, 710), line("Help", 70, 688)], 0.03, "Overall|Good|Help"),
    ],
)
def test_lines_are_read_row_by_row(lines, slope, expected):
    assert "|".join(read.text for read in in_reading_order(lines, WIDTH, slope)) == expected


def test_two_columns_of_text_are_read_one_after_the_other():
    words = [text.split() for text in (LEFT, RIGHT)]
    rows = [[" ".join(side[row * 4 : row * 4 + 4]) for side in words] for row in range(4)]
    lines = [
        line(text, 60 + 250 * side, 700 - 15 * row) for row, sides in enumerate(rows) for side, text in enumerate(sides)
    ]

    ordered = in_reading_order(lines, WIDTH, 0)

    assert [read.text for read in ordered] == [row[0] for row in rows] + [row[1] for row in rows]
    assert [read.column for read in ordered] == [1] * 4 + [2] * 4


def test_measures_that_differ_little_are_one_size_and_headings_are_bold():
    [read] = raw_pages(
        [
            page(
                line("Findings", 70, 760, size=14.2, weight=0.41),
                line(LEFT, 70, 740, size=12.4),
                line(RIGHT, 70, 725, size=11.8),
                line("often late", 70, 710, size=12.1),
            )
        ]
    )

    assert [(raw.line.size, raw.line.bold) for raw in read.lines] == [(14.2, True)] + [(12.1, False)] * 3
    assert read.text == f"Findings\n{LEFT}\n{RIGHT}\noften late\n"


def test_the_name_in_a_logo_is_no_line():
    [read] = raw_pages([page(line("Example", 400, 790, size=50), line(LEFT, 70, 700))])

    assert read.text == f"{LEFT}\n"


def test_a_page_without_words_has_no_lines():
    [read] = raw_pages([page()])

    assert (read.text, read.lines) == ("", ())


def test_words_have_a_box_for_each_line():
    printed = page(line("Help is early", 70, 700), line("and timely", 70, 685), slope=0.1)
    text = "Help is early\nand timely\n"
    start = text.index("early")

    assert list(word_boxes(printed, start, start + len("early\nand"))) == [
        (118.0, pytest.approx(701.8), 148.0, pytest.approx(716.8)),
        (70.0, 682.0, 88.0, pytest.approx(695.8)),
    ]
