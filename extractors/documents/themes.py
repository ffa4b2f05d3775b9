"""Themes: what a focused visit, a monitoring visit or a joint inspection looked at, by its statement of focus.

Reads doc.spans["kinds"] and the reading's blocks. Writes doc.spans["themes"]: the sentences that state the focus,
and the bullets that go on from them; ``attrs`` holds, parallel to the spans, "themes", the ids that each of them names.
The focus is stated between the salutation and the findings, by sentences that say so or under a heading that does, as
'Areas covered by the visit'. What evidence was looked at is no focus, nor is an example,
nor what the visit did not look at. A focus without any of the vocabulary's words has the theme "other".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from caregraph.extractors.reading.flow import PROSE, Block, Reading
from caregraph.extractors.sentences import sentence_starts
from caregraph.extractors.spans import span_at
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "themes"
THEMES = "themes"
OTHER, PANDEMIC = "other", "covid-19"
JOINT = "jtai"

_MOST_BLOCKS = 45  # of a letter, in which its focus is stated
_WHOLE_SERVICE = 3  # themes: a visit in the pandemic that looked at so many looked at all of the work
_VERB = (
    r"(?:looked|focus+ed|concentrated|centred|considered|evaluated|reviewed|assessed|examined|explored|scrutinised|covered"
    r"|included|inspected|tested|tracked|checked|followed up|returned to)"
)
_FOCUS = re.compile(
    rf"\b(?:inspectors?|they|we|visit|inspection|team|letter|which|and|also|then|specifically)\b[^.;:]{{0,50}}?\b{_VERB}\b"
    r"|\b(?:focus|scope|purpose|subject|themes?) of (?:this|the|our) (?:\w+ )?(?:visit|inspection|letter)"
    r"|\b(?:particular|specific|special|main|added) (?:focus|emphasis|attention)\b|\bthis included\b"
    r"|\bleading Ofsted.s work\b"
    r"|\bprogress made\b|\bvisit was (?:about|to)\b",
    re.IGNORECASE,
)
_FOCUS_HEADING = re.compile(
    r"(?:areas?|themes?|services)\b[^.;:]{0,30}\b(?:covered|visited|reviewed|considered|looked at)\b"
    r"|(?:the |this |our )?(?:visit[’']?s? )?(?:scope|focus|purpose|themes?)(?: (?:of|and) [^.;]{0,40})?\s*:?\s*\Z"
    r"|what (?:we|inspectors|the visit) (?:looked at|covered|focus+ed on)\b",
    re.IGNORECASE,
)
_JOINT_FOCUS = re.compile(
    r"\binspections?\b[^.;]{0,150}?\bmulti-?\s?agency responses? to\b|\bdeep[- ]dive\b"
    r"|\bjoint\b[^.;]{0,30}?\binspection(?: \(\w+\))? (?:of|on|into|about|that looked at)"
    r" (?:how|the (?:response|work|effectiveness))\b"
    r"|\b(?:inspections?|JTAI|evaluation|inspectors)\b[^.;]{0,120}?\bfocus+(?:ed|ing)? on\b",
    re.IGNORECASE,
)
_STATED = re.compile(r"\barrangements (?:for|to|in|at)\b|\bfocus of (?:this|the|our)\b", re.IGNORECASE)
_EVIDENCE = re.compile(
    rf"\b{_VERB}\b(?: (?:at|on|in detail|closely|also)){{0,3}}"
    r" (?:an? )?(?:(?:wide|broad|extensive|full|varied) )?(?:(?:range|variety|number|sample|selection) of\b|evidence\b)"
    rf"|\b{_VERB}\b(?: at)?(?: [\w’'-]+){{1,4}} (?:records|files|case discussions)\b"
    r"|\bevidence (?:was|were|included|came)\b|\b(?:range|variety) of evidence\b",
    re.IGNORECASE,
)
_FINDINGS = re.compile(
    r"(?:(?:headline|main|key|summary of(?: the)?|inspectors’|our|overall) ){0,3}findings?\b"
    r"|overview\b|summary\b|what needs\b"
    r"|areas? (?:for|of) (?:priority|improvement)|strengths?\b|evaluation of progress|headline",
    re.IGNORECASE,
)
# What a statement of focus leaves out, and what it gives for an example.
_ASIDE = re.compile(
    r"\((?:for example|such as|e\.?g)[^()]{0,400}\)?|\b(?:for example|such as)\b[^.;]{0,400}"
    r"|\b(?:did|does|was|were) not\b[^.;,]{0,200}|\b(?:other than|except(?:ing)?|excluding|apart from)\b[^.;,]{0,200}",
    re.IGNORECASE,
)
_BULLETS = ("* ", "- ", "• ")  # marks of bullets that stand within a paragraph
_MARKS = re.compile(r"[’'‘“”\"]s?\b|[^\w]+")

Words = tuple[str, str]  # words that mean a theme, and its id


class Focus(NamedTuple):
    """Words that state a focus, characters ``start`` to ``end``, and the ids of the themes that they name."""

    start: int
    end: int
    themes: tuple[str, ...]


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the words of the vocabulary's themes."""
    themes = {
        term.id: {"kinds": term.kinds, "words": term.words, "wide": term.wide, "wider": term.wider}
        for term in vocabulary.themes
    }
    nlp.add_pipe("themes", config={"themes": themes})


@Language.factory("themes", requires=["doc.spans"], assigns=["doc.spans"], default_config={"themes": {}})
def make_themes(nlp: Language, name: str, themes: dict[str, dict[str, Sequence[str]]]) -> "ThemeExtractor":
    """``themes`` are the kinds, the words, the wide words and the wider themes of each, by its id."""
    return ThemeExtractor(themes)


class ThemeExtractor:
    """Find the themes in the statement of focus."""

    def __init__(self, themes: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._wider = {id: frozenset(theme["wider"]) for id, theme in themes.items()}
        kinds = {kind for theme in themes.values() for kind in theme["kinds"]}
        self._words = {kind: _ThemeWords(themes, kind) for kind in kinds}

    def __call__(self, doc: Doc) -> Doc:
        focuses = list(self.find(doc))
        doc.spans[SPANS_KEY] = SpanGroup(
            doc,
            name=SPANS_KEY,
            spans=[span for span, _ in focuses],
            attrs={THEMES: [list(themes) for _, themes in focuses]},
        )
        return doc

    def find(self, doc: Doc) -> Iterator[tuple[Span, tuple[str, ...]]]:
        """Yield the statements of focus with their themes, in reading order, leaving ``doc`` as it was."""
        kind = next((span.label_ for span in doc.spans["kinds"]), "")
        if kind in self._words:
            for start, end, themes in self._focuses(doc.user_data["reading"], kind):
                yield span_at(doc, start, end, label=kind), themes

    def _focuses(self, reading: Reading, kind: str) -> list[Focus]:
        """Statements of focus: those that name a theme, or else the first."""
        pattern = _JOINT_FOCUS if kind == JOINT else _FOCUS
        stated: list[tuple[int, int, list[Words]]] = []
        below_heading: list[int] = []
        for start, end, below in _statements(reading, pattern, headings=kind == JOINT):
            if below:
                below_heading.append(start)
            text = reading.text[start:end]
            cue = pattern.search(text)
            words = text[cue.end() :] if cue and kind == JOINT else text
            stated.append((start, end, self._words[kind].named_in(words)))
        narrow = {theme for _, _, named in stated for _, theme in named if not _is_wide(theme)}
        focuses = [Focus(start, end, self._themes(named, narrow)) for start, end, named in stated]
        focuses = _without_pandemic(focuses)
        named_focuses = [focus for focus in focuses if focus.themes]
        if named_focuses:
            return named_focuses
        unnamed = (
            focus
            for focus in focuses
            if focus.start in below_heading or _STATED.search(reading.text, focus.start, focus.end)
        )
        return [Focus(focus.start, focus.end, (OTHER,)) for focus in unnamed][:1]

    def _themes(self, named: Iterable[Words], narrow: set[str]) -> tuple[str, ...]:
        """Themes that a statement names, without those that are only the width of a narrower one."""
        themes: dict[str, None] = {}
        for _, theme in named:
            id = theme.removesuffix(_WIDE)
            if _is_wide(theme):
                covered = narrow - _ASPECTS
            else:
                covered = {narrower for narrower in themes if id in self._wider[narrower]}
            if not covered:
                themes[id] = None
        return tuple(themes)


_WIDE = "?"  # behind the id of a theme that a wide word means
# Themes that are an aspect of the work with any children.
_ASPECTS = frozenset({"thresholds", "leadership", "quality-of-practice", PANDEMIC})


def _is_wide(theme: str) -> bool:
    return theme.endswith(_WIDE)


class _ThemeWords:
    """Words of the themes of one kind of document, in one pattern, the longer before the shorter."""

    def __init__(self, themes: Mapping[str, Mapping[str, Sequence[str]]], kind: str) -> None:
        self._themes = {
            words: f"{id}{mark}"
            for id, theme in themes.items()
            if kind in theme["kinds"]
            for mark, spellings in (("", theme["words"]), (_WIDE, theme["wide"]))
            for words in spellings
        }
        spellings = sorted(self._themes, key=lambda words: (-len(words), words))
        self._pattern = re.compile(rf" ({'|'.join(map(re.escape, spellings)) or '(?!)'})(?= )")

    def named_in(self, text: str) -> list[Words]:
        """Words in a text that mean a theme, with its id, in reading order."""
        folded = f" {_MARKS.sub(' ', _ASIDE.sub(' ', text)).lower()} "
        return [(match[1], self._themes[match[1]]) for match in self._pattern.finditer(folded)]


def _statements(reading: Reading, pattern: re.Pattern[str], *, headings: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield what a letter's opening states of its focus, and tell of each if it is by its heading alone.

    That are the sentences that state it, with the bullets that go on from them, and all sentences below a heading that
    says so.
    """
    opening, below_heading = list(opening_blocks(reading)), False
    for index, block in enumerate(opening):
        words = reading.text[block.start : block.end]
        is_lead_in = words.endswith(":")  # a short one looks like a heading
        if block.kind == "heading" and not is_lead_in:
            below_heading = not headings and bool(_FOCUS_HEADING.match(words))
        if block.kind not in PROSE and not headings and not is_lead_in:
            continue
        sentences = list(_sentences(reading.text, block))
        for start, end in sentences:
            text = reading.text[start:end].replace("\n", " ")
            if _EVIDENCE.search(text) and not headings:
                break
            if block.kind != "bullet" and pattern.search(text):
                yield start, end, False
                if end == sentences[-1][1] and not text.endswith(".") and not below_heading:
                    yield from ((*bullet, False) for bullet in _bullets_below(reading.text, opening, index))
            elif below_heading:
                yield start, end, True


def opening_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the blocks between the salutation, or the beginning, and the heading of the findings."""
    texts = [reading.text[block.start : block.end] for block in reading.blocks[:_MOST_BLOCKS]]
    salutation = next((index for index, text in enumerate(texts) if re.search(r"(?:^|\n| )Dear\b", text[:400])), 0)
    for block, text in zip(reading.blocks[salutation:], texts[salutation:], strict=False):
        if is_findings_heading(block, text):
            return
        yield block


def is_findings_heading(block: Block, text: str) -> bool:
    """Tell if a block, whose text is given, is the heading under which a letter's findings begin."""
    return block.kind == "heading" and bool(_FINDINGS.match(text))


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of a block, whose lines are one text."""
    words = text[block.start : block.end].replace("\n", " ")
    for start, end in pairwise([*sentence_starts(words), len(words)]):
        stripped = words[start:end].rstrip()
        if stripped:
            yield block.start + start, block.start + start + len(stripped)


def _bullets_below(text: str, blocks: Sequence[Block], index: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each bullet right below a block."""
    for block in takewhile(
        lambda block: block.kind == "bullet" or text.startswith(_BULLETS, block.start), blocks[index + 1 :]
    ):
        yield block.start, block.end


def _without_pandemic(focuses: Sequence[Focus]) -> list[Focus]:
    """Statements without the pandemic, unless they name no part of the work, or all of it."""
    parts = {theme for focus in focuses for theme in focus.themes} - _ASPECTS
    if not 0 < len(parts) < _WHOLE_SERVICE:
        return list(focuses)
    return [focus._replace(themes=tuple(theme for theme in focus.themes if theme != PANDEMIC)) for focus in focuses]
