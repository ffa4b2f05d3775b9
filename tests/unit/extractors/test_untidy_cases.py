"""Small untidy reports from the folder beside the repository: days in many forms, words below an inspector."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.dates import dates
from caregraph.extractors.documents import kinds
from caregraph.extractors.people import people
from caregraph.extractors.pipeline import annotate
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for component in (kinds, dates, people):
        component.add_to(nlp, load_vocabulary())
    return nlp


def test_days_are_read_whole(nlp: Language, shared: Path) -> None:
    for path in sorted((shared / "cases/dates-half-read").iterdir()):
        doc = annotate(nlp, segment(read_report(path)))

        assert [(span.label_, span.id_) for span in doc.spans["dates"]] == [("inspected", "2025-03-03/2025-03-14")], (
            path
        )


def test_words_below_the_lead_inspector_are_no_people(nlp: Language, shared: Path) -> None:
    for path in sorted((shared / "cases/words-made-inspectors").iterdir()):
        doc = annotate(nlp, segment(read_report(path)))

        assert [(span.label_, span.id_) for span in doc.spans["people"]] == [("lead", "Nerys Osgathorpe")], path
