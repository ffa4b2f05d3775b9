"""Export of a trained network to ONNX, with its weights rounded to eight bits.

`torch.onnx.export` writes the graph. onnxruntime's optimizer then joins steps that it runs fast as one operator:
normalisations with the sums before them, activations with their biases, attention with its matrices. The weights of the
shipped network, exported so, give scores as near to those before rounding as its file with seven bits does, at the same
speed. Without the optimizer, or with PyTorch's own attention, scores move by up to 0.8 and take longer.

Needs the optional dependencies ``training``.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch.nn import functional

from caregraph.extractors.findings.wordpiece import MAX_PIECES
from training.fine_tuning import SentenceNetwork, pooled

OPSET = 18


def write_network(network: SentenceNetwork, path: Path) -> None:
    """Write the network that takes ``pieces`` and ``mask`` (sentences × tokens) and gives ``scores``.

    ``scores`` has a row for each sentence and a column for each polarity, then
    each topic. Matrices have eight bits, each column with a scale of its own.
    """
    config = network.base.config
    with TemporaryDirectory() as folder:
        exported, joined = Path(folder) / "exported.onnx", Path(folder) / "joined.onnx"
        _export(network, exported)
        _prepare(exported)
        optimizer = optimize_model(
            str(exported),
            model_type="bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            opt_level=0,
        )
        _remove_metadata(optimizer.model)
        optimizer.save_model_to_file(str(joined))
        quantize_dynamic(
            joined,
            path,
            op_types_to_quantize=["Attention", "MatMul", "Gemm"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # seven bits, so that processors agree (`training.rounding`)
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # joined operators' results have no known type
        )


class _ScoringNetwork(torch.nn.Module):  # type: ignore[misc]  # mypy knows torch only where it is installed
    """A network as it is exported: with one output, and its word embeddings as bytes, with a scale for each word."""

    def __init__(self, network: SentenceNetwork) -> None:
        super().__init__()
        self.network = network
        words = network.base.get_input_embeddings().weight.detach().float()
        scale = words.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", torch.round(words / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        words = functional.embedding(pieces, self.words).float() * functional.embedding(pieces, self.scale)
        # The mask is made here in the steps by which the optimizer knows attention.
        absent = 1.0 - mask[:, None, None].expand(-1, 1, mask.shape[1], -1).float()
        added = absent.masked_fill(absent.bool(), torch.finfo(torch.float32).min)
        features = pooled(self.network.base(inputs_embeds=words, attention_mask=added).last_hidden_state, mask)
        return torch.cat([self.network.polarity(features), self.network.topics(features)], dim=1)


def _export(network: SentenceNetwork, path: Path) -> None:
    network.base.set_attn_implementation("eager")  # the same sums, in the order of the shipped network
    axes = {0: torch.export.Dim("sentences"), 1: torch.export.Dim("tokens", max=MAX_PIECES)}
    example = torch.ones((2, 4), dtype=torch.int64), torch.ones((2, 4), dtype=torch.int32)
    with torch.no_grad():
        torch.onnx.export(
            _ScoringNetwork(network).eval(),
            example,
            path,
            input_names=["pieces", "mask"],
            output_names=["scores"],
            dynamic_shapes=(axes, axes),
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )


def _prepare(path: Path) -> None:
    """Give the mask its two axes one by one, as onnxruntime's optimizer expects, and forget noted shapes."""
    model = onnx.load(path)
    axes = {array.name: [*numpy_helper.to_array(array)] for array in model.graph.initializer if array.dims == [2]}
    for position, node in enumerate(model.graph.node):
        if node.op_type == "Unsqueeze" and axes.get(node.input[1]) == [1, 2]:
            axis = numpy_helper.from_array(np.array([1]), "axis_of_mask")
            first = onnx.helper.make_node("Unsqueeze", [node.input[0], axis.name], ["mask_with_axis"])
            node.input[:] = ["mask_with_axis", axis.name]
            model.graph.initializer.append(axis)
            model.graph.node.insert(position, first)
            break
    del model.graph.value_info[:]  # those of matrices are wrong once onnxruntime has turned them
    onnx.save(model, path)


def _remove_metadata(model: onnx.ModelProto) -> None:
    """Remove what PyTorch notes of each step: the files and lines of this machine that it comes from."""
    for element in (model, model.graph, *model.graph.node, *model.graph.initializer, *model.graph.value_info):
        del element.metadata_props[:]
        element.doc_string = ""
