"""The samples keep what docs/samples.md promises of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from caregraph.extractors.reading.read import read_report
from caregraph.ontology.records import AREAS, GRADES, INSPECTOR_ROLES, KINDS, LEADER_ROLES, MENTION_TYPES, POLARITIES
from caregraph.ontology.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
REGISTER = SAMPLES / "register.ttl"
DOCUMENTS = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".html", ".txt"})


def expected(layer: str, stem: str | None = None) -> list[dict[str, Any]]:
    """The labels of one layer, of one document or of all."""
    lines = (SAMPLES / "expected" / f"{layer}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if stem in (None, row["id"])]


def words(path: Path) -> str:
    """A document's text without page furniture, white space folded."""
    report = read_report(path)
    return " ".join(report.text[: report.body_end].split())


def test_samples_are_varied():
    records = expected("record")

    assert {path.stem for path in DOCUMENTS} == {row["id"] for row in records}
    assert len(DOCUMENTS) >= 10
    assert len({row["authority"] for row in records}) >= 5
    assert {row["kind"] for row in records} == {
        "ilacs",
        "sif",
        "focused-visit",
        "monitoring-visit",
        "jtai",
        "area-send",
        "news",
    }
    suffixes = [path.suffix for path in DOCUMENTS]
    assert all(suffixes.count(suffix) >= least for suffix, least in {".pdf": 5, ".html": 3, ".txt": 3}.items())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_sample_says_that_it_is_invented(path):
    assert "invented" in words(path).lower()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_expected_quotation_stands_in_its_sample(path):
    text = words(path)
    (record,) = expected("record", path.stem)
    people = [person["name"] for group in ("inspectors", "leaders") for person in record.get(group, [])]
    mentions, findings = expected("mentions", path.stem), expected("findings", path.stem)
    quotations = [row["quote"] for row in mentions] + [row["sentence"] for row in findings]

    assert [quotation for quotation in quotations + people if quotation not in text] == []
    assert len(mentions) >= 5
    assert len(findings) >= 12


def test_expected_labels_are_words_of_the_schemes():
    records, mentions, findings = expected("record"), expected("mentions"), expected("findings")
    judgements = [pair for row in records for pair in row.get("judgements", {}).items()]
    roles = {person["role"] for row in records for person in row.get("inspectors", []) + row.get("leaders", [])}

    assert {row["kind"] for row in records} <= KINDS
    assert {area for area, _ in judgements} <= AREAS
    assert {grade for _, grade in judgements} <= GRADES
    assert roles <= INSPECTOR_ROLES | LEADER_ROLES
    assert {row["type"] for row in mentions} <= MENTION_TYPES
    assert {row["polarity"] for row in findings} == POLARITIES
    assert {topic for row in findings for topic in row["topics"]} <= load_vocabulary().topics


def test_register_adds_the_invented_councils_and_no_others():
    vocabulary, known = load_vocabulary([REGISTER]), load_vocabulary()
    added = [term for term in vocabulary.authorities if term not in known.authorities]

    assert {row["authority"] for row in expected("record")} <= {term.name for term in added}
    assert all(term.gss.startswith("E99") and term.region_name == "Farrowdale" for term in added)
    assert not any(known.authorities_named(spelling) for term in added for spelling in term.spellings)


def test_register_says_who_shares_the_adoption_agency():
    vocabulary = load_vocabulary([REGISTER])
    agency = vocabulary.thing("agency:farrowdale-adoption-alliance")

    assert vocabulary.authority(agency.host).name == "Brackenford"
    assert {vocabulary.authority(member.authority).name for member in agency.members} == {
        "Ashmere",
        "Brackenford",
        "Oxmarsh and Tarrowby",
        "Pellmouth",
        "Wexholme",
    }


def test_pdfs_are_drawn_from_their_sources(tmp_path):
    pytest.importorskip("reportlab", reason='reportlab comes with the extra "dev"')
    from tests.samples.make_pdfs import write_pdf

    for source in sorted((ROOT / "tests" / "samples" / "sources").glob("*.md")):
        write_pdf(source, tmp_path / "drawn.pdf")
        assert (tmp_path / "drawn.pdf").read_bytes() == (SAMPLES / f"{source.stem}.pdf").read_bytes(), source.stem
