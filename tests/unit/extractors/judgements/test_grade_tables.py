"""Grades in tables that are read by columns, or that have the grades of an earlier inspection too."""

from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.documents import kinds
from caregraph.extractors.judgements import judgements
from caregraph.extractors.pipeline import ReportReader
from caregraph.ontology.vocabulary import load_vocabulary

TITLE = "Inspection of Wexholme local authority children’s services\n"
BODY = "\n\nServices for children in Wexholme are stronger now. Most families get help when they ask for it."
IDS = ("leaders", "help-and-protection", "in-care", "care-leavers", "overall")
AREAS = (
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
    "Overall effectiveness",
)
PRESENT = ("Inadequate", "Requires improvement to be good", "Good", "Outstanding", "Requires improvement to be good")
PREVIOUS = ("Good", "Inadequate", "Inadequate", "Good", "Inadequate")
GRADES = dict(
    zip(IDS, ("inadequate", "requires-improvement", "good", "outstanding", "requires-improvement"), strict=True)
)
UNREAD = [("unread", area) for area in IDS]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for component in (kinds, judgements):
        component.add_to(nlp, load_vocabulary())
    return nlp


def lines(*columns: Sequence[str], form: str) -> str:
    """Lines of a table, each made of the cells of a row."""
    return "\n".join(form.format(*row) for row in zip(*columns, strict=True))


def column(*parts: str | Sequence[str]) -> str:
    """Lines of a table that was read column by column."""
    return "\n".join(cell for part in parts for cell in ([part] if isinstance(part, str) else part))


def found(nlp: Language, table: str) -> list[tuple[str, str]]:
    doc = nlp(TITLE + table + BODY)
    return [(span.label_, span.id_) for span in doc.spans["judgements"]]


def two_grades(form: str = "{}\t{}\t{}") -> str:
    return lines(AREAS, PREVIOUS, PRESENT, form=form)


@pytest.mark.parametrize(
    "table",
    [
        column("Judgement", AREAS, "Grade", PRESENT),
        column("Grade", PRESENT, "Judgement", AREAS),
        column("Area", AREAS, "Grade in 2019", PREVIOUS, "Grade in 2024", PRESENT),
        column("Judgement", AREAS, "Previous", PREVIOUS, "Current", PRESENT),
        column("Judgement", "Last inspection", "This inspection", AREAS, lines(PREVIOUS, PRESENT, form="{} {}")),
        column("Judgement", "Previous grade", "Current grade", two_grades("{}\n{}\n{}")),
        "Judgement\tPrevious (2021)\tNow (2024)\n" + two_grades(),
        "Judgement 2018 2024\n" + two_grades("{} {} {}"),
        "Judgement | 2018 | 2024\n" + two_grades("{} | {} | {}"),
        "Judgement\tOctober 2018\tSeptember 2024\n" + two_grades(),
        "Area\tNow\tThen\n" + lines(AREAS, PRESENT, PREVIOUS, form="{}\t{}\t{}"),
        "Area\tThis inspection\tLast inspection\n" + lines(AREAS, PRESENT, PREVIOUS, form="{}\t{}\t{}"),
        "Judgement\tPrevious grade\tGrade\n" + two_grades(),
        "Judgement\tPrevious\tChange\tCurrent\n" + two_grades("{}\t{}\t↑ improved\t{}"),
        two_grades("{} {} → {}"),
        two_grades("{}: was {}, now {}"),
        two_grades("{}\nPrevious: {}\nNow: {}"),
        two_grades("{}: {} (2018), {} (2024)"),
        lines(AREAS, PRESENT, PREVIOUS, form="{}: {} (previously {})"),
        "Grades\n" + lines(PRESENT, AREAS, form="{}\n{}"),
        "Grade\tJudgement\n" + lines(PRESENT, AREAS, form="{}\t{}"),
        lines(AREAS, PRESENT, form="{}\n{}"),
        "\t".join(AREAS) + "\n" + "\t".join(PRESENT),
        "Previous grades\n"
        + lines(AREAS, PREVIOUS, form="{}\t{}")
        + "\n\nGrades at this inspection\n"
        + lines(AREAS, PRESENT, form="{}\t{}"),
        "Changes since the last inspection\n\nJudgement\tGrade\n" + lines(AREAS, PRESENT, form="{}\t{}"),
        # An area that the inspection before did not judge.
        "Judgement\tPrevious\tNow\n" + two_grades().replace("leavers\tGood", "leavers\t–"),
        "Judgement\tPrevious\tNow\n" + two_grades().replace("leavers\tGood", "leavers\tNot judged"),
    ],
)
def test_table_gives_each_area_its_present_grade(nlp: Language, table: str) -> None:
    assert dict(found(nlp, table)) == GRADES


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Nothing says which of two grades is the present one.
        (two_grades(), UNREAD),
        (column("Judgement", "Previous", "Now", AREAS, PREVIOUS, PRESENT), UNREAD),
        # A grade is missing, or is that of several areas.
        (column("Judgement", AREAS, "Grade", PRESENT[:4]), UNREAD),
        (column("Judgement", AREAS, "Grade", "Good"), UNREAD),
        # Ticks under a scale.
        ("Judgement Outstanding Good Requires improvement Inadequate\n" + lines(AREAS, form="{} ✓"), UNREAD),
        # Only the grades of an earlier inspection.
        ("Judgement\tPrevious grade\n" + lines(AREAS, PREVIOUS, form="{}\t{}"), []),
        # Headings without grades.
        (column(AREAS), []),
    ],
)
def test_table_gives_no_grade_in_doubt(nlp: Language, table: str, expected: list[tuple[str, str]]) -> None:
    assert found(nlp, table) == expected


def test_years_other_than_the_inspections_are_of_earlier_grades() -> None:
    reader = ReportReader(load_vocabulary())
    dates = "\nInspection dates: 9 September 2024 to 13 September 2024\n\n"
    text = TITLE + dates + "Judgement\t2015\t2018\n" + two_grades() + BODY

    record = reader.read_bytes("report.txt", text.encode())

    assert record.judgements == ()
    assert {unread.field for unread in record.unread} >= {f"judgements.{area}" for area in IDS}


@pytest.mark.parametrize("name", ["columns.txt", "columns.pdf", "previous-and-now.txt"])
def test_shared_tables_are_read(shared, name):
    reader = ReportReader(load_vocabulary())

    record = reader.read(shared / "cases" / "table-read-by-columns" / name)

    assert {judgement.area: judgement.grade for judgement in record.judgements} == GRADES
