"""The exported network gives the scores of the trained one, for rows of any number and length."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason='torch comes with the extra "training"')
transformers = pytest.importorskip("transformers", reason='transformers comes with the extra "training"')
onnx = pytest.importorskip("onnx", reason='onnx comes with the extra "training"')

from caregraph.extractors.findings.transformer import pad_batch  # noqa: E402
from training.fine_tuning import SentenceNetwork  # noqa: E402
from training.onnx_export import write_network  # noqa: E402

TOPICS = 5
ROWS = [[[1, 5, 6, 2]], [[1, 5, 2], [1, 7, 8, 9, 2], [1, 2]], [[1, *range(3, 50), 2], [1, 4, 2]]]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=60,
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=112,
    )
    return SentenceNetwork(transformers.BertModel(config), TOPICS).eval()


@pytest.fixture(scope="module")
def exported(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "network.onnx"
    write_network(network, path)
    return path


def trained_scores(network, rows):
    with torch.no_grad():
        return torch.cat(network(*map(torch.from_numpy, pad_batch(rows))), dim=1).numpy()


@pytest.mark.parametrize("rows", ROWS)
def test_exported_scores_are_the_trained_ones_but_for_rounding(network, exported, rows):
    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
    pieces, mask = pad_batch(rows)

    (scores,) = session.run(None, {"pieces": pieces, "mask": mask})

    assert scores == pytest.approx(trained_scores(network, rows), abs=0.05)


def test_padding_does_not_change_the_scores_of_a_row(network, exported):
    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
    pieces, mask = pad_batch([[1, 5, 6, 2], [1, 5, 6, 7, 8, 9, 2]])
    padded_scores = session.run(None, {"pieces": pieces, "mask": mask})[0][0]
    pieces, mask = pad_batch([[1, 5, 6, 2]])

    assert padded_scores == pytest.approx(session.run(None, {"pieces": pieces, "mask": mask})[0][0], abs=0.05)


def test_number_of_scores_can_be_read_from_the_file(exported):
    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])

    assert {given.name: given.type for given in session.get_inputs()} == {
        "pieces": "tensor(int64)",
        "mask": "tensor(int32)",
    }
    assert session.get_outputs()[0].shape[1] == 4 + TOPICS


def test_matrices_and_words_are_stored_in_eight_bits(exported):
    tensors = onnx.load(exported).graph.initializer
    large = {tensor.data_type for tensor in tensors if len(tensor.dims) == 2 and min(tensor.dims) > 8}

    assert onnx.TensorProto.INT8 in large
    floats = [tensor for tensor in tensors if tensor.data_type == onnx.TensorProto.FLOAT and len(tensor.dims) == 2]
    assert all(min(tensor.dims) <= 2 or tensor.dims[0] == 112 for tensor in floats)  # scales, kinds and positions


def test_attention_is_one_step_of_eight_bits(exported):
    steps = [node.op_type for node in onnx.load(exported).graph.node]

    assert steps.count("QAttention") == 2
    assert "Softmax" not in steps


def test_no_weight_is_so_large_that_sums_of_two_products_are_cut_off(exported):
    arrays = [onnx.numpy_helper.to_array(tensor) for tensor in onnx.load(exported).graph.initializer]
    matrices = [array for array in arrays if array.dtype == np.int8 and array.shape[:1] in {(48,), (96,)}]

    assert matrices
    assert max(np.abs(matrix.astype(int)).max() for matrix in matrices) <= 64


def test_file_says_nothing_of_the_machine_that_made_it(exported):
    content = exported.read_bytes()

    assert str(Path(torch.__file__).parents[2]).encode() not in content
    assert str(Path(__file__).parents[3]).encode() not in content
