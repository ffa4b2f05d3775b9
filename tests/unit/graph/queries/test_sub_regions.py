"""A part of a region: its things and their uses, while a standing stays what it is in the whole region."""

from caregraph.graph.queries.comparison.sub_regions import SubRegion, things_shared_in
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse, SharedThing

EAST = SubRegion(Node("east", "Adopt East", "Agency"), ("ashmere", "wexholme"))


def use(authority: str, *, naming_reports: int = 1, member: bool = False) -> AuthorityUse:
    return AuthorityUse(
        authority=Node(authority, authority.title(), "LocalAuthority"), documents=2, naming_reports=naming_reports,
        strengths=0, concerns=0, member=member, hosts=False,
    )  # fmt: skip


def thing(name: str, *uses: AuthorityUse) -> SharedThing:
    listed = any(use.member for use in uses)
    return SharedThing(thing=Node(name, name, "Agency"), scope="regional", uses=uses, listed=listed)


def test_things_that_two_of_its_councils_name_remain():
    both = thing("both", use("ashmere"), use("wexholme"), use("pellmouth"))
    one = thing("one", use("ashmere"), use("wexholme", naming_reports=0), use("pellmouth"))

    [narrowed] = things_shared_in(EAST, [both, one])
    assert narrowed.thing.name == "both"
    assert [use.authority.iri for use in narrowed.uses] == ["ashmere", "wexholme"]
    assert things_shared_in(None, [both, one]) == [both, one]


def test_list_that_serves_others_of_the_region_still_counts():
    whole = thing("listed", use("ashmere"), use("wexholme"), use("pellmouth", member=True))

    [narrowed] = things_shared_in(EAST, [whole])
    assert narrowed.standings == {iri: whole.standings[iri] for iri in EAST.authorities}
    assert set(narrowed.standings.values()) == {"unlisted"}
