"""Attribution of what reports say, and where and when it was seen: under every page and in what is taken along."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from caregraph.explorer.labels import format_day

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCE_NAME = "Open Government Licence v3.0"
PUBLISHERS = "Inspection reports: Ofsted, the Care Quality Commission and the inspectorates they inspect with."
FOOTER = (
    f"{PUBLISHERS} Contains public sector information licensed under the ",
    (LICENCE_NAME, LICENCE),
    ". caregraph shows what reports said when they were written, as read by a program that can be wrong: check the "
    "marked words. It is not made or endorsed by any inspectorate.",
)
ATTRIBUTION = (
    f"{PUBLISHERS} Contains public sector information licensed under the {LICENCE_NAME}. It shows what reports said "
    "when they were written, as read by caregraph, a program that can be wrong and that no inspectorate endorses."
)


def today() -> str:
    """The day, as reports print days."""
    return format_day(date.today().isoformat()) or ""


def full_address() -> str:
    """Address of the page with all that it says, as far as the browser has told it."""
    query = urlencode(st.query_params.to_dict(), safe="/,")
    return f"{(st.context.url or '').partition('?')[0]}{f'?{query}' if query else ''}"


def source_notes() -> tuple[str, str]:
    """Attribution, and the page with its day, for a picture or a file."""
    return ATTRIBUTION, f"{full_address()} · caregraph, {today()}"
