"""What a name is taken to be, and the keys that identities are made of."""

from dataclasses import dataclass

from caregraph.ontology.iris import slug
from caregraph.ontology.records import Record


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name was taken to be, by which rule and why.

    ``place`` is the council whose report it is (see `place_of`), empty for what
    belongs to none; ``term`` the id of the thesaurus entry, None for a name in no list.
    ``scope`` is None for a person; ``kind`` is the IRI of the generic kind where it is a council's instance of that.
    """

    iri: str
    name: str
    type: str
    place: str
    rule: str
    why: str
    term: str | None = None
    scope: str | None = None
    kind: str | None = None


def name_key(name: str) -> str:
    """A name without what reports vary: case, accents, punctuation, '&' and a leading article.

    >>> name_key("The Children’s Hub & MASH")
    'childrens-hub-and-mash'
    """
    return slug(name).removeprefix("the-")


def year_of(record: Record) -> int | None:
    """The year in which an inspection began, else that of its publication; None if neither is given."""
    day = record.inspected[0][0] if record.inspected else record.published
    return day.year if day else None


def place_of(record: Record) -> str | None:
    """What the council's own things are named after: its ONS code, else its name; None where no council is named."""
    if record.authority is None:
        return None
    return record.authority.gss or name_key(record.authority.name)
