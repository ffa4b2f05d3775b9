"""Names made of everyday words are names only where capitals or the next word say so."""

from types import SimpleNamespace

import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.names.services import add_to
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    add_to(pipeline, load_vocabulary())
    return pipeline


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The Staying Close programme helps.", ["programme:staying-close"]),
        ("Young people in ‘staying close’ arrangements are well.", ["programme:staying-close"]),
        ("They benefit from staying close support.", ["programme:staying-close"]),
        ("Staying close and in touch.", []),
        ("Children who are staying close to home do well.", []),
        ("Children keep in touch through Lifelong Links.", ["programme:lifelong-links"]),
        ("The lifelong links service is valued.", ["programme:lifelong-links"]),
        ("Workers form lifelong links with children.", []),
        ("Carers praise Action for Children.", ["agency:action-for-children"]),
        ("Action for children in danger is quick.", []),
        ("These actions for children are late.", []),
    ],
)
def test_everyday_words_are_a_name_only_as_it_is_written(nlp: Language, text: str, terms: list[str]) -> None:
    doc = nlp.make_doc(text)
    doc.user_data["reading"] = SimpleNamespace(
        blocks=[SimpleNamespace(kind="paragraph", start=0, end=len(text))],
    )

    assert [span.kb_id_ for span in nlp(doc).spans["services"]] == terms
