"""The shipped network can be read from its file and written again, to be trained further."""

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason='torch comes with the extra "training"')
transformers = pytest.importorskip("transformers", reason='transformers comes with the extra "training"')
onnx = pytest.importorskip("onnx", reason='onnx comes with the extra "training"')

from caregraph.extractors.findings.classifier import NETWORK_FILE, POLARITIES, WEIGHTS  # noqa: E402
from caregraph.extractors.findings.transformer import pad_batch  # noqa: E402
from training.fine_tuning import SentenceNetwork  # noqa: E402
from training.rounding import LARGEST_PAIR, pair_sums  # noqa: E402
from training.shipped_network import read_network, replace_weights  # noqa: E402

SHIPPED = WEIGHTS / NETWORK_FILE
ROUNDING = 0.2  # of scores, which are between -12 and 4: what is rounded twice differs by so much in the mean
PIECES, MASK = pad_batch([[1, 50, 60, 2], [1, 500, 600, 700, 800, 2, 900, 2], [1, *range(3, 90), 2]])


@pytest.fixture(scope="module")
def network():
    graph = onnx.load(SHIPPED).graph
    words, topics = graph.initializer[0].dims[0], graph.output[0].type.tensor_type.shape.dim[1].dim_value
    config = transformers.BertConfig(
        vocab_size=words,
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
        max_position_embeddings=112,
    )
    network = SentenceNetwork(transformers.BertModel(config), topics - len(POLARITIES)).eval()
    read_network(network, SHIPPED)
    return network


def matrices(path):
    """The matrices of a file that have eight bits, but for the words', a row for each output."""
    arrays = [onnx.numpy_helper.to_array(array) for array in onnx.load(path).graph.initializer[1:]]
    return [torch.from_numpy(array.T.copy()) for array in arrays if array.dtype == np.int8 and array.ndim == 2]


def scores(path):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"pieces": PIECES, "mask": MASK})[0]


def test_a_network_read_from_its_file_and_written_gives_the_same_scores(network, tmp_path):
    replace_weights(network, SHIPPED, tmp_path / NETWORK_FILE)

    assert np.abs(scores(tmp_path / NETWORK_FILE) - scores(SHIPPED)).mean() < ROUNDING


def test_no_sum_of_two_products_is_cut_off_on_any_processor(network, tmp_path):
    replace_weights(network, SHIPPED, tmp_path / NETWORK_FILE)

    for path in (SHIPPED, tmp_path / NETWORK_FILE):
        assert len(matrices(path)) == 25
        assert max(pair_sums(matrix).max() for matrix in matrices(path)) <= LARGEST_PAIR


def test_weights_that_were_trained_further_are_in_the_file(network, tmp_path):
    with torch.no_grad():
        network.topics.bias += 1
        replace_weights(network, SHIPPED, tmp_path / NETWORK_FILE)
        network.topics.bias -= 1

    added = scores(tmp_path / NETWORK_FILE) - scores(SHIPPED)

    assert np.abs(added[:, : len(POLARITIES)]).mean() < ROUNDING
    assert np.abs(added[:, len(POLARITIES) :] - 1).mean() < ROUNDING
