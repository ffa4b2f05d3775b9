from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Namespace
from rdflib.collection import Collection

from caregraph.ontology.iris import ONTOLOGY
from caregraph.ontology.turtle import Statements
from caregraph.ontology.vocabulary import FILES

CG = Namespace(ONTOLOGY)
VALID = Path(__file__).with_name("valid.ttl").read_text()


@cache
def shapes() -> Graph:
    return Graph().parse(next(path for path in FILES if path.stem == "shapes"))


def messages(turtle: str) -> set[str]:
    graph = Graph().parse(data=turtle, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes())
    return {str(message) for message in report.objects(None, SH.resultMessage)}


def test_a_valid_graph_passes() -> None:
    assert messages(VALID) == set()


def test_the_vocabularies_pass() -> None:
    graph = Graph()
    for path in FILES:
        if path.stem != "shapes":
            graph.parse(path)

    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes())

    assert conforms, text


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (' ; skos:prefLabel "Report"', "", "has no name, or several"),
        (' ; cg:sha256 "0', ' ; cg:sha256 "x', "has no hash of its bytes"),
        (
            "cg:kind kind:ilacs ; cg:pages 9",
            "cg:kind kind:finding ; cg:pages 9",
            "has a kind that no document can have",
        ),
        ("cg:pages 9", "cg:pages 0", "has no page"),
        ('"2022-06-01"^^xsd:date', '"June"', "has a day of publication that is no date, or several"),
        ("cg:states finding:f ; ", "", "is stated by no document, or by several"),
        ("cg:paragraph", "cg:pargraph", "says something that a passage cannot"),
        ("dcterms:isPartOf document:d ; ", "", "is part of no document, or of several"),
        ("oa:start 10 ; oa:end 30", "oa:start 30 ; oa:end 10", "ends before it starts"),
        ("cg:referring finding:f ; ", "", "is of no finding, or of several"),
        ("cg:referringTo agency:adopt", "cg:referringTo concept:front-door", "refers to no named thing, or to several"),
        ('"0.95"^^xsd:double', '"1.5"^^xsd:double', "has no confidence between 0 and 1"),
        ("oa:start 14", "oa:start -1", "has no start, or one before the text"),
        ('oa:exact "MASH" ; ', "", "has no words, or several"),
        ("cg:page 2", "cg:page 0", "has no page, or one before the first"),
        ("polarity:strength", "polarity:praise", "has no polarity, several, or an unknown one"),
        ('"0.9"^^xsd:double', '"1.9"^^xsd:double', "has no confidence between 0 and 1"),
        ("cg:evidencedBy passage:p ; ", "", "stands in no passage"),
        ("cg:concerns concept:front-door", "cg:concerns service:mash", "concerns something that is no concept"),
        ("cg:mentionOf service:mash-of-e99000001 ; ", "", "names no thing, or several"),
        ("; dcterms:source document:d", "", "rests on no document, or on several"),
        (" ; cg:belongsTo authority:E99000001", "", "is local but belongs to no council"),
        ("cg:scope scope:regional", "cg:scope scope:galactic", "has no scope, several, or an unknown one"),
        ("cg:reportedIn document:d ;", "", "is reported in no document"),
        ('cg:started "2022-05-09"', 'cg:started "2023-05-09"', "ended before it started"),
        ("2022-05-09/2022-05-20", "9 to 20 May 2022", "has a period that is not two days"),
        ("cg:area area:overall ; ", "", "has no area, several, or an unknown one"),
        ("grade:good", "grade:good, grade:inadequate", "has no grade, several, or an unknown one"),
        ("cg:gave judgement:j ; ", "", "was given by no inspection, or by several"),
        ("cg:evidenceFor judgement:j ; ", "", "has no words that prove it"),
        ("prov:agent person:ann ; ", "", "is of no person, or of several"),
        ("role:lead", "role:dcs", "has no role, several, or one that no inspector can have"),
        ("role:dcs", "role:lead", "has no role, several, or one that no leader can have"),
        ("cg:led inspection:i", "cg:led document:d", "led something that is no inspection"),
        ('cg:gss "E99000001"', 'cg:gss "Ashmere"', "has a code that is not a letter and eight digits, or several"),
        ("cg:standing standing:asserted ; ", "", "has no standing, several, or an unknown one"),
        (' ; cg:source "list"', "", "does not say where it comes from"),
        (' ; skos:definition "Finds families."', "", "stands in a list but has no definition, or several"),
    ],
)
def test_shapes_catch_a_fault(right: str, wrong: str, message: str) -> None:
    assert right in VALID

    assert message in messages(VALID.replace(right, wrong))


@pytest.mark.parametrize(
    ("path", "classes"),
    [
        (CG.polarity, ("cg:Polarity",)),
        (CG.kind, ("cg:Kind", "cg:FindingKind")),
        (CG.area, ("cg:JudgementArea",)),
        (CG.grade, ("cg:Grade",)),
        (CG.role, ("cg:Role",)),
        (CG.scope, ("cg:Scope",)),
        (CG.standing, ("cg:Standing",)),
        (CG.certainty, ("cg:Certainty",)),
    ],
)
def test_shapes_list_the_values_of_the_schemes(path: str, classes: tuple[str, ...]) -> None:
    statements = Statements(FILES)
    listed = {
        str(value)
        for shape in shapes().subjects(SH.path, path)
        for values in shapes().objects(shape, SH["in"])
        for value in Collection(shapes(), values)
    }

    assert listed == {iri for curie in classes for iri in statements.of_type(curie)}


def test_every_shape_has_words_for_its_violation() -> None:
    named = list(shapes().subjects(RDF.type, SH.NodeShape))
    parts = [part for shape in named for part in shapes().objects(shape, SH.property)]

    for shape in (*parts, *shapes().subjects(SH.closed)):
        assert shapes().value(shape, SH.message), shape
