"""Councils that the words of a sentence certainly mean; the sentences are invented."""

import pytest

from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.ontology.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def reader():
    return PartnerReader(spellings_of(load_vocabulary()))


@pytest.mark.parametrize(
    ("council", "sentence", "partners"),
    [
        # A phrase that counts all councils of an area means them.
        ("Luton", "The panel covers the three authorities in Bedfordshire.", ["Bedford", "Central Bedfordshire"]),
        ("Luton", "The panel covers the two other authorities in Bedfordshire.", ["Bedford", "Central Bedfordshire"]),
        ("Luton", "The panel covers three authorities.", []),
        ("Dudley", "The four Black Country boards meet.", ["Sandwell", "Walsall", "Wolverhampton"]),
        ("Dudley", "The board meets two other Black Country authorities.", []),
        # The own council may stand in the list by any phrase.
        ("Dudley", "The council and Walsall share a panel.", ["Walsall"]),
        ("Dudley", "The Dudley and Walsall safeguarding boards share a panel.", ["Walsall"]),
        ("North Lincolnshire", "The board works with its Humber neighbours.", []),
        # An area that is known by its first letters.
        (
            "Leicester",
            "The LLR sub-group meets.",
            ["Leicestershire", "Rutland"],
        ),
        ("Luton", "Machines were set up.", []),
        ("Hartlepool", "The Tees-wide group meets.", ["Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees"]),
        (
            "Bury",
            "A Greater Manchester-wide panel meets.",
            ["Bolton", "Manchester", "Oldham", "Rochdale", "Salford", "Stockport", "Tameside", "Trafford", "Wigan"],
        ),
    ],
)
def test_phrase_means_the_councils_that_it_makes_certain(reader, council, sentence, partners):
    phrases = reader.mask(sentence, "", Council(council, "2016-05-01")).phrases

    assert sorted({name for phrase in phrases for name in phrase.councils}) == sorted(partners)


@pytest.mark.parametrize(
    ("sentence", "partners"),
    [
        ("The board for Kingston and Richmond meets.", ["Kingston upon Thames", "Richmond upon Thames"]),
        ("Richmond meets Kingston in a joint committee.", ["Kingston upon Thames", "Richmond upon Thames"]),
        ("Sutton, Kingston and Merton share a court team.", ["Kingston upon Thames", "Merton", "Sutton"]),
        # One such name alone may be a town elsewhere.
        ("Children liked their day at Windsor.", []),
    ],
)
def test_short_name_is_a_councils_only_beside_another(reader, sentence, partners):
    phrases = reader.mask(sentence, "", Council("Croydon", "2016-05-01")).phrases

    assert sorted({name for phrase in phrases for name in phrase.councils}) == sorted(partners)
