"""Ledger of requests: what is shown where the words of a report are not fetched."""

from datetime import date

from caregraph.explorer.evidence.ledger import asked_cell, later_cell, states_note
from caregraph.graph.improvement.states import MENTIONED, NOT_COMPARED, NOT_INSPECTED, PERHAPS, SILENT
from caregraph.graph.wording import words_not_fetched

ROW = {
    "quotation": "Keep records up to date.",
    "page": 2,
    "paragraph": None,
    "concepts": ["record-keeping", "supervision"],
    "evidence": ["https://w3id.org/caregraph/id/finding/a-1"],
    "kind": "area-for-improvement",
    "inspected": date(2026, 6, 8),
    "state": SILENT,
}


def test_nearest_sentences_stand_side_by_side():
    id = "https://w3id.org/caregraph/id/finding/a-"
    later = {
        "later": "Records are kept.", "later_polarity": "strength", "later_inspected": date(2027, 6, 8),
        "later_page": 4, "sentences": 2, "also": ["Files are tidy. (b.pdf, page 5)"],
        "evidence": [f"{id}1", f"{id}2", f"{id}3"],
    }  # fmt: skip
    perhaps, mentioned = (str(later_cell({**ROW, **later, "state": state})) for state in (PERHAPS, MENTIONED))

    assert all(words in perhaps for words in ("Records are kept.", "'Files are tidy.'", " b.pdf, page 5", "a-3"))
    assert "Files are tidy." not in mentioned
    assert "one of 2 sentences" in mentioned


def test_request_without_words_says_what_it_is_about():
    wordless = {**ROW, "quotation": words_not_fetched(2, None)}

    assert "Keep records up to date." in str(asked_cell(ROW))
    assert "record-keeping" not in str(asked_cell(ROW))
    assert "On record-keeping and supervision (page 2: words not fetched)" in str(asked_cell(wordless))
    assert words_not_fetched(2, None) in str(asked_cell({**wordless, "concepts": []}))


def test_note_tells_what_is_not_known_without_words():
    wordless, uninspected = {**ROW, "state": NOT_COMPARED}, {**ROW, "state": NOT_INSPECTED}

    assert "words of that report" not in states_note([ROW, uninspected])
    assert "Not spoken of since: no later" in states_note([ROW, wordless])
    assert "Improved" not in states_note([ROW, wordless])
    assert "words of that report" in states_note([ROW, wordless])
    assert states_note([wordless, uninspected]).startswith("Words not fetched")
