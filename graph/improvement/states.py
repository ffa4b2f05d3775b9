"""States: what became of a request, as later sentences that match it attest.

*Improved* is claimed only where the later report itself says that the matter has got better, and nothing that it says
may be a concern about it. Praise that says nothing of a change is *praised since*: it may be of a part. What only may
be about the request is *mentioned since*: both sentences are shown, and a reader decides. Where no sentence
matches, the nearest are shown as *perhaps spoken of since*, which claims nothing.
"""

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from caregraph.graph.improvement.content_words import content_words
from caregraph.graph.improvement.matching import Match
from caregraph.graph.improvement.requests import parts_asked

IMPROVED, PRAISED, PARTLY, AGAIN = "improved", "praised since", "partly", "again a concern"
MENTIONED, PERHAPS = "mentioned since", "perhaps spoken of since"
SILENT, NOT_INSPECTED = "not spoken of since", "not inspected since"
NOT_COMPARED = "words not fetched"  # of the report that asked, or of a later one; so nothing can be said
STATES = (IMPROVED, PRAISED, PARTLY, AGAIN, MENTIONED, PERHAPS, SILENT, NOT_INSPECTED, NOT_COMPARED)

GOOD = frozenset({IMPROVED, PRAISED})
TOLD = frozenset({IMPROVED, PRAISED, PARTLY, AGAIN})  # what became of a request; the others leave it open
QUESTIONING = frozenset({"concern", "mixed"})

# Of the classifier, in what a sentence is; a neutral one claims nothing.
MIN_CONFIDENCE = {"strength": 0.9, "concern": 0.7, "mixed": 0.7}
# How near two sentences are, and the share of what is asked that the later one speaks of, by weight of words: either
# pair is enough for praise. So is, of any sentence, that it says that what was asked has got better.
PRAISE = ((0.4, 0.6), (0.5, 0.4))
# The same of a concern, with the share of the request and its purpose, and of its head if it opens with something else.
MIN_QUESTIONED, MIN_WORDS_QUESTIONED, MIN_HEAD, MIN_LIKENESS = 0.3, 0.2, 0.6, 0.5
# Praise of a part, of a beginning or by the staff themselves is no improvement; nor is a concern for a few a full one.
_HEDGED = {
    "strength": re.compile(
        r"\b(?:(?<!not )some (?:young people|children|social workers|staff|teams?|families|plans|care leavers)|for some"
        r"|in some|some improvements?|a few|being developed|(?:has|have) begun|beginning to|early stages?"
        r"|early signs|starting to|(?:is|are) improving|(?:is|are) acting to|being prioritised|plans? to"
        r"|too (?:soon|early)|reported by|report that|steps (?:have|has) been taken|(?:has|have) taken steps"
        r"|some (?:work|progress)|(?:made|making) (?:\w+ )?progress|(?:increasing|growing) (?:number|proportion)"
        r"|continu(?:e|es|ing) to|working to|underway|maturing|usually|generally|mostly|increasingly|not yet"
        r"|greater focus"
        r"|focus(?:ed|ing)? on (?:stabilis|improv|develop|address)\w+|plans? for)\b",
        re.IGNORECASE,
    ),
    "concern": re.compile(r"\b(?:(?:very )?small number|(?:a|very) few)\b", re.IGNORECASE),
}

# Sides of a matter: that a thing is offered, regular or done in time says nothing of how well it is done.
_SIDES = (
    re.compile(
        r"\b(?:timel(?:y|iness)|prompt(?:ly)?|swift(?:ly)?|quick(?:ly)?|delay(?:s|ed)?|late|drift)\b", re.IGNORECASE
    ),
    re.compile(r"\boffer(?:s|ed|ing)?\b", re.IGNORECASE),
    re.compile(r"\b(?:regular(?:ly|ity)?|frequen(?:t|tly|cy))\b", re.IGNORECASE),
    re.compile(r"\b(?:numbers?|proportion|take-up)\b", re.IGNORECASE),
)
_TURN = re.compile(r"(?:however|although|but|nevertheless|despite this|nonetheless|even so|yet)\b", re.IGNORECASE)
_QUALITY = re.compile(r"\bquality\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class View:
    """A later sentence that matches a request, with its polarity and the classifier's confidence of it.

    ``turned`` says that the sentence right after it questions it.
    """

    match: Match
    polarity: str
    confidence: float
    text: str
    turned: bool = False

    @property
    def is_sure(self) -> bool:
        """True if it is surely about what was asked, or a part of it, and surely praises or questions it."""
        match = self.match
        if match.refers_back or self.confidence < MIN_CONFIDENCE.get(self.polarity, math.inf):
            return False
        if self.polarity == "strength":
            return match.improved or _is_near(match)
        if match.covered < MIN_QUESTIONED or match.covered_words < MIN_WORDS_QUESTIONED:
            return False
        return match.opens or (match.head >= MIN_HEAD and match.score >= MIN_LIKENESS)


def turns(text: str, polarity: str) -> bool:
    """Tell if a sentence questions what the one before it says.

    >>> turns("However, some plans are late.", "concern"), turns("Plans are late.", "concern")
    (True, False)
    """
    return polarity != "strength" and bool(_TURN.match(text))


def judge(asked: str, views: Sequence[View]) -> str:
    """State of what was asked by all sentences of an inspection that match it.

    Nothing good is claimed where a concern may be about the same matter.
    """
    state = _combined({_attested(asked, view) for view in views if view.is_sure})
    doubted = state in GOOD and any(view.polarity in QUESTIONING for view in views)
    return MENTIONED if doubted else state


def _combined(states: Set[str]) -> str:
    """State by those that the sentences of an inspection attest, each by itself."""
    if not states:
        return MENTIONED
    if states <= GOOD:
        return IMPROVED if IMPROVED in states else PRAISED
    return AGAIN if states == {AGAIN} else PARTLY


def _attested(asked: str, view: View) -> str:
    """State that a single sentence attests."""
    is_hedged = view.polarity in _HEDGED and bool(_HEDGED[view.polarity].search(view.text))
    if view.polarity == "strength":
        is_whole = not (is_hedged or view.turned or _is_partial(asked, view.text))
        is_better = view.match.improved or (view.match.changed and _is_near(view.match))
        return IMPROVED if is_better and is_whole else PRAISED
    return AGAIN if view.polarity == "concern" and not is_hedged else PARTLY


def _is_near(match: Match) -> bool:
    return any(match.score >= score and match.covered >= share for score, share in PRAISE)


def _is_partial(asked: str, praise: str) -> bool:
    """Tell if a sentence praises a part of what was asked, or another side of it than the one asked about."""
    parts, said = parts_asked(asked), content_words(praise)
    of_few_parts = 2 * sum(not part.isdisjoint(said) for part in parts) <= len(parts)
    of_side = any(side.search(praise) and not side.search(asked) for side in _SIDES)
    return of_few_parts or (of_side and not _QUALITY.search(praise))
