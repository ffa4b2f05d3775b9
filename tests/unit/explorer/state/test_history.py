from caregraph.explorer.state.history import History
from caregraph.explorer.state.view import View

EMPTY, ONE, TWO = View(), View(("a",)), View(("a", "b"))


def test_history_goes_back_and_forward():
    there = History().to(ONE).to(TWO)

    assert there.back().now == ONE
    assert there.back().forward() == there
    assert there.back().back().back().now == EMPTY
    assert there.forward() == there


def test_change_after_going_back_forgets_what_was_undone():
    assert History().to(ONE).to(TWO).back().to(View(("c",))).forward().now == View(("c",))


def test_selecting_is_no_step_and_filtering_is():
    selected = History(ONE).to(View(("a",), "a"))
    arranged = selected.to(View(("a",), "a", arranged="kinds"))

    assert selected.past == ()
    assert arranged.back().now == View(("a",), "a")
