"""The tutorial runs from top to bottom, and says what it shows."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.ipynb"


@pytest.fixture(scope="module")
def outputs(samples_built, on_emptied, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tutorial")
    for name in ("documents", "records"):  # so that the samples need not be read once more
        shutil.copytree(samples_built / name, folder / name)
    notebook = nbformat.read(TUTORIAL, as_version=4)
    first = notebook.cells[1]
    first.source = first.source.replace("Path(mkdtemp())", f"Path({str(folder)!r})")
    with on_emptied(), pytest.MonkeyPatch.context() as environment:
        environment.setenv("CAREGRAPH_DATA", str(folder))  # whose decisions `caregraph.read` takes
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return [str(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def test_tutorial_reads_a_report_and_builds_a_graph(outputs):
    assert "focused-visit" in outputs[1]
    assert "(14, {})" in outputs[3]


def test_tutorial_shows_answers_as_tables_with_their_sentences(outputs):
    tables = [shown for shown in outputs if "<table>" in shown]

    assert len(tables) >= 4
    assert any("Farrowdale Adoption Alliance" in shown for shown in outputs)


def test_tutorial_goes_from_a_question_to_a_chart_to_the_sentence(outputs):
    assert any("application/vnd.vegalite" in shown and "Ashmere: strengths and concerns" in shown for shown in outputs)
    assert any("ashmere_" in shown and ", page " in shown for shown in outputs)
    assert any("['proved', 'changed']" in shown or "['proved', 'unproved']" in shown for shown in outputs)
    assert any("not read" in shown for shown in outputs)
