"""News ties: a day or a grade in a news item counts only where the words tie it to the item's council as a fact.

Reads doc.spans["kinds"] and doc.spans["authorities"]. Takes the spans that are
not tied from doc.spans["dates"] (those of an inspection) and from
doc.spans["judgements"]. A sentence speaks of the councils that it names, else
of those that the sentences before it named last. Talk of what may come, of
another council or of a school is no fact about this one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.council_names import CouncilNames, PrintedName, Spelling, spellings_of
from caregraph.extractors.documents.kinds import NEWS
from caregraph.extractors.spans import text_of
from caregraph.ontology.vocabulary import Vocabulary

_SENTENCE_END = re.compile(r"[.!?;][”’\"')]*(?=\s)|\n")
_CLAUSE_END = re.compile(r"[,–—:]\s|\s(?:but|while|whereas|although)\s")
_MAY_BE = re.compile(
    r"\b(?:could|would|might|may(?= (?:be|have|get|become|yet|well|also|still))|should|can|cannot|unless|if|whether"
    r"|will|shall|won[’']t|set to|due to|about to|likely|unlikely|possibl[ey]|probably|perhaps|expect(?:s|ed|ing)?"
    r"|fear(?:s|ed|ing)?|risk(?:s|ed)?|rumou?r(?:s|ed)?|reportedly|allegedly|insiders?|sources?|leak(?:s|ed)?"
    r"|predict(?:s|ed)?|hop(?:es?|ed|ing)|aims?|aiming|targets?|wants?|plans? to|bid|brac(?:es?|ed|ing)"
    r"|not|never|no longer|den(?:y|ies|ied)|wrongly|falsely|avoid(?:s|ed)?|almost|nearly|draft)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:neighbour(?:s|ing|[’']s)?|nearby|elsewhere|unlike|another (?:council|authority|area)|other (?:councils"
    r"|authorities|areas)|next door|adjoining|sister council|compared (?:with|to)|nationally|in England"
    r"|across the country)\b",
    re.IGNORECASE,
)
_SERVICE_APART = re.compile(
    r"\b(?:schools?|academ(?:y|ies)|nurser(?:y|ies)|colleges?|childminders?|children[’']s homes?|fostering agency"
    r"|hospitals?|adult social care|care homes?|police|constabulary|fire (?:and|&) rescue|prisons?)\b",
    re.IGNORECASE,
)
_CHILDRENS_SERVICES = re.compile(
    r"\bchildren[’']s\s+(?:social\s+care|services|department)\b|\bservices for children\b|\bcouncil\b", re.IGNORECASE
)
_REACH = 2000  # characters at most to either side of a fact in which its sentence ends


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the vocabulary's register."""
    nlp.add_pipe("news_ties", config={"spellings": spellings_of(vocabulary)})


@Language.factory(
    "news_ties", requires=["doc.spans"], assigns=["doc.spans"], retokenizes=False, default_config={"spellings": []}
)
def make_news_ties(nlp: Language, name: str, spellings: list[Spelling]) -> "NewsTies":
    """``spellings`` are (words, name, ONS code, first day, last day), the days in ISO form or empty."""
    return NewsTies(spellings)


class NewsTies:
    """Take from a news item the days and grades that are not facts about its council."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._names = CouncilNames(spellings)

    def __call__(self, doc: Doc) -> Doc:
        if any(span.label_ == NEWS for span in doc.spans.get("kinds", ())):
            council = next((span.id_ for span in doc.spans.get("authorities", ())), "")
            text = text_of(doc)
            names = list(self._names.in_text(text)) if council else []
            for key, label in (("dates", "inspected"), ("judgements", "")):
                doc.spans[key] = [
                    span
                    for span in doc.spans.get(key, ())
                    if (label and span.label_ != label) or (council and _is_tied(text, span, council, names))
                ]
        return doc


def _is_tied(text: str, span: Span, council: str, names: Sequence[PrintedName]) -> bool:
    """Do the words tie a span to the council as a fact?"""
    start, end = _around(_SENTENCE_END, text, span.start_char, span.end_char, 0, len(text))
    sentence = text[start:end]
    if sentence.rstrip().endswith("?") or _MAY_BE.search(sentence) or _ELSEWHERE.search(sentence):
        return False
    if _SERVICE_APART.search(sentence) and not _CHILDRENS_SERVICES.search(sentence):
        return False
    in_clause = _councils(names, *_around(_CLAUSE_END, text, span.start_char, span.end_char, start, end))
    if in_clause:
        return in_clause == {council}
    in_sentence = _councils(names, start, end)
    return (in_sentence or _named_last(text, names, start) or {council}) == {council}


def _named_last(text: str, names: Sequence[PrintedName], before: int) -> set[str]:
    """Councils of the last sentence above a character that names any."""
    index = bisect_left(names, before, key=lambda name: name.start)
    if not index:
        return set()
    last = names[index - 1]
    return _councils(names, *_around(_SENTENCE_END, text, last.start, last.end, 0, before))


def _councils(names: Sequence[PrintedName], start: int, end: int) -> set[str]:
    """Councils that are named between two characters; ``names`` are in reading order."""
    first = bisect_left(names, start, key=lambda name: name.start)
    return {
        name.entries[0].name
        for name in takewhile(lambda name: name.start < end, (names[index] for index in range(first, len(names))))
    }


def _around(pattern: re.Pattern[str], text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Characters of the part between two ends of a pattern that holds a span."""
    first, last = max(first, start - _REACH), min(last, end + _REACH)
    before = max((match.end() for match in pattern.finditer(text, first, start)), default=first)
    after = pattern.search(text, end, last)
    return before, after.end() if after else last
