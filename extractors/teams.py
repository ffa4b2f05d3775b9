"""Teams: names in small letters, which end in the noun of a team or a body.

Only words that the vocabulary names teams and bodies with make such a name
('child exploitation team'), so that 'a responsive team' is none; and one of
them must say more than that the team works with children.
"""

from collections.abc import Iterator, Sequence

from extractors.names import SMALL, TYPE_OF_HEAD, Name, parted, word_set
from extractors.phrases import Match, Words

_HEADS = word_set("team service hub panel board forum council group subgroup")
_SEVERAL_UNNAMED = word_set("services groups sub-groups subgroups councils boards forums")
_JOINING = word_set("and in of with")
_LONGEST = 6  # words before the head
# They say nothing of what a team does, or only how well.
_GENERAL = word_set(
    """access adult agency area assurance attendance authority board body borough care case centre change child children
    city community core corporate council county day department development door duty early education effective
    emotional experienced family first friend front general good group health help high home housing hub improvement
    independent individual influence initial internal intervention intensive joint justice key leader leadership learning
    legal line local locality long loc management manager member mental model multi national need needs new north officer old
    operational order out overview panel partner partnership people performance person placement plan planning plus point
    police practice practitioner professional programme project protection public quality recruitment referral region regional
    resource response review right risk school scrutiny senior service shared single small social south specialist staff
    start statutory strategic support system targeted task team term time training trust universal voice voluntary vulnerable
    well whole work worker working year young youth"""
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
        if {*words.folded[first : place - sub]} & subjects - _GENERAL:
            yield Name(words.starts[first], words.ends[place], TYPE_OF_HEAD[head])


def _first(words: Words, head: int, subjects: frozenset[str]) -> int:
    """Where the words of the vocabulary that run up to the head begin."""
    first = head
    for place in range(head - 1, max(head - 1 - _LONGEST, -1), -1):
        if parted(words, place + 1):
            break
        if words.folded[place] in subjects:
            first = place
        elif words.raw[place] not in _JOINING or place == head - 1:
            break
    return first
