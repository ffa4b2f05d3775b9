"""Identity of a name in one document, and the keys that identities are made of."""

from dataclasses import dataclass
from datetime import date

from caregraph.ontology.iris import slug
from caregraph.ontology.records import Record


@dataclass(frozen=True, slots=True)
class Identity:
    """Thing or person that a name means, with the rule that decided and the reason.

    ``authority_key`` is the authority whose report it is (see `authority_key_of`), empty for a thing that belongs to
    none; ``term`` the id of the thesaurus entry, None for a name in no list. ``scope`` is None for a person; ``kind``
    is the IRI of the generic kind where the thing is an authority's instance of one.
    """

    iri: str
    name: str
    type: str
    authority_key: str
    rule: str
    why: str
    term: str | None = None
    scope: str | None = None
    kind: str | None = None


def name_slug(name: str) -> str:
    """Slug of a name, without what reports vary: case, accents, punctuation, '&' and a leading article.

    >>> name_slug("The Children’s Hub & MASH")
    'childrens-hub-and-mash'
    """
    return slug(name).removeprefix("the-")


def year_of(record: Record) -> int | None:
    """Year in which the inspection began, else that of publication; None if the record gives neither."""
    day = day_of(record)
    return day.year if day else None


def day_of(record: Record) -> date | None:
    """First day of the inspection, else that of publication; None if the record gives neither."""
    return record.inspected[0][0] if record.inspected else record.published


def authority_key_of(record: Record) -> str | None:
    """Key of the inspected authority: its ONS code, else its name's slug; None if the record names no authority.

    The authority's own things are named after it.
    """
    if record.authority is None:
        return None
    return record.authority.gss or name_slug(record.authority.name)
