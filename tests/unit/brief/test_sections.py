"""Sections of a brief: only what has words and a page is quoted; everything else is counted."""

from datetime import date

from caregraph.brief.blocks import lines_of, parse_count, parse_quotation
from caregraph.brief.sections import make_brief
from caregraph.graph.queries.comparison.grade_status import OLDER


class Answers:
    """Answers by question: an inspection, and grades of which one has no words and one no page."""

    def ask(self, question, **parameters):
        if question == "inspections":
            return [{"authority": "Ashmere", "started": date(2022, 3, 21), "document": "a.pdf"}]
        if question == "judgements-over-time":
            grade = {"area": "overall", "grade": "good", "started": date(2022, 3, 21), "framework": "ILACS"}
            place = {"document": "a.pdf", "page": 1, "paragraph": None}
            return [
                {**grade, **place, "quotation": "Overall effectiveness Good"},
                {**grade, **place, "quotation": None},
                {**grade, **place, "quotation": "Good", "page": None},
            ]
        return []


class OlderGrade(Answers):
    """Answers whose one grade is older than the latest full inspection."""

    def ask(self, question, **parameters):
        rows = super().ask(question, **parameters)
        if question != "judgements-over-time":
            return rows
        return [{**rows[0], "status": OLDER, "newer_inspection": date(2026, 6, 15)}]


def test_grade_older_than_the_latest_inspection_is_said_to_be():
    lines = lines_of(make_brief(OlderGrade(), authority="ashmere", purpose="board").parts)

    [note] = [line for line in lines if line.startswith("Older than the latest: overall: good")]
    assert note.endswith("The full inspection that began on 2026-06-15 gave no grade for it.")


def test_only_what_has_words_and_a_page_is_quoted():
    lines = lines_of(make_brief(Answers(), authority="ashmere", purpose="board").parts)

    cells = [cell for line in lines for cell in line.split(" | ")]
    assert [quotation.words for cell in cells if (quotation := parse_quotation(cell))] == ["Overall effectiveness Good"]
    counts = {count.label: count.number for line in lines if (count := parse_count(line))}
    assert counts["Grades that were given"] == 3
    assert counts["Not found: requests to which no sentence of a later report is even near"] == 0
    assert "None" not in " ".join(lines)
