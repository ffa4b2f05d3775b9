import pytest

from caregraph.ontology.iris import (
    authority_iri,
    finding_iri,
    instance_iri,
    local_iri,
    relation_iri,
    slug,
    thing_iri,
)

BASE = "https://w3id.org/caregraph/id/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adoption@Heart", "adoption-at-heart"),
        ("Barnardo’s", "barnardos"),
        ("Café Ünique", "cafe-unique"),
        ("  Team  ", "team"),
        ("<script>/../#?", "script"),  # nothing of a report's text can leave its place in an IRI
        ("…", "unnamed"),
    ],
)
def test_slug_keeps_letters_and_digits_alone(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_iris_come_from_stable_facts() -> None:
    document = thing_iri("document", "ab12")

    assert authority_iri("E08000023") == BASE + "authority/E08000023"
    assert finding_iri(document, 40) == BASE + "finding/ab12-40"
    assert relation_iri("mention", document, 40) == BASE + "mention/ab12-40"
    assert instance_iri(BASE + "service/mash", "E08000023") == BASE + "service/mash-of-e08000023"
    assert local_iri("E08000023", "service", "Full Circle") == BASE + "service/full-circle-of-e08000023"
