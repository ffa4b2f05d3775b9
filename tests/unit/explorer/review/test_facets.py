"""Facets of pairs to check: the values by which a reader chooses pairs."""

import ast
from pathlib import Path

import pytest

from caregraph.explorer.labels import scheme_label
from caregraph.explorer.pages.review import name_with_council
from caregraph.explorer.review.facets import places_of, reasons_of, sizes_of
from caregraph.graph import resolution
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.review import ReviewPair
from caregraph.graph.resolution.scoring import Reason


def profile(iri: str, *, reports: int, council: str | None, region: str | None) -> Profile:
    return Profile(
        identity=Identity(iri, "Steady Ground", "programme", "E99000001", "own", "named"),
        names=("Steady Ground",),
        documents=tuple(f"{iri}-{number}" for number in range(reports)),
        authority_name=council,
        region=region,
    )


def pair(*, reports: int = 1) -> ReviewPair:
    return ReviewPair(
        left=profile("a", reports=reports, council="Ashmere", region="E99000000"),
        right=profile("b", reports=0, council=None, region=None),
        probability=0.8,
        reasons=(Reason("same-words", "the same words", 4.5), Reason("two-councils", "two councils", -2.0)),
    )


def test_places_are_councils_and_their_regions_but_none_of_a_published_list():
    assert places_of(pair()) == {"Ashmere", "E99000000"}


def test_reasons_for_and_against_can_be_chosen():
    assert reasons_of(pair()) == {"same-words", "two-councils"}


@pytest.mark.parametrize(("reports", "sizes"), [(2, set()), (3, {"3"}), (9, {"3", "5"}), (10, {"3", "5", "10"})])
def test_sizes_are_those_that_the_reports_reach(reports, sizes):
    assert sizes_of(pair(reports=reports)) == sizes


def test_names_of_a_decision_are_told_apart_by_their_councils():
    assert name_with_council(pair().left) == "Steady Ground (Ashmere)"
    assert name_with_council(pair().right) == "Steady Ground"


def test_every_reason_has_words_of_its_own():
    folder = Path(resolution.__file__).parent
    calls = [node for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    ids = {
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Reason" and len(call.args) == 3
    }
    words = {scheme_label("match-reason", id) for id in ids}

    assert {"same-words", "two-councils", "far-years"} <= ids
    assert len(words) == len(ids)
