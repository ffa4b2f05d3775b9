"""The ledger: a state for all that was asked, each later inspection with a row of its own, silence by its name."""

from datetime import date

from caregraph.graph.improvement.ledger import ledger_rows
from caregraph.graph.improvement.states import (
    AGAIN,
    IMPROVED,
    MENTIONED,
    NOT_COMPARED,
    NOT_INSPECTED,
    PARTLY,
    PERHAPS,
    PRAISED,
    SILENT,
)

ASKED = "The quality of reflective supervision in the Larkfield team."
BETTER = "Reflective supervision in the Larkfield team has improved."
GOOD = "Reflective supervision in the Larkfield team is strong."
BAD = "Reflective supervision in the Larkfield team remains weak."
NEAR = "Visits in the Larkfield team are late, and supervision varies."
OTHER = (
    "Foster carers speak well of training.",
    "Schools know whom to call.",
    "Managers read every plan.",
    "Visits take place each week.",
    "The virtual school is ambitious.",
    "Courts praise the statements.",
)


def said(year, *sentences, authority="Ashmere", wanted=True, send=False, has_words=True):
    """Findings of one inspection, of "polarity or kind" and words."""
    return [
        {
            "authority": authority, "inspected": date(year, 5, 1), "document": f"{authority}-{year}.pdf",
            "iri": f"{authority}-{year}-{number}", "text": text, "page": 3, "paragraph": "7",
            "kind": "area-for-improvement" if sort == "asked" else "finding",
            "polarity": "concern" if sort == "asked" else sort, "confidence": 0.97,
            "concepts": ["supervision"], "things": [], "wanted": wanted, "send": send,
            "has_words": has_words, "start": 100 * number, "end": 100 * number + 99,
        }
        for number, (sort, text) in enumerate([*sentences, *(("strength", words) for words in OTHER)])
    ]  # fmt: skip


def ledger(*reports, show="latest", state=None):
    rows = [row for report in reports for row in report]
    return [
        (row["state"], row["inspected"].year, row["later_inspected"] and row["later_inspected"].year, row["later"])
        for row in ledger_rows(rows, {"show": show, "state": state})
    ]


FIRST = said(2018, ("asked", ASKED))


def test_later_praise_is_improvement_where_the_report_says_that_it_got_better():
    assert ledger(FIRST, said(2021, ("strength", BETTER))) == [(IMPROVED, 2018, 2021, BETTER)]
    assert ledger(FIRST, said(2021, ("strength", GOOD))) == [(PRAISED, 2018, 2021, GOOD)]


def test_praise_that_the_next_sentence_questions_is_no_improvement():
    [praise, *others] = said(2021, ("strength", BETTER))
    however = {**praise, "iri": "however", "text": "However, notes are late.", "polarity": "concern", "start": 100}

    assert ledger(FIRST, [praise, however, *others]) == [(PRAISED, 2018, 2021, BETTER)]
    assert ledger(FIRST, [praise, {**however, "start": 900}, *others]) == [(IMPROVED, 2018, 2021, BETTER)]


def test_what_may_be_about_it_is_mentioned_and_takes_praise_back():
    assert ledger(FIRST, said(2021, ("concern", NEAR))) == [(MENTIONED, 2018, 2021, NEAR)]
    assert ledger(FIRST, said(2021, ("strength", GOOD), ("concern", NEAR))) == [(MENTIONED, 2018, 2021, GOOD)]
    newer = said(2021, ("strength", GOOD)), said(2024, ("concern", NEAR))
    assert ledger(FIRST, *newer) == [(MENTIONED, 2018, 2024, NEAR)]


def test_claim_of_a_concern_outlasts_what_may_be_about_it():
    unsure = [{**row, "confidence": 0.6} for row in said(2024, ("strength", GOOD))]

    assert ledger(FIRST, said(2021, ("concern", BAD)), unsure) == [(AGAIN, 2018, 2021, BAD)]


def test_unsure_polarity_claims_nothing():
    unsure = [{**row, "confidence": 0.6} for row in said(2021, ("concern", BAD))]

    assert ledger(FIRST, unsure) == [(MENTIONED, 2018, 2021, BAD)]


def test_later_concern_and_a_second_request_are_a_concern_again():
    assert ledger(FIRST, said(2021, ("concern", BAD))) == [(AGAIN, 2018, 2021, BAD)]
    assert (AGAIN, 2018, 2021, ASKED) in ledger(FIRST, said(2021, ("asked", ASKED)))


def test_praise_and_concern_of_one_inspection_are_partly():
    [(state, *_)] = ledger(FIRST, said(2021, ("strength", GOOD), ("concern", BAD)))

    assert state == PARTLY


def test_what_goes_on_about_a_request_is_part_of_it():
    [first, *others] = said(2018, ("asked", ASKED))
    following = {**first, "iri": "Ashmere-2018-more", "text": "In particular, notes of it are late.", "start": 100}
    apart = {**following, "start": 900, "iri": "apart"}

    [row] = ledger_rows([first, following, *others], {"show": "latest", "state": None})
    assert row["quotation"] == f"{ASKED} In particular, notes of it are late."
    assert row["evidence"] == ["Ashmere-2018-0", "Ashmere-2018-more"]
    assert len(list(ledger_rows([first, apart, *others], {"show": "latest", "state": None}))) == 2


def test_the_nearest_sentences_are_shown_where_none_surely_speaks_of_it():
    near = "The Larkfield team has grown.", "The Larkfield team.", "A Larkfield team has grown and has moved house."
    later = said(2021, *(("strength", words) for words in near))

    [row] = ledger_rows([*FIRST, *later], {"show": "latest", "state": None})
    assert (row["state"], row["later"]) == (PERHAPS, near[1])
    assert row["also"] == [f"{near[0]} (Ashmere-2021.pdf, page 3)", f"{near[2]} (Ashmere-2021.pdf, page 3)"]
    assert row["evidence"] == ["Ashmere-2018-0", "Ashmere-2021-1", "Ashmere-2021-0", "Ashmere-2021-2"]
    assert row["reasons"].endswith("words in common: larkfield, team")


def test_neutral_sentence_claims_nothing_and_takes_no_praise_back():
    assert ledger(FIRST, said(2021, ("neutral", BAD))) == [(MENTIONED, 2018, 2021, BAD)]
    assert ledger(FIRST, said(2021, ("strength", GOOD), ("neutral", NEAR))) == [(PRAISED, 2018, 2021, GOOD)]


def test_the_place_of_a_request_is_no_request():
    assert ledger(said(2018, ("asked", "(Paragraph 12)")), said(2021, ("strength", GOOD))) == []


def test_silence_has_its_name():
    assert ledger(FIRST, said(2021)) == [(SILENT, 2018, None, None)]
    assert ledger(FIRST) == [(NOT_INSPECTED, 2018, None, None)]


def test_words_that_are_not_fetched_are_no_silence():
    later = said(2024, ("strength", GOOD), has_words=False)

    assert ledger(FIRST, later) == [(NOT_COMPARED, 2018, None, None)]
    assert ledger(said(2018, ("asked", ASKED), has_words=False), later) == [(NOT_COMPARED, 2018, None, None)]
    assert ledger(FIRST, said(2021, ("strength", GOOD)), later) == [(PRAISED, 2018, 2021, GOOD)]


def test_a_later_report_never_deletes_an_earlier_one():
    reports = FIRST, said(2021, ("strength", GOOD)), said(2024, ("concern", BAD))

    assert ledger(*reports) == [(AGAIN, 2018, 2024, BAD)]
    assert ledger(*reports, show="all") == [(AGAIN, 2018, 2024, BAD), (PRAISED, 2018, 2021, GOOD)]


def test_request_about_no_concept_is_compared_with_all_that_is_said():
    unknown = [{**row, "concepts": []} for row in FIRST]

    assert ledger(unknown, said(2021, ("strength", GOOD)))[0][0] == PRAISED


def test_what_another_council_is_told_says_nothing():
    assert ledger(FIRST, said(2021, ("strength", GOOD), authority="Wexholme"))[0][0] == NOT_INSPECTED


def test_a_report_on_special_needs_claims_nothing_of_social_care():
    assert ledger(FIRST, said(2021, ("strength", GOOD), send=True)) == [(PERHAPS, 2018, 2021, GOOD)]


def test_states_and_concepts_narrow_the_ledger():
    assert ledger(FIRST, said(2021, ("strength", GOOD)), state=AGAIN) == []
    assert ledger(said(2018, ("asked", ASKED), wanted=False), said(2021, ("strength", GOOD))) == []


def test_row_has_both_sentences_with_their_places_and_reasons():
    [row] = ledger_rows([*FIRST, *said(2021, ("strength", GOOD))], {"show": "latest", "state": None})

    assert (row["quotation"], row["document"], row["page"]) == (ASKED, "Ashmere-2018.pdf", 3)
    assert (row["later"], row["later_document"], row["later_page"]) == (GOOD, "Ashmere-2021.pdf", 3)
    assert row["evidence"] == ["Ashmere-2018-0", "Ashmere-2021-0"]
    assert row["reasons"].startswith("both about supervision; words in common: ")
    assert row["reasons"].endswith("; speaks of 100% of what was asked")
    assert 0.44 <= row["score"] <= 1
