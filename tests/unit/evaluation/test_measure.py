"""The measure agrees with what the labels' README says, and with the script that the labels came with."""

import json
import subprocess
import sys

import pytest

from caregraph.evaluation.measure import Labels, folded, measure
from caregraph.extractors.worker_pool import Reader
from caregraph.ontology.vocabulary import load_vocabulary


def record(**fields):
    empty = {"authority": None, "kind": None, "inspected": [], "published": None}
    lists = {"judgements": [], "people": [], "mentions": [], "findings": []}
    return {"source": "a.pdf", **empty, **lists, **fields}


def figures(labels, *records):
    given = {"record": [], "mentions": [], "doubtful": [], "findings": [], **labels}
    layers = measure(Labels(**given), records)
    return {figure.name: round(figure.value, 3) for layer in layers.values() for figure in layer}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The Children’s Hub", "childrens hub"), ("Health & Care", "health and care"), ("Café", "cafe"), (None, "")],
)
def test_names_are_folded(text, expected):
    assert folded(text) == expected


def test_record_fields_are_exact():
    label = {"id": "a", "authority": "Ashmere", "kind": "ilacs", "judgements": {"overall": "good", "leaders": "good"}}
    found = record(
        authority={"name": "ashmere", "gss": None},
        kind="sif",
        judgements=[{"area": "overall", "grade": "good"}, {"area": "leaders", "grade": "inadequate"}],
    )

    measured = figures({"record": [label]}, found)
    assert (measured["authority"], measured["kind"], measured["judgements F1"]) == (1.0, 0.0, 0.5)


def test_absent_document_counts_as_empty():
    assert figures({"record": [{"id": "a", "kind": "ilacs"}]})["kind"] == 0.0


def test_named_thing_is_found_by_any_name_and_an_invention_costs():
    labels = [{"id": "a", "name": "multi-agency safeguarding hub", "aliases": ["MASH"], "type": "service"}]
    right = {"name": "MASH", "text": "MASH", "type": "service", "aliases": [], "iri": "x"}
    invented = {"name": "Tall Trees", "text": "Tall Trees", "type": "agency", "aliases": [], "iri": "y"}

    assert figures({"mentions": labels}, record(mentions=[right]))["named things F1"] == 1.0
    assert figures({"mentions": labels}, record(mentions=[right, invented]))["named things F1"] == 0.667


def test_sentence_without_a_finding_counts_as_neutral():
    labels = [{"id": "a", "sentence": "The borough lies by the sea.", "polarity": "neutral", "topics": []}]

    assert figures({"findings": labels}, record())["polarity accuracy"] == 1.0


def test_confident_findings_are_counted_apart():
    labels = [
        {"id": "a", "sentence": text, "polarity": "concern", "topics": []} for text in ("Care drifts.", "Staff go.")
    ]
    sure = {"text": "Care drifts.", "polarity": "concern", "topics": [], "confidence": 0.95}
    unsure = {"text": "Staff go.", "polarity": "strength", "topics": [], "confidence": 0.6}

    measured = figures({"findings": labels}, record(findings=[sure, unsure]))

    assert measured["polarity accuracy"] == 0.5
    assert measured["right of confidence 0.9 and more"] == 1.0


@pytest.mark.parametrize("other", ["is known to staff.", "Care drifts. Visits are late. 7."])
def test_label_of_less_or_more_than_a_sentence_is_left_out_of_the_last_figures(other):
    label = {"id": "a", "sentence": other, "polarity": "neutral", "topics": []}
    whole = {"id": "a", "sentence": "Care drifts. 6.", "polarity": "concern", "topics": []}
    texts = ("The plan for the child is known to staff.", "Care drifts.", "Visits are late.")
    findings = [{"text": text, "polarity": "concern", "topics": [], "confidence": 0.95} for text in texts]

    measured = figures({"findings": [label, whole]}, record(findings=findings))

    assert measured["polarity accuracy"] == 0.5
    assert measured["  polarity accuracy, whole sentences"] == 1.0


def test_measure_agrees_with_the_script_of_the_labels(shared, tmp_path):
    reader = Reader(load_vocabulary())
    chosen = sorted((shared / "corpus" / "seeds").glob("*.txt"))
    records = [reader.read(path).as_json() for path in chosen]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(row) + "\n" for row in records), encoding="utf-8")

    script = [sys.executable, shared / "tools" / "score.py", "--gold", shared / "gold", "--predicted", predicted]
    theirs = json.loads(subprocess.run([*script, "--json"], capture_output=True, check=True, text=True).stdout)
    ours = measure(Labels.read(shared / "gold"), records)

    for layer, given in ours.items():
        values = {figure.name: figure.value for figure in given}
        both = values.keys() & theirs[layer].keys()
        assert len(both) >= len(theirs[layer]) - 1  # theirs counts the documents, too
        assert {name: values[name] for name in both} == pytest.approx({name: theirs[layer][name][0] for name in both})
