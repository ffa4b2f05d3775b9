"""Fetching from an imitation of the site, with all that may go wrong."""

import hashlib
import json
import re
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from caregraph.ofsted.client import Client
from caregraph.ofsted.fetch import FetchOutcome, Wanted, fetch
from caregraph.ofsted.manifest import NAME, Manifest
from caregraph.ofsted.site import Site
from caregraph.ontology.errors import SiteError, StoreError
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary
from tests.imitation_site import Fault, Imitation, serving

REGISTER = Path(__file__).parents[3] / "samples" / "register.ttl"
ASHMERE, BRACKENFORD = "E99000001", "E99000002"
PAGE, FILE = "/provider/44/990001", "/v1/file/501"


@pytest.fixture(scope="module")
def invented() -> Vocabulary:
    return load_vocabulary([REGISTER])


@pytest.fixture
def site():
    imitation = Imitation()
    imitation.add(
        "990001",
        "Ashmere",
        ("502", "children's services inspection, pdf - 24 february 2025"),
        ("501", "children's services focused visit, pdf - 14 july 2022"),
    )
    imitation.add("990002", "Brackenford", ("503", "area send full inspection, pdf - 8 july 2024"))
    with serving(imitation):
        yield imitation


def fetched(site: Imitation, folder: Path, vocabulary: Vocabulary, *codes: str, **options) -> list[FetchOutcome]:
    pause = options.pop("pause", 0.001)
    recheck = options.pop("recheck", False)
    wanted = Wanted(authorities=frozenset(codes or (ASHMERE, BRACKENFORD)), **options)
    with Client(Site(site.origin, site.origin), contact="ann@example.org", pause=pause) as client:
        return list(fetch(folder, Site(site.origin, site.origin), client, vocabulary, wanted, recheck=recheck))


def statuses(outcomes: list[FetchOutcome]) -> Counter[str]:
    return Counter(outcome.status for outcome in outcomes)


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))


def test_reports_are_in_a_folder_a_council_and_in_the_manifest(site, tmp_path, invented):
    assert statuses(fetched(site, tmp_path, invented)) == {"fetched": 3}

    assert files_of(tmp_path) == [
        "ashmere/ashmere_focused-visit_2022-07-14_501.pdf",
        "ashmere/ashmere_inspection_2025-02-24_502.pdf",
        "brackenford/brackenford_area-send_2024-07-08_503.pdf",
    ]
    entry = Manifest(tmp_path).files[f"{site.origin}{FILE}"]
    assert (entry.title, entry.published) == ("children's services focused visit", "2022-07-14")
    assert entry.sha256 == hashlib.sha256(site.files["501"]).hexdigest()
    assert entry.page == f"{site.origin}{PAGE}"
    assert (tmp_path / entry.path).read_bytes() == site.files["501"]


def test_a_choice_is_fetched_alone(site, tmp_path, invented):
    outcomes = fetched(site, tmp_path, invented, ASHMERE, kinds=frozenset({"focused-visit"}))

    assert [outcome.address for outcome in outcomes] == [f"{site.origin}{FILE}"]
    assert "/provider/44/990002" not in site.counts()


def test_again_asks_for_no_file_and_for_pages_only_if_they_changed(site, tmp_path, invented):
    fetched(site, tmp_path, invented)
    before = (tmp_path / NAME).read_bytes()
    site.requests.clear()

    assert statuses(fetched(site, tmp_path, invented)) == {"here": 3}
    assert [path for path in site.counts() if path.startswith("/v1/file")] == []
    assert site.unchanged == 2
    assert (tmp_path / NAME).read_bytes() == before


def test_a_new_report_is_fetched_alone(site, tmp_path, invented):
    fetched(site, tmp_path, invented)
    site.add(
        "990002",
        "Brackenford",
        ("504", "children's services focused visit, pdf - 1 may 2026"),
        ("503", "area send full inspection, pdf - 8 july 2024"),
    )

    assert statuses(fetched(site, tmp_path, invented)) == {"here": 3, "fetched": 1}


def test_recheck_replaces_what_changed(site, tmp_path, invented):
    fetched(site, tmp_path, invented)
    site.files["501"] += b"% corrected\n%%EOF\n"

    outcomes = fetched(site, tmp_path, invented, recheck=True)
    assert statuses(outcomes) == {"here": 2, "changed": 1}
    assert (tmp_path / "ashmere/ashmere_focused-visit_2022-07-14_501.pdf").read_bytes() == site.files["501"]


@pytest.mark.parametrize("path", [PAGE, FILE, "/search", "/robots.txt"])
@pytest.mark.parametrize(
    "fault",
    [
        Fault(2, 503),
        Fault(2, 429, {"Retry-After": "0"}),
        Fault(1, is_cut=True),
        Fault(1, 500),
    ],
    ids=lambda fault: f"{fault.status}{' cut' * fault.is_cut}",
)
def test_what_passes_is_waited_for(site, tmp_path, invented, path, fault):
    site.robots = b"User-agent: *\nDisallow: /private\n"
    site.faults[path] = Fault(**vars(fault))

    assert statuses(fetched(site, tmp_path, invented, ASHMERE)) == {"fetched": 2}
    assert site.faults[path].times == 0


def test_waiting_is_as_long_as_the_site_says(site, tmp_path, invented):
    site.faults[FILE] = Fault(1, 429, {"Retry-After": "1"})
    fetched(site, tmp_path, invented, ASHMERE)

    first, second = (when for when, path, _ in site.requests if path == FILE)
    assert second - first >= 1


@pytest.mark.parametrize(
    ("path", "fault", "says"),
    [
        (FILE, Fault(99, 503), "cannot be reached|answered 503"),
        (FILE, Fault(99, is_cut=True), "cut off"),
        (FILE, Fault(99, 404), "answered 404"),
        (
            FILE,
            Fault(99, body=b"<html>Sorry</html>", headers={"Content-Type": "text/html"}),
            "expected a PDF, got text",
        ),
        (FILE, Fault(99, body=b"<html>Sorry</html>"), "expected a PDF"),
        (FILE, Fault(99, body=b"%PDF-1.4\nhalf of it"), "lacks its end"),
        (FILE, Fault(99, 302, {"Location": "http://127.0.0.2/v1/file/501"}), "is no address of"),
        (FILE, Fault(99, 302, {"Location": FILE}), "more than 5 redirects"),
        (PAGE, Fault(99, body=b"<html><h1>Ashmere</h1><p>New look</p></html>"), "no link of the class"),
        (PAGE, Fault(99, body=b"<a class=publication-link href=/v1/file/501>Report</a>"), "expected 'title, pdf"),
    ],
)
def test_what_stays_wrong_is_named_and_leaves_no_file(site, tmp_path, invented, path, fault, says):
    site.faults[path] = fault
    outcomes = fetched(site, tmp_path, invented)

    [failed] = [outcome for outcome in outcomes if outcome.status == "failed"]
    assert re.search(says, failed.reason)
    assert len(files_of(tmp_path)) == (1 if path == PAGE else 2)
    assert list(tmp_path.rglob("*.part")) == []
    site.faults.clear()
    assert statuses(fetched(site, tmp_path, invented))["failed"] == 0


def test_a_redirect_within_the_site_is_followed(site, tmp_path, invented):
    site.files["777"] = site.files["501"]
    site.faults[FILE] = Fault(1, 302, {"Location": "/v1/file/777"})

    assert statuses(fetched(site, tmp_path, invented, ASHMERE)) == {"fetched": 2}


def test_robots_are_obeyed(site, tmp_path, invented):
    site.robots = b"User-agent: caregraph\nDisallow: /v1/file/\nCrawl-delay: 0.01\n"

    outcomes = fetched(site, tmp_path, invented, ASHMERE)
    assert [outcome.reason.endswith("forbids it") for outcome in outcomes] == [True, True]
    assert not [path for path in site.counts() if path.startswith("/v1/")]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(99, body=b"<html>Search by map</html>"), "no link to /provider/44/NUMBER"),
        (Fault(99, body=b"<a href='/provider/44/990002'>Brackenford</a>"), "does not list Ashmere"),
        (Fault(99, 403), "answered 403"),
    ],
)
def test_a_list_that_lacks_a_council_is_an_error(site, tmp_path, invented, fault, says):
    site.faults["/search"] = fault
    with pytest.raises(SiteError, match=says):
        fetched(site, tmp_path, invented)


def test_robots_that_are_refused_stop_everything(site, tmp_path, invented):
    site.faults["/robots.txt"] = Fault(99, 403)
    with pytest.raises(SiteError, match="nothing is asked of it"):
        fetched(site, tmp_path, invented)
    assert set(site.counts()) == {"/robots.txt"}


def test_one_folder_is_for_one_fetch(site, tmp_path, invented):
    with Client(Site(site.origin, site.origin), pause=0.001) as client:
        arguments = tmp_path, Site(site.origin, site.origin), client, invented, Wanted(frozenset({ASHMERE}))
        running = fetch(*arguments)
        next(running)
        with pytest.raises(StoreError, match="another fetch"):
            list(fetch(*arguments))
        running.close()


def test_who_asks_says_so(site, tmp_path, invented):
    fetched(site, tmp_path, invented, ASHMERE)

    assert {agent.split("/")[0] for _, _, agent in site.requests} == {"caregraph"}
    assert all(agent.endswith("ann@example.org)") for _, _, agent in site.requests)


def test_a_manifest_that_leads_out_of_the_folder_is_not_believed(site, tmp_path, invented):
    fetched(site, tmp_path / "reports", invented, ASHMERE)
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(site.files["501"])
    manifest = tmp_path / "reports" / NAME
    manifest.write_text(manifest.read_text().replace("ashmere/ashmere_focused-visit_2022-07-14_501.pdf", str(outside)))

    assert Manifest(tmp_path / "reports").present(f"{site.origin}{FILE}") is None


PROGRAM = """
import sys
from pathlib import Path
from caregraph.ofsted.client import Client
from caregraph.ofsted.fetch import Wanted, fetch
from caregraph.ofsted.site import Site
from caregraph.ontology.vocabulary import load_vocabulary
site = Site(sys.argv[1], sys.argv[1])
with Client(site, pause=0.002) as client:
    for outcome in fetch(Path(sys.argv[2]), site, client, load_vocabulary(), Wanted()):
        print(outcome.status, outcome.reason, flush=True)
"""


def test_england_is_complete_after_three_kills_and_nothing_is_asked_twice(tmp_path, vocabulary):
    """All councils of the register, 984 reports, in pages of 60; each kill comes in the middle."""
    england = Imitation(rows=60)
    councils = sorted((term for term in vocabulary.authorities if term.urn and not term.ended), key=lambda t: t.name)
    for index, term in enumerate(councils):
        count = 984 // len(councils) + (index < 984 % len(councils))
        numbers = [f"{50_000_000 + index * 100 + number}" for number in range(count)]
        england.add(term.urn, term.name, *((number, "area send inspection, pdf - 1 may 2025") for number in numbers))
    with serving(england) as origin:
        for enough in (150, 400, 700, None):
            with subprocess.Popen(
                [sys.executable, "-c", PROGRAM, origin, tmp_path], stdout=subprocess.PIPE, text=True
            ) as running:
                for seen, line in enumerate(running.stdout, 1):
                    assert "failed" not in line
                    if enough and seen >= enough:
                        running.kill()
            assert enough or running.returncode == 0
            while england.at_once:  # the site may not have noticed yet that who asked is gone
                time.sleep(0.01)
    asked = {path: count for path, count in england.counts().items() if path.startswith("/v1/file")}
    times = [when for when, _, _ in england.requests]

    assert len(councils) == 153
    assert len(files_of(tmp_path)) == len(asked) == 984
    assert sum(count - 1 for count in asked.values()) <= 3  # at most what a kill cut off
    assert england.most_at_once == 1
    assert min(after - before for before, after in pairwise(times)) >= 0.002
    assert all(json.loads(line) for line in (tmp_path / NAME).read_text().splitlines())


def test_a_pause_is_made(site, tmp_path, invented):
    start = time.monotonic()
    fetched(site, tmp_path, invented, ASHMERE, pause=0.2)

    assert time.monotonic() - start >= 0.2 * (len(site.requests) - 1)
    times = [when for when, _, _ in site.requests]
    assert all(after - before >= 0.2 for before, after in pairwise(times))
