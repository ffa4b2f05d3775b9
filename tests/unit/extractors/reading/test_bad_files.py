from importlib.util import find_spec
from pathlib import Path

import pytest

from caregraph.extractors.reading.read import read_report
from caregraph.ontology.errors import UnreadableReport

BAD_FILES = Path(__file__).parents[3] / "bad_files"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("html_error_page.pdf", "Report not found"),
        ("empty.pdf", "is empty"),
        ("truncated.pdf", "cut short"),
        *([] if find_spec("rapidocr") else [("image_only.pdf", "no text")]),  # the extra "ocr" reads it
        ("encrypted.pdf", "password"),
        ("no_pages.pdf", "damaged"),
        ("binary_blob.txt", "neither PDF nor HTML nor text"),
    ],
)
def test_bad_file_says_what_is_wrong_with_it(name, reason):
    with pytest.raises(UnreadableReport, match=reason) as caught:
        read_report(BAD_FILES / name)

    assert caught.value.source == name


def test_one_bad_file_does_not_colour_the_next():
    """PDFium keeps its last error: a file without pages must not be taken for one with a password."""
    with pytest.raises(UnreadableReport, match="password"):
        read_report(BAD_FILES / "encrypted.pdf")
    with pytest.raises(UnreadableReport) as caught:
        read_report(BAD_FILES / "no_pages.pdf")

    assert "password" not in str(caught.value)
