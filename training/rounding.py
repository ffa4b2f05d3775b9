"""Rounding of matrices to eight bits, so that every processor makes the same sums of them.

A processor without instructions for sums of eight bits (x86 without VNNI) adds two products in sixteen, one of each
neighbour in a row, and cuts off what is beyond them. A number that a network multiplies is at most 255; so neighbours
of one sign may add up to 128.
"""

import torch

LARGEST_PAIR = 128  # 255 × 128 is still below 2^15


def round_rows(matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Round a matrix, a row for each output, to whole numbers, and give the scale of each row.

    Scales are as small as pairs of neighbours allow, which is three quarters of what seven bits would be.

    >>> numbers, scales = round_rows(torch.tensor([[2.0, -4.0, 0.5], [0.5, 0.77, 0.0]]))
    >>> numbers.tolist(), [round(scale, 4) for scale in scales.tolist()]
    ([[64, -127, 16], [50, 77, 0]], [0.0315, 0.01])
    """
    scales = pair_sums(matrix).amax(dim=1).clamp(min=1e-8) / (LARGEST_PAIR - 1)  # rounding adds up to one
    return torch.round(matrix / scales[:, None]).to(torch.int8), scales


def pair_sums(matrix: torch.Tensor) -> torch.Tensor:
    """Sums of neighbours in each row, of the positive and of the negative ones, without the sign."""
    values = matrix if matrix.is_floating_point() else matrix.short()
    parts = (part.clamp(min=0) for part in (values, -values))
    return torch.cat([part[:, 1:] + part[:, :-1] for part in parts], dim=1)
