"""The command fetch."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from caregraph import settings
from caregraph.cli.options import Json, output_form
from caregraph.cli.terminal import note, show, working
from caregraph.ofsted.client import PAUSE, Client
from caregraph.ofsted.fetch import Wanted
from caregraph.ofsted.fetch import fetch as fetch_reports
from caregraph.ofsted.listing import LISTED_KINDS, ListedKind
from caregraph.ofsted.site import the_site
from caregraph.ontology.errors import UnknownTerm
from caregraph.ontology.vocabulary import Vocabulary
from caregraph.workspace import Workspace

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
    json_: Json = False,
) -> None:
    """Fetch reports from the inspectorate's site; the only command that asks the network for them.

    One request at a time, with a pause. What is in the folder is not asked for again.
    """
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
        rows = [
            {
                "address": outcome.address,
                "outcome": outcome.status,
                "council": outcome.authority,
                "file": outcome.file and outcome.file.path,
                "reason": outcome.reason,
            }
            for outcome in outcomes
        ]
        show(rows, output_form(json_, False))
    counts = Counter(outcome.status for outcome in outcomes)
    note(", ".join(f"{count} {status}" for status, count in sorted(counts.items())) or "no report is of this choice")
    raise typer.Exit(1 if counts["failed"] else 0)


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
