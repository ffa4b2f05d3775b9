"""Commands that ask: ask, query, sparql, search, embed."""

from typing import Annotated

import typer

from caregraph import extras
from caregraph.answers import Answer
from caregraph.api import Graph
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Csv, Json, Limit, Parameters, output_form, parameter_values
from caregraph.cli.terminal import Form, show, working
from caregraph.graph.queries import semantic_search
from caregraph.graph.queries.questions import EVIDENCE, known_questions

app = typer.Typer(rich_markup_mode=None)


def _show(answer: Answer, form: Form) -> None:
    show(answer, form)
    if answer.cut:
        note(f"only the first {len(answer)} rows")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question's name; all are listed if none is given.")] = None,
    param: Parameters = None,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Ask a named question of the graph, one of ours or of your own."""
    form = output_form(json_, csv)
    for fault in known_questions()[1]:
        note(f"caregraph: {fault}")
    with Graph(progress=tell) as graph:
        if question is None:
            show(graph.questions(), form)
            return
        rows = graph.ask(question, **parameter_values(param))
    hidden = EVIDENCE if form == "table" else None  # IRIs are for programs
    show([{column: row[column] for column in row if column != hidden} for row in rows], form)


@app.command()
def query(
    cypher: Annotated[str, typer.Argument(help="A statement that only reads.")],
    param: Parameters = None,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Ask the graph in Cypher, in a read transaction with limits."""
    with Graph(progress=tell) as graph:
        _show(graph.query(cypher, parameter_values(param)), output_form(json_, csv))


@app.command()
def sparql(
    query: Annotated[str, typer.Argument(help="A SELECT, ASK, CONSTRUCT or DESCRIBE query.")],
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Ask the RDF dataset in SPARQL, with limits."""
    _show(Graph().sparql(query), output_form(json_, csv))


@app.command()
def search(
    text: str,
    polarity: Annotated[str | None, typer.Option(help="Only findings: strength, concern, mixed or neutral.")] = None,
    concept: Annotated[str | None, typer.Option(help="Only findings about it, or a part of it.")] = None,
    authority: Annotated[str | None, typer.Option(help="Only reports on it.")] = None,
    region: Annotated[str | None, typer.Option(help="Only reports on authorities there.")] = None,
    kind: Annotated[str | None, typer.Option(help="Of documents, as ilacs, or of findings, as recommendation.")] = None,
    since: Annotated[
        int | None, typer.Option(help="Only inspections that began in this year or later.", min=1, max=9999)
    ] = None,
    until: Annotated[
        int | None, typer.Option(help="Only inspections that began in this year or before.", min=1, max=9999)
    ] = None,
    theme: Annotated[str | None, typer.Option(help="Only visits that looked at it, as care leavers.")] = None,
    meaning: Annotated[bool, typer.Option("--meaning", help="Findings that mean nearly this, in any words.")] = False,
    limit: Limit = 20,
    json_: Json = False,
    csv: Csv = False,
) -> None:
    """Find names, however spelled, and findings and passages by their words."""
    with Graph(progress=tell) as graph:
        rows = graph.search(
            text, meaning=meaning, limit=limit, polarity=polarity, concept=concept, authority=authority,
            region=region, kind=kind, since=since, until=until, theme=theme,
        )  # fmt: skip
        show(rows, output_form(json_, csv))
        if meaning:
            ready, total = semantic_search.embedding_counts(graph.store)
            if ready < total:
                note(f"{total - ready:,} of {total:,} findings cannot be found by meaning yet: run caregraph embed")


@app.command()
def embed() -> None:
    """Make findings ready for search by meaning (needs the extra "meaning")."""
    extras.require("meaning", "search by meaning")
    with Graph(progress=tell) as graph, working("Embedding") as step:
        encoder = graph.workspace.encoder()
        done = semantic_search.embed_findings(graph.store, encoder, progress=step) if encoder else 0
    note(f"{done:,} findings can now be found by meaning" if done else "no finding is new")
