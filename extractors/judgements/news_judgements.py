"""Verdicts: grades as running text tells of them, 'rated as good overall, with adoption praised as outstanding'."""

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


class Verdicts:
    """The clauses of a news item in which an area is said to have been given a grade."""

    def __init__(self, areas: Sequence[tuple[str, str]], grades: Mapping[tuple[str, ...], str]) -> None:
        self._grades = grades
        labels = sorted(areas, key=lambda label: -len(label[0]))
        self._areas = [area for _, area in labels]
        named = "|".join(rf"({_flowing(label)})" for label, _ in labels) or "(?!)"
        self._area = re.compile(rf"\b(?:{named})\b", re.IGNORECASE)
        given = "|".join(_flowing(" ".join(words)) for words in sorted(grades, key=len, reverse=True)) or "(?!)"
        self._grade = re.compile(rf"\b(?:{given})\b", re.IGNORECASE)

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
                named = areas[-1]
                area = self._areas[(named.lastindex or 1) - 1]
                words = tuple(grade[0].lower().split())
                yield min(named.start(), verb.start()), max(named.end(), grade.end()), area, self._grades[words]


def _flowing(words: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", "['’]") for word in words.replace("’", "'").split())
