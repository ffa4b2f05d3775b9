"""Commands that ask the inspectorate's site: fetch, update."""

from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from caregraph import settings
from caregraph.api import Graph
from caregraph.cli.commands.documents import print_report
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Json, Workers, output_form
from caregraph.cli.terminal import show, working
from caregraph.missing_words import FetchedReport, fetch_missing, read_fetched, reports_without_words
from caregraph.ofsted.client import PAUSE, Client
from caregraph.ofsted.fetch import FetchOutcome, Wanted
from caregraph.ofsted.fetch import fetch as fetch_reports
from caregraph.ofsted.listing import LISTED_KINDS, ListedKind
from caregraph.ofsted.site import the_site
from caregraph.ontology.errors import UnknownTerm
from caregraph.ontology.vocabulary import Vocabulary
from caregraph.update import read_news, write_feed
from caregraph.update import update as run_update
from caregraph.workspace import Workspace

SOMETHING_NEW = 4  # exit code of an update

app = typer.Typer(rich_markup_mode=None)


@app.command()
def fetch(
    authority: Annotated[list[str] | None, typer.Option(help="A council, by name; several may be given.")] = None,
    region: Annotated[str | None, typer.Option(help="A region, by name.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help=f"{', '.join(LISTED_KINDS)}; several may be given.")] = None,
    since: Annotated[datetime | None, typer.Option(help="The first day of publication.", formats=["%Y-%m-%d"])] = None,
    to: Annotated[Path | None, typer.Option(help="A folder; `reports` in the data directory if not given.")] = None,
    pause: Annotated[float, typer.Option(help="Seconds between requests.", min=0.1, max=600)] = PAUSE,
    recheck: Annotated[bool, typer.Option("--recheck", help="Ask also whether files that are there changed.")] = False,
    missing: Annotated[
        bool, typer.Option("--missing", help="Fetch and read all reports of the graph whose words are not here.")
    ] = False,
    json_: Json = False,
) -> None:
    """Fetch reports from the inspectorate's site, a folder a council.

    Only this command, update, and “Get this report” in the explorer ask the network for reports. One request at a
    time, with a pause. What is in the folder is not asked for again.
    """
    if missing:
        raise typer.Exit(_fetch_missing(pause))
    vocabulary = Workspace(settings.data_directory()).vocabulary
    wanted = Wanted(
        authorities=frozenset(_code(name, vocabulary) for name in authority or ()),
        region=_region(region, vocabulary) if region else None,
        kinds=frozenset(map(_kind, kind or ())),
        since=since.date() if since else None,
    )
    folder = to or settings.data_directory() / "reports"
    note(f"caregraph: asking {the_site().pages}, one request every {pause:g} seconds; files go to {folder}")
    outcomes = []
    with Client(the_site(), contact=settings.contact(), pause=pause) as client, working("Fetching") as step:
        for outcome in fetch_reports(folder, the_site(), client, vocabulary, wanted, recheck=recheck):
            step(outcome.authority)
            outcomes.append(outcome)
            if outcome.status == "failed":
                note(f"caregraph: {outcome.reason}")
    if json_:
        show([_row(outcome) for outcome in outcomes], output_form(json_, False))
    counts = Counter(outcome.status for outcome in outcomes)
    note(", ".join(f"{count} {status}" for status, count in sorted(counts.items())) or "no report is of this choice")
    raise typer.Exit(1 if counts["failed"] else 0)


def _row(outcome: FetchOutcome) -> dict[str, object]:
    return {
        "address": outcome.address,
        "outcome": outcome.status,
        "council": outcome.authority,
        "file": outcome.file and outcome.file.path,
        "reason": outcome.reason,
    }


@app.command()
def update(
    region: Annotated[str | None, typer.Option(help="A region, by name.")] = None,
    feed: Annotated[Path | None, typer.Option(help="A file for an Atom feed of what updates found.")] = None,
    pause: Annotated[float, typer.Option(help="Seconds between requests.", min=0.1, max=600)] = PAUSE,
    workers: Workers = None,
    json_: Json = False,
) -> None:
    """Fetch and read reports that are new on the inspectorate's site, and tell what is new.

    The exit code is 0 if nothing is new, 4 if something is, 1 if something failed.
    """
    site = the_site()
    with Graph(progress=tell) as graph, Client(site, contact=settings.contact(), pause=pause) as client:
        wanted = Wanted(region=_region(region, graph.workspace.vocabulary) if region else None)
        report = run_update(graph, site, client, wanted, today=date.today(), workers=workers)
        if feed:
            write_feed(feed, read_news(graph.workspace.data))
    if json_:
        show([{"found": item.found, **asdict(item.change)} for item in report.news], output_form(json_, False))
    else:
        for item in report.news:
            print(item.title)
    for name, reason in report.failed.items():
        note(f"caregraph: {name}: {reason}")
    raise typer.Exit(1 if report.failed else SOMETHING_NEW if report.news else 0)


def _fetch_missing(pause: float) -> int:
    """Fetch and read the reports of which only facts are here; return the exit code."""
    site = the_site()
    with Graph(progress=tell) as graph, Client(site, contact=settings.contact(), pause=pause) as client:
        lacking = reports_without_words(graph.workspace)
        note(f"caregraph: asking {site.pages} for {len(lacking)} reports, one request every {pause:g} seconds")
        fetched: list[FetchedReport] = []
        with working("Fetching", total=len(lacking)) as step:
            for report in fetch_missing(graph, site, client):
                step()
                if isinstance(report, FetchedReport):
                    fetched.append(report)
                else:
                    note(f"caregraph: {report}")
        built = read_fetched(graph, fetched) if fetched else None
    for report in fetched:
        if not report.is_same:
            note(f"{report.entry.source} has changed since its facts were taken, and was read anew")
    if built:
        print_report(built)
    return 0 if len(fetched) == len(lacking) and not (built and built.failed) else 1


def _kind(text: str) -> ListedKind:
    for kind in LISTED_KINDS:
        if kind == text:
            return kind
    raise typer.BadParameter(f"no kind {text!r}; expected one of {', '.join(LISTED_KINDS)}")


def _code(name: str, vocabulary: Vocabulary) -> str:
    term = vocabulary.authority_on(name, None)
    if term is None or term.ended or not term.urn:
        raise UnknownTerm(f"no council of today is called {name!r}")
    return term.gss


def _region(name: str, vocabulary: Vocabulary) -> str:
    codes = {term.region_name.casefold(): term.region for term in vocabulary.authorities if term.region}
    if name.casefold() not in codes:
        regions = sorted({term.region_name for term in vocabulary.authorities if term.region_name})
        raise UnknownTerm(f"no region is called {name!r}; expected one of {', '.join(regions)}")
    return codes[name.casefold()]
