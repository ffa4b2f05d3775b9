"""Topics by wording: those that the classifier has not learnt, since nobody labelled sentences with them.

Each has a pattern of the words by which a sentence is about it. That children come into care is often only the time of
something else ('health assessments when they come into care'): the patterns take it where a decision, its time or its
reasons are spoken of. docs/findings-model.md says how often they are right.
"""

import re

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


def _gap(most: int, *, without: str = "(?!)") -> str:
    """Pattern of the space between two words, with up to ``most`` others between, none of those ``without``."""
    return rf"(?:(?![ -](?:{without})\b)[ -][\w'/-]+){{0,{most}}}?[ -]"


_NO_OTHER_WORD = r"(?! leav| proceed| plan)"  # care leavers, proceedings and plans
_INTO_CARE = (
    r"(?:(?:come|comes|coming|came|taken?|taking|bring|bringing|brought|moved?|moving|accommodated)(?: back)?"
    r"|(?:bring|bringing|take|taking) (?:\w+ ){1,4}?) ?into"
    rf" (?:the )?(?:local authority |public |council )?care{_NO_OTHER_WORD}"
    r"|(?:re-?)?enter(?:s|ed|ing)? (?:into )?(?:the )?(?:local authority |public |looked after )?care(?: system)?"
    rf"{_NO_OTHER_WORD}"
    r"|bec(?:ome|omes|oming|ame) (?:children )?(?:looked after|in care)\b"
    r"|(?:received|admitted) (?:in)?to care"
)
_ENTRY = r"(?:(?:re-?)?entry|entries|admissions?|entrance|moves) (?:in)?to (?:local authority )?care"
_TIME_OR_REASON = (
    r"in an? (?:\w+[ -]?){0,4}(?:way|manner|emergency|crisis|fashion)"
    r"|in (?:urgent|an? urgent|unforeseen|emergenc|response to|crisis)"
    r"|when|where|at (?:the|an?) (?:right|most|appropriate|earliest)|at appropriate|at short notice"
    r"|too (?:late|soon)|later|sooner|(?:soon|early) enough"
    r"|quickly|promptly|swiftly|appropriately|(?:un)?necessarily|urgently|for the right"
    r"|because|as a result|due to|without (?:\w+ )?delay|under (?:voluntary )?section 20"
)
_AT_HOME = (
    r"(?: living| to live)?(?: safely| successfully)?(?: living)?"
    r" (?:together|at home|in their (?:own )?homes?|(?:in|with|within) their (?:own |birth )?famil(?:y|ies))\b"
)

_PATTERNS = {
    "complaints": (r"\bcomplain(?!\w*\b[^.]{0,12} to ofsted)",),
    "decision-to-care": (
        rf"\b{_ENTRY}",
        rf"\bdecisions?(?:[ -]making)?{_gap(8)}(?:{_INTO_CARE}|be(?:ing)? (?:looked after|in care|accommodated))",
        r"\b(?:thresholds?|rates?|(?<!small )numbers?|proportion|percentage|increase|rise|surge|reduction|delays?"
        rf"|drift)\b{_gap(7)}(?:{_INTO_CARE})(?! (?:\w+ ){{0,3}}(?:placed|wait))",
        r"\b(?:needs?|needed|have|helped|rights?|choose|necessary|able|options?|opportunit\w*|wish|appropriate|entitle\w*)\b"
        rf"{_gap(3)}to (?:be )?(?:{_INTO_CARE})",
        rf"(?<!when )(?:{_INTO_CARE})(?: only)? (?:{_TIME_OR_REASON})",
        rf"\b(?:may|only|should|must|appropriately) (?:have )?(?:be )?(?:{_INTO_CARE})",
        r"\bsection 20\b.{0,80}\bconsent|\bconsent\b.{0,80}\bsection 20\b",
    ),
    "edge-of-care": (
        r"\b(?:edges?|brink|cusp)[ -]of[ -](?:(?:coming|going) into[ -])?(?:local authority )?care\b",
        r"\bfamily (?:preservation|breakdowns?)\b|\b(?:alternatives?|diversion) (?:to|from) care\b",
        rf"\b(?:risk|likelihood) of{_gap(2)}(?:{_INTO_CARE}|{_ENTRY}|being (?:taken|brought) into care"
        rf"|(?:needing|having) to (?:{_INTO_CARE}))",
        rf"\b(?:prevent|avoid|divert|stop)\w*{_gap(6, without='social')}(?:{_INTO_CARE}|{_ENTRY}"
        r"|care(?= unnecessarily| where|[.,;])|being looked after)",
        rf"\b(?:avoid|prevent|reduc|without|lessen|minimis)\w*{_gap(2)}need for"
        rf"{_gap(3, without='social')}(?:{_INTO_CARE}|{_ENTRY}"
        r"|care placements?|care(?=[.,;]))",
        r"\b(?:support|help|enabl|assist|allow|ensur|effort|work|commit|intervention|service|therap|opportunit)\w*"
        rf"{_gap(9, without='return|brothers|siblings|placements?')}"
        rf"(?:remain|stay|live|kept|keep)(?:s|ed|ing)?{_AT_HOME}",
    ),
    "family-networks": (
        r"\bfamily[ -]group[ -](?:conferenc|decision|meeting|discussion)|\bfgcs?\b|\bfgdm\b",
        r"\bfamily[ -](?:and friends )?network[ -](?:meeting|plan|conference)",
        r"(?<!around[ -]the[ -])\bfamily[ -](?:led[ -])?(?:decision[ -]making|meetings?)\b",
        rf"\b(?:involv|includ|inclus|bring|gather|harness|mobilis)\w*{_gap(5)}(?:wider|extended) famil(?:y|ies)\b",
        rf"\b(?:engag|involv|draw|harness|mobilis|utilis)\w*{_gap(5)}family(?: and friends?'?)? networks?\b",
        r"\bfamily networks? (?:are|is) (?:\w+ )?(?:engaged|involved)",
    ),
    "learning-reviews": (
        r"\bserious[ -]case[ -]reviews?\b|\b(?:scr|cspr|lcspr|lspr|silp|cdop)s?\b|\brapid reviews?\b",
        r"\b(?:child|safeguarding|local|national)(?: safeguarding)? practice reviews?\b",
        r"(?<!practice )\blearning reviews?\b|\bchild deaths?\b",
        r"\bserious (?:child(?:care)? |safeguarding )?incidents?\b|\bserious cases?\b.{0,30}\b(?:learn|lesson)",
        r"\b(?:learning from|lessons?|findings|messages|recommendations|themes)\b[^.;]{0,40}"
        r"\b(?:case|management) reviews\b|\b(?:local|national|critical) case reviews?\b",
    ),
    "siblings": (r"\bsiblings?\b|\bbrothers?(?:,? (?:and|or) |, )sisters?\b",),
    "young-carers": (
        r"\byoung (?:adult )?carers?\b|\bchildren (?:\w+ ){0,3}(?:in|with) (?:a )?caring (?:roles?|responsib)",
    ),
}
_COMPILED = {topic: [re.compile(pattern) for pattern in patterns] for topic, patterns in _PATTERNS.items()}
# Letters without which no pattern of a topic fits: most sentences are done with by these.
_LETTERS = {
    "complaints": ("complain",),
    "decision-to-care": ("care", "looked after", "accommodated", "section 20"),
    "edge-of-care": ("care", "looked after", "family", "families", "home", "together"),
    "family-networks": ("famil", "fgc", "fgdm"),
    "learning-reviews": ("review", "scr", "spr", "silp", "cdop", "death", "incident", "serious case"),
    "siblings": ("sibling", "brother"),
    "young-carers": ("carer", "caring"),
}

WORDED_TOPICS = frozenset(_PATTERNS)


def topics_by_wording(text: str) -> tuple[str, ...]:
    """Topics that the words of a sentence name, in the alphabetical order of their ids.

    >>> topics_by_wording("Decisions to bring children into care are timely.")
    ('decision-to-care',)
    >>> topics_by_wording("Health assessments are late when children come into care.")
    ()
    """
    words = " ".join(text.lower().split()).translate(_APOSTROPHES)
    return tuple(
        topic
        for topic, patterns in _COMPILED.items()
        if any(letters in words for letters in _LETTERS[topic]) and any(pattern.search(words) for pattern in patterns)
    )
