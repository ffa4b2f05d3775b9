"""The way of a report through the components: a text that is too long to be a report is refused by name."""

import pytest

from caregraph.extractors import pipeline
from caregraph.extractors.pipeline import ReportReader
from caregraph.ontology.errors import UnreadableReport


@pytest.fixture(scope="module")
def reader(vocabulary):
    return ReportReader(vocabulary)


@pytest.mark.parametrize(("length", "is_read"), [(999, True), (1001, False)])
def test_a_text_that_is_too_long_is_refused(reader, monkeypatch, length, is_read):
    monkeypatch.setattr(pipeline, "MAX_LENGTH", 1000)
    content = ("Ofsted rated Kent good. " * 100)[:length].encode()

    if is_read:
        assert reader.read_bytes("long.txt", content).source == "long.txt"
    else:
        with pytest.raises(UnreadableReport, match=r"long\.txt: has more than 1,000 characters"):
            reader.read_bytes("long.txt", content)


@pytest.mark.parametrize("unit", ["word ", "a", "(", "Ashmere ", "1. ", "\u200b", "= "])
def test_a_text_on_one_line_has_an_end(reader, unit):
    """Ten times what any report has on one line; that its time is linear is measured elsewhere."""
    content = (unit * (400_000 // len(unit))).encode()

    try:
        record = reader.read_bytes("line.txt", content)
    except UnreadableReport:
        return
    assert record.pages == 1 or record.pages is None
