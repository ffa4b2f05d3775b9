import json
from dataclasses import replace

import pytest

from caregraph.graph.dataset.document_cache import DocumentCache, document_path
from caregraph.ontology.records import Focus, SharingStatement, Unread
from caregraph.ontology.report import PictureLine, PicturePage

CONTENT = b"%PDF-1.7 an invented report"


@pytest.fixture
def cache(tmp_path):
    return DocumentCache(tmp_path)


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_document_is_cached_under_its_hash_alone(cache, tmp_path):
    sha256 = cache.add_document(CONTENT)

    assert document_path(tmp_path, sha256).read_bytes() == cache.document(sha256) == CONTENT
    assert files(tmp_path) == [sha256]


@pytest.mark.parametrize("name", ["", "..", "../registers/own.ttl", "0" * 63, "0" * 64, "A" * 64])
def test_nothing_is_found_under_another_name(cache, tmp_path, name):
    cache.add_document(CONTENT)
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "own.ttl").touch()

    assert document_path(tmp_path, name) is None
    assert cache.document(name) is None
    assert cache.record(name, "1") is None


def warned_of(caplog, path):
    """Tells if one warning was logged, and names the file."""
    return [record.levelname for record in caplog.records] == ["WARNING"] and str(path) in caplog.text


def test_damaged_copy_is_logged_and_made_again(cache, tmp_path, caplog):
    sha256 = cache.add_document(CONTENT)
    document_path(tmp_path, sha256).write_bytes(CONTENT[:-1])

    assert cache.document(sha256) is None
    assert warned_of(caplog, document_path(tmp_path, sha256))
    assert cache.add_document(CONTENT) == sha256
    assert cache.document(sha256) == CONTENT


def test_record_comes_back_as_it_was(cache, raw):
    sharing = SharingStatement(
        **{"text": "the panel that two councils share", "page": 2, "start": 7, "end": 40},
        **{"thing": "panel", "name": None, "type": "body", "relation": "shares", "partners": ("Ashmere", "Fenwick")},
    )
    line = PictureLine("Few wait", (60.0, 78.0, 84.5, 110.0), 697.5, 712.0, 700.0, 12.0, 0.25)
    picture = PicturePage(2, "rapidocr 1", 90, 595.0, 842.0, 0.01, (line,))
    focus = Focus(text="the front door", page=1, start=3, end=17, themes=("front-door", "thresholds"))
    raw = replace(raw, theme_text=(focus,))
    record = replace(raw, sharing=(sharing,), unread=(Unread("kind", "not recognised"),), picture_pages=(picture,))
    cache.store_record(record, "1")

    assert cache.record(raw.sha256, "1") == record


def test_record_without_council_dates_or_facts_comes_back(cache, raw):
    bare = replace(raw, authority=None, inspected=(), published=None, people=(), mentions=(), findings=(), passages=())
    cache.store_record(bare, "1")

    assert cache.record(raw.sha256, "1") == bare


def test_record_of_other_extractors_is_none_and_nothing_to_log(cache, raw, caplog):
    cache.store_record(raw, "1")

    assert cache.record(raw.sha256, "2") is None
    assert cache.record("b" * 64, "1") is None
    assert not caplog.records


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
def test_damaged_record_is_none_and_logged(cache, tmp_path, raw, damage, caplog):
    cache.store_record(raw, "1")
    path = tmp_path / "records" / f"{raw.sha256}.json"
    path.write_bytes(damage(path.read_bytes()))

    assert cache.record(raw.sha256, "1") is None
    assert warned_of(caplog, path)


def test_record_with_a_value_that_no_record_can_have_is_none_and_logged(cache, tmp_path, raw, monkeypatch, caplog):
    dumps = json.dumps
    monkeypatch.setattr(
        "caregraph.graph.dataset.document_cache.json.dumps",
        lambda content, **options: dumps(content, **options).replace('"good"', '"superb"'),
    )
    cache.store_record(raw, "1")

    assert cache.record(raw.sha256, "1") is None
    assert warned_of(caplog, tmp_path / "records" / f"{raw.sha256}.json")


PAYLOAD = b"rows for Neo4j"


def test_payload_comes_back_as_it_was(cache):
    cache.store_payload("a" * 64, "1", PAYLOAD)

    assert cache.payload("a" * 64, "1") == PAYLOAD
    assert cache.payload("a" * 64, "2") is None
    assert cache.payload("b" * 64, "1") is None


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: content.split(b"\n")[0] + b"\nx"])
def test_damaged_payload_is_none_and_logged(cache, tmp_path, damage, caplog):
    cache.store_payload("a" * 64, "1", PAYLOAD)
    path = tmp_path / "told" / f"{'a' * 64}.z"
    path.write_bytes(damage(path.read_bytes()))

    assert cache.payload("a" * 64, "1") is None
    assert warned_of(caplog, path)


def test_prune_deletes_the_files_of_all_other_documents(cache, tmp_path, raw):
    sha256 = cache.add_document(CONTENT)
    cache.store_record(raw, "1")
    cache.store_record(replace(raw, sha256="c" * 64), "1")
    cache.store_payload(raw.sha256, "1", PAYLOAD)
    cache.store_payload("c" * 64, "1", PAYLOAD)
    (tmp_path / "documents" / f"{sha256}.4711").touch()  # of a process that was killed

    cache.prune({sha256, raw.sha256})
    assert files(tmp_path) == sorted([sha256, f"{raw.sha256}.json", f"{raw.sha256}.z"])
    cache.prune(set())
    assert files(tmp_path) == []
