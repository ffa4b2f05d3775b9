"""Prose titles: words with capitals that stand as a name among words without.

'Many take part in the Learning Quay', 'help comes through Harbour Connect'. No
noun of a thing tells that they are a name, only that a report writes nothing else
so, but for a few words: people and posts, days, peoples, places and grades.
"""

from collections.abc import Sequence

from caregraph.extractors.names.name_grammar import (
    ADDRESS_WORDS,
    COMPASS,
    FUNCTION_WORDS,
    AuthorityNames,
    word_set,
)
from caregraph.extractors.names.tokens import HYPHENS, Tokens

UNTYPED = "programme"  # type of a thing that a report only names
_ARTICLES = word_set("a an the")
_BEFORE = word_set("and by called or through using via with")
_DONE_BY_PEOPLE = word_set("chaired headed led signed written")
# Words with a capital that are no names of things.
NO_NAME_WORDS = (
    COMPASS
    | ADDRESS_WORDS
    | word_set(
        """january february march april may june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday asian black british white mixed gypsy roma traveller european europe
        muslim christian key stage united kingdom new tower forest park valley island isle bay coast good outstanding
        inadequate requires covid child crown high county supreme member maker clerk superintendent carer syndrome
        rescue regulation tale point coordinator consultant
        spring summer autumn winter term africa asia looked"""
    )
)
# Words that are no name where no other stands beside them: 'the Domestic Abuse strategy'.
_SUBJECT_WORDS = word_set(
    """domestic abuse early help corporate parenting planning placement health wellbeing emotional safety community
    leaving additional language need special education educational disability social care and of"""
)
_BEHIND_PLACES_AND_PEOPLES = word_set("area region district community heritage family fire town background origin")
_ENDINGS = ("ish", "ese", "ern")  # of peoples and regions
_MARKS_BEHIND = frozenset(".,;:)(")


def is_prose_title(tokens: Tokens, first: int, last: int, authorities: AuthorityNames) -> bool:
    """Tell if a run of words with capitals, two or more, is a name by what it stands among."""
    raw, folded = tokens.raw[first:last], {*tokens.folded[first:last]}
    before = _word_before(tokens, first)
    if not before or "\n" in tokens.text[tokens.starts[before] : tokens.ends[last - 1]] or not _is_title(raw):
        return False
    if all(word in FUNCTION_WORDS or authorities.has_word(word) for word in folded) or _is_hyphened(
        tokens, first, last
    ):
        return False
    if folded & NO_NAME_WORDS or folded <= _SUBJECT_WORDS or any(word.endswith(_ENDINGS) for word in folded):
        return False
    behind = tokens.raw[last : last + 1]
    if not behind or tokens.folded[last] in _BEHIND_PLACES_AND_PEOPLES:
        return False
    return behind[0].islower() or behind[0] in _MARKS_BEHIND


def _word_before(tokens: Tokens, first: int) -> int:
    """Index of the word in small letters before a name and its article; 0 where the name needs one and has none."""
    has_article = first > 1 and tokens.folded[first - 1] in _ARTICLES
    before = first - 1 - has_article
    if before < 1 or not (has_article or tokens.raw[before] in _BEFORE):
        return 0
    if tokens.raw[before] == "by" and tokens.raw[before - 1] in _DONE_BY_PEOPLE:
        return 0
    if tokens.raw[before] in FUNCTION_WORDS and has_article and tokens.raw[before - 1][0].isupper():
        return 0  # the end of a longer name: 'the Society for the Study of Tides'
    return before if tokens.raw[before].islower() or tokens.raw[before + 1] == "The" else 0


def _is_hyphened(tokens: Tokens, first: int, last: int) -> bool:
    """Tell if a run is one hyphened word, or ends within one: 'Wi-Fi', 'Missing Co' of 'Missing Co-ordinator'."""
    start, end = tokens.characters(first, last)
    return " " not in tokens.text[start:end] or tokens.text[end : end + 1] in HYPHENS


def _is_title(raw: Sequence[str]) -> bool:
    words = [word for word in raw if word not in FUNCTION_WORDS]
    return len(words) > 1 and raw[-1] in words and all(word[0].isupper() and word[1:].islower() for word in words)
