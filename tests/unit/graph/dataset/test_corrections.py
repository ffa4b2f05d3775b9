"""Corrections: the last one of a field counts, undoing brings back the one before, and what was read stays."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from rdflib import Literal

from caregraph.graph.dataset.corrections import (
    NO_TOPIC,
    UNDONE,
    Correction,
    Corrections,
    append_correction,
    append_corrections,
    place_of,
    read_corrections,
)
from caregraph.graph.dataset.rdf_terms import CG
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.validation import validate_graph
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.records import Finding, Mention, Record
from caregraph.ontology.vocabulary import load_vocabulary
from caregraph.workspace import Workspace

HASH = "ab" * 32
TEXT = "The Larkfield hub sees children late, and the Larkfield hub knows it."
TOPICS = frozenset({"neglect", "permanence"})


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary()


def record(**changes) -> Record:
    hub = Mention(text="Larkfield hub", page=1, start=4, end=17, name="Larkfield hub", type="service")
    finding = Finding(
        text=TEXT, page=1, start=0, end=len(TEXT), polarity="strength", confidence=0.7, topics=("neglect",)
    )
    fields = {
        "source": "ashmere.pdf", "sha256": HASH, "title": None, "kind": "ilacs", "authority": None, "inspected": (),
        "published": None, "mentions": (hub, replace(hub, start=46, end=59)), "findings": (finding,),
    }  # fmt: skip
    return Record(**{**fields, **changes})


def correction(
    field="polarity", value="concern", *, start=0, when="2026-11-30", why="Late is no strength."
) -> Correction:
    return Correction(document=HASH, start=start, field=field, value=value, by="Ann", why=why, when=when)


def test_what_is_corrected_changes_and_what_was_read_stays():
    read = record()
    corrections = Corrections(
        [correction(), correction("topics", "permanence, neglect"), correction("kind", "body", start=4)]
    )

    [finding] = corrections.apply(read).findings
    assert (finding.polarity, finding.confidence, finding.topics) == ("concern", 1.0, ("permanence", "neglect"))
    assert {mention.type for mention in corrections.apply(read).mentions} == {"body"}  # wherever the name stands
    assert read == record()
    notes = corrections.notes(read)
    assert notes[Finding, 0][0] == (
        "polarity was read as strength with confidence 0.70; Ann corrected it to concern on 2026-11-30: "
        "Late is no strength."
    )
    assert notes[Mention, 4] == notes[Mention, 46]


def test_the_last_correction_counts_and_undoing_brings_back_the_one_before():
    first, second, undone = correction(), correction(value="mixed"), correction(value=UNDONE)

    assert Corrections([first, second]).current == (second,)
    assert Corrections([first, second, undone]).current == (first,)
    assert Corrections([first, undone]).apply(record()) == record()
    assert Corrections([first, undone]).digest_of(HASH) == Corrections().digest_of(HASH) == ""
    assert Corrections([first]).digest_of(HASH) != Corrections([second]).digest_of(HASH)


def test_no_topic_is_a_correction_too():
    [finding] = Corrections([correction("topics", NO_TOPIC)]).apply(record()).findings

    assert finding.topics == ()


def test_a_correction_of_what_is_read_otherwise_now_has_no_effect_and_is_named():
    lost = correction(start=33)

    assert Corrections([lost]).apply(record()) == record()
    assert Corrections([lost, correction()]).without_effect(record()) == [lost]


def test_statements_say_that_a_person_corrected_them_and_hold_the_shapes(vocabulary):
    corrections, read = Corrections([correction()]), record(mentions=())

    graph = to_graph(corrections.apply(read), vocabulary, extractor="0", notes=corrections.notes(read))

    validate_graph(graph, source=read.source)
    [(finding, _, note)] = graph.triples((None, CG.correction, None))
    assert graph.value(finding, CG.confidence) == Literal(1.0)
    assert str(graph.value(finding, CG.polarity)).endswith("/concern")
    assert "Ann corrected it" in note
    assert not list(to_graph(read, vocabulary, extractor="0").triples((None, CG.correction, None)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "splendid"}, "polarity: expected one of concern, mixed"),
        ({"field": "grade"}, "field: expected one of polarity, topics, kind"),
        ({"field": "topics", "value": "weather"}, "no topic called 'weather'"),
        ({"field": "topics", "value": " , "}, "expected ids of topics"),
        ({"why": " "}, "why: expected words"),
        ({"start": -1}, "start: expected a character"),
        ({"value": UNDONE}, "no correction of polarity stands there"),
    ],
)
def test_what_is_no_correction_is_refused_and_nothing_is_written(tmp_path, changes, words):
    file = tmp_path / "corrections.jsonl"
    with pytest.raises(BadDecision, match=words):
        append_corrections(file, [correction("kind", "body"), replace(correction(), **changes)], TOPICS)
    assert not file.exists()


def test_what_a_person_corrects_and_undoes_counts_each_time_and_only_once_in_a_row(tmp_path):
    file = tmp_path / "corrections.jsonl"
    for made in (correction(), correction(), correction(value=UNDONE), correction()):
        append_correction(file, made, TOPICS)

    assert Corrections(read_corrections(file, TOPICS)).current == (correction(),)
    append_correction(file, correction(value=UNDONE), TOPICS)
    assert Corrections(read_corrections(file, TOPICS)).current == ()
    with pytest.raises(BadDecision, match="no correction of polarity stands there"):
        append_correction(file, correction(value=UNDONE), TOPICS)


def test_corrections_of_others_are_added_once(tmp_path):
    file = tmp_path / "corrections.jsonl"
    theirs = [correction(), correction("topics", "neglect"), correction()]

    assert append_corrections(file, theirs, TOPICS) == 2
    assert append_corrections(file, theirs, TOPICS) == 0
    assert read_corrections(file, TOPICS) == theirs[:2]


def test_a_line_that_is_no_correction_is_named(tmp_path):
    file = tmp_path / "corrections.jsonl"
    file.write_text(json.dumps(asdict(correction())) + '\n{"start": 1}\n')

    with pytest.raises(BadDecision, match=r"corrections\.jsonl:2"):
        read_corrections(file, TOPICS)


def test_workspace_corrects_what_a_document_has_and_nothing_else(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.cache.store_record(record(), "version")
    values = {"by": "Ann", "why": "Late is no strength.", "when": date(2026, 11, 30)}

    workspace.correct(place_of(HASH, 0, "polarity"), "polarity", "concern", **values)
    assert workspace.corrections.current == (correction(),)
    for place in (place_of(HASH, 5, "polarity"), place_of("cd" * 32, 0, "polarity"), "finding/<b>-1"):
        with pytest.raises(BadDecision):
            workspace.correct(place, "polarity", "concern", **values)
    workspace.correct(place_of(HASH, 0, "polarity"), "polarity", UNDONE, **values)
    assert workspace.corrections.current == ()
