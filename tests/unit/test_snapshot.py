"""Snapshots of the samples: the same facts, and no words."""

import lzma
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from caregraph.changes import find_changes
from caregraph.cli.commands.snapshot import ENGLAND
from caregraph.extractors.pipeline import ReportReader
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.validation import find_violations
from caregraph.graph.resolution.clustering import cluster_profiles
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.events import facts_of
from caregraph.graph.resolution.profiles import build_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.errors import BadSnapshot
from caregraph.ontology.records import (
    Authority,
    Due,
    Finding,
    Focus,
    Judgement,
    Mention,
    Origin,
    Passage,
    Person,
    Quote,
    Record,
    SharingStatement,
)
from caregraph.ontology.vocabulary import load_vocabulary
from caregraph.snapshot import bare_record, read_snapshot, without_refused_names, write_snapshot

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.html"), SAMPLES / "ashmere_cs_2022-05-16.pdf"])
ORIGIN = Origin(
    "https://files.example.org/v1/file/501", "https://reports.example.org/44/1", "focused visit", date(2023, 3, 1)
)


@pytest.fixture(scope="module")
def invented():
    return load_vocabulary([SAMPLES / "register.ttl"])


@pytest.fixture(scope="module")
def resolver(invented):
    return Resolver(invented, Decisions())


@pytest.fixture(scope="module")
def records(invented):
    reader = ReportReader(invented)
    return [reader.read(path) for path in FILES]


@pytest.fixture(scope="module")
def written(records, resolver, tmp_path_factory):
    path = tmp_path_factory.mktemp("snapshot") / "facts.jsonl.xz"
    write_snapshot(path, records, {records[0].sha256: ORIGIN}, resolver, extractor="1")
    return path


def test_what_is_read_is_what_was_written(records, resolver, written, tmp_path):
    documents = list(read_snapshot(written))

    assert [document.record for document in documents] == sorted(
        (bare_record(record, resolver, extractor="1") for record in records), key=lambda record: record.source
    )
    assert {document.origin for document in documents} == {ORIGIN, Origin()}
    again = tmp_path / "again.xz"
    origins = {document.record.sha256: document.origin for document in documents}
    write_snapshot(again, (document.record for document in documents), origins, resolver, extractor="other")
    assert again.read_bytes() == written.read_bytes()


def test_no_sentence_is_in_it(records, written):
    content = lzma.decompress(written.read_bytes()).decode()
    words = [finding.text for record in records for finding in record.findings]

    assert len(words) > 100
    assert [text for text in words if " ".join(text.split()[:6]) in content] == []


def test_no_quotation_keeps_its_words(records, resolver):
    seen = set()
    due = Due(text="within three years", page=1, start=0, end=18, action="inspection", months=36, rule="stated")
    for record in (
        bare_record(record, resolver, extractor="1") for record in [*records, replace(records[0], due=(due,))]
    ):
        for field in fields(Record):
            parts = getattr(record, field.name)
            quotes = [part for part in parts if isinstance(part, Quote)] if isinstance(parts, tuple) else []
            named = field.name in ("mentions", "people")
            assert [part for part in quotes if part.text and not named] == []
            seen |= {type(part) for part in quotes}
    assert {Due, Finding, Focus, Judgement, Mention, Passage, Person, SharingStatement} <= seen


def test_facts_without_words_have_the_same_identities(records, resolver):
    bare = [bare_record(record, resolver, extractor="1") for record in records]

    for record, without in zip(map(resolver.resolve, records), map(resolver.resolve, bare), strict=True):
        assert [(part.start, part.iri) for part in without.mentions] == [
            (part.start, part.iri) for part in record.mentions
        ]
        assert [part.involves for part in without.findings] == [part.involves for part in record.findings]
        assert [part.iri for part in without.sharing] == [part.iri for part in record.sharing]
        assert facts_of(without) == facts_of(record)


def test_rules_join_the_same_names_without_words(records, resolver, invented):
    bare = [bare_record(record, resolver, extractor="1") for record in records]
    decided = [
        [
            (decision.left, decision.right, decision.verdict)
            for decision in cluster_profiles(build_profiles(given, resolver), invented, Decisions()).decisions
        ]
        for given in (records, bare)
    ]

    assert decided[0] == decided[1]
    assert decided[0]


def test_statements_are_those_of_the_report_but_for_words(records, resolver, invented):
    """The same subjects with the same values, words and headings apart; and they satisfy the shapes."""
    record = next(record for record in records if record.source.startswith("pellmouth_focused"))
    whole = to_graph(resolver.resolve(record), invented, extractor="1")
    bare = to_graph(
        resolver.resolve(bare_record(record, resolver, extractor="1")), invented, extractor="1", origin=ORIGIN
    )

    ours = re.compile(r"#(exact|section|prefLabel|withoutWords|address|councilPage|listed|partners)$")
    assert {triple for triple in whole if not ours.search(triple[1])} == {
        triple for triple in bare if not ours.search(triple[1])
    }
    assert find_violations(bare, source=record.source) == []
    lost = whole - bare
    assert len([triple for triple in lost if triple[1].endswith("exact")]) > 50


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not compressed", "cannot be read"),
        (lzma.compress(b"{}\n"), "line 1: lacks 'sha256'"),
        (lzma.compress(b"[1]\n"), "line 1"),
        (lzma.compress(b'{"sha256": "../../x"}\n'), "64 hexadecimal digits"),
        (lzma.compress(b"{}")[:-8], "cannot be read"),
    ],
)
def test_what_is_no_snapshot_is_refused(tmp_path, content, says):
    path = tmp_path / "bad.xz"
    path.write_bytes(content)

    with pytest.raises(BadSnapshot, match=re.escape(says)):
        list(read_snapshot(path))


def test_the_shipped_snapshot_has_all_councils_and_no_sentence(vocabulary):
    assert ENGLAND.stat().st_size <= 5_000_000
    councils, names, count = set(), set(), 0
    for document in read_snapshot(ENGLAND):
        record = document.record
        count += 1
        councils.add(record.authority.gss)
        assert document.origin.page
        names |= {name for part in record.mentions for name in (part.name, part.text, *part.aliases)}
        names |= {person.name for person in record.people}
        assert not any(part.text for part in (*record.findings, *record.passages, *record.judgements))
    today = {term.gss for term in vocabulary.authorities if term.urn and not term.ended}

    assert count == 984
    assert today <= councils
    assert max(map(len, names)) < 90
    assert [name for name in names if ". " in name or (name.endswith(".") and len(name) > len("Acronym."))] == []


def with_grade(record, grade, digit, year):
    judgement = Judgement(text="", page=1, start=0, end=5, area="overall", grade=grade)
    return replace(
        record,
        source=f"report-{year}.pdf",
        sha256=digit * 64,
        inspected=((date(year, 5, 1), date(year, 5, 5)),),
        judgements=(judgement,),
    )


def test_changes_tell_new_documents_grades_and_names(raw, vocabulary):
    resolver = Resolver(vocabulary, Decisions())
    plain = replace(raw, authority=Authority("Durham", None), mentions=())
    before = with_grade(plain, "good", "a", 2022)
    mention = Mention(text="MASH", page=1, start=20, end=24, name="MASH", type="service", term="service:mash")
    after = replace(with_grade(plain, "outstanding", "b", 2025), mentions=(mention,))

    rows = find_changes([before], [before, after], resolver)
    assert [(row.change, row.about, row.before, row.after) for row in rows] == [
        ("first named", "MASH", None, None),
        ("grade", "overall", "good (2022-05-05)", "outstanding (2025-05-05)"),
        ("new document", None, None, None),
    ]
    assert find_changes([before], [before], resolver) == []
    assert [row.change for row in find_changes([before, after], [before], resolver)] == ["document gone"]


def test_changes_tell_a_grade_that_a_new_full_inspection_does_not_give_again(raw, vocabulary):
    resolver = Resolver(vocabulary, Decisions())
    plain = replace(raw, authority=Authority("Durham", None), mentions=(), kind="ilacs")
    before = with_grade(plain, "inadequate", "a", 2022)
    after = with_grade(plain, "good", "b", 2026)
    after = replace(after, judgements=tuple(replace(part, area="leaders") for part in after.judgements))
    visit = replace(after, source="visit-2026.pdf", sha256="c" * 64, kind="focused-visit", judgements=())
    next_one = replace(with_grade(plain, "good", "d", 2029), judgements=after.judgements)

    [row] = [row for row in find_changes([before], [before, after], resolver) if row.change == "grade"]
    assert (row.authority, row.about, row.before, row.after, row.document) == (
        "Durham", "overall", "inadequate (2022-05-05)", "no grade (2026-05-05)", "report-2026.pdf",
    )  # fmt: skip
    for old, new in (
        ([before], [before, visit]),  # which gives no grades
        ([after], [before, after]),  # a report of before that was read later
        ([before, after], [before, after, next_one]),  # told before
    ):
        assert [row for row in find_changes(old, new, resolver) if row.change == "grade"] == []


def test_names_that_only_an_older_reader_took_are_left_out(records):
    place = {"text": "", "page": 1, "start": 0, "end": 5}
    junk, kept = (Mention(**place, name=name, type="service") for name in ("Wexbury W1", "Lantern Project"))
    finding = Finding(**place, polarity="strength", confidence=0.9, involves=("Wexbury W1", "Lantern Project"))
    older = [
        replace(records[0], sha256=f"{number:064x}", mentions=(junk, kept), findings=(finding,)) for number in range(4)
    ]
    newer = {record.sha256: replace(record, mentions=(kept,)) for record in older[1:]}

    first = next(iter(without_refused_names(older, newer)))
    assert first.mentions == (kept,)
    assert first.findings[0].involves == ("Lantern Project",)
    assert next(iter(without_refused_names(older, dict(list(newer.items())[1:])))) == older[0]


def test_a_sentence_that_stands_for_a_name_before_it_is_not_kept(records, resolver):
    text = "It serves two councils."
    place = {"text": text, "page": 1, "start": 0, "end": len(text)}
    mention = Mention(**place, name="Lantern Adoption", type="agency")
    statement = SharingStatement(
        **place, thing="It", name="Lantern Adoption", type="agency", relation="shares", time="now", partners=()
    )
    bare = bare_record(replace(records[0], mentions=(mention,), sharing=(statement,)), resolver, extractor="1")

    assert [(part.name, part.text) for part in bare.mentions] == [("Lantern Adoption", "")]
