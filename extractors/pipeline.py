"""Components in order, and the way of a report through them: read, segment, annotate, build the record.

Each component writes the spans it finds to ``doc.spans`` under its own name
and says in its module what its labels and ids mean.
"""

from dataclasses import replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from caregraph.extractors import missing, sentences
from caregraph.extractors.dates import dates
from caregraph.extractors.documents import authorities, boilerplate, due, kinds, news_ties, themes
from caregraph.extractors.documents.other_subjects import OtherSubjects
from caregraph.extractors.documents.second_reports import SecondReports
from caregraph.extractors.findings import findings
from caregraph.extractors.judgements import judgements
from caregraph.extractors.names import references, services
from caregraph.extractors.people import people
from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.reading.read import read_report, report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.extractors.record_builder import build_record
from caregraph.extractors.sharing import sharing
from caregraph.extractors.tokenizer import make_tokenizer
from caregraph.ontology.errors import NotACouncilReport, UnreadableReport
from caregraph.ontology.records import Record, Unread
from caregraph.ontology.report import Report
from caregraph.ontology.vocabulary import Vocabulary

COMPONENTS = (
    sentences, kinds, dates, authorities, judgements, news_ties, due, themes, people, services, boilerplate,
    findings, references, sharing, missing,
)  # fmt: skip

MAX_LENGTH = 20_000_000  # characters; the longest of 400 reports has 400,000


def make_pipeline(vocabulary: Vocabulary) -> Language:
    """Make a blank English pipeline with our components in order, given the vocabulary's spellings."""
    nlp = spacy.blank("en")
    nlp.max_length = MAX_LENGTH  # the default is for models whose memory grows faster with the text
    nlp.tokenizer = make_tokenizer(nlp)
    for module in COMPONENTS:
        module.add_to(nlp, vocabulary)
    return nlp


def annotate(nlp: Language, reading: Reading) -> Doc:
    """Run the components over a report's flow; ``doc.user_data["reading"]`` is its reading."""
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    return nlp(doc)


class ReportReader:
    """Read report files into records. Its pipeline takes a second to make, so there is one to a process."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nlp = make_pipeline(vocabulary)
        self._other_subjects = OtherSubjects(vocabulary)
        self._second_reports = SecondReports(vocabulary)

    def read(self, path: Path) -> Record:
        """Read one report file.

        Raises:
            UnreadableReport: if it holds no report.
            NotACouncilReport: if it is of something else than a council's children's services.
        """
        return self.record(read_report(path))

    def read_bytes(self, source: str, content: bytes) -> Record:
        """Read a report in memory; ``source`` names it in messages. Raises as ``read``."""
        return self.record(report_from_bytes(source, content))

    def record(self, report: Report) -> Record:
        """Extract the record of a report as read: of the first one, if several are in one file.

        Raises:
            UnreadableReport: if it is too long to be one.
            NotACouncilReport: if it is of something else than a council's children's services.
        """
        if len(report.text) > MAX_LENGTH:
            raise UnreadableReport(report.source, f"has more than {MAX_LENGTH:,} characters, too many for a report")
        reading = segment(report)
        if seems := self._other_subjects.find(reading):
            raise NotACouncilReport(report.source, seems)
        first, note = self._second_reports.split(reading)
        record = build_record(annotate(self._nlp, first))
        further = (Unread("second report", note),) if note else ()
        return replace(record, unread=(*record.unread, *further))
