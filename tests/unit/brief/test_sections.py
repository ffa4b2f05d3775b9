"""Sections of a brief: only what has words and a page is quoted; everything else is counted."""

from datetime import date

from caregraph.brief.blocks import lines_of, parse_count, parse_quotation
from caregraph.brief.sections import make_brief


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


def test_only_what_has_words_and_a_page_is_quoted():
    lines = lines_of(make_brief(Answers(), authority="ashmere", purpose="board").parts)

    cells = [cell for line in lines for cell in line.split(" | ")]
    assert [quotation.words for cell in cells if (quotation := parse_quotation(cell))] == ["Overall effectiveness Good"]
    counts = {count.label: count.number for line in lines if (count := parse_count(line))}
    assert counts["Grades that were given"] == 3
    assert counts["Not said: requests of which no later report that was read speaks"] == 0
    assert "None" not in " ".join(lines)
