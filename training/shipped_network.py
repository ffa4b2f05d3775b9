"""The shipped network's file, to train the network further: its weights are read from the file and replaced in it.

So the operators, and with them speed and rounding, stay as they are. Needs the optional dependencies ``training``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import onnx
import torch
from onnx import numpy_helper

from training.fine_tuning import SentenceNetwork
from training.rounding import round_rows

_QUANTIZED, _SCALE = "_quantized", "_scale"  # ends of the names of a matrix of eight bits and of its columns' scales
_POSITIONS, _KIND = "base.embeddings.position_embeddings.weight", "base.embeddings.token_type_embeddings.weight"

Arrays = dict[str, torch.Tensor]


class Place(NamedTuple):
    """An array of the file, and the weights of the network that it holds, one after the other."""

    array: str
    weights: tuple[str, ...]


def read_network(network: SentenceNetwork, path: Path) -> None:
    """Give a network, which has the size of the one in a file, the weights of that; the words' are not among them."""
    graph = onnx.load(path).graph
    arrays, weights = _arrays(graph), network.state_dict()
    for place in _places(graph):
        sizes = [len(weights[name]) for name in place.weights]
        weights |= dict(zip(place.weights, _read(arrays, place.array).split(sizes), strict=True))
    weights[_POSITIONS] = weights[_POSITIONS] - weights[_KIND][0]  # in the file, positions have it in them
    network.load_state_dict(weights)


def replace_weights(network: SentenceNetwork, path: Path, target: Path) -> None:
    """Write a file's network again, with a network's weights rounded to eight bits; the words stay as they are."""
    model = onnx.load(path)
    arrays, weights = _arrays(model.graph), network.state_dict()
    weights[_POSITIONS] = weights[_POSITIONS] + weights[_KIND][0]
    for place in _places(model.graph):
        value = torch.cat([weights[name] for name in place.weights])
        if place.array.endswith(_QUANTIZED):
            rounded, arrays[_scale_of(place.array)] = round_rows(value)
            arrays[place.array] = rounded.T.contiguous()
        else:
            arrays[place.array] = value
    for array in model.graph.initializer:
        array.CopyFrom(numpy_helper.from_array(arrays[array.name].numpy(), array.name))
    onnx.save(model, target)


def _arrays(graph: onnx.GraphProto) -> Arrays:
    return {array.name: torch.from_numpy(numpy_helper.to_array(array).copy()) for array in graph.initializer}


def _read(arrays: Arrays, name: str) -> torch.Tensor:
    """An array, or a matrix as its sums are made, with the scales multiplied in; a row for each output."""
    if name.endswith(_QUANTIZED):
        return (arrays[name].float() * arrays[_scale_of(name)]).T.contiguous()
    return arrays[name]


def _scale_of(matrix: str) -> str:
    return matrix.removesuffix(_QUANTIZED) + _SCALE


def _places(graph: onnx.GraphProto) -> Iterator[Place]:
    """Yield the places of all weights but the words', by the operators that take them, in the order of these."""

    def inputs(operator: str) -> list[list[str]]:
        return [list(node.input) for node in graph.node if node.op_type == operator]

    arrays = {array.name for array in graph.initializer}
    slices, (norm,), (*_, last_sum) = inputs("Slice"), inputs("LayerNormalization"), inputs("Add")
    yield Place(next(names[0] for names in slices if names[0] in arrays), (_POSITIONS,))
    yield from _pair("base.embeddings.LayerNorm", norm[1], norm[2])
    norms, matrices, gelus = map(inputs, ("SkipLayerNormalization", "MatMulInteger", "BiasGelu"))
    for number, attention in enumerate(inputs("QAttention")):
        layer = f"base.encoder.layer.{number}"
        for array, part in ((attention[1], "weight"), (attention[2], "bias")):
            names = (f"{layer}.attention.self.{name}.{part}" for name in ("query", "key", "value"))
            yield Place(array, tuple(names))
        yield from _pair(f"{layer}.intermediate.dense", matrices[3 * number + 1][1], gelus[number][1])
        outputs = ("attention.output", 3 * number, 2 * number), ("output", 3 * number + 2, 2 * number + 1)
        for name, matrix, position in outputs:
            yield from _pair(f"{layer}.{name}.dense", matrices[matrix][1], norms[position][4])
            yield from _pair(f"{layer}.{name}.LayerNorm", norms[position][2], norms[position][3])
    yield Place(matrices[-1][1], ("polarity.weight", "topics.weight"))
    yield Place(next(name for name in last_sum if name in arrays), ("polarity.bias", "topics.bias"))


def _pair(name: str, weight: str, bias: str) -> Iterator[Place]:
    yield Place(weight, (f"{name}.weight",))
    yield Place(bias, (f"{name}.bias",))
