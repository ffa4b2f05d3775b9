"""Hand labels are read from a folder in which any file may be missing."""

import json

from caregraph.evaluation.labels import Labels


def write(folder, name, *rows):
    (folder / name).write_text("".join(f"{json.dumps(row)}\n\n" for row in rows), encoding="utf-8")


def test_labels_of_both_mention_files_are_read_together(tmp_path):
    write(tmp_path, "mentions.jsonl", {"id": "a", "name": "MASH"})
    write(tmp_path, "mentions-more.jsonl", {"id": "b", "name": "LADO"})
    write(tmp_path, "findings.jsonl", {"id": "c", "sentence": "Care drifts."})

    labels = Labels.read(tmp_path)

    assert [row["name"] for row in labels.mentions] == ["MASH", "LADO"]
    assert labels.documents == {"a", "b", "c"}
    assert (labels.record, labels.doubtful, labels.partially_labelled) == ([], [], frozenset())


def test_document_whose_last_labelled_line_is_given_is_partially_labelled(tmp_path):
    (tmp_path / "mentions-coverage.json").write_text('{"whole": -1, "part": 120}', encoding="utf-8")

    assert Labels.read(tmp_path).partially_labelled == {"part"}


def test_folder_without_label_files_labels_no_document(tmp_path):
    assert Labels.read(tmp_path).documents == set()
