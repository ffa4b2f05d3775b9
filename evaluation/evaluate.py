"""Extract the labelled documents and measure the records against their labels."""

from collections.abc import Callable
from pathlib import Path

from caregraph.evaluation.labels import Labels
from caregraph.evaluation.measure import measure_extraction
from caregraph.extractors.worker_pool import extract_files
from caregraph.inputs import files_in
from caregraph.ontology.errors import UnreadableReport
from caregraph.workspace import Workspace


def evaluation_rows(
    workspace: Workspace,
    gold: Path,
    reports: Path,
    *,
    on_difference: Callable[[str], None] | None = None,
    workers: int | None = None,
) -> list[dict[str, object]]:
    """Extract the labelled documents of a folder, and return a row for each metric, with its layer.

    Args:
        gold: a folder of labels, as ``samples/expected`` is one.
        reports: a folder in which the labelled documents are found by the stems of their names.
        on_difference: called with a line for every difference, and for every missing document.

    Raises:
        UnreadableReport: if a folder does not exist or has no labels.
    """
    if not gold.is_dir():
        raise UnreadableReport(str(gold), "is no folder of labels; --gold names one")
    labels = Labels.read(gold)
    if not labels.documents:
        raise UnreadableReport(str(gold), "has no labels; expected record.jsonl, mentions.jsonl or findings.jsonl")
    files = [path for path in files_in([reports]) if path.stem in labels.documents]
    outcomes = extract_files(files, vocabulary=workspace.vocabulary, workers=workers)
    records = [workspace.resolver.resolve(outcome.record).as_json() for outcome in outcomes if outcome.record]

    def emit(line: str) -> None:
        if on_difference:
            on_difference(line)

    for missing in sorted(labels.documents - {path.stem for path in files}):
        emit(f"{missing}: has labels, but is not in {reports}")
    layers = measure_extraction(
        labels,
        records,
        lambda document, field, expected, actual: emit(f"{document}\t{field}\twanted {expected}\tgot {actual}"),
    )
    return [
        {"layer": layer, "measure": metric.name.strip(), "value": metric.value, "of": metric.note}
        for layer, metrics in layers.items()
        for metric in metrics
    ]
