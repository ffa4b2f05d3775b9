from dataclasses import fields, replace
from datetime import date

import pytest

from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Authority, Finding, Mention, Person
from caregraph.ontology.vocabulary import Vocabulary

EDT_OF_READING = "service/emergency-duty-team-of-e06000038"
REGIONAL_CICC = "North East Regional Children in Care Council"
CICC_OF_GATESHEAD = "body/children-in-care-council-of-e08000037"
TEWV = "agency/tees-esk-and-wear-valleys-nhs-foundation-trust"
TEES, THAMES = "agency/adoption-tees-valley", "agency/adopt-thames-valley"


@pytest.fixture
def resolve_name(vocabulary, raw):
    """Resolves a name in a report on a council to its IRI after the common beginning, None if it stays unresolved."""

    def iri(council, name, *, term=None, text=None, aliases=(), type="agency", decisions=None, vocabulary=vocabulary):
        quote = {"text": text or name, "page": 1, "start": 0, "end": len(text or name)}
        mention = Mention(**quote, name=name, type=type, term=term, aliases=aliases)
        authority = Authority(council, None) if council else None
        record = replace(raw, authority=authority, mentions=(mention,), findings=())
        (resolved,) = Resolver(vocabulary, decisions or Decisions()).resolve(record).mentions
        return resolved.iri and resolved.iri.removeprefix(THINGS)

    return iri


@pytest.mark.parametrize(
    ("council", "name", "more", "expected"),
    [
        # A regional agency is one, whatever it is called.
        ("South Tyneside", "Adopt North East", {"term": "agency:adopt-north-east"}, "agency/adopt-north-east"),
        ("Gateshead", "Adoption Northeast", {}, "agency/adopt-north-east"),
        ("Northumberland", "ANE", {}, "agency/adopt-north-east"),
        ("Gateshead", "adoption north-east", {}, "agency/adopt-north-east"),
        # So is one of the health service, in all forms of its name.
        ("Hartlepool", "Tees, Esk and Wear Valleys NHS Trust", {}, TEWV),
        ("Hartlepool", "Tees, Esk & Wear Valley Foundation Trust", {}, TEWV),
        ("Somerset", "Somerset NHS ICB", {}, "agency/nhs-somerset-integrated-care-board"),
        (
            "Devon",
            "Tees, Esk and Wear Valleys NHS Trust",
            {},
            "agency/tees-esk-and-wear-valleys-nhs-trust-of-e10000008",
        ),
        # An acronym is one, whatever of it is in capitals.
        ("Hartlepool", "CHub", {"type": "service"}, "service/hartlepool-and-stockton-on-tees-childrens-hub"),
        ("Durham", "MaSH", {"type": "service"}, "service/mash-of-e06000047"),
        # Two agencies are called ATV: the one that serves the council is meant, and no other.
        ("Hartlepool", "ATV", {"term": "agency:adopt-thames-valley"}, TEES),
        ("Oxfordshire", "ATV", {"term": "agency:adoption-tees-valley"}, THAMES),
        ("Leeds", "ATV", {"term": "agency:adoption-tees-valley"}, "agency/atv-of-e08000035"),
        # So too where an alias is what the agency is known by.
        ("Hartlepool", "the regional adoption service", {"aliases": ("ATV",)}, TEES),
        # Sunderland's trust and, in St Helens, what is elsewhere called Together for Adoption.
        ("Sunderland", "Together for Children", {}, "agency/together-for-children"),
        (
            "St Helens",
            "Together for Children",
            {"term": "agency:together-for-children"},
            "agency/together-for-adoption",
        ),
        # A hidden label makes nothing regional, nor does an acronym that a document makes of a council's own name.
        ("Reading", "emergency duty service", {"aliases": ("EDS",), "type": "service"}, EDT_OF_READING),
        ("Reading", "EDS", {"term": "service:emergency-duty-team", "type": "service"}, EDT_OF_READING),
        ("Hartlepool", "children's hub", {"type": "service"}, "service/childrens-hub-of-e06000001"),
        ("Hartlepool", "front door", {"aliases": ("CHUB",), "type": "service"}, "service/front-door-of-e06000001"),
        ("Hartlepool", "Anchor Teen Visits", {"aliases": ("ATV",)}, "agency/anchor-teen-visits-of-e06000001"),
        ("Hartlepool", "CHUB", {"type": "service"}, "service/hartlepool-and-stockton-on-tees-childrens-hub"),
        # A regional body stands beside the council's own, whatever a document calls them.
        ("Gateshead", "children in care council", {"aliases": (REGIONAL_CICC,), "type": "body"}, CICC_OF_GATESHEAD),
        (
            "Gateshead",
            REGIONAL_CICC,
            {"text": "children in care council", "term": "body:north-east-regional-children-in-care-council"},
            CICC_OF_GATESHEAD,
        ),
        ("Gateshead", REGIONAL_CICC, {"type": "body"}, "body/north-east-regional-children-in-care-council"),
        # Named in full, by a council that it does not serve: a neighbour means it, one far away may not.
        ("Durham", "Adopt North East", {"term": "agency:adopt-north-east"}, "agency/adopt-north-east"),
        ("Devon", "Adoption Now", {"term": "agency:adoption-now"}, "agency/adoption-now-of-e10000008"),
        # A programme is one for the country.
        ("Durham", "Mockingbird", {"type": "programme"}, "programme/mockingbird"),
        ("Leeds", "Mockingbird", {"type": "programme"}, "programme/mockingbird"),
        # Each council has its own MASH, with or without its name; South Tees has one under a name of its own.
        ("Durham", "MASH", {"type": "service"}, "service/mash-of-e06000047"),
        ("Leeds", "MASH", {"type": "service"}, "service/mash-of-e08000035"),
        ("Durham", "County Durham MASH", {"type": "service"}, "service/mash-of-e06000047"),
        ("Durham", "Durham’s virtual school", {"type": "service"}, "service/virtual-school-of-e06000047"),
        ("Leeds", "Durham virtual school", {"type": "service"}, "service/durham-virtual-school-of-e08000035"),
        (
            "Middlesbrough",
            "multi-agency children's hub",
            {"term": "service:mash", "aliases": ("MACH",)},
            "service/south-tees-multi-agency-childrens-hub",
        ),
        # A name in no list is the council's own, however it is written.
        ("Durham", "Lighthouse Team", {"type": "service"}, "service/lighthouse-team-of-e06000047"),
        ("Durham", "the Lighthouse team", {"type": "service"}, "service/lighthouse-team-of-e06000047"),
        ("Leeds", "Lighthouse Team", {"type": "service"}, "service/lighthouse-team-of-e08000035"),
        # A council in no register has its things by its name.
        ("Ashmere", "MASH", {"type": "service"}, "service/mash-of-ashmere"),
        # Without a council a kind is a kind, and what is in no list stays unresolved.
        (None, "MASH", {"type": "service"}, "service/mash"),
        (None, "Mockingbird", {"type": "programme"}, "programme/mockingbird"),
        (None, "Lighthouse Team", {"type": "service"}, None),
        (None, "ATV", {}, None),
    ],
)
def test_resolve_gives_a_name_its_thing(resolve_name, council, name, more, expected):
    assert resolve_name(council, name, **more) == expected


def test_resolve_counts_what_serves_a_councils_successors(resolve_name):
    trust = resolve_name("Northamptonshire", "Northamptonshire Children's Trust")
    assert trust == "agency/northamptonshire-childrens-trust"


def test_resolve_leaves_it_to_the_vocabulary_who_serves_a_council(vocabulary, resolve_name):
    class NobodyServes(Vocabulary):
        def serves(self, thing, gss):
            return False

    changed = NobodyServes(**{field.name: getattr(vocabulary, field.name) for field in fields(vocabulary)})

    assert resolve_name("Gateshead", "ANE") == "agency/adopt-north-east"
    assert resolve_name("Gateshead", "ANE", vocabulary=changed) == "agency/ane-of-e08000037"


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Dorset", date(2016, 6, 1), "E10000009"),
        ("Dorset", date(2022, 6, 1), "E06000059"),
        ("Cumbria", date(2017, 6, 1), "E10000006"),
        ("Durham", date(2017, 6, 1), "E06000047"),
        ("Dorset", None, "E06000059"),
        # A report may come out after its council's last day.
        ("Northamptonshire", date(2021, 6, 1), "E10000021"),
        ("Ashmere", date(2022, 6, 1), None),
    ],
)
def test_resolve_finds_the_council_of_the_day(vocabulary, raw, name, day, expected):
    record = replace(raw, authority=Authority(name, None), inspected=(), published=day)

    assert Resolver(vocabulary, Decisions()).resolve(record).authority == Authority(name, expected)


def test_resolve_knows_inspectors_by_name_and_year_and_leaders_by_council(vocabulary, raw, quoted):
    def people(council):
        persons = tuple(
            Person(**quoted("Ann Example"), name="Ann Example", role=role) for role in ("lead", "inspector", "dcs")
        )
        record = replace(raw, authority=Authority(council, None), people=persons)
        resolved = Resolver(vocabulary, Decisions()).resolve(record)
        return [person.iri.removeprefix(f"{THINGS}person/") for person in resolved.people]

    inspector = "ann-example-inspector-2022"
    assert people("Durham") == [inspector, inspector, "ann-example-of-e06000047"]
    assert people("Leeds") == [inspector, inspector, "ann-example-of-e08000035"]


def test_resolve_gives_findings_the_iris_that_they_involve(vocabulary, raw, quoted):
    words = quoted("The MASH answers quickly when a child may be at risk.")
    finding = Finding(**words, polarity="strength", confidence=1.0, involves=("MASH", "Nobody's Team", "MASH"))

    (resolved,) = Resolver(vocabulary, Decisions()).resolve(replace(raw, findings=(finding,))).findings

    assert resolved.involves == (f"{THINGS}service/mash-of-e06000047",)


def test_resolve_keeps_every_word(vocabulary, raw):
    record = Resolver(vocabulary, Decisions()).resolve(raw)

    assert [(mention.text, mention.name, mention.start) for mention in record.mentions] == [
        (mention.text, mention.name, mention.start) for mention in raw.mentions
    ]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        # Two councils' own become one where a person says so: the first in order stands for both.
        (
            ("service/lighthouse-team-of-e08000035", "service/lighthouse-team-of-e06000047"),
            "lighthouse-team-of-e06000047",
        ),
        # A listed thing stands for what was one council's own.
        (("service/a-first-of-all", "service/lighthouse-team-of-e06000047"), "a-first-of-all"),
        (("service/virtual-school", "service/lighthouse-team-of-e06000047"), "virtual-school"),
    ],
)
def test_resolve_applies_decisions(resolve_name, pair, expected):
    left, right = (THINGS + iri for iri in pair)
    same = Decisions([Decision(left=left, right=right, verdict="same", by="person:Ann", why="one team")])

    assert resolve_name("Durham", "Lighthouse Team", type="service", decisions=same) == f"service/{expected}"
    assert resolve_name("Durham", "Lighthouse Team", type="service") == "service/lighthouse-team-of-e06000047"


def test_mention_has_the_type_of_what_it_was_decided_to_be(vocabulary, raw):
    left, right = (f"{THINGS}{type}/lighthouse-team-of-e06000047" for type in ("agency", "service"))
    same = Decisions([Decision(left=left, right=right, verdict="same", by="person:Ann", why="one team")])

    types = {
        mention.iri: mention.type
        for decisions in (same, Decisions())
        for mention in Resolver(vocabulary, decisions).resolve(raw).mentions
    }

    assert (types[left], types[right]) == ("agency", "service")


def test_identities_are_explained(vocabulary, raw):
    resolver = Resolver(vocabulary, Decisions())
    mash, mockingbird, team = (resolver.identify(mention, "E06000047") for mention in raw.mentions)

    assert [mash.rule, mockingbird.rule, team.rule] == ["own-instance", "national", "local-name"]
    assert "each council has its own" in mash.why
    assert "Lighthouse Team" in team.why
