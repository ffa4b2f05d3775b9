from caregraph.ontology.docs import PAGE, ontology_page
from caregraph.ontology.schema import curie, load_schema
from caregraph.ontology.turtle import Statements
from caregraph.ontology.vocabulary import FILES, load_vocabulary

HINT = "run `python -m caregraph.ontology.docs`"


def test_page_is_what_the_ontology_says_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == ontology_page(load_schema(), load_vocabulary(), Statements(FILES)), HINT


def test_page_has_every_class_property_and_scheme() -> None:
    page, schema, statements = PAGE.read_text(encoding="utf-8"), load_schema(), Statements(FILES)
    named = [curie(iri) for iri in (*schema.classes, *schema.properties)]
    schemes = [statements.value(iri, "skos:prefLabel") for iri in statements.of_type("skos:ConceptScheme")]

    assert [name for name in named if f"`{name}`" not in page] == []
    assert [name for name in schemes if f"### {name}\n" not in page] == []
