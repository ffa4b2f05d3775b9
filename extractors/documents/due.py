"""Due inspections: what a report says of the next one, or what the rule of its framework says of the outcome it gives.

Reads doc.spans["kinds"], ["dates"] and ["judgements"]. Writes doc.spans["due"]: the words that tell it; the label is
the action, "inspection" or "monitoring-inspection", the id the number of months. ``kb_id`` is "stated" where the words
say so themselves, else the framework whose rule it is; then the words are those of the outcome.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "due"
STATED = "stated"

_WORDS = {name: number for number, name in enumerate("one two three four five six".split(), start=1)}
_STATED = re.compile(
    r"\b(?P<which>next|monitoring|full)\b[^.;\n]{0,60}?\b(?:re)?inspection\b[^.;\n]{0,80}?\b(?:within|in)\s+"
    r"(?:(?:approximately|about|around|the\s+next)\s+)?(?P<number>\d{1,2}|one|two|three|four|five|six)\s+(?P<unit>month|year)s?\b",
    re.IGNORECASE,
)

Rule = tuple[str, str, str, int]  # framework, grade, action, months


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the rules of the vocabulary's frameworks."""
    rules = [
        (term.id, rule.grade, rule.action, rule.months) for term in vocabulary.frameworks for rule in term.intervals
    ]
    nlp.add_pipe("due", config={"rules": rules})


@Language.factory("due", requires=["doc.spans"], assigns=["doc.spans"], default_config={"rules": []})
def make_due(nlp: Language, name: str, rules: list[Rule]) -> "DueInspections":
    """``rules`` are (framework, grade, action, months)."""
    return DueInspections(rules)


def months_after(day: date, months: int) -> date:
    """The day so many months after another; the last of its month where that is shorter.

    >>> months_after(date(2024, 7, 31), 18)
    datetime.date(2026, 1, 31)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class DueInspections:
    """Find what is due: each action once, by the report's words before the framework's rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = list(rules)

    def __call__(self, doc: Doc) -> Doc:
        due: dict[str, Span] = {}
        for span in self.find(doc):
            due.setdefault(span.label_, span)
        doc.spans[SPANS_KEY] = list(due.values())
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield what is due, the report's own words first, leaving ``doc`` as it was."""
        kind = next(iter(doc.spans["kinds"]), None)
        if kind is None or kind.label_ not in {"area-send", "ilacs", "sif"}:
            return
        for match in _STATED.finditer(text_of(doc)):
            number = _WORDS.get(match["number"].lower()) or int(match["number"])
            months = number * (12 if match["unit"].lower() == "year" else 1)
            action = "monitoring-inspection" if match["which"].lower() == "monitoring" else "inspection"
            yield span_at(doc, *match.span(), label=action, id=str(months), kb_id=STATED)
        for judgement in doc.spans["judgements"]:
            for framework, grade, action, months in self._rules:
                if (framework, grade) == (kind.id_, judgement.id_):
                    start, end = judgement.start_char, judgement.end_char
                    yield span_at(doc, start, end, label=action, id=str(months), kb_id=framework)
