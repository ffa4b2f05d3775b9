"""Judgements: the grade that this inspection gives to each area it inspects.

Reads doc.spans["kinds"] and doc.spans["dates"]. Writes doc.spans["judgements"]: a span runs from the
words that name the area to those that give the grade, its label is the area,
its id the grade. Each statement of a grade has a span, in reading order: the table
and the heading. A statement that gives an area another grade than the first one
did quotes an earlier inspection, and is left out. An area in the table whose
grade cannot be read has the label "unread" and the area as its id.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.kinds import NEWS
from caregraph.extractors.judgements.grade_tables import find_tables
from caregraph.extractors.judgements.graded_area import GradedArea
from caregraph.extractors.judgements.news_judgements import NewsJudgements
from caregraph.extractors.judgements.table_cells import Grammar, TableArea
from caregraph.extractors.reading.printed_lines import printed_lines
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "judgements"
UNREAD = "unread"

_OPENING = 4000  # characters in which a report has its table of judgements
_BELOW = 500  # characters below its heading within which a grade of many words stands
_LONG_GRADE = (
    4  # words: a grade that has so many needs no area beside it ('lead to inconsistent experiences and outcomes')
)
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


class JudgementExtractor:
    """Give each area the grade beside it, also where the lines of a table ran into each other."""

    def __init__(self, *, areas: Iterable[tuple[str, str, str]], grades: Iterable[tuple[str, str]]) -> None:
        labels: dict[str, list[tuple[str, str]]] = {}
        for framework, label, area in areas:
            labels.setdefault(framework, []).append((label, area))
        graded = {tuple(label.lower().split()): grade for label, grade in grades}
        self._in_news = NewsJudgements(labels.pop(NEWS, []), graded)
        self._in_reports = {framework: _ReportJudgements(printed, graded) for framework, printed in labels.items()}

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield judgements in reading order, leaving ``doc`` as it was."""
        graded_areas = list(self._graded_areas(doc))
        first_grades: dict[str, str] = {}
        for graded in graded_areas:
            if graded.grade:
                first_grades.setdefault(graded.area, graded.grade)
        for graded in graded_areas:
            label, id = (graded.area, graded.grade) if graded.grade else (UNREAD, graded.area)
            if graded.grade == first_grades.get(graded.area):
                yield span_at(doc, graded.start, graded.end, label=label, id=id)

    def _graded_areas(self, doc: Doc) -> Iterator[GradedArea]:
        for kind in doc.spans.get("kinds", ()):
            if kind.label_ == NEWS:
                yield from map(GradedArea._make, self._in_news.find(text_of(doc)))
            elif kind.id_ in self._in_reports:
                yield from self._in_reports[kind.id_].find(doc)


class _ReportJudgements:
    """Tables and headings in the reports of one framework: the areas they print, and the grades beside them."""

    def __init__(self, labels: list[tuple[str, str]], grades: Mapping[tuple[str, ...], str]) -> None:
        self._grades = grades
        short = [words for words in grades if "improvement" in words or len(words) < _LONG_GRADE]
        long = [words for words in grades if words not in short]
        self._longest_grade = max(map(len, grades), default=0)
        grade_words = "|".join(sorted({word for words in short for word in words}))
        self._labels = [(_words(label), area) for label, area in sorted(labels, key=lambda label: -len(label[0]))]
        groups = (f"(?P<area{index}>{_pattern(words, grade_words)})" for index, (words, _) in enumerate(self._labels))
        area = rf"(?:the\s+)?(?:{'|'.join(groups)})"
        self._area = re.compile(_LEAD + area, re.IGNORECASE)
        self._next_area = re.compile(rf"(?:\s*\([A-Z]+\))?[\s.]*{_LEAD}{area}", re.IGNORECASE)
        self._grade_words = re.compile(rf"(?:(?:{grade_words})(?!\w)\s*)+", re.IGNORECASE)
        self._grade_below = re.compile(rf"\b(?:{_alternatives(long)})\b", re.IGNORECASE)
        self._grade = re.compile(rf"(?:{_alternatives(grades)})(?!\w)", re.IGNORECASE)

    def find(self, doc: Doc) -> Iterator[GradedArea]:
        """Yield the grades that tables and headings give, in reading order."""
        text = text_of(doc)
        line_starts = [start for start, _ in printed_lines(doc, 0, len(text))]
        grammar = Grammar(self._area_at, self._grade_at, _ends_there)
        tables = list(find_tables(text, grammar, line_starts=line_starts, years=_years(doc)))
        graded_areas = list(self._beside_areas(text, [(table.start, table.end) for table in tables]))
        for table in tables:
            graded_areas.extend(graded for graded in table.graded if not self._is_earlier(text, graded))
        yield from sorted(graded_areas, key=lambda graded: graded.start)

    def _beside_areas(self, text: str, tables: Sequence[tuple[int, int]]) -> Iterator[GradedArea]:
        """Yield the grades that stand beside their areas, but not in the tables that are read already."""
        scale = self._scale(text)
        end, in_table = 0, bool(tables)
        following = deque(tables)
        for opening in _OPENS.finditer(text):
            while following and following[0][0] <= opening.end():
                end = max(end, following.popleft()[1])
            match = self._area.match(text, opening.end()) if opening.end() >= end else None
            while match:
                graded = self._read(text, match, scale) or self._unread(text, match, in_table=in_table)
                end = graded.end if graded else match.end()
                if graded and not self._is_earlier(text, graded):
                    in_table = True
                    yield graded
                match = self._next_area.match(text, end)

    def _area_at(self, text: str, place: int) -> TableArea | None:
        match = self._area.match(text, place)
        if match is None:
            return None
        words, area = self._label(match)
        inside = _words_between(match[match.lastgroup or 0], words)
        return TableArea(match.start(match.lastgroup or 0), match.end(), area, inside)

    def _grade_at(self, text: str, place: int) -> tuple[int, str] | None:
        match = self._grade.match(text, place)
        return (match.end(), self._grades[_words(match[0])]) if match else None

    def _read(self, text: str, match: re.Match[str], scale: Mapping[str, str]) -> GradedArea | None:
        """Read the grade beside an area, or below it if that is a grade of many words; None if there is none."""
        words, area = self._label(match)
        start = match.start(match.lastgroup or 0)
        link = _LINK.match(text, match.end())
        grade, end = self._grade_beside(text, _words_between(match[match.lastgroup or 0], words), match, link)
        if grade is None and link and link["number"]:
            grade, end = scale.get(link["number"]), link.end("number")
        if grade and _ends_there(text, end):
            return GradedArea(start, end, area, grade)
        below = self._grade_below.search(text, match.end(), min(match.end() + _BELOW, _OPENING))
        if below:
            return GradedArea(below.start(), below.end(), area, self._grades[_words(below[0])])
        return None

    def _grade_beside(
        self, text: str, inside: tuple[str, ...], match: re.Match[str], link: re.Match[str] | None
    ) -> tuple[str | None, int]:
        """Longest grade that the words inside an area's make with those behind it, and its end."""
        run = self._grade_words.match(text, link.end()) if link else None
        behind = list(islice(re.finditer(r"\S+", run[0]), self._longest_grade)) if run else []
        for count in range(len(behind), -1, -1):
            grade = self._grades.get((*inside, *(word[0].lower() for word in behind[:count])))
            if grade:
                return grade, run.start() + behind[count - 1].end() if run and count else match.end()
        return None, match.end()

    def _label(self, match: re.Match[str]) -> tuple[tuple[str, ...], str]:
        """Words of the label that matched, and its area."""
        return self._labels[int((match.lastgroup or "area0").removeprefix("area"))]

    def _unread(self, text: str, match: re.Match[str], *, in_table: bool) -> GradedArea | None:
        """Area in the table, below another, that has words beside it which are no grade; None if it has none."""
        beside = _BESIDE.match(text, match.end())
        if not in_table or match.end() > _OPENING or beside is None:
            return None
        if _NO_GRADE.match(text, match.end()) or self._next_area.match(text, match.end()):
            return None
        return GradedArea(match.start(match.lastgroup or 0), beside.end(), self._label(match)[1], None)

    @staticmethod
    def _is_earlier(text: str, graded: GradedArea) -> bool:
        """Does it stand in a list of an earlier inspection's judgements? No such list stands before the table."""
        return graded.start > _OPENING // 2 and bool(_EARLIER.search(text, graded.start - _BEFORE, graded.start))

    def _scale(self, text: str) -> dict[str, str]:
        """Grades of bare numbers, by the legend of a report that grades so: '4: outstanding; 3: good; 2: adequate'."""
        legend = ((number, self._grades.get((word.lower(),))) for number, word in _LEGEND.findall(text))
        return {number: grade for number, grade in legend if grade}


def _years(doc: Doc) -> frozenset[int]:
    """Years of the inspection and of the report; empty if the document does not say."""
    days = (span.id_ for span in doc.spans.get("dates", ()) if span.label_ in ("inspected", "published"))
    return frozenset(int(year) for period in days for year in re.findall(r"\b(\d{4})-", period))


def _words(label: str) -> tuple[str, ...]:
    """Words of a label or grade, without a leading article."""
    words = label.lower().replace("’", "'").split()
    return tuple(words[1:] if words[0] == "the" else words)


def _pattern(words: tuple[str, ...], grade_words: str) -> str:
    """Pattern of words in order; where the columns of a table ran together, words of a grade are among them."""
    text = ""
    for index, word in enumerate(words):
        if word == "…":
            text += rf"\s+{_COUNCIL}(?=(?:is|are|{grade_words})\b)"
        else:
            text += (
                (rf"\s+(?:(?:{grade_words})\s+)*" if index else "") + re.escape(word).replace("'", "['’]") + r"(?!\w)"
            )
    return text


def _alternatives(grades: Iterable[tuple[str, ...]]) -> str:
    return "|".join(r"\s+".join(map(re.escape, words)) for words in sorted(grades, key=len, reverse=True)) or "(?!)"


def _words_between(text: str, label: tuple[str, ...]) -> tuple[str, ...]:
    """Words of ``text`` between those of the label: a grade's, where the columns of a table ran together."""
    if "…" in label:
        return ()
    expected = deque(label)
    between = []
    for word in text.lower().replace("’", "'").split():
        if expected and word == expected[0]:
            expected.popleft()
        else:
            between.append(word)
    return tuple(between)


def _ends_there(text: str, end: int) -> bool:
    """Does the sentence end with the grade? It goes on in 'is good at listening'."""
    after = _AFTER.match(text, end)
    word = after[1] if after else ""
    return not word[:1].islower() or word.startswith("because")
