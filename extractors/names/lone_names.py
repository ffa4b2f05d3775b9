"""Lone names: single words with a capital that a document uses as a name, more than once.

'Contacts go to Lanternline', 'help provided by Lanternline'. One capitalised
word behind such a preposition is a place, a person or a thing. The places that
a report names are mostly authorities, and people have more than one name.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from caregraph.extractors.names.capitalised_names import POSTS
from caregraph.extractors.names.name_grammar import AuthorityNames, NameSpan, starts_sentence, word_set
from caregraph.extractors.names.phrases import PhraseMatch
from caregraph.extractors.names.prose_titles import NO_NAME_WORDS
from caregraph.extractors.names.tokens import Tokens, fold, is_acronym
from caregraph.ontology.given_names import full_names
from caregraph.ontology.places import districts

_PREPOSITIONS = word_set("by called into through to via with")
_AGENT = "by"  # before those who provide something
_MIN_LENGTH = 5  # characters
_MIN_COUNT = 2  # of places where it stands, one behind a preposition at least
_NO_ENDINGS = ("ish", "ian", "ani", "ese", "ing", "ed")  # of peoples and languages, and of verbs
_NO_NAMES = POSTS | NO_NAME_WORDS | word_set("ofsted england english london cambridge city skill year")


def find_lone_names(tokens: Tokens, *, known: Sequence[PhraseMatch], authorities: AuthorityNames) -> Iterator[NameSpan]:
    """Yield the lone names; none is ``known``, or a word that the text has in small letters too."""
    covered = {index for match in known for index in range(match.first, match.last)}
    words = {*tokens.raw}
    indexes: dict[str, list[int]] = defaultdict(list)
    for index, raw in enumerate(tokens.raw):
        if raw[0].isupper() and len(raw) >= _MIN_LENGTH and raw.lower() not in words:
            indexes[raw].append(index)
    for raw, places in indexes.items():
        before = {tokens.raw[index - 1] for index in places if not starts_sentence(tokens, index)}
        if not _PREPOSITIONS & before or len(places) < _MIN_COUNT or not covered.isdisjoint(places):
            continue
        if _may_be_a_thing(raw, authorities) and all(_stands_alone(tokens, index) for index in places):
            type_ = "agency" if _AGENT in before else "service"
            yield from (NameSpan(*tokens.characters(index, index + 1), type_) for index in places)


def _may_be_a_thing(word: str, authorities: AuthorityNames) -> bool:
    """Tell if a word is no place, people, person, acronym or form of a verb that we know."""
    folded = fold(word)
    is_place = authorities.has_word(folded) or word.lower() in districts()
    return not (is_place or is_acronym(word) or full_names(word) or word.endswith(_NO_ENDINGS) or folded in _NO_NAMES)


def _stands_alone(tokens: Tokens, index: int) -> bool:
    """Tell if no other word with a capital stands beside a word."""
    beside = (*tokens.raw[max(index - 1, 0) : index], *tokens.raw[index + 1 : index + 2])
    return starts_sentence(tokens, index) or not any(word[0].isupper() for word in beside)
