"""What a command imports before it does anything: modules are counted, since seconds depend on the machine."""

import subprocess
import sys

HEAVY = {"numpy", "pandas", "pyarrow", "rdflib", "pyshacl", "networkx", "requests", "spacy", "onnxruntime", "streamlit"}
HELP = """
import sys
sys.argv = ["caregraph", "--help"]
from caregraph.cli.main import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def modules_after(code: str) -> set[str]:
    """Names of the modules that a new process has imported when some code has run."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def imported_by(*modules: str) -> set[str]:
    return modules_after(f"import sys, {', '.join(modules)}; print(*sys.modules, file=sys.stderr)")


def test_a_question_imports_nothing_that_makes_a_graph():
    modules = imported_by("caregraph.cli.commands.questions", "caregraph.cli.running")

    assert {"neo4j", "caregraph.graph.neo4j.store"} <= modules
    assert not HEAVY & modules
    assert not {"caregraph.build", "caregraph.workspace", "caregraph.extractors.pipeline"} & modules


def test_help_imports_little_more_than_what_it_is_made_with():
    modules = modules_after(HELP)

    assert not (HEAVY | {"neo4j", "multiprocessing"}) & modules
    assert len(modules) <= 2 * len(imported_by("typer", "rich"))


def test_driver_is_imported_without_what_it_can_do_without():
    code = "import sys; import caregraph.graph.bolt_driver; import numpy; print(numpy.__name__, file=sys.stderr)"
    assert modules_after(code) == {"numpy"}  # which whoever wants it finds afterwards
    code = (
        "import sys; import numpy; import caregraph.graph.bolt_driver; print('numpy' in sys.modules, file=sys.stderr)"
    )
    assert modules_after(code) == {"True"}
