import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.dates import dates
from caregraph.extractors.documents import authorities, kinds, news_ties
from caregraph.extractors.judgements import judgements
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for component in (kinds, dates, authorities, judgements, news_ties):
        component.add_to(nlp, load_vocabulary())
    return nlp


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("Children’s services in Durham were rated good overall, Ofsted said.", ["good"]),
        ("The council’s children’s services were judged to be inadequate overall.", ["inadequate"]),
        ("Children’s services in Durham were rated good, but children’s services in Leeds were rated good.", ["good"]),
        # Talk of what may come.
        ("Children’s services could be rated inadequate overall, insiders said.", []),
        ("Leaders fear that children’s services will be rated inadequate overall.", []),
        ("If nothing changes, children’s services get rated inadequate overall.", []),
        ("Children’s services were not rated inadequate overall.", []),
        ("Were children’s services rated inadequate overall?", []),
        # Another council, or none in particular.
        ("Children’s services in Leeds were rated inadequate overall.", []),
        ("A neighbour’s children’s services were rated inadequate overall.", []),
        ("Leeds was inspected too. Its children’s services were rated inadequate overall.", []),
        ("Children’s services in Durham and Leeds were rated inadequate overall.", []),
        ("Unlike Durham it has children’s services rated inadequate overall.", []),
        # A school.
        ("Vale Primary School was rated outstanding overall effectiveness.", []),
    ],
)
def test_grade_counts_where_the_words_tie_it_to_the_council(nlp: Language, text: str, grades: list[str]) -> None:
    doc = nlp(f"Durham in the news\nOfsted came by, leaders said.\n{text}")

    assert [span.id_ for span in doc.spans["authorities"]] == ["Durham"]
    assert [span.id_ for span in doc.spans["judgements"]] == grades


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Inspectors visited Durham on 20 and 21 February 2024.", ["2024-02-20/2024-02-21"]),
        ("Inspectors visited Leeds on 20 and 21 February 2024.", []),
        ("Inspectors may visit Durham on 20 and 21 February 2024, and could be strict.", []),
    ],
)
def test_days_count_where_the_words_tie_them_to_the_council(nlp: Language, text: str, days: list[str]) -> None:
    doc = nlp(f"Durham in the news\nOfsted came by, leaders said.\n{text}")

    assert [span.id_ for span in doc.spans["dates"] if span.label_ == "inspected"] == days


def test_item_about_several_councils_gives_nothing_to_any(nlp: Language) -> None:
    doc = nlp(
        "Mixed picture\nDurham\nInspectors visited Durham on 20 and 21 February 2024. Ofsted said it did well.\n"
        "Leeds\nChildren’s services in Leeds were rated inadequate overall.\n"
        "Children’s services in Bury were rated good overall."
    )

    assert not doc.spans["authorities"]
    assert not doc.spans["judgements"]
    assert not [span for span in doc.spans["dates"] if span.label_ == "inspected"]
