"""Corrections: what people found wrong in what was read of a document, and what is right.

A correction is about a finding's polarity or topics, or about a name's kind. It names the document by its hash and the
finding or mention by its first character, so that it holds for whoever reads the same file. Corrections are lines of a
file that is only appended to, in the order in which they were made; the last one of a field counts, and `undone`
withdraws the one before it. What was read stays in the record: corrections are applied where statements are made of it.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from caregraph.graph.atomic_files import append_line
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import THINGS, document_iri, finding_iri
from caregraph.ontology.records import MENTION_TYPES, POLARITIES, Finding, Mention, Record

Field = Literal["polarity", "topics", "kind"]
UNDONE = "undone"
NO_TOPIC = "none"
Key = tuple[str, int, str]  # hash of the document, first character, field
Notes = Mapping[tuple[type[Finding] | type[Mention], int], Sequence[str]]  # by what they are about


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's correction of one field.

    ``value`` is a polarity, ids of topics with commas between or `NO_TOPIC`, a kind of named thing, or `UNDONE`;
    ``when`` is an ISO day.
    """

    document: str
    start: int
    field: Field
    value: str
    by: str
    why: str
    when: str

    def __post_init__(self) -> None:
        allowed: Mapping[str, frozenset[str]] = {"polarity": POLARITIES, "kind": MENTION_TYPES}
        if self.field not in get_args(Field):
            raise BadDecision(f"field: expected one of {', '.join(get_args(Field))}, got {self.field!r}")
        for name in ("document", "value", "by", "why", "when"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name).strip():
                raise BadDecision(f"{name}: expected words, got {getattr(self, name)!r}")
        if not isinstance(self.start, int) or self.start < 0:
            raise BadDecision(f"start: expected a character from 0, got {self.start!r}")
        values = allowed.get(self.field)
        if values and self.value not in values | {UNDONE}:
            raise BadDecision(f"{self.field}: expected one of {', '.join(sorted(values))}, got {self.value!r}")

    @property
    def key(self) -> Key:
        """Document, character and field that it is about."""
        return self.document, self.start, self.field

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of topics, of a correction of those."""
        ids = (part.strip() for part in self.value.split(","))
        return () if self.value == NO_TOPIC else tuple(dict.fromkeys(filter(None, ids)))

    @property
    def line(self) -> str:
        """Correction as a line of a file."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def about(self) -> str:
        """IRI of the finding that it is about, or the place of the mention, written like one."""
        return place_of(self.document, self.start, self.field)


class Corrections:
    """Corrections that count, in the order of documents and characters."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        standing = sorted(_standing(corrections).items())
        self.current: tuple[Correction, ...] = tuple(of_key[-1] for _, of_key in standing if of_key)
        self._by_document: dict[str, list[Correction]] = defaultdict(list)
        for correction in self.current:
            self._by_document[correction.document].append(correction)

    def digest_of(self, sha256: str) -> str:
        """Digest of the corrections of a document, empty if there are none."""
        lines = [json.dumps(asdict(correction)) for correction in self._by_document.get(sha256, ())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12] if lines else ""

    @property
    def fingerprint(self) -> str:
        """Digest of all corrections that count."""
        return " ".join(self.digest_of(sha256) for sha256 in sorted(self._by_document))

    def apply(self, record: Record) -> Record:
        """Correct a record; a name's kind changes wherever the document has that name."""
        corrections = self._by_document.get(record.sha256)
        if not corrections:
            return record
        of_findings, kinds = self._about(record)
        findings = tuple(_corrected(finding, of_findings.get(finding.start, ())) for finding in record.findings)
        mentions = tuple(
            replace(mention, type=kinds[mention.name, mention.type].value, term=None)
            if (mention.name, mention.type) in kinds
            else mention
            for mention in record.mentions
        )
        return replace(record, findings=findings, mentions=mentions)

    def notes(self, record: Record) -> Notes:
        """Words on each correction of a record: what was read, what stands now, who corrected it, when and why.

        Args:
            record: as it was read.
        """
        if record.sha256 not in self._by_document:
            return {}
        of_findings, kinds = self._about(record)
        notes: dict[tuple[type[Finding] | type[Mention], int], Sequence[str]] = {}
        for finding in record.findings:
            if corrections := of_findings.get(finding.start):
                notes[Finding, finding.start] = [
                    _note(correction, _read(finding, correction)) for correction in corrections
                ]
        for mention in record.mentions:
            if correction := kinds.get((mention.name, mention.type)):
                notes[Mention, mention.start] = [_note(correction, mention.type)]
        return notes

    def without_effect(self, record: Record) -> list[Correction]:
        """Corrections of a document that its record has nothing for: it was read otherwise when they were made."""
        starts = {(finding.start, False) for finding in record.findings}
        starts |= {(mention.start, True) for mention in record.mentions}
        corrections = self._by_document.get(record.sha256, ())
        return [one for one in corrections if (one.start, one.field == "kind") not in starts]

    def _about(self, record: Record) -> tuple[dict[int, list[Correction]], dict[tuple[str, str], Correction]]:
        """Corrections of findings by their first character, and of kinds by the name and the kind that was read."""
        of_findings: dict[int, list[Correction]] = defaultdict(list)
        kinds: dict[tuple[str, str], Correction] = {}
        named = {mention.start: (mention.name, mention.type) for mention in record.mentions}
        for correction in self._by_document[record.sha256]:
            if correction.field != "kind":
                of_findings[correction.start].append(correction)
            elif correction.start in named:
                kinds[named[correction.start]] = correction
        return of_findings, kinds


def _corrected(finding: Finding, corrections: Iterable[Correction]) -> Finding:
    for correction in corrections:
        if correction.field == "polarity":
            finding = replace(finding, polarity=correction.value, confidence=1.0)
        else:
            finding = replace(finding, topics=correction.topics)
    return finding


def _read(finding: Finding, correction: Correction) -> str:
    if correction.field == "topics":
        return ", ".join(finding.topics) or NO_TOPIC
    return f"{finding.polarity} with confidence {finding.confidence:.2f}"


def _note(correction: Correction, read: str) -> str:
    value = ", ".join(correction.topics) or NO_TOPIC if correction.field == "topics" else correction.value
    told = f"{correction.field} was read as {read}; {correction.by} corrected it to {value} on {correction.when}"
    return " ".join(f"{told}: {correction.why}".split())


def _standing(corrections: Iterable[Correction]) -> dict[Key, list[Correction]]:
    """Corrections of each field that are not undone, of corrections in the order in which they were made."""
    standing: dict[Key, list[Correction]] = defaultdict(list)
    for correction in corrections:
        _make(correction, standing)
    return standing


def _make(correction: Correction, standing: dict[Key, list[Correction]]) -> bool:
    """Add a correction to those that stand, or undo the last one of its field; False if there is none to undo."""
    if correction.value != UNDONE:
        standing[correction.key].append(correction)
    elif standing[correction.key]:
        standing[correction.key].pop()
    else:
        return False
    return True


def read_corrections(path: Path, topics: frozenset[str]) -> list[Correction]:
    """Read the lines of a file of corrections, in their order; a file that does not exist has none.

    Args:
        topics: ids of the topics that there are.

    Raises:
        BadDecision: if a line is no correction; its number is given.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise BadDecision(f"{path.name} cannot be read: {error}") from error
    return [_parse(line, f"{path.name}:{number}", topics) for number, line in enumerate(lines, start=1) if line.strip()]


def _parse(line: str, location: str, topics: frozenset[str]) -> Correction:
    try:
        correction = Correction(**json.loads(line))
        _check_topics(correction, topics)
    except (json.JSONDecodeError, TypeError, BadDecision) as error:
        raise BadDecision(f"{location}: {error}") from error
    return correction


def _check_topics(correction: Correction, topics: frozenset[str]) -> None:
    if correction.field == "topics" and correction.value != UNDONE:
        if unknown := [topic for topic in correction.topics if topic not in topics]:
            raise BadDecision(f"no topic called {unknown[0]!r}; the topics are {', '.join(sorted(topics))}")
        if not correction.topics and correction.value != NO_TOPIC:
            raise BadDecision(f"topics: expected ids of topics, or {NO_TOPIC!r}, got {correction.value!r}")


def append_corrections(path: Path, corrections: Sequence[Correction], topics: frozenset[str]) -> int:
    """Append corrections to a file, those that it does not have yet; return how many.

    Raises:
        BadDecision: if a topic is unknown, or there is nothing to undo; the file is left as it was.
        StoreError: if the file cannot be written.
    """
    made = read_corrections(path, topics)
    new = [correction for correction in dict.fromkeys(corrections) if correction not in made]
    _append(path, made, new, topics)
    return len(new)


def append_correction(path: Path, correction: Correction, topics: frozenset[str]) -> None:
    """Append what a person corrects or undoes now, also where the same was done before; not what stands already.

    Raises:
        BadDecision, StoreError: as `append_corrections`.
    """
    made = read_corrections(path, topics)
    stands = [of_key[-1] for of_key in _standing(made).values() if of_key]
    _append(path, made, [] if correction in stands else [correction], topics)


def _append(path: Path, made: Sequence[Correction], new: Sequence[Correction], topics: frozenset[str]) -> None:
    standing = _standing(made)
    for correction in new:
        _check_topics(correction, topics)
        if not _make(correction, standing):
            raise BadDecision(f"no correction of {correction.field} stands there")
    for correction in new:
        append_line(path, correction.line)


def document_and_start(about: str) -> tuple[str, int]:
    """Hash of a document and a character in it, by the IRI of a finding, or the place of a mention, written like one.

    >>> document_and_start(finding_iri(document_iri("ab12"), 7)), document_and_start(place_of("ab12", 7, "kind"))
    (('ab12', 7), ('ab12', 7))

    Raises:
        BadDecision: if it is neither.
    """
    place = re.fullmatch(rf"{re.escape(THINGS)}(?:finding|mention)/([0-9a-f]+)-(\d{{1,9}})", about)
    if place is None:
        raise BadDecision(f"{about} is no finding's IRI")
    return place[1], int(place[2])


def place_of(document: str, start: int, field: str) -> str:
    """IRI of the finding that a correction is about, or the place of the mention, written like one."""
    return f"{THINGS}mention/{document}-{start}" if field == "kind" else finding_iri(document_iri(document), start)
