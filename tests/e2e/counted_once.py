"""Promises about counts: additions to a folder of reports that must change no count, and what is counted."""

import shutil

from caregraph.extractors.reading.read import read_report
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.queries.questions import load_questions

NEWS = """Council praised for its work with families

Children’s services in {council} have been rated outstanding overall by Ofsted, the council said on its website.

The leader of the council said that social workers had gone the extra mile. Families told us that help came early.
"""
SCHOOL = """Inspection of Wexholme Primary School

Inspection dates: 4 and 5 March 2025

The quality of education: Good
Behaviour and attitudes: Outstanding
Early years provision: Good

Pupils are happy at this school. They learn to read quickly. The headteacher and the governors know the school well.
Pupils in Year 6 are ready for secondary school. Phonics is taught well from the start of Reception.
"""


class Additions:
    """Files for a folder: some say again what two documents say; one is a news item, and one no report."""

    def __init__(self, report, letter, council):
        self.report, self.letter, self.council = report, letter, council

    def add_copy(self, folder):
        """A second copy of a report, of which one byte differs."""
        (folder / "copy.pdf").write_bytes(self.report.read_bytes() + b"\n")

    def add_text(self, folder):
        """The text of a report, as some archives keep it beside the PDF."""
        (folder / "report.txt").write_text(read_report(self.report).text, encoding="utf-8")

    def add_page(self, folder):
        """A letter as a web page."""
        lines = read_report(self.letter).text.splitlines()
        body = "\n".join(f"<p>{line}</p>" for line in lines if line.strip())
        page = f"<!doctype html><html><body><article>{body}</article></body></html>"
        (folder / "letter.html").write_text(page, encoding="utf-8")

    def add_news(self, folder):
        (folder / "news.txt").write_text(NEWS.format(council=self.council), encoding="utf-8")

    def add_same_name(self, folder):
        """The same file under another folder."""
        (folder / "again").mkdir()
        shutil.copy(self.letter, folder / "again")

    def add_school(self, folder):
        (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")


KINDS = ("add_copy", "add_text", "add_page", "add_news", "add_same_name", "add_school")


def answers(graph):
    """Everything that the named questions answer with their examples."""
    return {
        name: [dict(row) for row in graph.ask(name, **question.example)] for name, question in load_questions().items()
    }


def counts(graph):
    """Nodes and relationships of every label and type but those of witnesses."""
    counted = graph.store.counts()
    apart = {"Witness", "WITNESS_OF", "ABOUT", "GIVES"}
    return {kind: {name: n for name, n in table.items() if name not in apart} for kind, table in counted.items()}


def statements(graph):
    with Dataset.read(graph.workspace.dataset_folder) as dataset:
        return {(entry.source, str(quad)) for entry in dataset.documents() for quad in dataset.quads(entry.document)}


def all_of(graph):
    """Every answer, every count and every statement."""
    return answers(graph), counts(graph), statements(graph)


def assert_counted_once(graph, known, folder, additions):
    """Build additions one after the other, compare every answer and count, and take them away again.

    Args:
        known: `all_of` the graph as it is.
    """
    sources = []
    for addition in additions:
        addition(folder)
        report = graph.build(folder)
        assert report.failed == {}
        sources += [outcome.source for outcome in report.outcomes if outcome.status in ("added", "left-out")]

    after = answers(graph)
    assert {name for name in after if after[name] != known[0][name]} == set()
    assert counts(graph) == known[1]
    for source in dict.fromkeys(sources):
        graph.remove(source)
    assert all_of(graph) == known
