"""The door for assistants, through the SDK's own client, in memory and over standard input and output."""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import PromptReference

import caregraph
from caregraph.api import OF_ANOTHER_VERSION
from caregraph.assistant.server import INSTRUCTIONS, TOOLS, make_server, page_address

ROOT = Path(__file__).parents[3]
MOST = 20_000  # characters of the largest answer
OF_ASHMERE = "(d:Document)-[:REPORTS_ON]->(:LocalAuthority {name: 'Ashmere'})"
IN_FARROWDALE = (
    "MATCH (:Region {name: 'Farrowdale'})<-[:IN_REGION]-()<-[:REPORTS_ON]-(d:Document)<-[:REPORTED_IN]-(i:Inspection)"
)
STATED = f"MATCH {OF_ASHMERE} MATCH (d)-[:STATES]->(f:Finding)"
ASKING = "['recommendation', 'priority-action', 'area-for-improvement']"
# What an officer asks: the tool, what it is given, and the Cypher by hand that gives all quotations.
OFFICER = [
    ("findings", {"authority": "Ashmere", "polarity": "concern"}, f"{STATED} WHERE f.polarity = 'concern'"),
    ("findings", {"authority": "Ashmere", "polarity": "strength"}, f"{STATED} WHERE f.polarity = 'strength'"),
    (
        "findings",
        {"authority": "Ashmere", "concept": "neglect"},
        f"{STATED} WHERE EXISTS {{ (f)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(:Concept {{name: 'neglect'}}) }}",
    ),
    ("ledger", {"authority": "Ashmere"}, f"{STATED} WHERE f.kind IN {ASKING}"),
    (
        "ledger",
        {"region": "Farrowdale"},
        f"{IN_FARROWDALE} WHERE i.started IS NOT NULL MATCH (d)-[:STATES]->(f:Finding) WHERE f.kind IN {ASKING}",
    ),
    ("ask", {"question": "what-must-improve", "parameters": {"authority": "Ashmere"}},
     f"{STATED} WHERE f.kind IN {ASKING}"),
    (
        "shared_service",
        {"thing": "Farrowdale Adoption Alliance"},
        "MATCH (d:Document)-[:STATES]->(f:Finding)-[:INVOLVES]->(:Agency {name: 'Farrowdale Adoption Alliance'})",
    ),
    (
        "ask",
        {"question": "strengths-and-concerns", "parameters": {"concept": "neglect", "polarity": "concern"}},
        "MATCH (d:Document)-[:STATES]->(f:Finding {polarity: 'concern'})"
        " WHERE EXISTS { (f)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(:Concept {name: 'neglect'}) }",
    ),
    (
        "compare",
        {"authorities": ["Ashmere", "Brackenford"], "concept": "neglect"},
        "MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document)-[:STATES]->(f:Finding)"
        " WHERE c.name IN ['Ashmere', 'Brackenford'] AND f.polarity <> 'neutral'"
        " AND EXISTS { (f)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(:Concept {name: 'neglect'}) }",
    ),
    (
        "findings",
        {"region": "Farrowdale", "since": 2024, "polarity": "concern"},
        f"{IN_FARROWDALE} WHERE i.started.year >= 2024 MATCH (d)-[:STATES]->(f:Finding {{polarity: 'concern'}})",
    ),
]  # fmt: skip
SILENT = [
    ("findings", {"authority": "Durham"}, "not read"),
    ("profile", {"authority": "Durham"}, "not read"),
    ("ledger", {"authority": "Durham"}, "not read"),
    ("what_changed", {"authority": "Camden"}, "not read"),
    ("findings", {"authority": "Ashmere", "words": "zzyzx"}, "not said"),
    ("findings", {"words": "zzyzx"}, "not said"),
    ("findings", {"authority": "Ashmere", "since": 2030}, "not inspected"),
    ("findings", {"authority": "Durham", "since": 2030}, "not read"),
    ("ask", {"question": "what-is-said-of", "parameters": {"thing": "Adopt North East"}}, "not said"),
    ("evidence", {"ids": ["service/no-such-thing"]}, "not said"),
]


@pytest.fixture(scope="module")
def graph(samples_graph):
    with caregraph.open(samples_graph) as graph:
        yield graph


def in_thread(coroutine):
    """Result of a coroutine, run where no other loop can be under way: the browser of other tests has one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def call(graph, tool, arguments):
    """The result of a tool, through a client in memory."""

    async def called():
        async with Client(make_server(graph, cypher=tool == "cypher")) as client:
            return await client.call_tool(tool, arguments)

    result = in_thread(called())
    assert len(result.model_dump_json()) < MOST
    return result


def every_row(graph, tool, arguments):
    """All rows of a tool's answer, page after page."""
    rows, offset = [], 0
    while offset is not None:
        answer = call(graph, tool, {**arguments, "offset": offset, "limit": 50}).structured_content
        rows, offset = rows + answer["rows"], answer["next"]
    assert len(rows) == answer["total"]
    return rows


@pytest.mark.parametrize(("tool", "arguments", "cypher"), OFFICER)
def test_answers_are_complete_and_each_row_is_quoted(graph, tool, arguments, cypher):
    rows = every_row(graph, tool, arguments)

    by_hand = graph.store.read(f"{cypher} RETURN DISTINCT d.source AS document, f.text AS text")
    expected = {(row["document"], " ".join(row["text"].split())) for row in by_hand}
    said = {(row["document"], row["report_text"].get("quotation") or row["report_text"].get("text")) for row in rows}
    assert said == expected
    assert expected
    assert all(row["page"] and row["ids"] for row in rows)


@pytest.mark.parametrize(("tool", "arguments"), [("status", {}), ("profile", {"authority": "Ashmere"})])
def test_graph_of_another_version_is_told(graph, of_another_version, tool, arguments):
    assert OF_ANOTHER_VERSION in call(graph, tool, arguments).structured_content["coverage"]


@pytest.mark.parametrize(("tool", "arguments", "silence"), SILENT)
def test_silence_has_its_name(graph, tool, arguments, silence):
    answer = call(graph, tool, arguments).structured_content

    assert answer["rows"] == []
    assert answer["silence"].startswith(silence)
    assert answer["coverage"]


def test_tools_say_what_they_take_and_give_and_only_read(graph):
    async def listed():
        async with Client(make_server(graph)) as client:
            return client.instructions, (await client.list_tools()).tools

    instructions, tools = in_thread(listed())
    assert instructions == INSTRUCTIONS
    assert tuple(tool.name for tool in tools) == TOOLS  # and none for Cypher
    assert all(tool.output_schema and tool.description and tool.annotations.read_only_hint for tool in tools)


def test_names_have_candidates_with_reasons(graph):
    found = call(graph, "find", {"text": "farrowdale adop"}).structured_content

    assert found["candidates"][0]["name"] == "Farrowdale Adoption Alliance"
    assert found["candidates"][0]["reason"]


def test_quotation_is_proved_changed_or_unproved(graph):
    row = call(graph, "findings", {"authority": "Ashmere", "limit": 1}).structured_content["rows"][0]
    words, place = row["report_text"]["text"], {"document": row["document"], "page": row["page"]}

    def state(quote, **changes):
        return call(graph, "verify", {"quote": quote, **place, **changes}).structured_content["state"]

    assert state(words) == "proved"
    assert state(words, page=99) == "changed"
    assert state(f"{words} Never.") == "changed"
    assert state("Nobody waits for anything at all here.") == "unproved"
    assert state(words, document="no-such.pdf") == "unproved"


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask", {"question": "no-such"}, "the tool `questions` lists them"),
        ("ask", {"question": "latest-grades", "parameters": {"area": "overal"}}, "did you mean overall?"),
        ("profile", {"authority": "Ashmeer"}, "did you mean Ashmere?"),
        ("ledger", {}, "name an authority or a region"),
        ("findings", {"offset": -1}, "expected 0 or more"),
        ("cypher", {"statement": "CREATE (n:Finding) RETURN n"}, "read"),
    ],
)
def test_error_names_the_fix(graph, tool, arguments, says):
    result = call(graph, tool, arguments)

    assert result.is_error
    assert says in result.content[0].text


def test_largest_answers_stay_under_the_cap(graph):
    for question in graph.questions():
        parameters = {"authority": "Ashmere"} if "authority" in question["parameters"] else {}
        result = call(graph, "ask", {"question": question["question"], "parameters": parameters, "limit": 1000})
        assert result.is_error or result.structured_content["total"] >= 0
    assert call(graph, "questions", {}).structured_content["questions"]
    assert call(graph, "status", {}).structured_content["documents"] > 5


def test_resources_prompts_and_completions(graph):
    async def used():
        async with Client(make_server(graph)) as client:
            page = await client.read_resource(page_address("ashmere_cs_2022-05-16.pdf", 1))
            licence = await client.read_resource("caregraph://licence")
            council = await client.read_resource("caregraph://authority/Ashmere")
            prompt = await client.get_prompt("council_brief", {"authority": "Ashmere"})
            reference = PromptReference(type="ref/prompt", name="council_brief")
            names = await client.complete(reference, {"name": "authority", "value": "ashm"})
            return page, licence, council, prompt, names

    page, licence, council, prompt, names = in_thread(used())
    assert "Ashmere" in page.contents[0].text
    assert "Open Government Licence" in licence.contents[0].text
    assert "ashmere_cs_2022-05-16.pdf" in council.contents[0].text
    assert "Ashmere" in prompt.messages[0].content.text
    assert names.completion.values == ["Ashmere"]


def test_server_speaks_over_standard_input_and_output(samples_graph):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    environment |= {"CAREGRAPH_DATA": str(samples_graph), "PYTHONPATH": str(ROOT)}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "caregraph.cli.main", "mcp"], env=environment, cwd=str(ROOT)
    )

    async def used():
        async with Client(command) as client:
            tools = (await client.list_tools()).tools
            return tools, await client.call_tool("profile", {"authority": "Ashmere"})

    tools, profile = in_thread(used())
    assert len(tools) == len(TOOLS)
    assert profile.structured_content["rows"][0]["report_text"]["quotation"]
