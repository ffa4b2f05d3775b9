"""Standings: what lists of members and reports, taken together, say of an authority and a thing that it may share.

The questions `shared-services` and `silent-members` and the explorer's marks all call `find_standing`. A report may
attest a membership (`ATTESTED_FOR`), state in a sentence how a thing is shared (`SHARED_BY`), or only name the thing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

Standing = Literal[
    "confirmed",  # a report on a listed member names the thing
    "implied",  # it names the kind of the thing only
    "shared",  # a report states that the authority shares it
    "hosted",  # that one of those who share it runs it for the others
    "delegated",  # that its work is handed over to it
    "joining",
    "left",  # as a report says, or the list itself
    "contradicted",  # a report on a listed member names another in its place
    "unlisted",  # a report names it, and the list of its members has not the authority
    "named",  # a report names it, and there is no list
    "silent",  # no report on a listed member from the time of the thing speaks of it
    "asserted",  # a listed member of which no report from that time was read
]
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
SentenceKind = Literal["attested", "stated", "named"]  # sentence that shows a standing

_FULL_DAY = len("2018-10-01")
_STATED: dict[str, Standing] = {
    "shares": "shared",
    "commissions-jointly": "shared",
    "hosts": "hosted",
    "hosted": "hosted",
    "delegated": "delegated",
    "joining": "joining",
    "left": "left",
}
_EXPECTED_ROW = (
    "thing", "authority", "reports", "naming", "relation", "member", "listing", "attested", "since", "until", "days",
    "begun", "sentences",
)  # fmt: skip
# Columns of the Cypher of a question, of whose rows the functions here make the answer.
ROW_COLUMNS: Mapping[str, Sequence[str]] = {
    "shared-services": (*_EXPECTED_ROW, "kind", "scope", "authorities", "time", "host", "partners", "list"),
    "silent-members": _EXPECTED_ROW,
}
_NO_SENTENCE: dict[str, Any] = {"quotation": None, "document": None, "page": None, "paragraph": None, "evidence": []}
_LATER_COLUMNS = ("relation", "time", "host", "partners", "list", "since", "until", "reports", "naming")
_EXPECTED: dict[Standing, str] = {
    "confirmed": "expected and named",
    "implied": "expected and implied",
    "shared": "expected and said by another’s report",
    "hosted": "expected and said by another’s report",
    "delegated": "expected and said by another’s report",
    "joining": "expected but still joining",
    "left": "expected but left",
    "contradicted": "expected but contradicted",
    "silent": "expected but silent",
    "asserted": "expected but no report",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEvidence:
    """What lists and reports say of one authority and one thing.

    ``member`` and ``listing`` tell if a list of members has the authority, and if the thing has such a list, ``ended``
    if the list says that the membership ended;
    ``attested`` is what reports on the authority attest, see `weigh_attested`, ``relation`` the latest that any report
    states. ``naming`` counts the reports on the authority that name the thing, ``reports_of_its_time`` those of
    inspections in the thing's lifetime.
    """

    member: bool
    listing: bool
    ended: bool = False
    attested: str | None = None
    relation: str | None = None
    naming: int = 0
    reports_of_its_time: int = 0


def weigh_attested(standings: Sequence[str]) -> str | None:
    """Choose of the standings that reports attest, the latest first; None where there is none.

    The latest counts, but a report that only implies the thing takes nothing from one that named it.

    >>> weigh_attested(["implied", "confirmed"]), weigh_attested(["left", "confirmed"]), weigh_attested([])
    ('confirmed', 'left', None)
    """
    latest = standings[0] if standings else None
    return "confirmed" if latest == "implied" and "confirmed" in standings else latest


def count_in_lifetime(days: Iterable[str], *, begun: str | None, since: str | None, until: str | None) -> int:
    """Count the inspections of an authority at which its reports could have spoken of a thing.

    Args:
        days: first days of the inspections, as ISO text, empty where none is known.
        begun: first day of the first inspection whose report names the thing; stands in for ``since``.
        since: day, month or year from which the list has the authority; a day within that month or year is not
            certain to be later, so it is not counted.
        until: day, month or year in which the list's membership ended; likewise.

    >>> count_in_lifetime(["2018-03-01", "2018-11-05", "2022-01-10"], begun=None, since="2018-10", until="2022")
    1
    """
    first = since or begun
    return sum(
        (first is None or (day >= first if len(first) == _FULL_DAY else day[: len(first)] > first))
        and (until is None or (day != "" and day[: len(until)] < until))
        for day in days
    )


def find_standing(said: MembershipEvidence) -> Standing:
    """Standing of an authority in a thing; what reports say of a change comes before what they name.

    >>> find_standing(MembershipEvidence(member=True, listing=True, naming=2, relation="delegated"))
    'confirmed'
    >>> find_standing(MembershipEvidence(member=False, listing=True, naming=1, relation="hosted"))
    'hosted'
    """
    if said.attested == "joining":
        return "joining"
    if said.attested == "left" or said.ended:
        return "left"
    if said.attested == "contradicted" and said.member:
        return "contradicted"
    stated = _STATED.get(said.relation or "")
    if said.member:
        return _standing_of_member(said, stated)
    return stated or ("unlisted" if said.listing else "named")


def _standing_of_member(said: MembershipEvidence, stated: Standing | None) -> Standing:
    if said.naming:
        return "implied" if said.attested == "implied" else "confirmed"
    if stated:
        return stated
    return "silent" if said.reports_of_its_time else "asserted"


def shown_by(standing: Standing, said: MembershipEvidence) -> SentenceKind | None:
    """Sentence that shows the standing, or the sharing that it leaves unsaid; None for a list alone."""
    if standing == said.attested and standing in ("joining", "left", "contradicted"):
        return "attested"
    if said.relation:
        return "stated"
    return "named" if said.naming else None


def shared_service_rows(rows: Iterable[Mapping[str, Any]], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of `shared-services`: each authority of a thing with its standing and the words that show it."""
    answer = []
    for row in rows:
        said = _evidence(row)
        standing = find_standing(said)
        named = {column: row[column] for column in ("thing", "kind", "scope", "authorities", "authority")}
        stated = {column: row[column] for column in _LATER_COLUMNS}
        answer.append({**named, "standing": standing, **stated, **_words(row, shown_by(standing, said))})
    return answer


def expectation_rows(rows: Iterable[Mapping[str, Any]], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of `silent-members`: who is expected with a thing, and named or not, or is named unexpectedly."""
    answer = []
    for row in rows:
        said = _evidence(row)
        standing = find_standing(said)
        finding = _EXPECTED[standing] if said.member else "named but not expected"
        named = {"thing": row["thing"], "authority": row["authority"], "finding": finding}
        words = _words(row, shown_by(standing, said))
        answer.append({**named, "standing": standing, "reports": row["reports"], **words})
    return sorted(answer, key=lambda row: (row["thing"], row["finding"], row["authority"]))


def _evidence(row: Mapping[str, Any]) -> MembershipEvidence:
    return MembershipEvidence(
        member=row["member"],
        listing=row["listing"],
        ended=row["until"] is not None,
        attested=weigh_attested(row["attested"]),
        relation=row["relation"],
        naming=row["naming"],
        reports_of_its_time=count_in_lifetime(row["days"], begun=row["begun"], since=row["since"], until=row["until"]),
    )


def _words(row: Mapping[str, Any], kind: SentenceKind | None) -> Mapping[str, Any]:
    """Sentence of a kind, with its place; empty for a list."""
    sentences = ({key: words[key] for key in _NO_SENTENCE} for words in row["sentences"] if words["by"] == kind)
    return next(sentences, _NO_SENTENCE)
