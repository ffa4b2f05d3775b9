"""Sharing: the thing that a sharing statement is about, its counterparts in other councils, and what they add up to.

A statement that names partners ties the council's own thing to each partner's thing of the same kind or name. Whether
these become one is decided as any identity is (`resolution.clustering`). A thing of several councils has one name in
all documents, and its councils are those that own a part of it and those that statements name as partners.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from caregraph.graph.resolution.identity import Identity, authority_key_of, name_slug
from caregraph.ontology.iris import instance_iri, local_iri
from caregraph.ontology.records import Mention, Record, SharingStatement
from caregraph.ontology.register import AuthorityTerm
from caregraph.ontology.vocabulary import Vocabulary

_SAYS_LITTLE = frozenset(
    "new local regional joint shared own these those existing current effective wider relatively".split()
)
TYING_RELATIONS = frozenset({"shares", "hosts", "hosted", "commissions-jointly"})


@dataclass(frozen=True, slots=True)
class MergedThing:
    """Thing in no list that several names or councils have: its one name, and the keys of its councils, sorted."""

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

    Words that name no thing by themselves ('the consortium', 'a regional framework'), shared with nobody who is named,
    mean the last thing of that noun that was named before; None if there was none.
    """
    wanted = name_slug(statement.name or statement.thing)
    inside = [mention for mention in record.mentions if statement.start <= mention.start < statement.end]
    for mention in inside:
        if wanted in {name_slug(name) for name in (mention.name, mention.text, *mention.aliases)}:
            return mention
    alike = [mention for mention in inside if _is_end_of(name_slug(mention.text), wanted)]
    if len({mention.name for mention in alike}) == 1 and statement.name is None:
        return alike[0]
    if not (statement.name or statement.partners) and (noun := _bare_noun(statement.thing)):
        before = [mention for mention in record.mentions if mention.start < statement.start]
        nouns = [mention for mention in before if name_slug(mention.name).rpartition("-")[2] == noun]
        return max(nouns, key=lambda mention: mention.start, default=None)
    return _made_mention(statement)


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
    day = record.inspected[0][0] if record.inspected else record.published
    partners: dict[str, AuthorityTerm] = {}
    for name in statement.partners:
        named = vocabulary.authorities_named(name)
        existing = [term for term in named if (term.existed_on(day) if day else term.ended is None)]
        if len(candidates := existing or named) == 1:
            partners[candidates[0].gss] = candidates[0]
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


def join_names(names: Sequence[str]) -> str:
    """Write names as a list in words.

    >>> join_names(["Ashmere", "Fenwick", "Oxmoor"])
    'Ashmere, Fenwick and Oxmoor'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _bare_noun(words: str) -> str | None:
    """Noun of words that say no more than it, in the singular: 'regional consortia'; None where they say more.

    >>> _bare_noun("local consortia"), _bare_noun("trust"), _bare_noun("child death overview panel"), _bare_noun("MASH")
    ('consortium', 'trust', None, None)
    """
    *before, noun = words.split()
    if not noun.islower() or not {word.lower() for word in before} <= _SAYS_LITTLE:
        return None
    singular = re.sub(r"ies$", "y", noun) if noun.endswith("ies") else noun.removesuffix("s")
    return "consortium" if noun == "consortia" else singular


def _is_end_of(short: str, full: str) -> bool:
    return full == short or full.endswith(f"-{short}") or short.endswith(f"-{full}")


def _made_mention(statement: SharingStatement) -> Mention:
    words = statement.name or statement.thing
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
