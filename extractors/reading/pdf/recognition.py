"""Text recognition: the lines of words on a picture, by RapidOCR, the extra ``ocr``, whose networks come inside it.

It is told where its networks are, since it would fetch them where it does not find them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from caregraph import extras

EXTRA = "ocr"
Picture = NDArray[np.uint8]  # rows of pixels of blue, green and red

_DETECTOR, _READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_LONGEST_SIDE = 960  # pixels of the picture in which lines are looked for; no more are found on more
_SURE = 0.5  # the least score of a line
# Where a space is easily lost: behind a comma, between two sentences, before the last day of a visit ("14 to18 July").
_LOST_SPACE = re.compile(r"(?<=[a-z][,;])(?=[A-Za-z])|(?<=[a-z]{2}[.:])(?=[A-Z][a-z])|(?<=\bto)(?=\d)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")  # in the form that reports print
_WIDE_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x3001: ",", 0x3002: "."}


class RecognisedLine(NamedTuple):
    """Words of a line, the probability that they are right, and its corners from the top left one on, in pixels.

    ``edges`` are the left and the right edge of each word in turn.
    """

    text: str
    score: float
    corners: NDArray[np.float64]
    edges: tuple[float, ...]


def engine() -> str | None:
    """Name and version of the program that recognises text; None where it is not installed, or not whole."""
    if extras.missing(EXTRA) or missing_networks():
        return None
    return f"rapidocr {version('rapidocr')}"


def missing_networks() -> list[str]:
    """Names of the networks that should be in the package, which is installed, and are not."""
    return [path.name for path in _networks() if not path.is_file()]


def _networks() -> tuple[Path, Path]:
    package = find_spec("rapidocr")
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent / "models"
    return folder / _DETECTOR, folder / _READER


@cache
def _recogniser() -> Any:
    """Make what recognises text, once in a process: it takes a second and 500 MB."""
    # Both take a while, and few documents have pictures. `networks` comes first: it silences the other's onnxruntime.
    from caregraph.extractors.networks import THREADS  # noqa: I001
    import rapidocr

    detector, reader = map(str, _networks())
    parameters = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.text_score": _SURE,
        "Det.model_path": detector,
        "Det.limit_type": "max",
        "Det.limit_side_len": _LONGEST_SIDE,
        "Rec.model_path": reader,
        "Rec.rec_batch_num": 1,  # lines of one batch are made as long as the longest
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": THREADS,
    }
    return rapidocr.RapidOCR(params=parameters)


def recognise(picture: Picture) -> list[RecognisedLine]:
    """Lines of words on a picture, in no order that counts."""
    found = _recogniser()(picture, return_word_box=True)
    if not found.txts:
        return []
    words = found.word_results if len(found.word_results) == len(found.txts) else [()] * len(found.txts)
    lines = zip(found.txts, found.scores, found.boxes, words, strict=True)
    return [line for parts in lines if (line := _line(*parts)) is not None]


def _line(text: str, score: float, corners: NDArray[np.float32], words: Sequence[Any]) -> RecognisedLine | None:
    text = _LOST_SPACE.sub(" ", text.translate(_WIDE_SIGNS))
    text = " ".join(_APOSTROPHE.sub("’", text).split())
    if not text:
        return None
    left, right = float(corners[:, 0].min()), float(corners[:, 0].max())
    edges = tuple(_edges_of_words(text.split(" "), [(str(word), box) for word, _, box in words], left, right))
    return RecognisedLine(text, float(score), corners.astype(float), edges)


def _edges_of_words(
    words: Sequence[str], boxes: Sequence[tuple[str, Any]], left: float, right: float
) -> Iterator[float]:
    """Yield the edges of each word: of the boxes that have its letters, or where its letters would stand."""
    letters = "".join(words)
    edges = [edge for text, box in boxes for edge in _letter_edges(text, *_sides(box))]
    if len(edges) != len(letters):
        line = " ".join(words)
        spread = zip(line, _letter_edges(line, left, right), strict=True)
        edges = [edge for sign, edge in spread if sign != " "]
    start = 0
    for word in words:
        yield edges[start][0]
        start += len(word)
        yield edges[start - 1][1]


def _sides(box: Any) -> tuple[float, float]:
    across = np.asarray(box, dtype=float)[:, 0]
    return float(across.min()), float(across.max())


def _letter_edges(text: str, left: float, right: float) -> list[tuple[float, float]]:
    """Edges of each letter of a text, as if all were of one width."""
    step = (right - left) / max(len(text), 1)
    return [(left + step * place, left + step * (place + 1)) for place in range(len(text))]
