import pytest

from benchmarks.sharing.borne_out import measure_borne_out
from benchmarks.sharing.estimate import estimate, outcomes_by_stratum
from benchmarks.sharing.invented import measure_invented
from benchmarks.sharing.measure import measure_sharing
from caregraph.ontology.vocabulary import load_vocabulary

SAID = {"relation": "shares", "type": "body", "thing": [4, 9], "partners": ["Walsall"], "time": "now"}
LABELS = [
    {"sha256": "a", "start": 0, "end": 30, "says": [SAID]},
    {"sha256": "a", "start": 31, "end": 60, "says": []},
    {"sha256": "b", "start": 0, "end": 20, "says": [{**SAID, "thing": None}]},
]


def statement(start, relation="shares", thing="panel"):
    text = "The panel is shared."
    return {
        "start": start,
        "end": start + len(text),
        "text": text,
        "thing": thing,
        "name": None,
        "relation": relation,
        "partners": ["Walsall"],
    }


def measured(*statements):
    metrics = measure_sharing(LABELS, {"a": {"sharing": statements}})
    return {metric.name: metric.value for metric in metrics}


def test_sentences_are_found_missed_and_invented():
    assert measured(statement(0))["sentences, F1"] == 2 / 3  # the document without a record says nothing
    assert measured(statement(40))["sentences, F1"] == 0


def test_thing_and_relation_count_only_where_the_place_and_the_words_agree():
    assert measured(statement(0))["things, recall"] == 1 / 2
    assert measured(statement(0, thing="team"))["things, recall"] == 0
    assert measured(statement(0, relation="commissions-jointly"))["relation of things, recall"] == 1 / 2
    assert measured(statement(0, relation="left"))["relation of things, recall"] == 0


@pytest.mark.parametrize(
    ("other", "share"), [("The clinic is shared with Walsall.", 1), ("The hub is hosted by Walsall.", 0)]
)
def test_sentence_counts_where_another_report_bears_its_frame_out(other, share):
    sentences = {"a": "The panel is shared with Sandwell.", "b": other}
    labels = [{"sha256": sha256, "start": 0, "end": 20, "says": [SAID]} for sha256 in sentences]
    records = {
        sha256: {"authority": {"name": "Dudley"}, "sharing": [{**statement(0), "text": text}]}
        for sha256, text in sentences.items()
    }

    (metric,) = measure_borne_out(labels, records, load_vocabulary())

    assert metric.value == share


def test_doubtful_labels_of_invented_sentences_are_not_counted():
    said = {"thing": "panel", "relation": "shares", "partners": ["Walsall"], "time": "now"}
    line = {"authority": "Dudley", "before": None, "sentence": "The panel is shared with Walsall.", "sharing": [said]}
    wrong = {**line, "sharing": [{**said, "thing": "team"}]}
    lines = [line, {**wrong, "doubt": ["thing"]}, {**line, "sharing": [], "doubt": ["sentence"]}]

    metrics = {metric.name: metric for metric in measure_invented(lines, load_vocabulary())}

    assert metrics["sentences, F1"].value == 1
    assert metrics["things, recall"].note == "1 of 1"
    assert metrics["partners, F1"].value == 1


def test_sample_is_weighed_by_the_sizes_of_its_strata():
    labels = [
        {**LABELS[0], "part": "found"},
        {**LABELS[1], "part": "found"},
        {**LABELS[2], "part": "rest"},
        {**LABELS[2], "says": [], "part": "rest"},
    ]

    outcomes = outcomes_by_stratum(labels, {"a": {"sharing": [statement(0), statement(40)]}})
    precision, recall = estimate(outcomes, {"found": 30, "rest": 10}, draws=50)

    assert outcomes == {"found": ["right", "wrong"], "rest": ["missed", "silent"]}
    assert precision.value == 15 / 30
    assert recall.value == 15 / (15 + 5)
