"""How the tests of a run are shared out among its processes: the longest first, and together what needs one server.

A Neo4j that has just started takes half a minute of a processor until it has met every question once, and a browser
with the explorer as long until it has shown every page; so one process alone drives the browser, and one alone asks
the samples' graph. Other files are work of their own, the quick unit tests last, so that all processes end together.
"""

from xdist.scheduler import LoadScopeScheduling

BROWSER, SAMPLES = "browser", "samples"
# Beginnings of the files' names, with the group that they are in, in the order in which they are begun. What asks the
# samples begins with questions of another graph, while another process builds that of the samples; last of each group
# come files that make or drop an index, after which Neo4j plans every query anew.
_PLACES = {
    "tests/e2e/explorer/test_": BROWSER,
    "tests/e2e/explorer/": BROWSER,
    "tests/e2e/graph/queries/test_questions.py": SAMPLES,
    "tests/e2e/graph/queries/": SAMPLES,
    "tests/e2e/test_metamorphic.py": SAMPLES,
    "tests/e2e/graph/export/": SAMPLES,
    "tests/e2e/graph/neo4j/test_round_trip.py": SAMPLES,
    "tests/e2e/cli/test_warming.py": SAMPLES,
    "tests/e2e/test_snapshot.py": SAMPLES,
    "tests/e2e/assistant/": SAMPLES,
    "tests/e2e/brief/": SAMPLES,
    "tests/e2e/test_api.py": SAMPLES,
    "tests/e2e/graph/neo4j/test_first_load.py": SAMPLES,
    "tests/e2e/cli/": SAMPLES,
    "tests/wheel/": None,
    "tests/e2e/": None,
    "": None,
}


def place(nodeid: str) -> int:
    """Place of a test in the order of a run."""
    return next(number for number, beginning in enumerate(_PLACES) if nodeid.startswith(beginning))


class WorkOrder(LoadScopeScheduling):
    """Scheduling of groups, and of files that are in none."""

    def _split_scope(self, nodeid: str) -> str:
        """Name of the work that a test is part of."""
        return list(_PLACES.values())[place(nodeid)] or nodeid.split("::", 1)[0]
