"""Steps of whatever reads text, by the length of a run of one sign or word: eight times the run, eight times the steps.

A step is a line of our code that runs. Steps inside a regular expression are not seen here, but by the clock of
`benchmarks.growth`, which has the same components and more runs.
"""

import sys
from pathlib import Path

import pytest

import caregraph
from benchmarks.growth import COMPONENTS

OURS = str(Path(caregraph.__file__).parent)
SHORT, TIMES = 240, 8  # characters of a run, and the ratio to the longer one
FEW = 1_000  # steps by which a run may differ from another, such as where a text is too short for what follows
UNITS = [
    "(", "( ", "‘", "“Moor ", "A", "Moor ", "Ada Moor, ", "12 ", "• plan\n", "- ", " ", "\n", "and ", "of ", "[", "'",
    "the MASH, ", "Inspector: Ada Moor\n", "Overall effectiveness: Good\n", "3 May 2022 ", "Kent County Council ",
    "is shared with Kent. ", "multi-agency safeguarding hub ",
]  # fmt: skip
MARKUP = {
    "HTML": ("<td>", "<p>a", "<li><b>"),
    "Markdown": ("# ", "| a ", "* a\n", "> ", "`", "**", "[a](", "+--+\n| a|\n"),
}


def count_steps(task, *, within=OURS):
    """Number of lines of code below a folder that a task runs."""
    steps = 0

    def count(frame, event, arg):
        nonlocal steps
        steps += event == "line"
        return count

    def enter(frame, event, arg):
        return count if frame.f_code.co_filename.startswith(within) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        task()
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("component", COMPONENTS)
def test_steps_grow_with_the_length_of_a_text(component):
    def steps(unit, length):
        return count_steps(COMPONENTS[component](unit * (length // len(unit))))

    COMPONENTS[component]("word ")()  # fills caches
    for unit in (*UNITS, *MARKUP.get(component, ())):
        assert steps(unit, TIMES * SHORT) <= 1.3 * TIMES * steps(unit, SHORT) + FEW, unit


def test_steps_of_a_loop_in_a_loop_are_counted():
    text = "word " * 40

    def compare():
        for left in text:
            for right in text:
                assert len(left) == len(right)

    assert count_steps(compare, within=__file__) > len(text) ** 2
