"""Labelled sentences, found again in the reports that they were taken from."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from extractors import findings, sentences
from extractors.placed import Sentence
from extractors.read import read_report
from extractors.sections import segment
from ontology.terms import load_vocabulary

_PARAGRAPH_NUMBER = re.compile(r"\s\d{1,3}\.$")  # of the next paragraph, stuck to the labelled sentence
_LOST = re.compile(r"[^a-z0-9]+")
_FEWEST = 20  # characters: a shorter text may stand in a longer one by chance


class Labelled(NamedTuple):
    """A sentence as labelled, and where it was found: with the sentences before and after, as the component sees them.

    ``before`` and ``after`` are None at the ends of a document; ``found`` is
    false where the text stands in no prose, so that it can be no finding.
    """

    document: str
    polarity: str
    topics: tuple[str, ...]
    sentence: Sentence
    before: Sentence | None
    after: Sentence | None
    found: bool


def read_labelled(folder: Path, reports: Path) -> Iterator[Labelled]:
    """Read ``*.jsonl`` in a folder, and the reports named ``<id>.pdf`` in another."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    nlp = spacy.blank("en")
    sentences.add_to(nlp, load_vocabulary())
    prose = {name: _prose(nlp, reports / f"{name}.pdf") for name in sorted({row["id"] for row in rows})}
    for row in rows:
        text = _PARAGRAPH_NUMBER.sub("", row["sentence"])
        there = prose[row["id"]]
        place = _place(_glued(text), [glued for glued, _ in there])
        beside = [None if place is None or not 0 <= near < len(there) else there[near][1] for near in _near(place)]
        found = beside[1] or Sentence(text)
        yield Labelled(
            document=row["id"],
            polarity=row["polarity"],
            topics=tuple(row["topics"]),
            sentence=found._replace(text=text),
            before=beside[0],
            after=beside[2],
            found=place is not None,
        )


def _near(place: int | None) -> tuple[int, int, int]:
    return (-1, -1, -1) if place is None else (place - 1, place, place + 1)


def _prose(nlp: Language, path: Path) -> list[tuple[str, Sentence]]:
    reading = segment(read_report(path))
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    found = [candidate.sentence for candidate in findings.candidates(nlp(doc))]
    return [(_glued(sentence.text), sentence) for sentence in found]


def _place(text: str, prose: Sequence[str]) -> int | None:
    """The sentence that is the text, or else the first that holds it or is held by it."""
    if text in prose:
        return prose.index(text)
    return next(
        (place for place, other in enumerate(prose) if len(other) > _FEWEST and (other in text or text in other)), None
    )


def _glued(text: str) -> str:
    """Letters and digits alone: a line break may have swallowed a hyphen or a space."""
    return _LOST.sub("", text.lower())
