"""Judgements: the grade that this inspection gives to each area it inspects.

Reads doc.spans["kinds"]. Writes doc.spans["judgements"]: a span runs from the
words that name the area to those that give the grade, its label is the area,
its id the grade. Every place that says so is kept, in reading order: the table
and the heading. A place that gives an area another grade than the first one
did quotes an earlier inspection, and is left out. An area in the table whose
grade cannot be read has the label "unread" and the area as its id.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.kinds import NEWS
from caregraph.extractors.judgements.news_judgements import Verdicts
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "judgements"
UNREAD = "unread"

_OPENING = 4000  # characters in which a report has its table of judgements
_BELOW = 500  # characters below its heading within which a grade of many words stands
_MANY = 4  # words: so long a grade speaks for itself ('lead to inconsistent experiences and outcomes')
_BEFORE = 600  # characters before a judgement in which a list of earlier ones is announced

# An area's words open a block or a sentence, or follow its number, the table's head or the grade of the area before.
_OPENS = re.compile(r"^|(?<=[.\d]\s)(?=[A-Z])|\bJudge?ments?\s+Grades?\s+|\b[Gg]raded judge?ment ", re.MULTILINE)
_LEAD = (
    r"(?:\d+(?:\.\d+)?\.?\s+)?(?:judge?ments?\s+grades?\s+|(?:the\s+graded\s+judge?ment\s+)?(?:for|about|of|on)\s+)?"
)
_COUNCIL = r"(?-i:(?:(?:the|of|and|upon|on|with|area)\s+|[A-Z][\w’'&-]*,?\s+){1,9}?)"
_LINK = re.compile(
    r"(?:\s*\([A-Z]+\))?(?:\s*[:–—-])?(?:\s*\b(?:is|are|that|it|they|children[’']s|services?|grade)\b)*\s*:?"
    r"(?:\s*(?P<number>[1-4])\b(?!\.\d))?\s*\(?\s*",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:was|were)(?: as follows)?\s*:", re.IGNORECASE)  # 'The judgements then were:'
_NO_GRADE = re.compile(r"[ :]*(?:not\s+(?:judged|graded|inspected|applicable)|n/a\b|[\s.…]*\d|[.,;]|\Z)", re.IGNORECASE)
_BESIDE = re.compile(r"[ \t:–-]*[^\s.][^\n.]{2,40}")
_AFTER = re.compile(r"[ \t]*[.)*]*[ \t]*\d{0,2}[ \t]*(\S*)")
_LEGEND = re.compile(r"\b([1-4])\s*[:=]\s*([a-z]+)", re.IGNORECASE)


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the areas and grades that the vocabulary's frameworks print."""
    printed = [
        (term.id, label, area.id) for term in vocabulary.frameworks for area in term.areas for label in area.labels
    ]
    spoken = [(NEWS, label, area.id) for area in vocabulary.spoken_areas for label in area.labels]
    grades = [(label, grade.id) for term in vocabulary.frameworks for grade in term.grades for label in grade.labels]
    nlp.add_pipe("judgements", config={"areas": printed + spoken, "grades": sorted(set(grades))})


@Language.factory(
    "judgements", requires=["doc.spans"], assigns=["doc.spans"], default_config={"areas": [], "grades": []}
)
def make_judgements(
    nlp: Language, name: str, areas: list[tuple[str, str, str]], grades: list[tuple[str, str]]
) -> "JudgementExtractor":
    """``areas`` are (framework, words, area) and ``grades`` (words, grade); '…' among words stands for a council."""
    return JudgementExtractor(areas=areas, grades=grades)


class Place(NamedTuple):
    """Characters ``start`` to ``end`` name an area and give it a grade, which is None if it cannot be read."""

    start: int
    end: int
    area: str
    grade: str | None


class JudgementExtractor:
    """Give each area the grade beside it, also where the lines of a table ran into each other."""

    def __init__(self, *, areas: Iterable[tuple[str, str, str]], grades: Iterable[tuple[str, str]]) -> None:
        labels: dict[str, list[tuple[str, str]]] = {}
        for framework, label, area in areas:
            labels.setdefault(framework, []).append((label, area))
        graded = {tuple(label.lower().split()): grade for label, grade in grades}
        spoken = labels.pop(NEWS, [])
        self._verdicts = Verdicts(spoken, graded)
        self._tables = {framework: _Table(its, graded) for framework, its in labels.items()}

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield judgements in reading order, leaving ``doc`` as it was."""
        places = list(self._places(doc))
        current: dict[str, str] = {}
        for place in places:
            if place.grade:
                current.setdefault(place.area, place.grade)
        for place in places:
            label, id = (place.area, place.grade) if place.grade else (UNREAD, place.area)
            if place.grade == current.get(place.area):
                yield span_at(doc, place.start, place.end, label=label, id=id)

    def _places(self, doc: Doc) -> Iterator[Place]:
        for kind in doc.spans.get("kinds", ()):
            if kind.label_ == NEWS:
                yield from map(Place._make, self._verdicts.find(text_of(doc)))
            elif kind.id_ in self._tables:
                yield from self._tables[kind.id_].find(text_of(doc))


class _Table:
    """How the reports of one framework print their areas, and the grades beside them."""

    def __init__(self, labels: list[tuple[str, str]], grades: Mapping[tuple[str, ...], str]) -> None:
        self._grades = grades
        short = [words for words in grades if "improvement" in words or len(words) < _MANY]
        long = [words for words in grades if words not in short]
        loose = "|".join(sorted({word for words in short for word in words}))
        self._labels = [(_words(label), area) for label, area in sorted(labels, key=lambda label: -len(label[0]))]
        named = (f"(?P<area{index}>{_pattern(words, loose)})" for index, (words, _) in enumerate(self._labels))
        area = rf"(?:the\s+)?(?:{'|'.join(named)})"
        self._area = re.compile(_LEAD + area, re.IGNORECASE)
        self._next = re.compile(rf"(?:\s*\([A-Z]+\))?[\s.]*{_LEAD}{area}", re.IGNORECASE)
        self._run = re.compile(rf"(?:(?:{loose})(?!\w)\s*)+", re.IGNORECASE)
        self._below = re.compile(rf"\b(?:{_alternatives(long)})\b", re.IGNORECASE)

    def find(self, text: str) -> Iterator[Place]:
        """Yield what tables and headings say, in reading order."""
        scale = self._scale(text)
        end, seen = 0, False
        for opening in _OPENS.finditer(text):
            match = self._area.match(text, opening.end()) if opening.end() >= end else None
            while match:
                place = self._read(text, match, scale) or self._unread(text, match, seen=seen)
                end = place.end if place else match.end()
                if place and not self._is_earlier(text, place):
                    seen = True
                    yield place
                match = self._next.match(text, end)

    def _read(self, text: str, match: re.Match[str], scale: Mapping[str, str]) -> Place | None:
        words, area = self._labelled(match)
        start = match.start(match.lastgroup or 0)
        link = _LINK.match(text, match.end())
        grade, end = self._beside(text, _left_over(match[match.lastgroup or 0], words), match, link)
        if grade is None and link and link["number"]:
            grade, end = scale.get(link["number"]), link.end("number")
        if grade and _ends_there(text, end):
            return Place(start, end, area, grade)
        below = self._below.search(text, match.end(), min(match.end() + _BELOW, _OPENING))
        if below:
            return Place(below.start(), below.end(), area, self._grades[_words(below[0])])
        return None

    def _beside(
        self, text: str, inside: tuple[str, ...], match: re.Match[str], link: re.Match[str] | None
    ) -> tuple[str | None, int]:
        """The longest grade that the words inside an area's make with those behind it, and where it ends."""
        run = self._run.match(text, link.end()) if link else None
        behind = list(re.finditer(r"\S+", run[0])) if run else []
        for count in range(len(behind), -1, -1):
            grade = self._grades.get((*inside, *(word[0].lower() for word in behind[:count])))
            if grade:
                return grade, run.start() + behind[count - 1].end() if run and count else match.end()
        return None, match.end()

    def _labelled(self, match: re.Match[str]) -> tuple[tuple[str, ...], str]:
        return self._labels[int((match.lastgroup or "area0").removeprefix("area"))]

    def _unread(self, text: str, match: re.Match[str], *, seen: bool) -> Place | None:
        """An area in the table, below another, that has something beside it which is no grade."""
        beside = _BESIDE.match(text, match.end())
        if not seen or match.end() > _OPENING or beside is None:
            return None
        if _NO_GRADE.match(text, match.end()) or self._next.match(text, match.end()):
            return None
        return Place(match.start(match.lastgroup or 0), beside.end(), self._labelled(match)[1], None)

    @staticmethod
    def _is_earlier(text: str, place: Place) -> bool:
        """Does the place stand in a list of what an earlier inspection judged? No list stands before the table."""
        return place.start > _OPENING // 2 and bool(_EARLIER.search(text, place.start - _BEFORE, place.start))

    def _scale(self, text: str) -> dict[str, str]:
        """What a report that grades by bare numbers says they mean: '4: outstanding; 3: good; 2: adequate'."""
        said = ((number, self._grades.get((word.lower(),))) for number, word in _LEGEND.findall(text))
        return {number: grade for number, grade in said if grade}


def _words(label: str) -> tuple[str, ...]:
    """The words of a label or grade, without a leading article."""
    words = label.lower().replace("’", "'").split()
    return tuple(words[1:] if words[0] == "the" else words)


def _pattern(words: tuple[str, ...], loose: str) -> str:
    """These words in order; where the columns of a table ran together, words of a grade are among them."""
    text = ""
    for index, word in enumerate(words):
        if word == "…":
            text += rf"\s+{_COUNCIL}(?=(?:is|are|{loose})\b)"
        else:
            text += (rf"\s+(?:(?:{loose})\s+)*" if index else "") + re.escape(word).replace("'", "['’]") + r"(?!\w)"
    return text


def _alternatives(grades: Iterable[tuple[str, ...]]) -> str:
    return "|".join(r"\s+".join(map(re.escape, words)) for words in sorted(grades, key=len, reverse=True)) or "(?!)"


def _left_over(text: str, label: tuple[str, ...]) -> tuple[str, ...]:
    """The words of ``text`` that are none of the label's."""
    if "…" in label:
        return ()
    rest = list(label)
    left = []
    for word in text.lower().replace("’", "'").split():
        if rest and word == rest[0]:
            rest.pop(0)
        else:
            left.append(word)
    return tuple(left)


def _ends_there(text: str, end: int) -> bool:
    """Is nothing said on after the grade, as in 'is good at listening'?"""
    after = _AFTER.match(text, end)
    word = after[1] if after else ""
    return not word[:1].islower() or word.startswith("because")
