"""The explorer for others: behind a proxy with the headers of the documentation, and read-only at the server."""

import re
import socket
import socketserver
import threading
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from benchmarks.browser import node_iris, run_explorer, wait_until, wait_until_idle

ROOT = Path(__file__).parents[3]
DOCUMENTED = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")
HEADERS = re.findall(r'add_header ([\w-]+) "([^"]+)" always;', DOCUMENTED)
PAGES = ("", "authority?council=authority/E99000001", "concepts", "ask?question=what-must-improve", "documents")
NETWORK = "explore?nodes=agency/farrowdale-adoption-alliance,authority/E99000001&selected=authority/E99000001"
SESSION = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def proxy(address, headers):
    """A reverse proxy of our own on loopback, which adds headers to each answer and passes WebSockets on."""
    added = OK + "".join(f"{name}: {value}\r\n" for name, value in headers).encode()
    target = (urlsplit(address).hostname, urlsplit(address).port)

    class Passage(socketserver.BaseRequestHandler):
        def handle(self):
            with socket.create_connection(target) as server:
                up = threading.Thread(target=self.pass_on, args=(self.request, server, lambda content: content))
                up.start()
                self.pass_on(server, self.request, lambda content: content.replace(OK, added))
                up.join()

        @staticmethod
        def pass_on(source, to, change):
            with suppress(OSError):  # either side has gone
                while content := source.recv(65536):
                    to.sendall(change(content))
            with suppress(OSError):  # whoever waits for more must hear of it, or a browser waits for ever
                to.shutdown(socket.SHUT_WR)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 128  # a browser connects more often at once than the five of the default

    with Server(("127.0.0.1", 0), Passage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_headers_of_the_documentation_are_those_that_keep_others_out():
    headers = dict(HEADERS)

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_pages_work_behind_a_proxy_with_the_headers_of_the_documentation(new_page, served):
    page = new_page()
    blocked: list[str] = []
    page.on("console", lambda message: "Content Security Policy" in message.text and blocked.append(message.text))
    with proxy(served, HEADERS) as address:
        answer = page.goto(address)
        assert dict(HEADERS).items() >= {("X-Frame-Options", answer.headers["x-frame-options"])}
        for name in PAGES:
            page.goto(f"{address}/{name}")
            wait_until_idle(page)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto(f"{address}/{NETWORK}")
        wait_until(page, lambda: len(node_iris(page)) == 2)
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="PNG", exact=True).click()
        assert download.value.suggested_filename.endswith(".png")
        page.goto("about:blank")

    assert blocked == []


@pytest.fixture
def closed(samples, environment):
    """The address of a read-only explorer over the samples' graph."""
    with run_explorer({**samples, "CAREGRAPH_READ_ONLY": "1"}) as address:
        yield address


def test_read_only_server_refuses_a_file_that_is_sent_to_its_endpoint(new_page, closed):
    page = new_page()
    frames: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.goto(f"{closed}/documents")
    wait_until_idle(page)
    binary = (frame for frame in frames if isinstance(frame, bytes))
    sessions = dict.fromkeys(match.decode() for frame in binary for match in SESSION.findall(frame))
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies(closed)}
    file = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Focused visit to Ashmere"}
    states = {
        page.request.put(
            f"{closed}/_stcore/upload_file/{session}/{uuid.uuid4()}",
            multipart={"file": file},
            headers={"X-Xsrftoken": cookies.get("_streamlit_xsrf", "")},
        ).status
        for session in sessions
    }

    assert 413 in states  # that of the session; others are no sessions
    assert states <= {400, 413}
