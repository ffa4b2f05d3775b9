"""Briefs over the samples' graph: they prove themselves, and what a person has changed in them is found."""

import re

import pytest

import caregraph
from caregraph.brief.blocks import parse_count, parse_quotation
from caregraph.brief.files import WRITERS, read_lines, write_brief
from caregraph.brief.region import make_region_brief
from caregraph.brief.sections import PURPOSES, make_brief
from caregraph.brief.verification import verify_lines

QUOTED = re.compile(r"(?:Asked: |Later: )?“.*” \[Ashmere; \S+; page \d+; paragraph \d+; (?:strength|concern)\]")


@pytest.fixture(scope="module")
def graph(samples_graph):
    with caregraph.open(samples_graph) as graph:
        yield graph


@pytest.fixture(scope="module")
def brief(graph):
    return make_brief(graph, authority="Ashmere")


@pytest.fixture(scope="module")
def lines(brief, tmp_path_factory):
    path = tmp_path_factory.mktemp("brief") / "brief.md"
    write_brief(brief, path)
    return read_lines(path)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_brief_of_ours_is_proved(graph, tmp_path, purpose):
    made = make_brief(graph, authority="Ashmere", purpose=purpose, theme="neglect" if purpose == "board" else None)
    paths = [tmp_path / f"brief{suffix}" for suffix in WRITERS]
    for path in paths:
        write_brief(made, path)
    read = [read_lines(path) for path in paths]

    assert read[0] == read[1] == read[2]
    assert [check for check in verify_lines(graph, read[0]) if check.state != "proved"] == []
    assert sum(1 for line in read[0] if parse_quotation(line)) >= 5
    assert sum(1 for line in read[0] if parse_count(line)) >= 5


@pytest.mark.parametrize("theme", [None, "neglect"])
def test_brief_on_a_region_is_proved_and_its_edits_are_found(graph, tmp_path, theme):
    made = [make_region_brief(graph, region="Farrowdale", theme=theme) for _ in range(2)]
    for suffix in WRITERS:
        for number, brief in enumerate(made):
            write_brief(brief, tmp_path / f"{number}{suffix}")
        assert (tmp_path / f"0{suffix}").read_bytes() == (tmp_path / f"1{suffix}").read_bytes()
    read = read_lines(tmp_path / "0.docx")

    assert [check for check in verify_lines(graph, read) if check.state != "proved"] == []
    assert sum(1 for line in read if parse_quotation(line)) >= 5
    quoted = next(index for index, line in enumerate(read) if parse_quotation(line))
    counted = next(index for index, line in enumerate(read) if parse_count(line))
    edits = {quoted: (r"page \d+", "page 99"), counted: (r": (\d+) \[", r": 1\1 [")}
    edited = [re.sub(*edits[index], line) if index in edits else line for index, line in enumerate(read)]
    checks = verify_lines(graph, edited)
    assert {index for index, check in enumerate(checks) if check.state != "proved"} == set(edits)


@pytest.mark.parametrize("suffix", WRITERS)
def test_two_runs_give_the_same_bytes(graph, brief, tmp_path, suffix):
    again = make_brief(graph, authority="Ashmere")
    for number, made in enumerate((brief, again)):
        write_brief(made, tmp_path / f"{number}{suffix}")

    assert (tmp_path / f"0{suffix}").read_bytes() == (tmp_path / f"1{suffix}").read_bytes()


def test_exactly_what_was_edited_is_found(graph, lines):
    quoted = [index for index, line in enumerate(lines) if QUOTED.fullmatch(line)]
    counts = [index for index, line in enumerate(lines) if parse_count(line)]
    heading = lines.index("What is not known")
    row = next(index for index, line in enumerate(lines) if " | " in line and "requires-improvement" in line)
    edits = {
        quoted[0]: (r"“(\w+)", r"“Never \1"),  # a word more in a quotation
        quoted[1]: (r"(\w+)\.” \[", r"nobody.” ["),  # another word in a quotation
        quoted[2]: (r"page \d+", "page 99"),
        quoted[3]: (r"\[Ashmere;", "[Wexholme;"),
        quoted[4]: (r"paragraph \d+", "paragraph 98"),
        quoted[5]: (r"; (?:strength|concern)\]", "; mixed]"),
        counts[1]: (r": (\d+) \[", r": 1\1 ["),  # a number
        counts[2]: (r"^", "Happily, "),  # the words of a count
        heading: (r"not known", "well known"),
        row: (r"requires-improvement", "outstanding"),
    }
    edited = [re.sub(*edits[index], line, count=1) if index in edits else line for index, line in enumerate(lines)]
    assert sum(before != after for before, after in zip(lines, edited, strict=True)) == len(edits) == 10

    checks = verify_lines(graph, edited)

    assert {index for index, check in enumerate(checks) if check.state != "proved"} == set(edits)
    assert all(check.reason for check in checks if check.state != "proved")


def test_sentences_of_a_persons_own_are_unproved_and_quotations_of_theirs_are_looked_for(graph, lines):
    proved = next(line for line in lines if QUOTED.fullmatch(line))
    own = proved.split("“", 1)[1]
    invented = ["“Nobody waits.” [Ashmere; no-such.pdf; page 1]", "Ours: 3 [no-such-question]"]
    added = ["We are doing well.", f"“{own}", *invented]

    states = [check.state for check in verify_lines(graph, [*lines, *added])][-4:]

    assert states == ["unproved", "proved", "unproved", "unproved"]


def test_council_without_reports_and_unknown_purpose_are_refused(graph):
    with pytest.raises(caregraph.BadQuestion, match="no inspection of Durham was read"):
        make_brief(graph, authority="Durham")
    with pytest.raises(caregraph.BadQuestion, match="no purpose called 'party'"):
        make_brief(graph, authority="Ashmere", purpose="party")
