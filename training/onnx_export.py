"""A BERT-like encoder with its heads, written operator by operator in the ONNX form.

The fused operators are onnxruntime's own (domain ``com.microsoft``): they are
the ones that it runs fast, and that can be rounded to eight bits.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from caregraph.extractors.findings.wordpiece import LONGEST

Weights = dict[str, NDArray[np.float32]]
FUSED = "com.microsoft"
EPSILON = 1e-12  # of BERT's normalisations


def write_network(weights: Mapping[str, NDArray[np.float32]], out: Path, *, heads: int) -> None:
    """Write the network that takes ``pieces`` and ``mask`` (rows × places) and gives ``scores`` (rows × answers).

    Args:
        weights: of ``training.fine_tuning.Net``, by their names there.
        heads: of its attention.
    """
    network = _Network(weights)
    state = network.embedded()
    layers = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("base.encoder.layer."))
    for layer in range(layers):
        state = network.layer(f"base.encoder.layer.{layer}.", state, heads)
    scores = network.heads(state)
    answers = len(weights["polarity.bias"]) + len(weights["topics.bias"])
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT64, ["rows", "places"]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["rows", "places"]),
    ]
    outputs = [helper.make_tensor_value_info(scores, TensorProto.FLOAT, ["rows", answers])]
    graph = helper.make_graph(network.nodes, "findings", inputs, outputs, network.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9), out)


class _Network:
    def __init__(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def embedded(self) -> str:
        """The states of the pieces before the first layer; their words are kept as bytes, each with a scale."""
        prefix = "base.embeddings."
        words = self._weights[prefix + "word_embeddings.weight"]
        scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-8) / 127
        table = self._constant(np.rint(words / scale).astype(np.int8))
        rounded = self._node("Cast", self._node("Gather", table, "pieces"), to=TensorProto.FLOAT)
        word = self._node("Mul", rounded, self._node("Gather", self._constant(scale.astype(np.float32)), "pieces"))
        # All pieces are of the first kind: that a part stands beside the sentence is told by the end before it.
        kind = self._weights[prefix + "token_type_embeddings.weight"][0]
        places = self._constant(self._weights[prefix + "position_embeddings.weight"][:LONGEST] + kind)
        one = self._constant(np.array([1]))
        length = self._node("Slice", self._node("Shape", "pieces"), one, self._constant(np.array([2])))
        place = self._node("Slice", places, self._constant(np.array([0])), length)
        both = self._node("Add", word, place)
        return self._node(
            "LayerNormalization", both, *self._named(prefix + "LayerNorm", "weight", "bias"), axis=-1, epsilon=EPSILON
        )

    def layer(self, prefix: str, state: str, heads: int) -> str:
        """The state after one layer of attention and the two dense ones that follow it."""
        own = f"{prefix}attention.self."
        parts = [f"{own}{part}" for part in ("query", "key", "value")]
        weights = self._constant(np.hstack([self._weights[f"{part}.weight"].T for part in parts]))
        bias = self._constant(np.hstack([self._weights[f"{part}.bias"] for part in parts]))
        seen = self._node("Attention", state, weights, bias, "mask", domain=FUSED, num_heads=heads)
        state = self._added(f"{prefix}attention.output.", seen, state)
        inner = self._dense(f"{prefix}intermediate.dense", state)
        inner = self._node("BiasGelu", inner, *self._named(f"{prefix}intermediate.dense", "bias"), domain=FUSED)
        return self._added(f"{prefix}output.", inner, state)

    def heads(self, state: str) -> str:
        """The scores of polarities, then of topics, from the mean of the states and the first."""
        there = self._node("Unsqueeze", self._node("Cast", "mask", to=TensorProto.FLOAT), self._constant(np.array([2])))
        axis = self._constant(np.array([1]))
        total = self._node("ReduceSum", self._node("Mul", state, there), axis, keepdims=0)
        mean = self._node("Div", total, self._node("ReduceSum", there, axis, keepdims=0))
        first = self._node("Gather", state, self._constant(np.array(0)), axis=1)
        both = self._node("Concat", mean, first, axis=1)
        weights = np.vstack([self._weights["polarity.weight"], self._weights["topics.weight"]]).T
        bias = np.hstack([self._weights["polarity.bias"], self._weights["topics.bias"]])
        return self._node("Gemm", both, self._constant(weights), self._constant(bias))

    def _added(self, prefix: str, value: str, state: str) -> str:
        """A dense layer's result added to the state before it, and normalised."""
        norm = self._named(f"{prefix}LayerNorm", "weight", "bias")
        bias = self._named(f"{prefix}dense", "bias")
        return self._node(
            "SkipLayerNormalization",
            self._dense(f"{prefix}dense", value),
            state,
            *norm,
            *bias,
            domain=FUSED,
            epsilon=EPSILON,
        )

    def _dense(self, name: str, value: str) -> str:
        return self._node("MatMul", value, self._constant(self._weights[f"{name}.weight"].T))

    def _named(self, prefix: str, *names: str) -> list[str]:
        return [self._constant(self._weights[f"{prefix}.{name}"]) for name in names]

    def _constant(self, value: NDArray[np.generic]) -> str:
        name = f"constant-{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def _node(self, kind: str, *inputs: str, domain: str = "", **attributes: float) -> str:
        name = f"{kind}-{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name
