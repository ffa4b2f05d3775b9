"""Sharing: the thing that a sharing statement is about, its counterparts in other councils, and what they add up to.

A statement that names partners ties the council's own thing to each partner's thing of the same kind or name. Whether
these become one is decided as any identity is (`resolution.clustering`). A thing of several councils has one name in
all documents, and its councils are those that own a part of it and those that statements name as partners.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from caregraph.graph.resolution.identity import Identity, authority_key_of, day_of, name_slug
from caregraph.ontology.iris import instance_iri, local_iri
from caregraph.ontology.records import Mention, Record, SharingStatement
from caregraph.ontology.register import AuthorityTerm
from caregraph.ontology.vocabulary import Vocabulary

# Words before a noun that do not tell a thing from others of that noun.
_SAYS_LITTLE = frozenset(
    """a an the and all both its their our her his this these those two three four five six some several new local
    regional joint shared own existing current effective wider relatively recently very well strong good clear strategic
    operational separate established embedded extensive exemplary excellent talented council’s children’s children's
    council's""".split()
)
_AND_MORE = re.compile(r" and (?=(?:its|the|wider|other|their) )")
# Phrases that begin with a verb, or are of those whom councils work with.
_NO_THING = re.compile(
    r"(?!(?:combined|integrated|dedicated|speciali[sz]ed|centrali[sz]ed|looked|trafficked)\b)\w+ed\b"
    r"|(?:explore|develop|includ\w+|partners?|of|in|on|with)\b",
    re.IGNORECASE,
)
# Nouns of organisations that have a name, which 'the consortium' stands for once it was said.
_NAMED_NOUNS = frozenset({"agency", "alliance", "company", "consortium", "trust"})
# Nouns of things that are known by the words before them; posts, work and arrangements are not.
_NOUNS = frozenset(
    """agency alliance board centre clinic committee company consortium council facility forum group hub network panel
    partnership service sub-group subgroup team trust unit campaign collaborative programme project scheme
    assessment audit framework plan policy procedure protocol strategy standard""".split()
)
TYING_RELATIONS = frozenset({"shares", "hosts", "hosted", "commissions-jointly"})


@dataclass(frozen=True, slots=True)
class MergedThing:
    """Person, or thing in no list, of several names or councils: the one name, and the keys of the councils, sorted.

    A person belongs to no council.
    """

    name: str
    authorities: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        """True if it is of several councils."""
        return len(self.authorities) > 1


def ties_councils(statement: SharingStatement) -> bool:
    """Tell if a statement says that councils have the thing together, now or once, and names a partner."""
    return statement.relation in TYING_RELATIONS and statement.time != "future" and bool(statement.partners)


def mention_of(statement: SharingStatement, record: Record) -> Mention | None:
    """Mention of a statement's thing in its sentence, or one made of the statement's words where there is none.

    'The consortium' and the like mean the last one that was named before. None if there was none, or if the words name
    no thing by themselves ('the board', 'a regional framework') or are of a post, of work and so on.
    """
    if record.without_words:
        start = record.without_words.shared[record.sharing.index(statement)]
        return next((mention for mention in record.mentions if mention.start == start), None)
    wanted = name_slug(statement.name or statement.thing)
    inside = [mention for mention in record.mentions if statement.start <= mention.start < statement.end]
    for mention in inside:
        if wanted in {name_slug(name) for name in (mention.name, mention.text, *mention.aliases)}:
            return mention
    head = name_slug(_head_phrase(statement.name or statement.thing))
    alike = [mention for mention in inside if _is_inside(name_slug(mention.text), head)]
    if len({mention.name for mention in alike}) == 1 and statement.name is None:
        return alike[0]
    if statement.name is not None:
        return _made_mention(statement, statement.name)
    words = _without_little(_AND_MORE.split(statement.thing)[-1])
    *before, noun = _telling_words(words)
    is_acronym = len(noun) > 2 and words.rpartition(" ")[2].rstrip("s").isupper() and " of " not in words
    if (before and noun in _NOUNS and not _NO_THING.match(words)) or is_acronym:
        return _made_mention(statement, words)
    if before or noun not in _NAMED_NOUNS:
        return None
    earlier = [mention for mention in record.mentions if mention.start < statement.start and mention.name[:1].isupper()]
    nouns = [mention for mention in earlier if _singular(mention.name.rpartition(" ")[2]) == noun]
    return max(nouns, key=lambda mention: mention.start, default=None)


def with_made_mentions(record: Record) -> Record:
    """Record whose mentions include those made for sharing statements, in reading order."""
    known = {(mention.start, mention.end, mention.name) for mention in record.mentions}
    made = [
        mention
        for mention in (mention_of(statement, record) for statement in record.sharing)
        if mention and (mention.start, mention.end, mention.name) not in known
    ]
    if not made:
        return record
    in_order = sorted({*record.mentions, *made}, key=lambda mention: (mention.start, mention.end, mention.name))
    return replace(record, mentions=tuple(in_order))


def partners_of(statement: SharingStatement, record: Record, vocabulary: Vocabulary) -> list[AuthorityTerm]:
    """Councils that a statement names as partners, each as it existed when the inspection ran, else as it last did."""
    named = (vocabulary.authority_on(name, day_of(record)) for name in statement.partners)
    partners = {term.gss: term for term in named if term}
    partners.pop(authority_key_of(record) or "", None)
    return list(partners.values())


def counterpart_iri(identity: Identity, authority_key: str) -> str | None:
    """IRI of another council's thing of the same kind or name; None for a thing that belongs to no council."""
    if identity.kind is not None and identity.authority_key:
        return instance_iri(identity.kind, authority_key)
    if identity.rule == "local-name":
        return local_iri(authority_key, identity.type, name_slug(identity.name))
    return None


def best_name(names: Iterable[str]) -> str:
    """Name that stands for several spellings of one: that with the most capitals, else the longest, else the first.

    >>> best_name(["family hub", "Family Hub", "Family hub"])
    'Family Hub'
    """
    return min(names, key=lambda name: (-len(re.findall(r"\b[A-Z]", name)), -len(name), name))


def fullest_name(names: Iterable[str]) -> str:
    """Name that stands for several of a person: the longest, else the first.

    >>> fullest_name(["Ada Moor", "Ada J Moor"])
    'Ada J Moor'
    """
    return min(names, key=lambda name: (-len(name), name))


def _telling_words(words: str) -> list[str]:
    """Words up to the noun that they are about, in small letters, without those that say little; the noun is singular.

    >>> _telling_words("a relatively new board"), _telling_words("child death overview panels for the area")
    (['board'], ['child', 'death', 'overview', 'panel'])
    """
    listed = _head_phrase(words).lower().split()
    return [*(word for word in listed[:-1] if word not in _SAYS_LITTLE), _singular(listed[-1])]


def _head_phrase(words: str) -> str:
    """Words up to the noun that they are about.

    >>> _head_phrase("celebration of virtual schools")
    'celebration'
    """
    return re.split(r"(?<=\w) (?:of|for|in|with) ", words, maxsplit=1)[0]


def _without_little(words: str) -> str:
    """Words without the first ones that say little, as written.

    >>> _without_little("a shared Emergency duty team")
    'Emergency duty team'
    """
    listed = words.split()
    while len(listed) > 2 and listed[0].lower() in _SAYS_LITTLE:
        listed.pop(0)
    return " ".join(listed)


def _singular(noun: str) -> str:
    """Noun in small letters and the singular.

    >>> [_singular(noun) for noun in ("Consortia", "agencies", "panels", "process")]
    ['consortium', 'agency', 'panel', 'process']
    """
    noun = noun.lower()
    if noun == "consortia":
        return "consortium"
    return re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", noun))


def _is_inside(mentioned: str, wanted: str) -> bool:
    """Tell if a mention says the end of a statement's phrase, or the phrase, of several words, the end of the mention.

    >>> _is_inside("mash", "tri-borough-mash"), _is_inside("youth-service", "service")
    (True, False)
    """
    return wanted.endswith(f"-{mentioned}") or ("-" in wanted and mentioned.endswith(f"-{wanted}"))


def _made_mention(statement: SharingStatement, words: str) -> Mention:
    pattern = r"\s+".join(map(re.escape, words.split()))
    match = re.search(pattern, statement.text, re.IGNORECASE)
    start, end = match.span() if match else (0, len(statement.text))
    return Mention(
        text=statement.text[start:end],
        page=statement.page,
        start=statement.start + start,
        end=statement.start + end,
        name=words,
        type=statement.type,
    )
