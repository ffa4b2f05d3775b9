"""Labelled sentences, found again in the reports that they were taken from, and the other sentences of these."""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from caregraph.extractors import sentences
from caregraph.extractors.findings import findings
from caregraph.extractors.findings.sentence_context import Sentence
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

_PARAGRAPH_NUMBER = re.compile(r"\s\d{1,3}\.$")  # of the next paragraph, stuck to the labelled sentence
_LOST = re.compile(r"[^a-z0-9]+")
_FEWEST = 20  # characters: a shorter text may stand in a longer one by chance


class Placed(NamedTuple):
    """A sentence and the one before, None at the beginning of a document, as the component sees them."""

    sentence: Sentence
    before: Sentence | None


class Labelled(NamedTuple):
    """A sentence as labelled, and where it was found.

    ``found`` is false where the text stands in no prose, so that it can be no finding.
    """

    document: str
    polarity: str
    topics: tuple[str, ...]
    place: Placed
    found: bool


def read_labelled(folder: Path, reports: Path) -> Iterator[Labelled]:
    """Read ``*.jsonl`` in a folder, and the reports named ``<id>.pdf`` in another."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    nlp = _pipeline()
    prose = {name: _prose(nlp, reports / f"{name}.pdf") for name in sorted({row["id"] for row in rows})}
    for row in rows:
        text = _PARAGRAPH_NUMBER.sub("", row["sentence"])
        there = prose[row["id"]]
        number = _number(_glued(text), [glued for glued, _ in there])
        found = Placed(Sentence(text), None) if number is None else there[number][1]
        yield Labelled(
            document=row["id"],
            polarity=row["polarity"],
            topics=tuple(row["topics"]),
            place=found._replace(sentence=found.sentence._replace(text=text)),
            found=number is not None,
        )


def read_others(labelled: Iterable[Labelled], reports: Path) -> list[Placed]:
    """The sentences of the labelled ones' documents that are not labelled, each text once, in an order of chance."""
    nlp, labelled = _pipeline(), [*labelled]
    known = {_glued(row.place.sentence.text) for row in labelled}
    found: dict[str, Placed] = {}
    for name in sorted({row.document for row in labelled}):
        for glued, place in _prose(nlp, reports / f"{name}.pdf"):
            if len(glued) >= _FEWEST and glued not in known:
                found.setdefault(glued, place)
    others = [*found.values()]
    random.Random(0).shuffle(others)
    return others


def _pipeline() -> Language:
    nlp = spacy.blank("en")
    sentences.add_to(nlp, load_vocabulary())
    return nlp


def _prose(nlp: Language, path: Path) -> list[tuple[str, Placed]]:
    reading = segment(read_report(path))
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    found = [candidate.sentence for candidate in findings.candidates(nlp(doc))]
    return [(_glued(one.text), Placed(one, before)) for one, before in zip(found, [None, *found], strict=False)]


def _number(text: str, prose: Sequence[str]) -> int | None:
    """The number of the sentence that is the text, or else the first that holds it or is held by it."""
    if text in prose:
        return prose.index(text)
    return next(
        (place for place, other in enumerate(prose) if len(other) > _FEWEST and (other in text or text in other)), None
    )


def _glued(text: str) -> str:
    """Letters and digits alone: a line break may have swallowed a hyphen or a space."""
    return _LOST.sub("", text.lower())
