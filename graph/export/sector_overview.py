"""Overview of ILACS outcomes in the sector's own form: column for column, as Data to Insight publishes it.

What reads their ``ofsted_csc_ilacs_overview.xlsx`` reads this. Every cell is text, as theirs is, and one that the graph
has no value for is empty. ``inspection_framework`` follows their rule, the days from the first to the last. The link to
a folder of reports, which only they have, is empty.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from caregraph.graph.export.overview_sheet import AUTHORITIES, OVERALL, Row
from caregraph.graph.export.tables import Tables
from caregraph.graph.export.workbook import open_workbook, write_sheet
from caregraph.graph.readers import RowReader

SHEET = "ofsted_cs_inspections_overview"
SHORT_DAYS, STANDARD_DAYS = 7, 15  # from the first day to the last, at most
NO_OVERALL_FROM = date(2026, 4, 1)
GRADES = {  # columns by the areas whose grade they hold, the first that there is
    "impact_of_leaders_grade": ("leaders",),
    "help_and_protection_grade": ("help-and-protection",),
    "in_care_grade": ("in-care", "in-care-and-care-leavers"),
    "care_leavers_grade": ("care-leavers",),
}
REGIONS = {
    "E12000001": "NE", "E12000002": "NW", "E12000003": "YH", "E12000004": "EM", "E12000005": "WM",
    "E12000006": "E", "E12000007": "GL", "E12000008": "SE", "E12000009": "SW",
}  # fmt: skip
NAMES = {  # that the sector spells otherwise than in small letters
    "Bournemouth, Christchurch and Poole": "bournemouth, christchurch & poole",
    "City of London": "london corporation",
    "Telford and Wrekin": "telford & wrekin",
    "Windsor and Maidenhead": "windsor & maidenhead",
}


def write_sector_overview(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write the one sheet; the licence stands in the workbook's properties."""
    with open_workbook(output, title=SHEET) as workbook:
        write_sheet(workbook, SHEET, sector_rows(store, tables.selection.region))


def sector_rows(store: RowReader, region: str | None = None) -> Iterator[dict[str, str]]:
    """Rows by region and name, or of one region by its IRI."""
    authorities = list(store.stream(AUTHORITIES, region=region))
    judged = {
        authority["iri"]: (authority["laCode"], grade) for authority in authorities if (grade := _overall(authority))
    }
    led = Counter(_inspector(authority) for authority in authorities)
    for authority in authorities:
        yield {name: str(value or "") for name, value in _row(authority, judged, led).items()}


def _row(authority: Row, judged: Mapping[str, tuple[str, str]], led: Mapping[str | None, int]) -> dict[str, Any]:
    near = [judged[iri] for iri, _, _ in authority["neighbours"] if iri in judged]
    grades, inspector = dict(authority["grades"]), _inspector(authority)
    return {
        "urn": authority["urn"],
        "la_code": authority["laCode"],
        "region_code": REGIONS.get(authority["regionGss"] or ""),
        "ltla23cd": authority["gss"],
        "stat_neighbours": ", ".join(code for _, _, code in authority["neighbours"] if code),
        "stat_neighbour_judgement": [(int(code), grade) for code, grade in near if code],
        "local_authority": NAMES.get(authority["name"], authority["name"].lower()),
        "inspection_link": min(authority["addresses"], default=None),
        "overall_effectiveness_grade": _overall(authority),
        "inspection_framework": _framework(authority["started"], authority["ended"]),
        "inspector_name": inspector,
        "inspection_start_date": _day(authority["started"]),
        "inspection_end_date": _day(authority["ended"]),
        "publication_date": _day(min(authority["published"], default=None)),
        "local_link_to_all_inspections": None,
        **{column: _grade(next(filter(None, map(grades.get, areas)), None)) for column, areas in GRADES.items()},
        "inspectors_inspections_count": led[inspector] if inspector else None,
    }


def _overall(authority: Row) -> str | None:
    """Overall grade, or the sector's word for an inspection of a time when none is given."""
    grade, started = _grade(dict(authority["grades"]).get(OVERALL)), authority["started"]
    return "not_reported_post_reform" if grade is None and started and started >= NO_OVERALL_FROM else grade


def _inspector(authority: Row) -> str | None:
    return authority["leads"][0].lower() if authority["leads"] else None


def _framework(started: date | None, ended: date | None) -> str | None:
    """Short or standard, by the sector's own rule.

    >>> _framework(date(2022, 5, 9), date(2022, 5, 13)), _framework(date(2022, 5, 9), date(2022, 5, 20))
    ('short', 'standard')
    """
    if started is None or ended is None:
        return None
    days = (ended - started).days
    longer = "inspection duration longer than standard framework"
    return "short" if days <= SHORT_DAYS else "standard" if days <= STANDARD_DAYS else longer


def _grade(id: str | None) -> str | None:
    return id.replace("-", " ") if id else None


def _day(day: date | None) -> str | None:
    return day.strftime("%d/%m/%Y") if day else None
