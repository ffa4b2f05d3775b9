"""What the tiles of the map say."""

import pytest

from caregraph.explorer.figures.tile_layout import blocks
from caregraph.explorer.figures.tile_map import atlas, by_balance, by_judgement, by_reach, legend, step_of
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse
from caregraph.graph.queries.polarity_counts import PolarityCounts

ASHMERE = Node("https://w3id.org/caregraph/id/authority/E99000001", "Ashmere", "LocalAuthority")
READ = RegisteredAuthority(ASHMERE, Node("r", "Farrowdale", "Region"), None, documents=2)
UNREAD = RegisteredAuthority(ASHMERE, Node("r", "Farrowdale", "Region"), None, documents=0)
GOOD = LatestJudgement(
    authority=ASHMERE, judgement="j", area="overall", grade="good", inspection="i", framework="f", kind="ilacs",
    started="2025-01-06",
)  # fmt: skip


def reach(*, naming: int, member: bool, documents: int = 2) -> AuthorityUse:
    return AuthorityUse(ASHMERE, documents, naming, 0, 0, member, False)


@pytest.mark.parametrize(
    ("council", "latest", "kind", "mark"),
    [(READ, {ASHMERE.iri: GOOD}, "grade-good", "G"), (READ, {}, "none", ""), (UNREAD, {}, "unread", "")],
)
def test_judgement_has_a_letter_beside_its_colour(council, latest, kind, mark):
    shade = by_judgement([council], latest, "overall")[ASHMERE.iri]

    assert (shade.kind, shade.mark) == (kind, mark)


def test_judgement_says_when_it_was_given():
    assert "6 January 2025" in by_judgement([READ], {ASHMERE.iri: GOOD}, "overall")[ASHMERE.iri].said


@pytest.mark.parametrize(
    ("council", "found", "kind"),
    [
        (READ, [reach(naming=1, member=True)], "named"),
        (READ, [reach(naming=0, member=True)], "silent"),
        (UNREAD, [reach(naming=0, member=True, documents=0)], "expected"),
        (READ, [reach(naming=0, member=False)], "none"),
        (READ, [], "none"),
        (UNREAD, [], "unread"),
    ],
)
def test_reach_tells_silence_from_no_report(council, found, kind):
    assert by_reach([council], found)[ASHMERE.iri].kind == kind


@pytest.mark.parametrize(
    ("found", "step"),
    [
        (PolarityCounts(8, 2), "most"),
        (PolarityCounts(6, 2, 2), "more"),
        (PolarityCounts(1, 1, 8), "least"),
        (PolarityCounts(0, 5), "least"),
        (PolarityCounts(2, 2), None),
        (PolarityCounts(neutral=50), None),
    ],
)
def test_share_of_few_findings_has_no_step(found, step):
    assert step_of(found) == step


def test_balance_says_its_counts():
    shade = by_balance([READ], {ASHMERE.iri: PolarityCounts(9, 1, 2)})[ASHMERE.iri]

    assert shade.said == "9 strengths, 1 concern, 2 mixed in 2 reports"
    assert by_balance([READ], {})[ASHMERE.iri].mark == ""


def test_tile_leads_to_its_council_and_says_what_it_shows():
    shades = by_judgement([READ], {ASHMERE.iri: GOOD}, "overall")
    drawn = str(atlas(blocks([READ]), shades))

    assert "'href': 'authority?council=authority/E99000001'" in drawn
    assert "'aria-label': \"Ashmere: Overall effectiveness: good, inspection of 6 January 2025" in drawn
    assert "Good 1" in str(legend(shades.values()))
