"""Extract the labelled documents and measure the records against their labels."""

from collections.abc import Callable
from pathlib import Path

from caregraph.build import files_in
from caregraph.data_directory import Workspace
from caregraph.evaluation.measure import Labels, measure
from caregraph.extractors.worker_pool import extracted
from caregraph.ontology.errors import UnreadableReport


def evaluate(
    workspace: Workspace,
    gold: Path,
    reports: Path,
    *,
    tell: Callable[[str], None] | None = None,
    workers: int | None = None,
) -> list[dict[str, object]]:
    """The table: a row a figure, with its layer.

    Args:
        gold: a folder of labels, as ``samples/expected`` is one.
        reports: a folder in which the labelled documents are found by the stems of their names.
        tell: told every difference, and which documents are missing.

    Raises:
        UnreadableReport: if a folder does not exist or has no labels.
    """
    if not gold.is_dir():
        raise UnreadableReport(str(gold), "is no folder of labels; --gold names one")
    labels = Labels.read(gold)
    if not labels.documents:
        raise UnreadableReport(str(gold), "has no labels; expected record.jsonl, mentions.jsonl or findings.jsonl")
    files = [path for path in files_in([reports]) if path.stem in labels.documents]
    found = extracted(files, vocabulary=workspace.vocabulary, workers=workers)
    records = [workspace.resolver.resolve(one.record).as_json() for one in found if one.record]
    differ = tell or (lambda _: None)
    for missing in sorted(labels.documents - {path.stem for path in files}):
        differ(f"{missing}: has labels, but is not in {reports}")
    layers = measure(
        labels, records, lambda document, what, wanted, got: differ(f"{document}\t{what}\twanted {wanted}\tgot {got}")
    )
    return [
        {"layer": layer, "measure": figure.name.strip(), "value": figure.value, "of": figure.note}
        for layer, figures in layers.items()
        for figure in figures
    ]
