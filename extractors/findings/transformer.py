"""Transformer: a small network that reads a sentence with its heading and the sentence that it refers to.

The network is an ONNX file with weights of eight bits; docs/findings-model.md
has its origin and its cost.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.sentence_context import Sentence, text_and_context
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer
from caregraph.extractors.networks import THREADS, load_network

_BATCH = 8  # sentences: more do not fit into a processor's cache, are filled up more and rounded together


class Transformer:
    """Scores sentences with the network in a file, each by itself but for the rounding of its batch."""

    def __init__(self, network: Path, tokenizer: WordPieceTokenizer) -> None:
        self._session = load_network(network, threads=THREADS)
        self._tokenizer = tokenizer

    def scores(self, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """Scores of a document's sentences in reading order, a row for each: first the polarities, then the topics.

        What is read again and again is scored once.
        """
        inputs = [text_and_context(*pair) for pair in zip(sentences, [None, *sentences], strict=False)]
        encoded = [tuple(self._tokenizer.encode(text, context=context)) for text, context in inputs]
        distinct = sorted(dict.fromkeys(encoded), key=len)
        columns = self._session.get_outputs()[0].shape[1]
        scores = np.zeros((len(distinct), columns), np.float32)
        for start in range(0, len(distinct), _BATCH):
            batch = slice(start, start + _BATCH)
            pieces, mask = pad_batch(distinct[batch])
            scores[batch] = self._session.run(None, {"pieces": pieces, "mask": mask})[0]
        rows = {pieces: row for row, pieces in enumerate(distinct)}
        return scores[[rows[pieces] for pieces in encoded]]


def pad_batch(encoded: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Pad encoded texts with zeros to one length, and give the mask, with a one for each piece that is there."""
    longest = max(map(len, encoded))
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in encoded], np.int32)
    return np.array([[*row, *[0] * (longest - len(row))] for row in encoded], np.int64), mask
