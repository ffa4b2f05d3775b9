import pytest

from caregraph.extractors.pipeline import ReportReader
from caregraph.ontology.vocabulary import load_vocabulary

HEADING = "Inspection of Farrowdale children’s services\n\n"


@pytest.fixture(scope="module")
def references():
    """The references in a paragraph: the words that refer, and the name that they mean."""
    reader = ReportReader(load_vocabulary())

    def read(*paragraphs):
        record = reader.read_bytes("own.txt", (HEADING + "\n\n".join(paragraphs)).encode())
        starts = {finding.start for finding in record.findings}
        assert all(reference.finding in starts for reference in record.references)
        return [(reference.text, reference.name) for reference in record.references]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The adoption panel knows its families well. The panel does not challenge weak reports.",
            [("The panel", "adoption panel")],
        ),
        (
            "Children value the advocacy service. However, this service has a long waiting list.",
            [("this service", "advocacy service")],
        ),
        (
            "The corporate parenting board is new. The board’s plans lack clear targets for children.",
            [("The board", "corporate parenting board")],
        ),
        (
            "The virtual school is highly effective. It supports pupils very well.",
            [("It", "virtual school")],
        ),
        # A reference goes on while nothing else is named.
        (
            "The adoption panel is well led. The panel challenges poor practice. It has reduced delay for children.",
            [("The panel", "adoption panel"), ("It", "adoption panel")],
        ),
    ],
)
def test_finding_is_about_what_the_sentence_before_names(references, text, expected):
    assert references(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The virtual school is effective. It is clear that leaders support pupils well.",
        "The virtual school is effective. It is too early to see the impact for children.",
        "The adoption panel and the fostering panel meet monthly. The panel does not challenge weak reports.",
        "The adoption panel meets monthly. The panel chairs do not challenge weak reports.",
        "The adoption panel meets monthly. The council does not challenge weak reports.",
        "Workers are positive about the virtual school. It has reduced delay for children.",
        "The virtual school has changed its offer. Children are now much safer. It has reduced delay.",
    ],
)
def test_nothing_is_meant_where_two_things_or_none_could_be(references, text):
    assert references(text) == []


def test_paragraph_ends_what_the_next_one_may_mean(references):
    assert references("The adoption panel meets monthly.", "The panel does not challenge weak reports.") == []


def test_thing_that_a_finding_names_is_not_also_referred_to(references):
    text = "The adoption panel meets monthly. The panel, the adoption panel for all of Farrowdale, is weak."

    assert references(text) == []
