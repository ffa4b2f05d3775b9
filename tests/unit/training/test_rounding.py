"""Matrices of eight bits whose sums are the same on every processor."""

import pytest

torch = pytest.importorskip("torch", reason='torch comes with the extra "training"')

from training.rounding import LARGEST_PAIR, pair_sums, round_rows  # noqa: E402


def test_neighbours_of_one_sign_stay_below_what_sixteen_bits_hold():
    matrix = torch.randn(200, 64, generator=torch.Generator().manual_seed(0))

    numbers, scales = round_rows(matrix)

    assert pair_sums(numbers).max() <= LARGEST_PAIR
    assert (numbers * scales[:, None] - matrix).abs().max() <= scales.max() / 2 + 1e-6
    assert numbers.abs().amax(dim=1).float().mean() > 85  # seven bits would be 64


def test_neighbours_of_two_signs_do_not_add_up():
    assert pair_sums(torch.tensor([[127, -127, 1]], dtype=torch.int8)).max() == 127


def test_a_row_of_zeros_stays_so():
    assert round_rows(torch.zeros(1, 4))[0].tolist() == [[0, 0, 0, 0]]
