"""References: findings about a thing that the sentences before them name, as 'The panel …' or 'It …' says.

Reads the sentences, doc.spans["services"] and doc.spans["findings"]; writes doc.spans["references"]. A span is the
words that refer, its id the name of the mention that they mean, its label the rule: 'same-noun' for an article and the
noun that the name ends with, 'pronoun' for 'It' behind a sentence whose subject is the thing. ``attrs`` holds, parallel
to the spans, "findings": the first character of the finding that each stands in.

A thing is meant only by the sentences behind it in its paragraph. Where two things could be meant, none is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, word_set
from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "references"
FINDINGS = "findings"
# Shares of the references of each rule that are right, as measured on labelled ones (docs/resolution.md).
CONFIDENCE: Mapping[str, float] = {"same-noun": 0.95, "pronoun": 0.9}

_NOUNS = word_set(
    """agency service team hub board panel programme partnership project scheme consortium forum group subgroup unit
    trust company committee alliance collaborative initiative"""
)
_LINK = (
    r"(?:(?:However|Consequently|Additionally|Furthermore|Similarly|Overall|Positively|In\saddition|As\sa\sresult),\s)?"
)
_SAME_NOUN = re.compile(
    rf"{_LINK}(?P<words>(?:[Tt]he|[Tt]his)\s(?P<noun>[A-Za-z-]+))(?P<of>[’']s\b)?(?:\s(?P<next>[\w’'-]+))"
)
_PRONOUN = re.compile(rf"{_LINK}(?P<words>[Ii]t)\s(?P<rest>.+)", re.DOTALL)
# 'It is clear that', 'It is too early to say' and the like mean nothing that was named.
_EXPLETIVE = re.compile(
    r"(?:seems?|appears?|takes?|took|follows|means)\b"
    r"|(?:is|was|remains|has\sbeen|will\sbe|would\sbe|may\sbe)\s(?:(?:\w+ly|not|also|too|still|therefore|always|often)\s)*"
    r"(?!\w+(?:ing|ed)\b)\w+\s(?:that|to|how|whether|when|for|who|which|if|where)\b"
    r"|(?:is|was)\s(?:(?:\w+ly|not|also|therefore)\s)*(?:hoped|expected|recognised|noted|acknowledged|evident|clear|unclear"
    r"|positive|recorded|reported|documented|understood|because|only)\b"
)
_VERBS = word_set(
    """is was has had does did will would can could may might must should also now then now regularly which provides
    meets and"""
)
_STATES = word_set("is was remains has operates meets continues works")  # verbs of a sentence about its subject alone
_NO_VERBS = word_set(
    """members users managers chairs papers minutes reports workers leaders partners plans processes meetings records
    advisers priorities procedures services teams areas standards children parents schools lead need based provided
    offered"""
)
_BEFORE_SUBJECT = re.compile(rf"{_LINK}(?:(?:[\w’'-]+\s){{0,5}})$")
_NO_SUBJECT = word_set(
    """of for in on by with to from at and or including is are was were has have through within across as than who that
    which when while where although because if after before during since under between about into"""
)
_BEHIND_NAME = re.compile(r"(?:\s\([^()]{2,20}\))?(?:[’']s)?\s*(?P<next>[\w-]+|[,;&])?")
_REACH = 3  # sentences behind a name in which 'the' and its noun still mean it
_THINGS = frozenset({"agency", "service", "programme", "body"})


class Named(NamedTuple):
    """Mention in the flow: characters, name, type and the nouns that its names end with, in small letters."""

    start: int
    end: int
    name: str
    type: str
    nouns: frozenset[str]


class Reference(NamedTuple):
    """Characters of a sentence that refer to a name, and the rule by which they do."""

    start: int
    end: int
    name: str
    rule: str


@dataclass(slots=True)
class Antecedents:
    """Things that the sentences of a paragraph have named so far, and that the next ones may refer to.

    ``by_noun`` has a thing, None where two could be meant, and the number of sentences since; ``subject`` is the thing
    that the last sentence was about.
    """

    by_noun: dict[str, tuple[Named | None, int]] = field(default_factory=dict)
    subject: Named | None = None

    def refer(self, sentence: str) -> tuple[re.Match[str], Named, str] | None:
        """Opening words of a sentence that refer to a thing, the thing and the rule; None if they refer to none."""
        match = _SAME_NOUN.match(sentence)
        if match and match["noun"].lower() in _NOUNS and (match["of"] or _is_verb(match["next"])):
            thing, _ = self.by_noun.get(match["noun"].lower(), (None, 0))
            return (match, thing, "same-noun") if thing else None
        match = _PRONOUN.match(sentence)
        if match and self.subject and not _EXPLETIVE.match(match["rest"]):
            return match, self.subject, "pronoun"
        return None

    def add(self, sentence: str, start: int, named: Sequence[Named], meant: Named | None) -> None:
        """Take in a sentence that begins at a character: what it names, and what its opening words meant."""
        self.by_noun = {noun: (thing, age + 1) for noun, (thing, age) in self.by_noun.items() if age + 1 < _REACH}
        for noun in _nouns_in(sentence) | {noun for mention in named for noun in mention.nouns}:
            things = {mention.name: mention for mention in named if noun in mention.nouns}
            if meant and noun in meant.nouns:
                things[meant.name] = meant
            if things or noun not in self.by_noun:
                self.by_noun[noun] = (next(iter(things.values())) if len(things) == 1 else None, 0)
            elif not re.search(rf"\b(?:the|this|The|This)\s{noun}\b", sentence):
                self.by_noun[noun] = (None, 0)
        self.subject = meant if not named else _subject(sentence, start, named)


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component; it needs nothing of the vocabulary."""
    nlp.add_pipe("references")


@Language.factory("references", requires=["doc.spans", "doc.sents"], assigns=["doc.spans"])
def make_references(nlp: Language, name: str) -> "ReferenceExtractor":
    return ReferenceExtractor()


class ReferenceExtractor:
    """Follow the things that each paragraph names from sentence to sentence."""

    def __call__(self, doc: Doc) -> Doc:
        found = list(self.find(doc))
        doc.spans[SPANS_KEY] = [span for span, _ in found]
        doc.spans[SPANS_KEY].attrs[FINDINGS] = tuple(start for _, start in found)
        return doc

    def find(self, doc: Doc) -> Iterator[tuple[Span, int]]:
        """Yield the references in reading order, each with the start of its finding, leaving ``doc`` as it was."""
        reading: Reading | None = doc.user_data.get("reading")
        text = text_of(doc)
        starts = {span.start_char for span in doc.spans["findings"]}
        mentions = list(_mentions(doc))
        block, antecedents, place = None, Antecedents(), 0
        for sent in doc.sents:
            start, end = _without_space(text, sent.start_char, sent.end_char)
            if start == end:
                continue
            here = reading.block_at(start) if reading else None
            if here is not block:
                block, antecedents = here, Antecedents()
            while place < len(mentions) and mentions[place].start < start:
                place += 1
            named = _until(mentions, place, end)
            reference = antecedents.refer(text[start:end])
            meant = reference[1] if reference else None
            if reference and start in starts and meant and all(meant.name != mention.name for mention in named):
                first, last = reference[0].span("words")
                yield span_at(doc, start + first, start + last, label=reference[2], id=reference[1].name), start
            antecedents.add(text[start:end], start, named, meant)


def _mentions(doc: Doc) -> Iterator[Named]:
    """Yield the mentions in order, each with the nouns that its names end with, or that stand behind it."""
    text, group = text_of(doc), doc.spans["services"]
    for span, aliases in sorted(zip(group, group.attrs["aliases"], strict=True), key=lambda pair: pair[0].start_char):
        behind = _BEHIND_NAME.match(text, span.end_char)
        after = (behind["next"] or "").lower() if behind else ""
        ends = {name.split()[-1].lower() for name in (span.text, span.id_, *aliases) if name.split()}
        if after in _NOUNS and TYPE_OF_HEAD.get(after) == span.label_:
            ends.add(after)
        yield Named(span.start_char, span.end_char, span.id_, span.label_, frozenset(ends & _NOUNS))


def _until(mentions: Sequence[Named], place: int, end: int) -> list[Named]:
    """Mentions from an index on that begin before a character."""
    inside = []
    while place < len(mentions) and mentions[place].start < end:
        inside.append(mentions[place])
        place += 1
    return inside


def _subject(sentence: str, start: int, named: Sequence[Named]) -> Named | None:
    """The one thing that a sentence names, if the sentence begins with it."""
    first = named[0]
    if len({mention.name for mention in named}) > 1 or first.type not in _THINGS or first.name.endswith("s"):
        return None
    before = sentence[: first.start - start]
    if not _BEFORE_SUBJECT.fullmatch(before) or _NO_SUBJECT & set(before.lower().split()):
        return None
    behind = _BEHIND_NAME.match(sentence, max(mention.end for mention in named[:2]) - start)
    after = (behind["next"] or "").lower() if behind else ""
    if after in first.nouns and behind:
        behind = re.compile(r"\s(?P<next>\w+)").match(sentence, behind.end())
        after = behind["next"] if behind else ""
    return first if after in _STATES else None


def _is_verb(word: str) -> bool:
    """Can a word behind a noun be its verb, or open what is said of it?"""
    low = word.lower()
    if low in _VERBS:
        return True
    return low not in _NO_VERBS and word.islower() and low.endswith(("s", "ed", "ly")) and low not in TYPE_OF_HEAD


def _nouns_in(sentence: str) -> frozenset[str]:
    return _NOUNS & set(re.findall(r"[a-z-]+", sentence.lower()))


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
