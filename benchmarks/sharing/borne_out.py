"""How many of the sentences that share are found by a frame that another report bears out.

A frame that finds sentences of one report alone may have been made for it, and says little of reports that nobody has
read. So a sentence counts here only if one of the frames that find it finds a sentence that shares in another report.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from caregraph.evaluation.metrics import Metric
from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.sharing.claims import frames_that_claim
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.extractors.sharing.sharing import names_of_agencies
from caregraph.ontology.vocabulary import Vocabulary


def measure_borne_out(
    labels: Iterable[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]], vocabulary: Vocabulary
) -> Iterator[Metric]:
    """Yield the share of the labelled sentences that share which a frame finds that another document bears out."""
    reader = PartnerReader(spellings_of(vocabulary), **names_of_agencies(vocabulary))
    found: list[tuple[str, frozenset[str]]] = []
    documents: dict[str, set[str]] = defaultdict(set)
    sharing = [label for label in labels if label["says"]]
    for label in sharing:
        record = records.get(label["sha256"], {})
        for statement in record.get("sharing", ()):
            if statement["start"] < label["end"] and label["start"] < statement["end"]:
                sentence = reader.mask(" ".join(statement["text"].split()), "", _council_of(record))
                frames = frames_that_claim(sentence)
                found.append((label["sha256"], frames))
                for frame in frames:
                    documents[frame].add(label["sha256"])
                break
    borne_out = sum(any(documents[frame] - {sha256} for frame in frames) for sha256, frames in found)
    yield Metric("borne out by others", borne_out / max(len(sharing), 1), f"{borne_out} of {len(sharing)}")


def _council_of(record: Mapping[str, Any]) -> Council:
    inspected = record.get("inspected") or [["", ""]]
    return Council(record["authority"]["name"], inspected[0][-1])
