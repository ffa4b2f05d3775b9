"""The door for assistants over HTTP: on the loopback alone, for its own Host and Origin alone."""

import socket
import threading
import time

import pytest
import requests

from caregraph.api import Graph
from caregraph.assistant.server import serve

HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}  # fmt: skip
TYPES = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    graph = Graph(tmp_path_factory.mktemp("data"))
    threading.Thread(target=serve, args=(graph,), kwargs={"port": number}, daemon=True).start()
    for _ in range(300):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", number)) == 0:
                return number
        time.sleep(0.1)
    pytest.fail("the server does not answer")


def ask(port: int, **headers: str) -> int:
    response = requests.post(
        f"http://127.0.0.1:{port}/mcp", json=HELLO, headers=TYPES | headers, timeout=30, proxies={"http": ""}
    )
    return response.status_code


def test_a_client_on_this_machine_is_answered(port):
    assert ask(port) == 200
    assert ask(port, Host=f"localhost:{port}", Origin=f"http://localhost:{port}") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "reports.example"},  # a name that somebody points at the loopback
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://reports.example"},  # a page that is open in the browser
        {"Origin": "null"},
    ],
)
def test_other_names_and_pages_are_refused(port, headers):
    assert 400 <= ask(port, **headers) < 500


def test_nothing_but_the_loopback_is_opened(port):
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1"}:
        with socket.socket() as client:
            client.settimeout(5)
            assert client.connect_ex((address, port)) != 0
