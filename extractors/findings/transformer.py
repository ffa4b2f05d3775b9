"""A small transformer that reads a sentence in its place: under its heading, and after the sentence it leans on.

Its network is a file in the ONNX form with weights of eight bits; see
docs/findings-model.md for where it comes from and what it costs.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from caregraph.extractors.findings.sentence_context import Sentence, in_its_place
from caregraph.extractors.findings.wordpiece import WordPieces

_BATCH = 32  # sentences: more cost memory and gain nothing


class Transformer:
    """Scores sentences with the network in a file, each by itself but for the rounding of its batch."""

    def __init__(self, network: Path, pieces: WordPieces) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # documents are read side by side, each on a core of its own
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._pieces = pieces

    def scores(self, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """A row for each sentence of a document, in reading order: a column for each polarity, then each topic."""
        places = [in_its_place(*both) for both in zip(sentences, [None, *sentences], strict=False)]
        encoded = [self._pieces.encode(text, beside=beside) for text, beside in places]
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
        columns = self._session.get_outputs()[0].shape[1]
        scores = np.zeros((len(sentences), columns), np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            pieces, mask = padded([encoded[index] for index in batch])
            scores[batch] = self._session.run(None, {"pieces": pieces, "mask": mask})[0]
        return scores


def padded(encoded: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Rows of one length, filled up with zeros, and a one for each piece that is there."""
    longest = max(map(len, encoded))
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in encoded], np.int32)
    return np.array([[*row, *[0] * (longest - len(row))] for row in encoded], np.int64), mask
