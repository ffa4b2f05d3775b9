from datetime import date

import pytest

from caregraph.graph.dataset.status import future_days


@pytest.mark.parametrize(
    ("published", "ended", "expected"),
    [
        (["2026-02-01"], [], ["published: 2026-02-01 is in the future"]),
        (
            [date(2026, 2, 1)],
            [date(2026, 1, 31)],
            [
                "published: 2026-02-01 is in the future",
                "inspected: 2026-01-31 is in the future",
            ],
        ),
        # Today is no future day, and an absent day is none.
        (["2026-01-30"], ["2026-01-30"], []),
        ([], [], []),
    ],
)
def test_days_in_the_future_are_noted(published: list[object], ended: list[object], expected: list[str]) -> None:
    assert list(future_days(published, ended, today=date(2026, 1, 30))) == expected
