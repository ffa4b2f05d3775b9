from datetime import date

import pytest

from caregraph.cli.commands.interview import doubt_row, interview, known
from caregraph.graph.resolution.decision_files import read_decisions
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile, Quotation
from caregraph.graph.resolution.review import ReviewPair
from caregraph.graph.resolution.scoring import Reason
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import THINGS


def side(name, **more):
    identity = Identity(f"{THINGS}service/{name}", name, "service", "e1", "local-name", "in no list")
    return Profile(identity=identity, names=(name,), documents=("a.pdf",), **more)


def doubt(left, right):
    sentence = f"The {left}\r\nis [bold]new[/]."
    words = Quotation(
        document="a.pdf",
        sha256="a",
        page=3,
        start=4,
        end=9,
        words=left,
        sentence=sentence,
        sentence_start=0,
        sentence_end=len(sentence),
    )
    return ReviewPair(
        left=side(left, quotes=(words,)), right=side(right), probability=0.7, reasons=(Reason("nearly", "alike", 1.0),)
    )


def test_doubt_row_has_both_sides_words_and_the_reasons():
    row = doubt_row(doubt("lantern", "lanterns"))

    assert (row["left"], row["right"]) == ("service/lantern", "service/lanterns")
    assert row["left_says"] == ["“The lantern is [bold]new[/].” (a.pdf, page 3)"]
    assert row["reasons"] == ["+1.0 alike"]


def test_interview_writes_down_what_is_answered(tmp_path):
    answers = iter(["s", "one team", "n", "", "x", "d", "", "q"])
    doubts = [doubt(name, f"{name}s") for name in ("a", "b", "c", "d", "e", "f", "g")]

    taken = interview(doubts, tmp_path / "file.jsonl", by="Ann", when=date(2026, 11, 22), ask=lambda _: next(answers))

    assert [(one.left.rsplit("/", 1)[-1], one.verdict, one.why) for one in taken] == [
        ("a", "same", "one team"),
        ("e", "different", "no reason given"),
    ]
    assert list(read_decisions(tmp_path / "file.jsonl").current) == taken


def test_interview_tells_of_the_impossible_and_goes_on(tmp_path, capsys):
    answers = iter(["s", "one", "s", "one", "d", "two", "u", "who knows"])
    doubts = [doubt("a", "b"), doubt("b", "c"), doubt("a", "c"), doubt("c", "d")]

    taken = interview(doubts, tmp_path / "file", by="Ann", when=date(2026, 1, 1), ask=lambda _: next(answers))

    assert [one.verdict for one in taken] == ["same", "same", "unsure"]
    assert "but" in capsys.readouterr().err


def test_unknown_iri_is_refused():
    assert known("service/a", [f"{THINGS}service/a"]) == f"{THINGS}service/a"
    with pytest.raises(BadDecision, match="nothing has the IRI 'service/b'"):
        known("service/b", [f"{THINGS}service/a"])
