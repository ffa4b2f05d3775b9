import json
from dataclasses import replace

import pytest

from caregraph.graph.dataset.document_cache import Kept, source_of
from caregraph.ontology.iris import document_iri
from caregraph.ontology.records import Unread

CONTENT = b"%PDF-1.7 an invented report"


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path)


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_document_is_kept_under_its_hash_alone(kept, tmp_path):
    sha256 = kept.keep(CONTENT)

    assert source_of(tmp_path, sha256).read_bytes() == kept.document(sha256) == CONTENT
    assert files(tmp_path) == [sha256]


@pytest.mark.parametrize("name", ["", "..", "../registers/own.ttl", "0" * 63, "0" * 64, "A" * 64])
def test_nothing_is_found_under_another_name(kept, tmp_path, name):
    kept.keep(CONTENT)
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "own.ttl").touch()

    assert source_of(tmp_path, name) is None
    assert kept.document(name) is None
    assert kept.record(name, "1") is None


def test_damaged_copy_is_noticed_and_made_again(kept, tmp_path):
    sha256 = kept.keep(CONTENT)
    source_of(tmp_path, sha256).write_bytes(CONTENT[:-1])

    assert kept.document(sha256) is None
    assert kept.keep(CONTENT) == sha256
    assert kept.document(sha256) == CONTENT


def test_record_comes_back_as_it_was(kept, raw):
    told = replace(raw, unread=(Unread("kind", "not recognised"),))
    kept.keep_record(told, "1")

    assert kept.record(raw.sha256, "1") == told


def test_record_without_council_dates_or_facts_comes_back(kept, raw):
    bare = replace(raw, authority=None, inspected=(), published=None, people=(), mentions=(), findings=(), passages=())
    kept.keep_record(bare, "1")

    assert kept.record(raw.sha256, "1") == bare


def test_record_of_other_extractors_is_none(kept, raw):
    kept.keep_record(raw, "1")

    assert kept.record(raw.sha256, "2") is None
    assert kept.record("b" * 64, "1") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"Durham", b"Derham"),
        lambda content: b"\xff" + content,
        lambda content: b"[]\n" + content,
        lambda content: content.split(b"\n")[0],
    ],
)
def test_damaged_record_is_none(kept, tmp_path, raw, damage):
    kept.keep_record(raw, "1")
    path = tmp_path / "records" / f"{raw.sha256}.json"
    path.write_bytes(damage(path.read_bytes()))

    assert kept.record(raw.sha256, "1") is None


def test_record_with_a_value_that_no_record_can_have_is_none(kept, tmp_path, raw, monkeypatch):
    dumps = json.dumps
    monkeypatch.setattr(
        "caregraph.graph.dataset.document_cache.json.dumps",
        lambda plain, **how: dumps(plain, **how).replace('"good"', '"superb"'),
    )
    kept.keep_record(raw, "1")

    assert kept.record(raw.sha256, "1") is None


LETTER = document_iri("a" * 64)
PAYLOAD = b"rows for Neo4j"


def test_payload_comes_back_as_it_was(kept):
    kept.keep_payload("a" * 64, "1", PAYLOAD)

    assert kept.payload("a" * 64, "1") == PAYLOAD
    assert kept.payload("a" * 64, "2") is None
    assert kept.payload("b" * 64, "1") is None


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: content.split(b"\n")[0] + b"\nx"])
def test_damage_in_a_payload_is_noticed(kept, tmp_path, damage):
    kept.keep_payload("a" * 64, "1", PAYLOAD)
    path = tmp_path / "told" / f"{'a' * 64}.z"
    path.write_bytes(damage(path.read_bytes()))

    assert kept.payload("a" * 64, "1") is None


def test_only_what_is_retained_stays(kept, tmp_path, raw):
    sha256 = kept.keep(CONTENT)
    kept.keep_record(raw, "1")
    kept.keep_record(replace(raw, sha256="c" * 64), "1")
    kept.keep_payload(raw.sha256, "1", PAYLOAD)
    kept.keep_payload("c" * 64, "1", PAYLOAD)
    (tmp_path / "documents" / f"{sha256}.4711").touch()  # what a killed process left behind

    kept.retain({sha256, raw.sha256})
    assert files(tmp_path) == sorted([sha256, f"{raw.sha256}.json", f"{raw.sha256}.z"])
    kept.retain(set())
    assert files(tmp_path) == []
