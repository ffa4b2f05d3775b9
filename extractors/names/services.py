"""Services: the named things a report mentions, those of the thesaurus and those that are in no list.

Reads doc.spans["authorities"] and doc.spans["people"] where they are there.
Writes doc.spans["services"], one span for each mention of a thing. Its label is
the thing's type, its kb_id the thesaurus term whose spelling it is ("" for a
name that is in no list), its id the fullest name that the document gives the
thing; attrs["aliases"] has, span for span, the other names it goes by there.
Mentions with one id are one thing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from caregraph.extractors.names.capitalised_names import POSTS, find_capitalised_names
from caregraph.extractors.names.definitions import find_definitions
from caregraph.extractors.names.lone_names import find_lone_names
from caregraph.extractors.names.mentions import ThingMention, longest_spans, names_by_key, thing_key, unify_keys
from caregraph.extractors.names.name_grammar import (
    TYPE_OF_HEAD,
    AuthorityNames,
    NameSpan,
    starts_sentence,
    type_by_nearby_head,
    word_set,
)
from caregraph.extractors.names.phrases import Phrase, PhraseMatch, PhraseTrie
from caregraph.extractors.names.quoted_names import find_quoted_names
from caregraph.extractors.names.team_names import find_team_names
from caregraph.extractors.names.tokens import Tokens, strip_plural, tokenize
from caregraph.extractors.spans import span_at
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "services"
_AUTHOR = "agency:ofsted"
_BLOCKS_WITHOUT_NAMES = frozenset({"imprint", "contents"})
_DEFAULT_TYPE = "process"  # of a defined acronym's long form with no noun of a thing near it
_MAX_TITLE = 120  # characters of a name that is sought again in the document
# Acronyms of everyday words, of conditions and of who people are: their long forms name no thing.
_EXCLUDED_ACRONYMS = word_set(
    """ABH ADHD ADM AI AP APs ASD B&B BAME BME BRAG CE CIC CP CPD CSC CV DA DV EAL EET EHC EP EYFS EYPS FSM FTE GBH GP
    GPs HMI HMO HMOs HR IAG ICS ICT IT KPI KPIs KS2 KS4 LA LAs LD LGBT LGBTQ LSOA MENA MLD NEET NQSW NRPF PA PAs
    PMLD PPE PSHE PSW RAG RPA SEMH SEN SHMI SLCN SLD SMART SW TA UAS UK VCFS VCS VCSE YP"""
)
# Words of long forms that name a post, an inspection or its framework.
_NO_THINGS = POSTS | {"inspection"}
_OPENING_QUOTES, _CLOSING_QUOTES = ("‘", "“", "'", '"'), ("’", "”", "'", '"')
_QUOTATION_END = re.compile(r"(?<=\w)[’'”\"](?=\s)")
_TITLE = re.compile(r"[A-Z][\w’'&-]*(?: (?:(?:and|for|in|of|on|the|to|with) ){0,2}[A-Z][\w’'&-]*)+")
# Words before a name that do not make it another authority's thing.
_OWN_WORDS = word_set(
    "the a local area our children young people multi agency joint strategic independent city county borough"
)


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the vocabulary's things and authorities."""
    things = vocabulary.things
    config = {
        "things": [(term.id, term.type, name.text, name.exact) for term in things for name in term.spellings],
        "generic_kinds": {term.id: term.kind for term in things if term.kind},
        "local": [term.id for term in things if term.scope == "local"],
        "concept_acronyms": [acronym for term in vocabulary.concepts for acronym in term.acronyms],
        "authorities": [name for term in vocabulary.authorities for name in (term.name, *term.spellings)],
    }
    nlp.add_pipe("services", config=config)


@Language.factory(
    "services",
    assigns=["doc.spans"],
    default_config={"things": [], "generic_kinds": {}, "local": [], "concept_acronyms": [], "authorities": []},
)
def make_services(
    nlp: Language,
    name: str,
    things: list[tuple[str, str, str, bool]],
    generic_kinds: dict[str, str],
    local: list[str],
    concept_acronyms: list[str],
    authorities: list[str],
) -> "ServiceExtractor":
    """Make the component.

    Args:
        nlp: the pipeline, which is not used.
        name: the component's name, which is not used.
        things: for each spelling of a thing its term id, its type, the spelling, and True if its capitals count.
        generic_kinds: the term id of the generic kind, by that of its instance.
        local: the term ids of the things that each authority has.
        concept_acronyms: acronyms that name concepts, and so no things.
        authorities: the names of authorities.
    """
    return ServiceExtractor(
        things=things,
        generic_kinds=generic_kinds,
        local=local,
        concept_acronyms=concept_acronyms,
        authorities=authorities,
    )


class ServiceExtractor:
    """Match the thesaurus, then the document's own definitions, then the names that are in neither."""

    def __init__(
        self,
        *,
        things: Iterable[tuple[str, str, str, bool]],
        generic_kinds: Mapping[str, str],
        local: Iterable[str],
        concept_acronyms: Iterable[str],
        authorities: Iterable[str],
    ) -> None:
        things = [*things]
        self.trie = PhraseTrie(Phrase(text, id, exact) for id, _, text, exact in things)
        self.types = {id: type_ for id, type_, _, _ in things}
        self.generic_kinds = generic_kinds
        self.common_names = frozenset(text.lower() for id, _, text, exact in things if not exact and id in {*local})
        self.plural_names = frozenset(id for id, _, text, _ in things if text.endswith("s"))
        # Names that are ordinary words too, as 'Pause' is.
        self.word_like_names = frozenset(
            text for _, _, text, exact in things if exact and text.isalpha() and text.istitle()
        )
        named = [text for _, type_, text, exact in things if not exact and type_ in ("service", "body")]
        subject_words = {word for text in named for word in tokenize(text).folded if word.isalpha()}
        self.subject_words = frozenset(subject_words - STOP_WORDS)
        acronyms = {text for _, _, text, exact in things if exact}
        self.excluded_acronyms = frozenset(
            acronym.upper() for acronym in {*_EXCLUDED_ACRONYMS, *concept_acronyms} - acronyms
        )
        self.authorities = AuthorityNames(authorities)

    def __call__(self, doc: Doc) -> Doc:
        people = [(span.start_char, span.end_char) for span in doc.spans.get("people", ())]
        authority = next((span.id_ or span.text for span in doc.spans.get("authorities", ())), "")
        mentions = [*self.find(text_to_search(doc), authority=authority, people=people)]
        names = names_by_key(mentions)
        spans, aliases = [], []
        for mention in mentions:
            name, aliases_of_thing = names[mention.key]
            term = mention.key if mention.key in self.types else ""
            spans.append(span_at(doc, mention.start, mention.end, label=mention.type, kb_id=term, id=name))
            aliases.append(aliases_of_thing)
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=spans, attrs={"aliases": aliases})
        return doc

    def find(self, text: str, *, authority: str = "", people: Sequence[tuple[int, int]] = ()) -> Iterator[ThingMention]:
        """Yield the mentions in a text in order, none overlapping.

        Args:
            text: a document's text.
            authority: the name of the authority that the text is about, empty if it is not known.
            people: start and end, in characters, of names of people; no name that is in no list may overlap them.
        """
        tokens = tokenize(text)
        known = [match for match in self.trie.find_in_tokens(tokens) if not self._is_no_name(tokens, match)]
        defined, types_of_defined = self._definitions(tokens, known)
        types = {**self.types, **types_of_defined}
        known = longest_spans([*PhraseTrie(defined).find_in_tokens(tokens), *known])
        unambiguous = {match.keys[0] for match in known if len(match.keys) == 1}
        mentions = [_mention_of_match(match, unambiguous, types) for match in known]
        mentions += self._mentions_of_names(tokens, known, types, authority=authority, people=people)
        mentions = longest_spans(mentions)
        unlisted = [mention for mention in mentions if mention.key not in types]
        mentions = longest_spans([*mentions, *_repeated_mentions(tokens, unlisted)])
        yield from unify_keys(
            text,
            [_without_half_quotation(text, mention) for mention in mentions],
            generic_kinds=self.generic_kinds,
            listed_types=self.types,
            common_names=self.common_names,
        )

    def _mentions_of_names(
        self,
        tokens: Tokens,
        known: Sequence[PhraseMatch],
        types: Mapping[str, str],
        *,
        authority: str,
        people: Iterable[tuple[int, int]],
    ) -> Iterator[ThingMention]:
        """Yield the mentions of names that are in no list, or are fuller than a known one."""
        own_words = _OWN_WORDS | {*tokenize(authority).folded} if authority else None
        person_characters = bytearray(len(tokens.text))
        for start, end in people:
            person_characters[start:end] = b"\1" * (end - start)
        ends = [match.end for match in known]
        for name in self._names(tokens, known):
            if person_characters.find(1, name.start, name.end) == -1:
                index = bisect_right(ends, name.end) - 1
                inside = known[index] if index >= 0 and known[index].start >= name.start else None
                yield from _mention_of_name(tokens, name, inside, types, own_words)

    def _names(self, tokens: Tokens, known: Sequence[PhraseMatch]) -> Iterator[NameSpan]:
        yield from find_capitalised_names(tokens, known=known, authorities=self.authorities)
        yield from find_quoted_names(tokens)
        yield from find_lone_names(tokens, known=known, authorities=self.authorities)
        yield from find_team_names(tokens, known=known, subject_words=self.subject_words)

    def _is_no_name(self, tokens: Tokens, match: PhraseMatch) -> bool:
        """Tell if a match is the report's author, agencies in general, or an ordinary word that opens a sentence."""
        if _AUTHOR in match.keys:
            return True
        last = tokens.raw[match.last - 1]
        in_general = last.islower() or match.keys[0] not in self.plural_names
        if self.types[match.keys[0]] == "agency" and last.endswith("s") and in_general:
            return True
        is_word = match.last - match.first == 1 and tokens.raw[match.first] in self.word_like_names
        return is_word and starts_sentence(tokens, match.first)

    def _definitions(self, tokens: Tokens, known: Sequence[PhraseMatch]) -> tuple[list[Phrase], dict[str, str]]:
        """Give the phrases, long forms and acronyms, that the document defines, and the type by key of what is new."""
        by_end = {match.last: match for match in known}
        by_start = {match.start: match for match in known}
        phrases: list[Phrase] = []
        types: dict[str, str] = {}
        for definition in find_definitions(tokens):
            folded = tokens.folded[definition.first : definition.last]
            start, end = tokens.characters(definition.first, definition.last)
            long_form = tokens.text[start:end]
            acronym = tokens.text[slice(*definition.acronym)].removesuffix("s")
            match = by_end.get(definition.last) or by_start.get(definition.acronym[0])
            if match:
                key = match.keys[0]
            elif acronym.upper() in self.excluded_acronyms or _NO_THINGS & {*folded} or folded in self.authorities:
                continue
            else:
                key = thing_key(long_form)
                nearby = type_by_nearby_head(tokens, definition.first, definition.last)
                types[key] = TYPE_OF_HEAD.get(definition.head) or nearby or _DEFAULT_TYPE
            phrases += [Phrase(acronym, key, exact=True), Phrase(long_form, key)]
        return phrases, types


def _mention_of_match(match: PhraseMatch, unambiguous: set[str], types: Mapping[str, str]) -> ThingMention:
    """Mention a thing: of those that share the spelling, one that has another name in the document, or the first."""
    key = next((key for key in match.keys if key in unambiguous), match.keys[0])
    return ThingMention(match.start, match.end, key, types[key], match.full)


def _mention_of_name(
    tokens: Tokens,
    name: NameSpan,
    inside: PhraseMatch | None,
    types: Mapping[str, str],
    own_words: frozenset[str] | None,
) -> Iterator[ThingMention]:
    """Yield the name, unless it is no more than a known one with a head behind it, as 'the MASH team' is.

    ``inside`` is the last known name within it. With only the authority's ``own_words``
    before it, the name is a fuller one of the same thing; with any other word
    before it, it is another thing's. Where the authority is not known, it is the same thing.
    """
    text = " ".join(tokens.text[name.start : name.end].split())
    if inside is None:
        yield ThingMention(name.start, name.end, thing_key(text), name.type, text)
    elif inside.end == name.end:
        kind = inside.keys[0]
        before = {*tokenize(tokens.text[name.start : inside.start]).folded}
        key = kind if own_words is None or before <= own_words else thing_key(text)
        is_instance = not before <= _OWN_WORDS and strip_plural(text) == text  # not 'Oldport and Newbury Trusts'
        yield ThingMention(name.start, name.end, key, types[kind], text, kind if is_instance else "")
    elif len(tokenize(tokens.text[inside.end : name.end]).raw) > 1:
        yield ThingMention(name.start, name.end, thing_key(text), name.type, text)


def _without_half_quotation(text: str, mention: ThingMention) -> ThingMention:
    """Give ‘Lantern’ project the name Lantern project, where its quotation opens before the mention and ends in it."""
    opens = text[max(mention.start - 1, 0) : mention.start] in _OPENING_QUOTES
    closes = text[mention.end : mention.end + 1] in _CLOSING_QUOTES
    return mention._replace(full=_QUOTATION_END.sub("", mention.full, count=1)) if opens and not closes else mention


def _repeated_mentions(tokens: Tokens, mentions: Iterable[ThingMention]) -> Iterator[ThingMention]:
    """Yield further mentions of capitalised names, which a report uses without their heads once it gave them."""
    mention_by_title: dict[str, ThingMention] = {}
    for mention in mentions:
        title = _TITLE.match(mention.full)
        if title and len(title[0]) <= _MAX_TITLE:
            mention_by_title[title[0]] = mention
    trie = PhraseTrie(Phrase(title, title, exact=True) for title in mention_by_title)
    for match in trie.find_in_tokens(tokens):
        mention = mention_by_title[match.keys[0]]
        yield mention._replace(start=match.start, end=match.end, full=match.full)


def text_to_search(doc: Doc) -> str:
    """The document's text, with blanks for the blocks that name nothing."""
    text = doc.text
    reading = doc.user_data.get("reading")
    parts, end = [], 0
    for block in reading.blocks if reading else ():
        if block.kind in _BLOCKS_WITHOUT_NAMES:
            parts += [text[end : block.start], " " * (block.end - block.start)]
            end = block.end
    return "".join([*parts, text[end:]])
