"""IRIs that caregraph mints, from stable facts only, so that two runs give the same graph.

Terms of the ontology live in ``ONTOLOGY``; things in ``THINGS``, as
``<THINGS><kind>/<slug>``. An IRI holds nothing that varies between runs, machines or file
names: a document has its hash, a person the key that ``resolution.resolver`` decided on.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache

ONTOLOGY = "https://w3id.org/caregraph/ontology#"
THINGS = "https://w3id.org/caregraph/id/"
VOCABULARY_GRAPH = f"{THINGS}graph/vocabulary"  # the named graph of the vocabularies


def short_iri(iri: str) -> str:
    """Take off the beginning that all our IRIs share.

    >>> short_iri("https://w3id.org/caregraph/id/person/ann-example"), full_iri("person/ann-example")
    ('person/ann-example', 'https://w3id.org/caregraph/id/person/ann-example')
    """
    return iri.removeprefix(THINGS)


def full_iri(text: str) -> str:
    """Complete an IRI as people type it, or `short_iri` shortens it; a whole one stays as it is."""
    return text if "://" in text else f"{THINGS}{text.strip().lstrip('/')}"


@lru_cache(maxsize=2**16)  # the same names come again and again
def slug(text: str) -> str:
    """Lower-case letters and digits of ``text``, joined by hyphens; never empty.

    >>> slug("Children’s Hub & MASH (Ashmere)")
    'childrens-hub-and-mash-ashmere'
    """
    plain = unicodedata.normalize("NFKD", text).lower().replace("&", " and ").replace("@", " at ")
    plain = re.sub(r"[’'`]", "", plain).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "unnamed"


def thing_iri(kind: str, key: str) -> str:
    """The IRI of the thing ``key`` of a kind such as "service"; ``key`` is made a slug, an upper-case code is kept.

    >>> thing_iri("authority", "E08000023")
    'https://w3id.org/caregraph/id/authority/E08000023'
    """
    return f"{THINGS}{kind}/{key if re.fullmatch(r'[A-Z][0-9]{8}', key) else slug(key)}"


def authority_iri(gss: str) -> str:
    """The IRI of an authority by its ONS code."""
    return thing_iri("authority", gss)


def document_iri(sha256: str) -> str:
    """The IRI of a document by the hash of its bytes; its named graph has the same IRI."""
    return thing_iri("document", sha256)


def inspection_iri(authority: str, kind: str, first_day: date | str) -> str:
    """The IRI of an inspection by authority (ONS code or name), kind and first day; without a day, by its document."""
    return thing_iri("inspection", f"{slug(authority)}-{kind}-{first_day}")


def judgement_iri(inspection: str, area: str, grade: str) -> str:
    """The judgement that an inspection, by its IRI, gave to an area. Two grades for one area are two judgements."""
    return thing_iri("judgement", f"{_key(inspection)}-{area}-{grade}")


def person_iri(key: str) -> str:
    """The IRI of a person by the key that resolution decided on, such as the folded name with years and posts."""
    return thing_iri("person", key)


def passage_iri(document: str, start: int) -> str:
    """The IRI of the passage that starts at a character of a document (by its IRI)."""
    return f"{thing_iri('passage', _key(document))}-{start}"


def finding_iri(document: str, start: int) -> str:
    """The IRI of the finding that starts at a character of a document (by its IRI)."""
    return f"{thing_iri('finding', _key(document))}-{start}"


def relation_iri(kind: str, document: str, start: int, *about: str) -> str:
    """The IRI of a statement with its own words, such as a mention, by their first character and its subjects."""
    return thing_iri(kind, "-".join((_key(document), str(start), *(_key(iri) for iri in about))))


def instance_iri(kind: str, gss: str) -> str:
    """The IRI of an authority's own instance of a generic kind (by the kind's IRI).

    >>> instance_iri("https://w3id.org/caregraph/id/service/mash", "E08000023")
    'https://w3id.org/caregraph/id/service/mash-of-e08000023'
    """
    return f"{kind}-of-{slug(gss)}"


def local_iri(gss: str, kind: str, name: str) -> str:
    """The IRI of a named thing of one authority that no list has, by authority, kind ("service") and name."""
    return thing_iri(kind, f"{name} of {gss}")


def type_of(iri: str) -> str:
    """The kind of thing that an IRI was minted for.

    >>> type_of("https://w3id.org/caregraph/id/service/mash-of-e08000023")
    'service'
    """
    return iri.removeprefix(THINGS).partition("/")[0]


def is_own(iri: str, document: str) -> bool:
    """True if an IRI was minted from a document's IRI, so that no other document can speak of it.

    >>> is_own(passage_iri(document_iri("ab12"), 40), document_iri("ab12"))
    True
    >>> is_own(authority_iri("E08000023"), document_iri("ab12"))
    False
    """
    key, own = _key(iri), _key(document)
    return document.startswith(f"{THINGS}document/") and (key == own or key.startswith(f"{own}-"))


def _key(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
