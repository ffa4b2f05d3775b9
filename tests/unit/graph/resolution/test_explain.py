from dataclasses import replace

from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.explain import explain_identities
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import THINGS


def explained(vocabulary, record, decisions=()):
    """Explanations of a record by the words of the mention."""
    rows = explain_identities(record, Resolver(vocabulary, Decisions(decisions)))
    return {row.words: row for row in rows}


def test_every_mention_is_explained(vocabulary, raw):
    rows = explained(vocabulary, raw)

    assert list(rows) == ["Ann Example", "MASH", "Mockingbird", "Lighthouse Team"]
    mash, mockingbird, team = rows["MASH"], rows["Mockingbird"], rows["Lighthouse Team"]
    assert (mash.scope, mash.kind) == ("local", f"{THINGS}service/mash")
    assert (mockingbird.scope, mockingbird.kind) == ("national", None)
    assert (team.scope, team.kind, team.thing) == ("local", None, "Lighthouse Team")
    assert (rows["Ann Example"].type, rows["Ann Example"].role, rows["Ann Example"].scope) == ("person", "lead", None)
    assert all(row.reason and row.document == "durham.pdf" for row in rows.values())


def test_unresolved_mention_is_explained(vocabulary, raw):
    team = explained(vocabulary, replace(raw, authority=None))["Lighthouse Team"]

    assert (team.iri, team.thing, team.scope) == (None, None, None)
    assert "no council" in team.reason


def test_explanation_gives_a_decisions_reason(vocabulary, raw):
    team, school = f"{THINGS}service/lighthouse-team-of-e06000047", f"{THINGS}service/virtual-school"
    renamed = Decision(left=team, right=school, verdict="same", by="person:Ann", why="renamed in May")

    row = explained(vocabulary, raw, [renamed])["Lighthouse Team"]

    assert (row.iri, row.own_iri, row.rule) == (school, team, "decision")
    assert row.reason == "renamed in May (person:Ann)"
