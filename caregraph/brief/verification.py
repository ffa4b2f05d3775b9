"""Verification of a brief: every quotation is looked for on its page and every count is asked again.

Works on the lines of a file, so that a brief that a person has edited, or a text with quotations of that form, can be
checked too. A line that is neither must be one that the brief's recipe gives.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rapidfuzz import fuzz, process

from caregraph.brief.answers import Asker
from caregraph.brief.blocks import CELLS, Count, Quotation, lines_of, parse_count, parse_quotation, parse_recipe, plain
from caregraph.brief.region import make_region_brief
from caregraph.brief.sections import make_brief
from caregraph.graph.queries.quotations import PrintedWords
from caregraph.ontology.errors import BadQuestion

State = Literal["proved", "changed", "unproved"]
MIN_LIKENESS = 70  # percent: words that are less alike are others, and no changed ones
MIN_LINE_LIKENESS = 0.6  # of a line that the brief's recipe gives, from 0 to 1
LABELS = ("", "Asked: ", "Later: ")  # that may stand before a quotation


class Graph(Asker, Protocol):
    """What a brief is checked against, as `caregraph.Graph` is."""

    def printed_words(self, document: str) -> tuple[list[str], list[PrintedWords]]: ...


@dataclass(frozen=True, slots=True)
class Check:
    """A line of a file with what was found of it; ``reason`` is empty where it is proved."""

    state: State
    line: str
    reason: str = ""


def verify_lines(graph: Graph, lines: Sequence[str]) -> list[Check]:
    """Check each line of a brief.

    Raises:
        StoreError: if the database fails.
    """
    expected = _expected_lines(graph, lines)
    verifier = _Verifier(graph, expected)
    return [verifier.check(line) for line in lines]


def verify_quotation(graph: Graph, quotation: Quotation) -> Check:
    """Check one quotation; one without an authority is looked for in its document whatever that reports on."""
    return _Verifier(graph, {}).find(quotation.line(), quotation)


def _expected_lines(graph: Graph, lines: Sequence[str]) -> Mapping[str, None]:
    """Lines that the recipe of the brief gives today, in order; none without a recipe that can be followed."""
    recipe = next((values for line in lines if (values := parse_recipe(line))), None)
    if recipe is None or not {"authority", "region"} & recipe.keys():
        return {}
    try:
        if "region" in recipe:
            brief = make_region_brief(graph, region=recipe["region"], theme=recipe.get("theme"))
        else:
            brief = make_brief(
                graph, authority=recipe["authority"], purpose=recipe.get("for", ""), theme=recipe.get("theme")
            )
    except BadQuestion:
        return {}
    return dict.fromkeys(" ".join(line.split()) for line in lines_of(brief.parts))


class _Verifier:
    """Checks of lines against one graph; each document is read once."""

    def __init__(self, graph: Graph, expected: Mapping[str, None]) -> None:
        self._graph = graph
        self._expected = expected
        self._documents: dict[str, tuple[list[str], dict[str, list[PrintedWords]]]] = {}

    def check(self, line: str) -> Check:
        """Check a line: a quotation, a count, or what the recipe gives."""
        if CELLS in line:
            return self._check_row(line)
        if quotation := parse_quotation(line):
            return self._check_quotation(line, quotation)
        if count := parse_count(line):
            return self._check_count(line, count)
        return self._check_line(line)

    def _check_line(self, line: str) -> Check:
        if line in self._expected:
            return Check("proved", line)
        near = difflib.get_close_matches(line, self._expected, n=1, cutoff=MIN_LINE_LIKENESS)
        if near:
            return Check("changed", line, f"the brief says: {near[0]}")
        return Check("unproved", line, "no quotation, no count, and no line of the brief")

    def _check_row(self, line: str) -> Check:
        """Check a table's row: it must be one of the brief, and each quotation in it must stand on its page."""
        quoted = [parsed for cell in line.split(CELLS) if (parsed := parse_quotation(cell))]
        return next((check for part in quoted if (check := self.find(line, part)).reason), self._check_line(line))

    def _check_quotation(self, line: str, quotation: Quotation) -> Check:
        label = line[: line.index("“")]
        if label not in LABELS or (label and line not in self._expected):
            bare = line[len(label) :]
            if label not in LABELS or any(f"{known}{bare}" in self._expected for known in LABELS):
                return Check("changed", line, f"{label.strip()!r} is not what the brief says of this quotation")
        return self.find(line, quotation)

    def find(self, line: str, quotation: Quotation) -> Check:
        """Look for a quotation on its page, in the document that it names."""
        authorities, printed = self._document(quotation.document)
        if not printed:
            return Check("unproved", line, f"no document called {quotation.document!r} was read")
        quoted = plain(quotation.words)
        exact = printed.get(quoted) or [words for text, same in printed.items() if quoted in text for words in same]
        if not exact:
            return self._nearest(line, quotation, list(printed))
        if quotation.authority and quotation.authority not in map(plain, authorities):
            return Check("changed", line, f"{quotation.document} reports on {', '.join(authorities)}")
        here = [words for words in exact if words.page == quotation.page]
        if not here:
            pages = ", ".join(sorted({str(words.page) for words in exact}))
            return Check("changed", line, f"these words stand on page {pages}")
        if quotation.paragraph is not None and all(words.paragraph != quotation.paragraph for words in here):
            paragraphs = ", ".join(sorted({words.paragraph or "without a number" for words in here}))
            return Check("changed", line, f"these words stand in paragraph {paragraphs}")
        if quotation.fact is not None and all(quotation.fact not in words.facts for words in here):
            facts = ", ".join(sorted({fact for words in here for fact in words.facts})) or "nothing of the kind"
            return Check("changed", line, f"these words were read as {facts}")
        return Check("proved", line)

    def _document(self, source: str) -> tuple[list[str], dict[str, list[PrintedWords]]]:
        """The authorities that a document reports on, and its words by their text as a brief has it."""
        if source not in self._documents:
            authorities, printed = self._graph.printed_words(source)
            by_text: dict[str, list[PrintedWords]] = {}
            for words in printed:
                by_text.setdefault(plain(words.text), []).append(words)
            self._documents[source] = authorities, by_text
        return self._documents[source]

    @staticmethod
    def _nearest(line: str, quotation: Quotation, texts: Sequence[str]) -> Check:
        near = process.extractOne(plain(quotation.words), texts, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS)
        if near:
            return Check("changed", line, f"the report says: {near[0]}")
        return Check("unproved", line, f"{quotation.document} has no such words")

    def _check_count(self, line: str, count: Count) -> Check:
        try:
            number = len(self._graph.ask(count.question, **count.values))
        except BadQuestion as error:
            return Check("unproved", line, str(error))
        if number != count.number:
            return Check("changed", line, f"the graph counts {number:,}")
        if self._expected and line not in self._expected:
            return Check("changed", line, "the brief has other words or another question for this count")
        return Check("proved", line)
