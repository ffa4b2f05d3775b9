"""The scheme of concepts as a tree, and the heat map of concepts by councils."""

from caregraph.explorer.figures.heatmap import heatmap
from caregraph.explorer.pages.concepts import concept_tree, narrower_concepts
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import Concept, PolarityCounts
from caregraph.ontology.iris import THINGS


def concept(name: str, *broader: str, findings: int = 0) -> Concept:
    iri = f"{THINGS}concept/{name}"
    return Concept(Node(iri, name, "Concept"), None, tuple(f"{THINGS}concept/{name}" for name in broader), findings)


def scheme(*concepts: Concept) -> dict[str, Concept]:
    return {concept.node.iri: concept for concept in concepts}


CARE = scheme(
    concept("care"), concept("adoption", "care", findings=7), concept("help"), concept("matching", "adoption", "help")
)


def test_narrower_concepts_are_those_right_under():
    assert [concept.node.name for concept in narrower_concepts(CARE, None)] == ["care", "help"]
    assert [concept.node.name for concept in narrower_concepts(CARE, f"{THINGS}concept/care")] == ["adoption"]


def test_tree_shows_a_concept_wherever_it_belongs_and_unfolds_what_is_chosen():
    drawn = concept_tree(CARE, f"{THINGS}concept/adoption")
    care, help = drawn[2:]

    assert str(drawn).count("concepts?concept=concept/matching") == 2
    assert "open" in care[1]
    assert "open" not in help[1]
    assert "'aria-current': 'page'" in str(care)
    assert concept_tree({}, None)[2:] == []


def test_heatmap_gives_counts_with_their_denominators():
    council = Node(f"{THINGS}authority/E99000001", "Ashmere", "LocalAuthority")
    adoption, help = (Node(f"{THINGS}concept/{name}", name, "Concept") for name in ("adoption", "help"))
    drawn = str(
        heatmap(
            [council],
            [adoption, help],
            {(council.iri, adoption.iri): PolarityCounts(12, 3, 1)},
            {council.iri: "2 reports"},
        )
    )

    assert "'12/16'" in drawn
    assert "step-more" in drawn
    assert "Ashmere, adoption: 12 strengths, 3 concerns, 1 mixed" in drawn
    assert "Ashmere, help: no findings" in drawn
    assert "findings?council=authority/E99000001&concept=concept/adoption'" in drawn
