"""Values of the tiles of the map."""

from dataclasses import replace

import pytest

from caregraph.explorer.figures.share_scale import share_step
from caregraph.explorer.figures.tile_layout import region_blocks
from caregraph.explorer.figures.tile_map import (
    judgement_values,
    map_legend,
    mention_values,
    polarity_values,
    tile_map,
)
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.comparison.grade_status import CURRENT, NOT_READ, OLDER, UNDATED
from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.graph.wording import sentence_case

ASHMERE = Node("https://w3id.org/caregraph/id/authority/E99000001", "Ashmere", "LocalAuthority")
READ = RegisteredAuthority(ASHMERE, Node("r", "Farrowdale", "Region"), None, documents=2)
UNREAD = RegisteredAuthority(ASHMERE, Node("r", "Farrowdale", "Region"), None, documents=0)
GOOD = LatestJudgement(
    authority=ASHMERE, judgement="j", area="overall", grade="good", inspection="i", framework="f", kind="ilacs",
    started="2025-01-06", status=CURRENT, newer_inspection=None,
)  # fmt: skip
OLD = replace(GOOD, status=OLDER, newer_inspection="2026-06-15")
UNDATED_GOOD = replace(GOOD, started=None, status=UNDATED, newer_inspection="2026-06-15")


def use(*, naming: int, member: bool, documents: int = 2) -> AuthorityUse:
    return AuthorityUse(ASHMERE, documents, naming, 0, 0, member, False, documents_of_its_time=documents)


@pytest.mark.parametrize(
    ("council", "latest", "css_class", "symbol"),
    [(READ, {ASHMERE.iri: GOOD}, "grade-good", "G"), (READ, {}, "none", ""), (UNREAD, {}, "unread", "")],
)
def test_judgement_has_a_letter_beside_its_colour(council, latest, css_class, symbol):
    value = judgement_values([council], latest, "overall")[ASHMERE.iri]

    assert (value.css_class, value.symbol) == (css_class, symbol)


def test_judgement_says_when_it_was_given():
    assert "6 January 2025" in judgement_values([READ], {ASHMERE.iri: GOOD}, "overall")[ASHMERE.iri].description


@pytest.mark.parametrize(
    ("judged", "legend", "words"),
    [
        (OLD, "good, older", "older: the inspection of 15 June 2026 gave no grade for it"),
        (replace(OLD, status=NOT_READ), "good, older", "older: no grade was read in the inspection of 15 June 2026"),
        (
            UNDATED_GOOD,
            "good, date not given",
            "date not given, so it may be older than the inspection of 15 June 2026",
        ),
        (replace(UNDATED_GOOD, newer_inspection=None), "good, date not given", "date not given"),
    ],
)
def test_grade_that_is_not_of_the_latest_inspection_has_its_own_sign(judged, legend, words):
    value = judgement_values([READ], {ASHMERE.iri: judged}, "overall")[ASHMERE.iri]
    current = judgement_values([READ], {ASHMERE.iri: GOOD}, "overall")[ASHMERE.iri]

    assert (value.css_class, value.symbol, value.legend) == ("grade-good older", "G", legend)
    assert value.description.endswith(f"; {words}")
    drawn = str(map_legend([current, value, value]))
    assert drawn.index("Good 1") < drawn.index(f"{sentence_case(legend)} 2")


@pytest.mark.parametrize(
    ("council", "uses", "css_class"),
    [
        (READ, [use(naming=1, member=True)], "confirmed"),
        (READ, [use(naming=0, member=True)], "silent"),
        (UNREAD, [use(naming=0, member=True, documents=0)], "asserted"),
        (READ, [use(naming=0, member=False)], "none"),
        (READ, [], "none"),
        (UNREAD, [], "unread"),
    ],
)
def test_mentions_tell_silent_from_asserted(council, uses, css_class):
    assert mention_values([council], uses)[ASHMERE.iri].css_class == css_class


@pytest.mark.parametrize(
    ("counts", "step"),
    [
        (PolarityCounts(8, 2), "most"),
        (PolarityCounts(6, 2, 2), "more"),
        (PolarityCounts(1, 1, 8), "least"),
        (PolarityCounts(0, 5), "least"),
        (PolarityCounts(2, 2), None),
        (PolarityCounts(neutral=50), None),
    ],
)
def test_share_of_few_findings_has_no_step(counts, step):
    assert share_step(counts) == step


def test_share_of_strengths_says_its_counts():
    source = {ASHMERE.iri: "full inspection of 6 January 2025"}
    value = polarity_values([READ], {ASHMERE.iri: PolarityCounts(9, 1, 2)}, source)[ASHMERE.iri]

    assert value.description == "9 strengths, 1 concern, 2 mixed; full inspection of 6 January 2025"
    assert polarity_values([READ], {}, source)[ASHMERE.iri].symbol == ""


def test_tile_leads_to_its_council_and_says_what_it_shows():
    values = judgement_values([READ], {ASHMERE.iri: GOOD}, "overall")
    drawn = str(tile_map(region_blocks([READ]), values))

    assert "'href': 'authority?council=authority/E99000001'" in drawn
    assert "'aria-label': \"Ashmere: Overall effectiveness: good, inspection of 6 January 2025" in drawn
    assert "Good 1" in str(map_legend(values.values()))
