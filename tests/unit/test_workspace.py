"""Workspace: registers that can be taken and those that cannot, and records that another version has read."""

import hashlib
import json
import os
from dataclasses import replace

import pytest
from rdflib import Graph

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.store import Dataset
from caregraph.ontology.errors import CaregraphError
from caregraph.workspace import Workspace

PREFIXES = """\
@prefix agency: <https://w3id.org/caregraph/id/agency/> .
@prefix authority: <https://w3id.org/caregraph/id/authority/> .
@prefix cg: <https://w3id.org/caregraph/ontology#> .
@prefix region: <https://w3id.org/caregraph/id/region/> .
@prefix scope: <https://w3id.org/caregraph/id/scope/> .
@prefix service: <https://w3id.org/caregraph/id/service/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
region:E99000099 a cg:Region ; skos:prefLabel "Elsewhere" ; cg:gss "E99000099" .
"""
COUNCIL = 'authority:E99000091 a cg:LocalAuthority ; cg:gss "E99000091" ; cg:inRegion region:E99000099 '
NAME = '; skos:prefLabel "Moorbridge" '


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "data")


@pytest.mark.parametrize(
    ("name", "turtle", "reason"),
    [
        ("a.ttl", f'{COUNCIL}{NAME}; cg:started "2023" .', "cg:started '2023'; expected a day such as 2023-04-01"),
        ("a.ttl", f'{COUNCIL}{NAME}; cg:started "2023"^^xsd:gYear .', "expected a day such as 2023-04-01"),
        ("a.ttl", f'{COUNCIL}{NAME}; cg:ended "1 April 2023" .', "cg:ended '1 April 2023'; expected a day"),
        ("a.ttl", f'{COUNCIL}{NAME}; cg:started "2023-02-30"^^xsd:date .', "expected a day"),
        ("a.ttl", f"{COUNCIL}{NAME}; cg:started 2023 .", "expected a day"),
        ("a.ttl", f'{COUNCIL}{NAME}; cg:started "2023-04-01" .', "first day that is no date"),  # but a text
        ("a.ttl", f"{COUNCIL} .", "authority/E99000091 has no name"),
        ("a.ttl", f'{COUNCIL}; skos:prefLabel "  " .', "authority/E99000091 has no name"),
        ("a.ttl", f'{COUNCIL}; skos:altLabel "Moorbridge" .', "authority/E99000091 has no name"),
        ("a.ttl", f'{COUNCIL}; skos:prefLabel "Moorbridge", "Moor Bridge" .', "has no name, or several"),
        ("a.ttl", "agency:adopt-elsewhere a cg:Agency ; cg:scope scope:regional .", "adopt-elsewhere has no name"),
        ("a.ttl", 'authority:E99000091 a cg:LocalAuthority ; skos:prefLabel "Moorbridge" .', "has no code"),
        ("a.ttl", f"{COUNCIL}{NAME}", "is no Turtle"),
        ("a.ttl", "{'councils': []}", "is no Turtle"),
        ("a.ttl", "\0\x01", "is no Turtle"),
        ("a.txt", f"{COUNCIL}{NAME} .", "must end with .ttl"),
        ("register", f"{COUNCIL}{NAME} .", "must end with .ttl"),
        (".ttl", f"{COUNCIL}{NAME} .", "must end with .ttl"),
        ("a.ttl.bak", f"{COUNCIL}{NAME} .", "must end with .ttl"),
    ],
)
def test_a_register_that_cannot_be_taken_is_refused_by_name(workspace, tmp_path, name, turtle, reason):
    path = tmp_path / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")

    with pytest.raises(CaregraphError) as refused:
        workspace.add_register(path)

    message = str(refused.value)
    assert message.startswith(f"{name}: ")
    assert reason in message
    assert "\n" not in message
    assert not (workspace.data / "registers").exists()
    assert Workspace(workspace.data).vocabulary.extra == ()


def test_an_empty_register_is_refused(workspace, tmp_path):
    path = tmp_path / "empty.ttl"
    path.write_text("# to be filled\n", encoding="utf-8")

    with pytest.raises(CaregraphError, match=r"empty\.ttl: describes nothing"):
        workspace.add_register(path)


@pytest.mark.parametrize("name", ["more.ttl", "MORE.TTL", os.fsdecode(b"children\x92s.ttl")])
def test_a_register_is_taken_whatever_the_letters_of_its_name(workspace, tmp_path, name):
    path = tmp_path / name
    path.write_text(f'{PREFIXES}{COUNCIL}{NAME}; cg:started "2023-04-01"^^xsd:date .', encoding="utf-8")

    workspace.add_register(path)

    assert workspace.vocabulary.authority("E99000091").name == "Moorbridge"
    assert [register.suffix for register in (workspace.data / "registers").iterdir()] == [".ttl"]


def test_a_spelling_is_added_to_what_is_described_elsewhere(workspace, tmp_path):
    path = tmp_path / "more.ttl"
    path.write_text(f'{PREFIXES}service:mash a cg:Service ; skos:altLabel "Front Gate" .', encoding="utf-8")

    workspace.add_register(path)

    assert [thing.id for thing in workspace.vocabulary.things_spelled("front gate")] == ["service:mash"]


@pytest.fixture
def built(workspace, raw):
    """A data directory with two documents, one of them read by another version of the extractors."""
    (workspace.data / "records").mkdir(parents=True)
    with Dataset.open(workspace.dataset_folder) as dataset:
        for digit, version in (("a", workspace.extractor), ("b", "earlier")):
            record = replace(raw, source=f"{digit}.pdf", sha256=digit * 64)
            workspace.cache.store_record(record, version)
            dataset.replace(Entry(source=record.source, sha256=record.sha256, extractor=version), Graph())
    return workspace


def test_records_of_another_version_are_not_lost_and_are_told_of(built):
    assert {record.source for record in built.records()} == {"a.pdf", "b.pdf"}
    assert built.outdated_documents() == ["b.pdf"]
    assert built.cache.record("b" * 64, built.extractor) is None  # which a build reads again


def test_records_in_an_earlier_form_are_told_of(built, caplog):
    path = built.data / "records" / f"{'b' * 64}.json"
    body = json.dumps({"source": "b.pdf", "judgements": []}).encode()
    digest = {"version": "earlier", "digest": hashlib.sha256(body).hexdigest()}
    path.write_bytes(json.dumps(digest).encode() + b"\n" + body)

    assert {record.source for record in built.records()} == {"a.pdf"}
    assert built.outdated_documents() == ["b.pdf"]
    assert caplog.text == ""
    path.unlink()
    assert built.outdated_documents() == ["b.pdf"]
