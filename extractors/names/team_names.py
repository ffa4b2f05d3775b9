"""Team names: names in small letters, which end in the noun of a team or a body.

Only words that the vocabulary names teams and bodies with make such a name
('child exploitation team'), so that 'a responsive team' is none; and one of
them must say more than that the team works with children.
"""

from collections.abc import Iterator, Sequence

from caregraph.extractors.names.capitalised_names import POSTS
from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, NameSpan, has_quote_before, word_set
from caregraph.extractors.names.phrases import PhraseMatch
from caregraph.extractors.names.tokens import HYPHENS, Tokens

_TEAM_HEADS = word_set("team service hub panel board forum council group subgroup")
_PLURAL_HEADS = word_set("services groups subgroups councils boards")
_CONNECTIVES = word_set("and in of with")
_NAME_ENDS = POSTS | TYPE_OF_HEAD.keys()  # where 'and' leads to another name
_MAX_WORDS_BEFORE_HEAD = 6
# Words that say nothing of a team's task, or only how well it is done.
_EMPTY_WORDS = word_set("agency area board local multi operational strategic work")
# Heads that mostly end a name: few words before them say nothing.
_EMPTY_WORDS_OF = {
    "subgroup": _EMPTY_WORDS,
    **dict.fromkeys(
        ("hub", "board"),
        _EMPTY_WORDS | word_set("authority child family independent intervention key partnership service"),
    ),
}
_GENERAL_WORDS = _EMPTY_WORDS | word_set(
    """access adult age assurance attendance authority body borough care case centre change child children city
    commissioning community consultation core corporate council county day department development door duty early
    education effective emotional employment experienced family first friend front general good group health help
    high home housing hub improvement independent individual influence initial integrated intensive internal
    intervention interview joint justice key leader leadership learning legal life line locality long management
    manager member model national need needs new north officer old operational order out overview panel partner
    partnership people performance person placement plan planning plus point police practice practitioner
    professional programme project protection public quality recruitment referral region regional resource response
    review right risk school scrutiny senior service shared single small social south specialist staff start
    statutory support system targeted task team term time training trust universal voice voluntary vulnerable well
    whole worker working year young youth"""
)


def find_team_names(
    tokens: Tokens, *, known: Sequence[PhraseMatch], subject_words: frozenset[str]
) -> Iterator[NameSpan]:
    """Yield the names in small letters that are not ``known``.

    ``subject_words`` are the words, folded, of the names of the vocabulary's services and bodies.
    """
    known_indexes = {index for match in known for index in range(match.first, match.last)}
    specific = {head: subject_words - _EMPTY_WORDS_OF[head] for head in _EMPTY_WORDS_OF}
    specific_of_others = subject_words - _GENERAL_WORDS
    for index, head in enumerate(tokens.folded):
        raw = tokens.raw[index]
        if head not in _TEAM_HEADS or not raw.islower() or index in known_indexes or raw in _PLURAL_HEADS:
            continue
        is_subgroup = head == "group" and tokens.folded[index - 1] == "sub"
        start_of_head = index - is_subgroup
        first = _first_subject_word(tokens, start_of_head, subject_words)
        first += first < start_of_head - 1 and _is_torn(tokens, first)
        telling = specific.get("subgroup" if is_subgroup else head, specific_of_others)
        if telling & {*tokens.folded[first:start_of_head]}:
            yield NameSpan(tokens.starts[first], tokens.ends[index], TYPE_OF_HEAD[head])


def _is_torn(tokens: Tokens, index: int) -> bool:
    """Tell if a token is the second half of a hyphened word, as 'house' is in 'in-house'."""
    return tokens.text[tokens.starts[index] - 1] in HYPHENS and tokens.ends[index - 1] == tokens.starts[index] - 1


def _first_subject_word(tokens: Tokens, head: int, subject_words: frozenset[str]) -> int:
    """Index of the first of the subject words that run up to the head."""
    first = head
    for index in range(head - 1, max(head - 1 - _MAX_WORDS_BEFORE_HEAD, -1), -1):
        if has_quote_before(tokens, index + 1):
            break
        if tokens.folded[index] in subject_words:
            first = index
        elif tokens.raw[index] not in _CONNECTIVES or index == head - 1 or tokens.folded[index - 1] in _NAME_ENDS:
            break
    return first
