from pathlib import Path

import pytest

from caregraph.ontology.checks import broader_circles, check_file, shared_labels
from caregraph.ontology.turtle import Statements
from caregraph.ontology.vocabulary import FILES

PREFIXES = """\
@prefix cg: <https://w3id.org/caregraph/ontology#> .
@prefix concept: <https://w3id.org/caregraph/id/concept/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def statements(tmp_path: Path, turtle: str) -> Statements:
    path = tmp_path / "scheme.ttl"
    path.write_text(PREFIXES + turtle)
    return Statements([path])


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in {"caregraph", "shapes", "dataset"}], ids=lambda p: p.stem
)
def test_our_own_files_keep_to_the_ontology(path: Path) -> None:
    check_file(path, Statements(FILES))


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ("concept:a a cg:Concept ; skos:broader concept:a .", [("concept/a", "concept/a")]),
        (
            "concept:a a cg:Concept ; skos:broader concept:b . concept:b skos:broader concept:c . "
            "concept:c skos:broader concept:a .",
            [("concept/a", "concept/b", "concept/c", "concept/a")],
        ),
        # Two paths to one broader concept are no circle.
        (
            "concept:a a cg:Concept ; skos:broader concept:b, concept:c . "
            "concept:b a cg:Concept ; skos:broader concept:d . concept:c a cg:Concept ; skos:broader concept:d .",
            [],
        ),
    ],
)
def test_circles_are_given_with_their_path(tmp_path: Path, turtle: str, expected: list[tuple[str, ...]]) -> None:
    assert list(broader_circles(statements(tmp_path, turtle))) == expected


def test_shared_labels_are_found_whatever_their_capitals(tmp_path: Path) -> None:
    turtle = (
        'concept:a a cg:Concept ; skos:prefLabel "Kinship care" . '
        'concept:b a cg:Concept ; skos:altLabel "kinship care" . '
        'concept:c a cg:Concept ; skos:prefLabel "Visits" ; skos:hiddenLabel "Kinship care" .'
    )

    labels = shared_labels(statements(tmp_path, turtle), "cg:Concept")

    assert labels == {"kinship care": {"concept/a", "concept/b"}}
