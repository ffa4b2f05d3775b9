"""Tasks for `benchmarks.growth` beside the pipeline: files of each kind, names, queries and exports."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from caregraph.extractors.documents.other_subjects import OtherSubjects
from caregraph.extractors.documents.second_reports import SecondReports
from caregraph.extractors.reading.characters import clean, make_lines
from caregraph.extractors.reading.read import report_from_bytes, report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.graph.export.cypher_script import literal
from caregraph.graph.export.graph_xml import clean_xml
from caregraph.graph.export.spreadsheet import safe_cell
from caregraph.graph.neo4j import cypher_guard
from caregraph.graph.queries.choices import choose
from caregraph.graph.queries.search import search_all
from caregraph.graph.resolution.events import sketch
from caregraph.graph.resolution.name_similarity import compare_names, initials, tokenize_name
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.iris import slug
from caregraph.ontology.vocabulary import load_vocabulary

Task = Callable[[], object]

_TITLE = "Inspection of services for children in need of help and protection: Ashmere\n\n"
_FORMS: Mapping[str, str] = {
    "HTML": f"<html><head><title>{_TITLE}</title></head><body><h1>{_TITLE}</h1>{{run}}<p>{{run}}</p></body></html>",
    "Markdown": f"# {_TITLE}## Overall effectiveness\n\n{{run}}\n\n- {{run}}\n\n| a | b |\n|---|---|\n| {{run}} |\n",
    "mail": f"From: a@b.example\nTo: c@d.example\nSubject: {_TITLE}\nDate: Mon, 3 Apr 2023 10:00:00 +0000\n\n{{run}}",
    "text": f"{_TITLE}{{run}}",
}


class _NoNames:
    """Database without any node."""

    def read(self, cypher: str, **parameters: object) -> list[dict[str, Any]]:
        return []


def _refused(function: Callable[[], object]) -> Task:
    """Task that may be refused by name."""

    def run() -> None:
        with suppress(CaregraphError):
            function()

    return run


def _file(kind: str, run: str) -> Task:
    content = _FORMS[kind].replace("{run}", run).encode()
    return _refused(lambda: report_from_bytes(f"growth.{kind}", content))


@cache
def _other_subjects() -> OtherSubjects:
    return OtherSubjects(load_vocabulary())


@cache
def _second_reports() -> SecondReports:
    return SecondReports(load_vocabulary())


def _subjects(run: str) -> Task:
    reading = segment(report_from_text("growth.txt", _FORMS["text"].replace("{run}", run)))
    return lambda: (_other_subjects().find(reading), _second_reports().split(reading))


def _names(run: str) -> Task:
    def read() -> None:
        tokenize_name.cache_clear()
        compare_names(run, f"{run} team")
        initials(run)
        slug(run)

    return read


def _guard(run: str) -> Task:
    statements = [f"RETURN {run}", f"RETURN '{run}' AS x", f"RETURN `{run}` /* {run} */"]
    length = max(map(len, statements))

    def read() -> None:
        cypher_guard.MAX_LENGTH = length  # so that growth is seen beyond it, too
        for statement in statements:
            with suppress(CaregraphError):
                cypher_guard.guarded_statement(statement)

    return read


def _escapes(run: str) -> Task:
    return lambda: (literal(run), clean_xml(run), safe_cell(run))


# By name, a function that prepares a text and gives the task to be timed.
TEXT_FUNCTIONS: Mapping[str, Callable[[str], Task]] = {
    **{kind: lambda run, kind=kind: _file(kind, run) for kind in ("HTML", "Markdown", "mail")},  # type: ignore[misc]
    "lines": lambda run: lambda: [clean(line) for line in make_lines(run)],
    "other subjects": _subjects,
    "names compared": _names,
    "sketch": lambda run: lambda: sketch([run]),
    "search": lambda run: _refused(lambda: search_all(_NoNames(), run, limit=10)),
    "choices": lambda run: _refused(lambda: choose("grade", run, ("good", "inadequate"))),
    "guard of Cypher": _guard,
    "escapes": _escapes,
}
