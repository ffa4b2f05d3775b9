from caregraph.explorer.state.history import ViewHistory
from caregraph.explorer.state.network_view import NetworkView

EMPTY, FIRST, SECOND = NetworkView(), NetworkView(("a",)), NetworkView(("a", "b"))


def test_history_goes_back_and_forward():
    history = ViewHistory().push(FIRST).push(SECOND)

    assert history.back().current == FIRST
    assert history.back().forward() == history
    assert history.back().back().back().current == EMPTY
    assert history.forward() == history


def test_change_after_going_back_forgets_what_was_undone():
    assert ViewHistory().push(FIRST).push(SECOND).back().push(NetworkView(("c",))).forward().current == NetworkView(
        ("c",)
    )


def test_selecting_is_no_step_and_filtering_is():
    selected = ViewHistory(FIRST).push(NetworkView(("a",), "a"))
    arranged = selected.push(NetworkView(("a",), "a", arranged="kinds"))

    assert selected.past == ()
    assert arranged.back().current == NetworkView(("a",), "a")


def test_opened_address_that_is_a_step_away_is_that_step():
    history = ViewHistory(FIRST).push(SECOND)

    assert history.open(NetworkView(("a",), "a")).forward().current == SECOND
    assert history.back().open(SECOND) == history
    assert history.open(NetworkView(("c",))).past == (FIRST, SECOND)
    assert ViewHistory().open(FIRST).past == ()


def test_another_layout_is_a_step_that_no_address_tells_apart():
    laid_out = ViewHistory(FIRST).push(SECOND).push(NetworkView(("a", "b"), layout=1))

    assert laid_out.back().current == SECOND
    assert laid_out.back().back().open(SECOND).current == SECOND
    assert laid_out.push(FIRST).open(SECOND).current == NetworkView(("a", "b"), layout=1)
