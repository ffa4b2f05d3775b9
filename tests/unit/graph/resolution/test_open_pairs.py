"""The queue of the review page: what is decided leaves it at once, and no names are compared again."""

from datetime import date

from caregraph.graph.resolution.decision_files import read_decisions
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.review import ReviewPair, alike_pairs, open_pairs, record_decision, record_undo


def pair(left: str, right: str, *, probability: float = 0.8, reports: int = 1, names: tuple[str, str] = ("A", "B")):
    profiles = [
        Profile(
            identity=Identity(iri, name, "service", "E99000001", "own", "named"),
            names=(name,),
            documents=tuple(f"{iri}-{number}" for number in range(reports)),
        )
        for iri, name in zip((left, right), names, strict=True)
    ]
    return ReviewPair(left=profiles[0], right=profiles[1], probability=probability, reasons=())


FEW, MANY, LIKELY = pair("a", "b"), pair("c", "d", reports=3), pair("e", "f", probability=0.9, names=("Hub", "Hub"))
PAIRS = [FEW, MANY, LIKELY]


def test_pairs_that_most_reports_name_come_first():
    assert open_pairs(PAIRS, Decisions()) == [MANY, LIKELY, FEW]
    assert MANY.reports == 6


def test_decided_pair_leaves_the_queue_and_comes_back_when_undone(tmp_path):
    file, today = tmp_path / "decisions.jsonl", date(2025, 3, 3)
    record_decision(file, "d", "c", "different", by="Ann", why="two teams", when=today)
    record_decision(file, "e", "f", "unsure", by="Ann", why="too little", when=today)

    [first, last] = open_pairs(PAIRS, read_decisions(file))
    assert first == FEW
    assert (last.left.iri, last.decision.verdict) == ("e", "unsure")

    record_undo(file, "c", "d", by="Ann", why="undone", when=today)
    assert MANY in open_pairs(PAIRS, read_decisions(file))


def test_pairs_of_the_same_names_are_alike():
    again = pair("g", "h", names=("hub", "HUB"))

    assert alike_pairs(LIKELY, [*PAIRS, again]) == [LIKELY, again]
