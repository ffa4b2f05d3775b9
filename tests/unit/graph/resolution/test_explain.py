from dataclasses import replace

from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.explain import places
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import THINGS


def told(vocabulary, record, decisions=()):
    return {place.words: place for place in places(record, Resolver(vocabulary, Decisions(decisions)))}


def test_places_say_what_each_name_was_taken_for(vocabulary, raw):
    found = told(vocabulary, raw)

    assert list(found) == ["Ann Example", "MASH", "Mockingbird", "Lighthouse Team"]
    mash, mockingbird, team = found["MASH"], found["Mockingbird"], found["Lighthouse Team"]
    assert (mash.scope, mash.kind) == ("local", f"{THINGS}service/mash")
    assert (mockingbird.scope, mockingbird.kind) == ("national", None)
    assert (team.scope, team.kind, team.thing) == ("local", None, "Lighthouse Team")
    assert (found["Ann Example"].type, found["Ann Example"].role, found["Ann Example"].scope) == (
        "person",
        "lead",
        None,
    )
    assert all(place.reason and place.document == "durham.pdf" for place in found.values())


def test_places_say_where_it_cannot_be_told(vocabulary, raw):
    team = told(vocabulary, replace(raw, authority=None))["Lighthouse Team"]

    assert (team.iri, team.thing, team.scope) == (None, None, None)
    assert "no council" in team.reason


def test_places_give_a_decisions_reason(vocabulary, raw):
    team, school = f"{THINGS}service/lighthouse-team-of-e06000047", f"{THINGS}service/virtual-school"
    one = Decision(left=team, right=school, verdict="same", by="person:Ann", why="renamed in May")

    place = told(vocabulary, raw, [one])["Lighthouse Team"]

    assert (place.iri, place.rule) == (school, "decision")
    assert place.reason == "renamed in May (person:Ann)"
