from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cli import build_into
from graph.local_neo4j import ServerAddress
from graph.neo4j_store import Neo4jStore

SAMPLES = Path(__file__).parents[2] / "samples"

# Our own words, shaped like a letter, that would do harm if they ever became markup.
HOSTILE = """Focused visit to Ashmere local authority children’s services

Inspection dates: 7 to 8 May 2024
Lead inspector: Orla Finnimore, His Majesty’s Inspector

1. Work in the front door is careful. The <script>document.title = 'owned'</script> MASH makes **quick** and sound
decisions that cost $x^2$ and :red[nothing] at all. <img src="https://example.org/a.png" onerror="alert('owned')">
Managers see every contact.
"""

Environment = Callable[[dict[str, str]], None]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    """Sets what the explorer reads from its environment, with nothing kept from another test."""

    def use(values: dict[str, str]) -> None:
        for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "CAREGRAPH_DATA"):
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        st.cache_data.clear()
        st.cache_resource.clear()

    use({})
    yield use
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def samples(samples_graph: Path, environment: Environment) -> dict[str, str]:
    """The explorer's environment for the samples' graph."""
    values = {"CAREGRAPH_DATA": str(samples_graph)}
    environment(values)
    return values


@pytest.fixture
def empty(neo4j: ServerAddress, tmp_path: Path, environment: Environment) -> dict[str, str]:
    """The explorer's environment for a database without anything in it."""
    with Neo4jStore.connect(neo4j) as store:
        for graph in store.loaded():
            store.retract(graph)
    values = address(neo4j) | {"CAREGRAPH_DATA": str(tmp_path)}
    environment(values)
    return values


@pytest.fixture
def hostile(empty: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same with one document whose words would do harm as markup."""
    letter = tmp_path / "hostile" / "ashmere_focused-visit_2024-05-20.txt"
    letter.parent.mkdir()
    letter.write_text(HOSTILE, encoding="utf-8")
    assert build_into(tmp_path, [letter], registers=[SAMPLES / "register.ttl"], workers=1, form=None) == 0
    return empty


def address(server: ServerAddress) -> dict[str, str]:
    return {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
    }


@pytest.fixture
def opened() -> Callable[..., AppTest]:
    """Opens a page, by the name of its module and function, at an address."""

    def run(page: str, **parameters: str) -> AppTest:
        script = f"from explorer.frame import framed\nfrom explorer.{page} import {page}\nframed({page})()\n"
        test = AppTest.from_string(script, default_timeout=60)
        for name, value in parameters.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception
        return test

    return run
