"""The measure agrees with what the labels' README says, and with the script that the labels came with."""

import json
import subprocess
import sys

import pytest

from caregraph.evaluation.labels import Labels
from caregraph.evaluation.measure import comparable_name, measure_extraction
from caregraph.extractors.pipeline import ReportReader
from caregraph.ontology.vocabulary import load_vocabulary


def record(**fields):
    empty = {"authority": None, "kind": None, "inspected": [], "published": None}
    lists = {"judgements": [], "people": [], "mentions": [], "findings": []}
    return {"source": "a.pdf", **empty, **lists, **fields}


def values(labels, *records, differences=None):
    given = {"record": [], "mentions": [], "doubtful": [], "findings": [], **labels}
    differences = [] if differences is None else differences
    layers = measure_extraction(Labels(**given), records, lambda *difference: differences.append(difference))
    return {metric.name: round(metric.value, 3) for layer in layers.values() for metric in layer}


def thing(name, *, type="service", aliases=()):
    return {"name": name, "text": name, "type": type, "aliases": list(aliases), "iri": f"x:{name}"}


def finding(text, polarity, *, topics=(), confidence=0.95):
    return {"text": text, "polarity": polarity, "topics": list(topics), "confidence": confidence}


def sentence(text, polarity, *topics):
    return {"id": "a", "sentence": text, "polarity": polarity, "topics": list(topics)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Children’s Hub", "childrens hub"),
        ("Health & Care", "health and care"),
        ("Café", "cafe"),
        ("Theatre", "theatre"),
        (None, ""),
    ],
)
def test_comparable_names_lack_case_accents_and_articles(text, expected):
    assert comparable_name(text) == expected


def test_record_fields_are_exact():
    label = {"id": "a", "authority": "Ashmere", "kind": "ilacs", "judgements": {"overall": "good", "leaders": "good"}}
    extracted = record(
        authority={"name": "ashmere", "gss": None},
        kind="sif",
        judgements=[{"area": "overall", "grade": "good"}, {"area": "leaders", "grade": "inadequate"}],
    )
    differences = []

    measured = values({"record": [label]}, extracted, differences=differences)

    assert (measured["authority"], measured["kind"], measured["judgements F1"]) == (1.0, 0.0, 0.5)
    assert differences == [
        ("a", "kind", "ilacs", "sif"),
        ("a", "judgements", [("leaders", "good")], [("leaders", "inadequate")]),
    ]


def test_absent_document_counts_as_empty():
    assert values({"record": [{"id": "a", "kind": "ilacs"}]})["kind"] == 0.0


def test_people_match_by_surname_and_first_letters_and_optional_ones_cost_nothing():
    label = {
        "id": "a",
        "inspectors": [{"name": "Katherine Moor", "role": "lead"}, {"name": "Ann Fell", "role": "inspector"}],
        "optional": ["Quentin Ashe"],
    }
    people = [
        {"name": "Kath Moor", "role": "lead"},
        {"name": "Ann Fell", "role": "lead"},
        {"name": "Quentin Ashe", "role": "inspector"},
    ]

    measured = values({"record": [label]}, record(people=people))
    assert (measured["inspectors F1"], measured["role of a person found"]) == (1.0, 0.5)

    stranger = {"name": "Bo Strand", "role": "inspector"}
    assert values({"record": [label]}, record(people=[*people, stranger]))["inspectors F1"] == 0.8


def test_named_thing_is_found_by_any_name_and_an_invention_costs():
    labels = [{"id": "a", "name": "multi-agency safeguarding hub", "aliases": ["MASH"], "type": "service"}]
    right, invented = thing("MASH"), thing("Tall Trees", type="agency")

    assert values({"mentions": labels}, record(mentions=[right]))["named things F1"] == 1.0
    assert values({"mentions": labels}, record(mentions=[right, invented]))["named things F1"] == 0.667


@pytest.mark.parametrize(
    ("name", "f1"),
    [
        ("Tall Trees Centre", 1.0),
        ("TallTrees", 1.0),
        ("Tall Tree", 1.0),
        ("Tall Trees Centre for Young Carers", 0.0),  # four words more
        ("Trees", 0.0),  # one word inside a name is not enough
    ],
)
def test_name_matches_with_up_to_three_more_words(name, f1):
    labels = [{"id": "a", "name": "Tall Trees", "type": "service"}]

    assert values({"mentions": labels}, record(mentions=[thing(name)]))["named things F1"] == f1


@pytest.mark.parametrize("name", ["front door", "the Ofsted", "pre-birth panel"])
def test_optional_and_doubtful_names_cost_nothing(name):
    labels = {
        "mentions": [{"id": "a", "name": "MASH", "type": "service"}],
        "doubtful": [{"id": "a", "name": "pre-birth panel"}],
    }

    assert values(labels, record(mentions=[thing("MASH"), thing(name)]))["named things F1"] == 1.0
    assert values(labels, record(mentions=[thing("MASH")]))["named things F1"] == 1.0


def test_names_after_the_last_labelled_line_cost_nothing():
    labels = {"mentions": [{"id": "a", "name": "MASH", "type": "service"}]}
    extracted = record(mentions=[thing("MASH"), thing("Tall Trees")])

    assert values(labels, extracted)["named things F1"] == 0.667
    assert values({**labels, "partially_labelled": frozenset({"a"})}, extracted)["named things F1"] == 1.0


def test_type_counts_only_for_things_that_were_found():
    labels = [{"id": "a", "name": name, "type": "service"} for name in ("MASH", "Tall Trees")]

    measured = values({"mentions": labels}, record(mentions=[thing("MASH", type="body")]))

    assert (measured["type of a thing found"], measured["  recall, service"]) == (0.0, 0.5)


def test_sentence_without_a_finding_counts_as_neutral():
    labels = [sentence("The borough lies by the sea.", "neutral"), sentence("Care drifts.", "concern")]

    assert values({"findings": labels}, record())["polarity accuracy"] == 0.5


def test_finding_with_few_words_in_common_is_not_the_labelled_sentence():
    label = sentence("Plans are clear, timely and shared.", "neutral")
    near = finding("Plans are clear, timely and owned.", "strength")
    far = finding("Plans are late and visits are rare.", "strength")

    assert values({"findings": [label]}, record(findings=[near]))["polarity accuracy"] == 0.0
    assert values({"findings": [label]}, record(findings=[far]))["polarity accuracy"] == 1.0


def test_topics_are_counted_over_all_sentences():
    labels = [sentence("Care drifts.", "concern", "permanence", "court"), sentence("Staff go.", "concern")]
    findings = [
        finding("Care drifts.", "concern", topics=["permanence"]),
        finding("Staff go.", "concern", topics=["court"]),
    ]

    assert values({"findings": labels}, record(findings=findings))["topics micro-F1"] == 0.5


def test_a_topic_found_by_wording_is_compared_where_labels_have_it():
    labels = [sentence("Complaints are late.", "concern", "participation")]
    found = [finding("Complaints are late.", "concern", topics=["complaints", "participation"])]
    with_choice = [*labels, sentence("Complaints are few.", "neutral", "complaints")]

    assert values({"findings": labels}, record(findings=found))["topics micro-F1"] == 1.0
    assert values({"findings": with_choice}, record(findings=found))["topics micro-F1"] == 0.5


def test_confident_findings_are_counted_apart():
    labels = [sentence(text, "concern") for text in ("Care drifts.", "Staff go.")]
    findings = [finding("Care drifts.", "concern"), finding("Staff go.", "strength", confidence=0.6)]

    measured = values({"findings": labels}, record(findings=findings))

    assert measured["polarity accuracy"] == 0.5
    assert measured["right of confidence 0.9 and more"] == 1.0


@pytest.mark.parametrize("text", ["is known to staff.", "Care drifts. Visits are late. 7."])
def test_label_of_less_or_more_than_a_sentence_is_left_out_of_the_last_metrics(text):
    labels = [sentence(text, "neutral"), sentence("Care drifts. 6.", "concern")]
    texts = ("The plan for the child is known to staff.", "Care drifts.", "Visits are late.")

    measured = values({"findings": labels}, record(findings=[finding(text, "concern") for text in texts]))

    assert measured["polarity accuracy"] == 0.5
    assert measured["  polarity accuracy, whole sentences"] == 1.0


def test_measure_agrees_with_the_script_of_the_labels(shared, tmp_path):
    reader = ReportReader(load_vocabulary())
    chosen = sorted((shared / "corpus" / "seeds").glob("*.txt"))
    records = [reader.read(path).as_json() for path in chosen]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(row) + "\n" for row in records), encoding="utf-8")

    script = [sys.executable, shared / "tools" / "score.py", "--gold", shared / "gold", "--predicted", predicted]
    reference = json.loads(subprocess.run([*script, "--json"], capture_output=True, check=True, text=True).stdout)
    layers = measure_extraction(Labels.read(shared / "gold"), records)

    assert layers.keys() == {"record", "mentions", "findings"}
    for layer, metrics in layers.items():
        measured = {metric.name: metric.value for metric in metrics}
        common = measured.keys() & reference[layer].keys()
        assert len(common) >= len(reference[layer]) - 1  # the script counts the documents, too
        assert {name: measured[name] for name in common} == pytest.approx(
            {name: reference[layer][name][0] for name in common}
        )
