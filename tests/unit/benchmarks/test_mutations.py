"""Mutations of samples: the same for the same number and seed, and different from the sample."""

import random

import pytest

from benchmarks.robustness.fuzz import print_table
from benchmarks.robustness.mutations import CHANGES, SAMPLES, Outcome, change_pages, make_mutation

PDF = SAMPLES / "tarrowby_cs_2016-09-12.pdf"
LETTER = SAMPLES / "brackenford_focused-visit_2022-07-14.txt"


def test_a_number_and_a_seed_make_one_mutation():
    assert make_mutation(3, seed=1) == make_mutation(3, seed=1)
    assert make_mutation(3, seed=1) != make_mutation(3, seed=2)


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "pages"])
def test_each_change_changes_something(change):
    content = LETTER.read_bytes()

    assert any(CHANGES[change](content, random.Random(seed)) != content for seed in range(3))


def test_operators_of_pages_are_changed():
    content = PDF.read_bytes()
    changed = [change_pages(content, random.Random(seed)) for seed in range(3)]

    assert any(b" Tj" in mutation for mutation in changed)  # streams that were compressed before
    assert all(mutation.startswith(b"%PDF") for mutation in changed)


def test_the_table_counts_outcomes_by_reason(capsys):
    outcomes = [
        Outcome(1, "bytes of a.pdf", "read", seconds=2.0, limit=120.0),
        Outcome(2, "lines of b.txt", "refused", "has 3 pages", seconds=1.0, limit=120.0),
        Outcome(3, "lines of b.txt", "refused", "has 4 pages", seconds=1.0, limit=120.0),
        Outcome(4, "pages of a.pdf", "failed", "makes the reader crash"),
    ]

    assert print_table(outcomes, seed=9) == 1
    printed = capsys.readouterr().out
    assert "| refused has … pages | 2 |" in printed
    assert "--seed 9 --only 4" in printed
    assert "Longest: number 1" in printed
