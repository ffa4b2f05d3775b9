"""Services: the named things a report mentions, those of the thesaurus and those that are in no list.

Reads doc.spans["authorities"] and doc.spans["people"] where they are there.
Writes doc.spans["services"], one span for each place where a thing is
mentioned. Its label is the thing's type, its kb_id the thesaurus term whose
spelling it is ("" for a name that is in no list), its id the fullest name that
the document gives the thing; attrs["aliases"] holds, span for span, the other
names it goes by there. Mentions with one id are one thing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from caregraph.extractors.names.capitalised_names import POSTS, capital_names
from caregraph.extractors.names.definitions import definitions
from caregraph.extractors.names.mentions import Mention, longest, name_key, names_of, one_thing_one_key
from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, Name, opens_sentence, type_near, word_set
from caregraph.extractors.names.phrases import Match, Phrases, Spelling, Words, split_words
from caregraph.extractors.names.quoted_names import quoted_names
from caregraph.extractors.names.team_names import team_names
from caregraph.extractors.spans import span_at
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "services"
_AUTHOR = "agency:ofsted"
_SILENT = frozenset({"imprint", "contents"})  # kinds of blocks that name nothing
_UNSURE = "process"  # the type of what an acronym stands for where nothing near it tells
# Acronyms of everyday words, of conditions and of who people are: what they stand for is no named thing.
_NO_NAMES = word_set(
    """ABH ADHD ADM AI AP APs ASD BAME BME BRAG B&B CE CIC CP CPD CSC CV DA DV EAL EET EHC EP EYFS EYPS FSM FTE GBH GP
    GPs HMI HMO HMOs HR IAG ICT IT KPI KPIs KS2 KS4 LA LAs LD LGBT LGBTQ LSOA MENA MLD NEET NQSW NRPF PA PAs PMLD
    PSHE PSW RAG SEMH SEN SHMI SLCN SLD SMART SW TA UAS UK VCFS VCS VCSE YP"""
)
_TITLE = re.compile(r"[A-Z][\w’'&-]*(?: (?:(?:and|for|in|of|on|the|to|with) ){0,2}[A-Z][\w’'&-]*)+")
# What sets a council's own thing apart from no other.
_OWN = word_set(
    "the a local area our children young people multi agency joint strategic independent city county borough"
)


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the vocabulary's things and councils."""
    things = vocabulary.things
    config = {
        "things": [(term.id, term.type, name.text, name.exact) for term in things for name in term.spellings],
        "kinds": {term.id: term.kind for term in things if term.kind},
        "ideas": [acronym for term in vocabulary.concepts for acronym in term.acronyms],
        "councils": [name for term in vocabulary.authorities for name in (term.name, *term.spellings)],
    }
    nlp.add_pipe("services", config=config)


@Language.factory(
    "services",
    assigns=["doc.spans"],
    default_config={"things": [], "kinds": {}, "ideas": [], "councils": []},
)
def make_services(
    nlp: Language,
    name: str,
    things: list[tuple[str, str, str, bool]],
    kinds: dict[str, str],
    ideas: list[str],
    councils: list[str],
) -> "ServiceExtractor":
    """Things are (term id, type, spelling, whether its capitals count); ideas are acronyms that name no thing.

    Kinds gives by a proper thing's term id the term it is an instance of.
    """
    return ServiceExtractor(things=things, kinds=kinds, ideas=ideas, councils=councils)


class ServiceExtractor:
    """Match the thesaurus, then what the document itself defines, then find the names beside both."""

    def __init__(
        self,
        *,
        things: Iterable[tuple[str, str, str, bool]],
        kinds: Mapping[str, str],
        ideas: Iterable[str],
        councils: Iterable[str],
    ) -> None:
        things = [*things]
        self.phrases = Phrases(Spelling(text, id, exact) for id, _, text, exact in things)
        self.types = {id: type for id, type, _, _ in things}
        self.kinds = kinds
        self.ordinary = frozenset(text for _, _, text, exact in things if exact and text.isalpha() and text.istitle())
        named = [text for _, type, text, exact in things if not exact and type in ("service", "body")]
        subjects = {word for text in named for word in split_words(text).folded if word.isalpha()}
        self.subjects = frozenset(subjects - STOP_WORDS)
        acronyms = {text for _, _, text, exact in things if exact}
        self.ideas = frozenset(idea.upper() for idea in {*_NO_NAMES, *ideas} - acronyms)
        self.councils = frozenset(" ".join(split_words(name).folded) for name in councils)

    def __call__(self, doc: Doc) -> Doc:
        people = [(span.start_char, span.end_char) for span in doc.spans.get("people", ())]
        council = next((span.id_ or span.text for span in doc.spans.get("authorities", ())), "")
        mentions = [*self.find(_spoken(doc), council=council, people=people)]
        called = names_of(mentions)
        spans, aliases = [], []
        for mention in mentions:
            name, others = called[mention.key]
            term = mention.key if mention.key in self.types else ""
            spans.append(span_at(doc, mention.start, mention.end, label=mention.type, kb_id=term, id=name))
            aliases.append(others)
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=spans, attrs={"aliases": aliases})
        return doc

    def find(self, text: str, *, council: str = "", people: Sequence[tuple[int, int]] = ()) -> Iterator[Mention]:
        """Yield the mentions in a text in order, none overlapping.

        ``council`` is the name of the council that the text is about, empty if
        that is not known; ``people`` are characters, from and to, that name people.
        """
        words = split_words(text)
        known = [match for match in self.phrases.find_in(words) if not self._is_no_name(words, match)]
        types = dict(self.types)
        defined = Phrases(self._defined(words, known, types))
        known = longest([*defined.find_in(words), *known])
        sure = {match.keys[0] for match in known if len(match.keys) == 1}
        mentions = [_mention(match, sure, types) for match in known]
        home = _OWN | {*split_words(council).folded} if council else None
        for name in self._names(words, known):
            if not any(start < name.end and name.start < end for start, end in people):
                mentions.extend(_beside(words, name, known, types, home))
        mentions = longest(mentions)
        mentions = longest([*mentions, *_repeated(words, [one for one in mentions if one.key not in types])])
        yield from one_thing_one_key(text, mentions, kinds=self.kinds)

    def _names(self, words: Words, known: Sequence[Match]) -> Iterator[Name]:
        yield from capital_names(words, known=known, councils=self.councils)
        yield from quoted_names(words)
        yield from team_names(words, known=known, subjects=self.subjects)

    def _is_no_name(self, words: Words, match: Match) -> bool:
        """Is it the report's author, agencies in general, or an ordinary word, capital because it opens a sentence?"""
        if _AUTHOR in match.keys:
            return True
        last = words.raw[match.last - 1]
        if self.types[match.keys[0]] == "agency" and last.islower() and last.endswith("s"):
            return True
        single = match.last - match.first == 1
        return single and words.raw[match.first] in self.ordinary and opens_sentence(words, match.first)

    def _defined(self, words: Words, known: Sequence[Match], types: dict[str, str]) -> Iterator[Spelling]:
        """Yield the spellings, long and short, that the document itself defines; add their types to ``types``."""
        by_end = {match.last: match for match in known}
        by_start = {match.start: match for match in known}
        for definition in definitions(words):
            long = words.text[words.starts[definition.first] : words.ends[definition.last - 1]]
            short = words.text[slice(*definition.short)].removesuffix("s")
            match = by_end.get(definition.last) or by_start.get(definition.short[0])
            if match:
                key = match.keys[0]
            elif short.upper() in self.ideas or not self._may_be_thing(
                words.folded[definition.first : definition.last]
            ):
                continue
            else:
                key = name_key(long)
                near = type_near(words, definition.first, definition.last)
                types[key] = TYPE_OF_HEAD.get(definition.head) or near or _UNSURE
            yield Spelling(short, key, exact=True)
            yield Spelling(long, key)

    def _may_be_thing(self, folded: Sequence[str]) -> bool:
        return not POSTS & {*folded} and " ".join(folded) not in self.councils


def _mention(match: Match, sure: set[str], types: Mapping[str, str]) -> Mention:
    """Of the things that share a spelling, the one that the document names by another of its names, or the first."""
    key = next((key for key in match.keys if key in sure), match.keys[0])
    return Mention(match.start, match.end, key, types[key], match.full)


def _beside(
    words: Words, name: Name, known: Sequence[Match], types: Mapping[str, str], home: frozenset[str] | None
) -> Iterator[Mention]:
    """Yield the name, unless it is no more than a known one with a head behind it, as 'the MASH team' is.

    A known one with words of the council's own (``home``) before it is a fuller
    name of the same thing; with other words before it, it is another thing.
    """
    text = words.text[name.start : name.end]
    inside = [match for match in known if name.start <= match.start and match.end <= name.end]
    if not inside:
        yield Mention(name.start, name.end, name_key(text), name.type, text)
    elif inside[-1].end == name.end:
        key = inside[-1].keys[0]
        before = {*split_words(words.text[name.start : inside[-1].start]).folded}
        same = home is None or before <= home
        yield Mention(name.start, name.end, key if same else name_key(text), types[key], text)
    elif len(split_words(words.text[inside[-1].end : name.end]).raw) > 1:
        yield Mention(name.start, name.end, name_key(text), name.type, text)


def _repeated(words: Words, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the further places of names in capitals, which a report uses without their heads once it gave them."""
    named = {found[0]: mention for mention in mentions if (found := _TITLE.match(mention.full))}
    again = Phrases(Spelling(name, name, exact=True) for name in named)
    for match in again.find_in(words):
        yield named[match.keys[0]]._replace(start=match.start, end=match.end, full=match.full)


def _spoken(doc: Doc) -> str:
    """The document's text with blanks for the blocks that name nothing."""
    text = doc.text
    reading = doc.user_data.get("reading")
    for block in reading.blocks if reading else ():
        if block.kind in _SILENT:
            text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
    return text
