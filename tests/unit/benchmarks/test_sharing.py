from benchmarks.sharing.measure import measure_sharing

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
