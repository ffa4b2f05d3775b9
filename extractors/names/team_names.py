"""Teams: names in small letters, which end in the noun of a team or a body.

Only words that the vocabulary names teams and bodies with make such a name
('child exploitation team'), so that 'a responsive team' is none; and one of
them must say more than that the team works with children.
"""

from collections.abc import Iterator, Sequence

from caregraph.extractors.names.capitalised_names import POSTS
from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, Name, parted, word_set
from caregraph.extractors.names.phrases import Match, Words

_HEADS = word_set("team service hub panel board forum council group subgroup")
_SEVERAL_UNNAMED = word_set("services groups subgroups councils")
_JOINING = word_set("and in of with")
_ENDS_NAME = POSTS | TYPE_OF_HEAD.keys()  # where 'and' leads to another name
_LONGEST = 6  # words before the head
# They say nothing of what a team does, or only how well; of a group's sub-groups the first few do.
_EMPTY = word_set("agency area board local multi operational strategic work")
_GENERAL = _EMPTY | word_set(
    """access adult assurance attendance authority body borough care case centre change child children city community
    core corporate council county day department development door duty early education effective emotional
    experienced family first friend front general good group health help high home housing hub improvement
    independent individual influence initial internal intervention intensive joint justice key leader leadership
    learning legal line locality long management manager member model national need needs new north officer old
    operational order out overview panel partner partnership people performance person placement plan planning plus
    point police practice practitioner professional programme project protection public quality recruitment referral
    region regional resource response review right risk school scrutiny senior service shared single small social
    south specialist staff start statutory support system targeted task team term time training trust universal
    voice voluntary vulnerable well whole worker working year young youth"""
)


def team_names(words: Words, *, known: Sequence[Match], subjects: frozenset[str]) -> Iterator[Name]:
    """Yield the small-letter names that are not ``known``.

    ``subjects`` are the words, folded, that the vocabulary's services and bodies are named with.
    """
    taken = {place for match in known for place in range(match.first, match.last)}
    for place, head in enumerate(words.folded):
        word = words.raw[place]
        if head not in _HEADS or not word.islower() or place in taken or word in _SEVERAL_UNNAMED:
            continue
        sub = head == "group" and words.folded[place - 1] == "sub"
        first = _first(words, place - sub, subjects)
        if {*words.folded[first : place - sub]} & subjects - (_EMPTY if sub else _GENERAL):
            yield Name(words.starts[first], words.ends[place], TYPE_OF_HEAD[head])


def _first(words: Words, head: int, subjects: frozenset[str]) -> int:
    """Where the words of the vocabulary that run up to the head begin."""
    first = head
    for place in range(head - 1, max(head - 1 - _LONGEST, -1), -1):
        if parted(words, place + 1):
            break
        if words.folded[place] in subjects:
            first = place
        elif words.raw[place] not in _JOINING or place == head - 1 or words.folded[place - 1] in _ENDS_NAME:
            break
    return first
