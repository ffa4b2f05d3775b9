from datetime import date

import pytest

from caregraph.ontology.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("framework", "on", "areas"),
    [
        ("ilacs", date(2019, 9, 9), {"overall", "leaders", "help-and-protection", "in-care-and-care-leavers"}),
        ("ilacs", date(2024, 9, 9), {"overall", "leaders", "help-and-protection", "in-care", "care-leavers"}),
        # No overall grade from April 2026.
        ("ilacs", date(2026, 4, 1), {"leaders", "help-and-protection", "in-care", "care-leavers"}),
        ("area-send-2023", date(2024, 3, 5), {"outcome"}),
        ("jtai", date(2023, 3, 5), set()),
        ("focused-visit", date(2021, 3, 5), set()),
    ],
)
def test_frameworks_judge_the_areas_of_the_day(framework: str, on: date, areas: set[str]) -> None:
    assert {area.id for area in load_vocabulary().framework(framework).areas_on(on)} == areas


def test_frameworks_that_judge_areas_have_grades_and_the_other_way_round() -> None:
    for term in load_vocabulary().frameworks:
        assert bool(term.areas) == bool(term.grades), term.id
        assert len({grade.rank for grade in term.grades}) == len(term.grades), term.id


def test_areas_and_grades_are_known_by_the_words_that_reports_print() -> None:
    sif, slac = load_vocabulary().framework("sif"), load_vocabulary().framework("slac")
    areas = {label: area.id for area in sif.areas for label in area.labels}
    grades = {label: grade.id for grade in sif.grades for label in grade.labels}

    assert areas["Adoption performance"] == "adoption"
    assert grades["requires improvement to be good"] == grades["requires improvement"] == "requires-improvement"
    assert "requires-improvement" not in {grade.id for grade in slac.grades}


def test_a_label_means_one_area_on_any_day() -> None:
    for term in load_vocabulary().frameworks:
        for day in (date(2010, 1, 1), date(2016, 1, 1), date(2020, 1, 1), date(2024, 1, 1)):
            labels = [label for area in term.areas_on(day) for label in area.labels]
            assert len(labels) == len(set(labels)), term.id
