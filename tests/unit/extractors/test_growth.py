"""Work grows with the length of a document, also where the document is nothing that a publisher would print."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import spacy

from caregraph.extractors import sentences
from caregraph.extractors.dates import dates
from caregraph.extractors.documents import authorities, kinds
from caregraph.extractors.documents.authorities import _regions_of_title
from caregraph.extractors.findings.classifier import load_classifier
from caregraph.extractors.findings.sentence_context import Sentence
from caregraph.extractors.judgements import judgements
from caregraph.extractors.people import people
from caregraph.extractors.people.leaders import listed_contacts
from caregraph.extractors.reading.layout import Layout
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.extractors.record_builder import build_record
from caregraph.extractors.tokenizer import BoundedTokenizer
from caregraph.ontology.report import Line, Page, Piece
from caregraph.ontology.vocabulary import load_vocabulary

# A run of units stands where a component reads on as far as it can: beside an area, under the contents, in a table of
# contacts, below the closing words of a letter.
REPORT = (
    "Inspection of services for children in need of help and protection, children looked after and care leavers\n\n"
    "Overall effectiveness {run}\n\nContents\n\n{run}\n\nLocal area partnership details\n{run}\nwww.harrow.example\n\n"
    "Yours sincerely\n{run}"
)
NEWS = "Ofsted said that children's services in Harrow are rated as good. {run}"
UNITS = [
    "(",
    "( ",
    ")",
    "‘",
    "“",
    "'",
    '"',
    "’",
    "A",
    "A. ",
    "AB ",
    "Moor ",
    "Ada Moor, ",
    "Ada Moor, Director\n",
    "Ada Moor Bea Nash\n",
    "Dr ",
    "Dr Ada Moor HMI, ",
    "Inspector: Ada Moor\n",
    "Lead inspector: Ada Moor\n",
    "Lead inspector: Ada Moor ",
    ", the director of ",
    "1",
    "12 ",
    "1. ",
    "1. Overall ",
    "•",
    "• plan\n",
    "-",
    "a-",
    "care-\n",
    ".",
    ". ",
    ",",
    ", ",
    "5, ",
    "5 and ",
    "3 May 2022 ",
    "Published: ",
    "children ",
    "Leaders know children well. ",
    "What works\n\nChildren are seen by workers who know them and who listen to them well.\n\n",
    "Plans ... 3\n",
    "\n",
    " ",
    "good ",
    "Requires improvement ",
    "Overall effectiveness: Good\n",
    "judged good ",
    "judgement ",
    "Kent County Council ",
    "and ",
    "é",
    "http://a.b/",
]
IN_NEWS = ["(", "Moor ", "Ada Moor, ", "Dr ", "Dr Ada Moor HMI, ", ", the director of ", "judged good ", "and "]
RUNS = pytest.mark.parametrize(
    ("form", "unit"),
    [*((REPORT, unit) for unit in UNITS), *((NEWS, unit) for unit in IN_NEWS)],
    ids=[*(f"report-{unit!r}" for unit in UNITS), *(f"news-{unit!r}" for unit in IN_NEWS)],
)
SHORT, TIMES = 500, 8  # characters of a run, and the ratio to the longer one


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer)
    for component in (sentences, kinds, dates, authorities, judgements, people):
        component.add_to(nlp, load_vocabulary())
    return nlp


class CountedText(str):
    """A text that counts the characters copied out of it."""

    copied = 0

    def __getitem__(self, key):
        part = super().__getitem__(key)
        CountedText.copied += len(part)
        return part


@RUNS
def test_components_copy_the_text_a_few_times_only(nlp, form, unit):
    def copied(length: int) -> int:
        reading = segment(report_from_text("growth.txt", form.format(run=unit * (length // len(unit)))))
        doc = nlp.make_doc(reading.text)
        doc.user_data["reading"] = replace(reading, text=CountedText(reading.text))
        CountedText.copied = 0
        for _, component in nlp.pipeline:
            component(doc)
        return CountedText.copied

    assert copied(TIMES * SHORT) <= 1.3 * TIMES * copied(SHORT)


class CountedLine(Line):
    """A printed line that counts how often its position is looked at."""

    looks = 0

    def __getattribute__(self, name):
        CountedLine.looks += name == "baseline"
        return super().__getattribute__(name)


def test_lines_of_a_block_are_looked_at_a_few_times_only():
    def looks(count: int) -> int:
        words = "Children are seen by workers who know them and\n"
        length = len(words)
        lines = tuple(
            CountedLine(index * length, (index + 1) * length - 1, 1, 50.0, 500.0, 12.0 * (count - index), 12.0)
            for index in range(count)
        )
        report = replace(report_from_text("growth.txt", words * count), lines=lines)
        CountedLine.looks = 0
        (block,) = Layout(report).groups(lines)
        assert len(block.lines) == count
        return CountedLine.looks

    assert looks(400) <= 1.3 * 8 * looks(50)


class PagesReadOnce(tuple):
    """Pages that can be gone through once."""

    def __iter__(self):
        assert not self.__dict__
        self.__dict__["read"] = True
        return super().__iter__()


def test_quotations_do_not_go_through_the_pages_again():
    report = report_from_text("growth.txt", "One page.\nAnother.\n")
    pages = PagesReadOnce([Page(1, (Piece(0, 10, 0),)), Page(2, (Piece(10, 19, 0),))])
    reading = segment(replace(report, pages=pages))

    assert [reading.quote(start, start + 1)["page"] for start in (0, 8, 10, 17)] == [1, 1, 2, 2]


def test_a_finding_looks_at_its_own_mentions_only():
    count = 300
    sentence = "The hub acts. "
    reading = segment(report_from_text("growth.txt", sentence * count))
    looked_at = []

    def span(start, end, **fields):
        class Span(SimpleNamespace):
            @property
            def start_char(self):
                looked_at.append(start)
                return start

        return Span(end_char=end, label_="service", id_="hub", kb_id_="", text="hub", **fields)

    def group(spans, **attrs):
        return type("Group", (list,), {"attrs": attrs})(spans)

    starts = range(0, count * len(sentence), len(sentence))
    findings = group([span(start, start + 13) for start in starts], confidence=[1.0] * count, topics=[()] * count)
    for finding in findings:
        finding.label_, finding.id_ = "neutral", "finding"
    doc = SimpleNamespace(
        user_data={"reading": reading},
        sents=(),
        spans={
            **dict.fromkeys(("kinds", "dates", "judgements", "people", "due"), ()),
            "authorities": group([]),
            "services": group([span(start + 4, start + 7) for start in starts], aliases=[()] * count),
            "findings": findings,
            "sharing": group([], statements=()),
            "themes": group([], themes=()),
            "references": group([], findings=()),
        },
    )

    assert [finding.involves for finding in build_record(doc).findings] == [("hub",)] * count
    assert len(looked_at) < 10 * count


def test_each_line_of_a_table_of_contacts_is_looked_at_a_few_times_only():
    class CountedLines(list):
        looks = 0

        def __getitem__(self, index):
            CountedLines.looks += 1
            return super().__getitem__(index)

        def __iter__(self):
            return (self[index] for index in range(len(self)))

    def looks(count: int) -> int:
        text = "Ada Moor\nDirector of care\n" * count
        ends = [index for index, sign in enumerate(text) if sign == "\n"]
        CountedLines.looks = 0
        lines = CountedLines(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))
        assert len([*listed_contacts(text, lines)]) == count
        return CountedLines.looks

    assert looks(400) < 2 * 8 * looks(50)  # each line below another is looked up in a sorted list


def test_a_sentence_that_comes_again_and_again_is_read_by_the_network_once(monkeypatch):
    transformer = load_classifier()._transformer
    rows = []

    class CountingSession:
        def __init__(self, session):
            self.get_outputs, self._run = session.get_outputs, session.run

        def run(self, names, inputs):
            rows.extend(inputs["pieces"])
            return self._run(names, inputs)

    words = ["Visits are regular.", "Children wait too long.", "Visits are regular.", "This unsettles them."]
    sentences = [Sentence(text, "Care") for text in words]
    once = transformer.scores(sentences)
    monkeypatch.setattr(transformer, "_session", CountingSession(transformer._session))

    again = transformer.scores(sentences[:3] * 100 + sentences)

    assert len(rows) == 3
    assert (again[-4:] == once).all()
    assert (again[:300] == np.tile(once[:3], (100, 1))).all()


@pytest.mark.parametrize("sign", ["A", "Moor ", "\n"])
def test_a_title_has_the_council_near_it_however_long_the_lines_are(sign):
    run = sign * 20_000
    text = f"{run}\nInspection of services\n{run}"
    start = text.index("Inspection")

    regions = list(_regions_of_title(text, start, start + len("Inspection of services")))

    assert sum(last - first for first, last in regions) < 4_000
    assert any(first < start < last or last == start for first, last in regions)
