"""Transformer: a small network that reads a sentence with its heading and the sentence that it refers to.

The network is an ONNX file with weights of eight bits; docs/findings-model.md
has its origin and its cost.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.sentence_context import Sentence, text_and_context
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer
from caregraph.extractors.networks import THREADS, load_network

_BATCH, _BATCH_PIECES = 32, 2560  # sentences, and pieces with those that fill up: more cost memory and gain nothing


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
        for batch in batches_by_length([len(row) for row in distinct]):
            pieces, mask = pad_batch(distinct[batch])
            scores[batch] = self._session.run(None, {"pieces": pieces, "mask": mask})[0]
        rows = {pieces: row for row, pieces in enumerate(distinct)}
        return scores[[rows[pieces] for pieces in encoded]]


def batches_by_length(lengths: Sequence[int]) -> Iterator[slice]:
    """Yield the slices of texts to be scored together, given the ascending lengths of the texts in pieces."""
    start = 0
    for end in range(1, len(lengths) + 1):
        full = end - start == _BATCH or (end - start + 1) * lengths[min(end, len(lengths) - 1)] > _BATCH_PIECES
        if full or end == len(lengths):
            yield slice(start, end)
            start = end


def pad_batch(encoded: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Pad encoded texts with zeros to one length, and give the mask, with a one for each piece that is there."""
    longest = max(map(len, encoded))
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in encoded], np.int32)
    return np.array([[*row, *[0] * (longest - len(row))] for row in encoded], np.int64), mask
