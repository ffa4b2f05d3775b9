"""Judgements in the news: grades in running text, 'rated as good overall, with adoption praised as outstanding'."""

import re
from collections.abc import Iterator, Mapping, Sequence

_VERB = re.compile(
    r"\b(?:rated|judged|graded|ranked|praised|named|declared|deemed|described|classed|found|awarded|given)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.,;\n]+")
_EARLIER = re.compile(
    r"\b(?:previous|previously|had been|formerly|last inspection|since|after being|up from|improved from)\b",
    re.IGNORECASE,
)


class NewsJudgements:
    """Clauses of a news item that say that an area was given a grade."""

    def __init__(self, areas: Sequence[tuple[str, str]], grades: Mapping[tuple[str, ...], str]) -> None:
        self._grades = grades
        labels = sorted(areas, key=lambda label: -len(label[0]))
        self._areas = [area for _, area in labels]
        area_labels = "|".join(rf"({_flowing_pattern(label)})" for label, _ in labels) or "(?!)"
        self._area = re.compile(rf"\b(?:{area_labels})\b", re.IGNORECASE)
        longest_first = sorted(grades, key=len, reverse=True)
        grade_labels = "|".join(_flowing_pattern(" ".join(words)) for words in longest_first) or "(?!)"
        self._grade = re.compile(rf"\b(?:{grade_labels})\b", re.IGNORECASE)

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield start, end, area and grade; a clause about an earlier inspection gives none."""
        for clause in _CLAUSE.finditer(text):
            start, end = clause.span()
            verb = _VERB.search(text, start, end)
            grade = verb and self._grade.search(text, verb.end(), end)
            if not verb or not grade or _EARLIER.search(text, start, end):
                continue
            areas = list(self._area.finditer(text, start, end))
            if areas:
                last = areas[-1]
                area = self._areas[(last.lastindex or 1) - 1]
                words = tuple(grade[0].lower().split())
                yield min(last.start(), verb.start()), max(last.end(), grade.end()), area, self._grades[words]


def _flowing_pattern(words: str) -> str:
    """Pattern of words with any white space between them."""
    return r"\s+".join(re.escape(word).replace("'", "['’]") for word in words.replace("’", "'").split())
