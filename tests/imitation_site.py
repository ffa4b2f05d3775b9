"""Imitation of the inspectorate's site, served on loopback: the same forms of pages, invented contents, and faults."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PDF = b"%PDF-1.4\n%% invented %%\ntrailer\n%%EOF\n"


@dataclass
class Fault:
    """An answer in place of the right one, some times: status and headers, or a way of being wrong."""

    times: int
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    is_cut: bool = False


@dataclass
class Imitation:
    """Contents of the site, the faults that it has yet to make, and the requests that it was asked."""

    councils: dict[str, str] = field(default_factory=dict)  # name by number
    reports: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # file number and words, by council
    files: dict[str, bytes] = field(default_factory=dict)
    robots: bytes | None = None
    faults: dict[str, Fault] = field(default_factory=dict)
    rows: int = 100
    requests: list[tuple[float, str, str]] = field(default_factory=list)  # time, path, User-Agent
    at_once: int = 0
    most_at_once: int = 0
    unchanged: int = 0
    origin: str = ""

    def add(self, urn: str, name: str, *reports: tuple[str, str], content: bytes = PDF) -> None:
        """Add a council with reports: the number of each file, and what its link says."""
        self.councils[urn] = name
        self.reports[urn] = list(reports)
        for number, _ in reports:
            self.files.setdefault(number, content + b"% " + number.encode() + b"\n%%EOF\n")

    def counts(self) -> Counter[str]:
        """Count the requests by their path."""
        return Counter(path for _, path, _ in self.requests)

    def answer(self, path: str, query: str) -> tuple[str, bytes] | None:
        """Make the right answer: its type and content; None for a path that is not there."""
        if path == "/robots.txt":
            return None if self.robots is None else ("text/plain", self.robots)
        if path == "/search":
            start = int(parse_qs(query)["start"][0])
            return "text/html; charset=utf-8", self.search_page(start)
        head, _, last = path.rpartition("/")
        if head == "/provider/44" and last in self.councils:
            return "text/html; charset=utf-8", self.provider_page(last)
        if head == "/v1/file" and last in self.files:
            return "application/pdf", self.files[last]
        return None

    def search_page(self, start: int) -> bytes:
        """Make a page of the list of councils."""
        shown = list(self.councils.items())[start : start + self.rows]
        items = "".join(
            f'<li class="search-result"><h3><a href="/provider/44/{urn}">{name}</a></h3></li>' for urn, name in shown
        )
        return f"<!DOCTYPE html><html><body><h1>Search</h1><a href='/'>Home</a><ul>{items}</ul></body></html>".encode()

    def provider_page(self, urn: str) -> bytes:
        """Make a council's page."""
        links = "".join(
            f'<li><a class="publication-link" href="{self.origin}/v1/file/{number}">Report'
            f'<span class="nonvisual">{words}</span></a></li>'
            for number, words in self.reports[urn]
        )
        return f"<html><body><h1>{self.councils[urn]}</h1><ol>{links}</ol></body></html>".encode()


@contextmanager
def serving(site: Imitation, port: int = 0) -> Iterator[str]:
    """Serve an imitation; yield its origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((time.monotonic(), self.path.partition("?")[0], self.headers["User-Agent"]))
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            self.reply()

        def reply(self) -> None:
            parts = urlsplit(self.path)
            fault = site.faults.get(parts.path)
            right = site.answer(parts.path, parts.query)
            if fault and fault.times:
                fault.times -= 1
                kind, body = right or ("text/plain", b"")
                body = body if fault.body is None else fault.body
                self.send(fault.status, {"Content-Type": kind, **fault.headers}, body, is_cut=fault.is_cut)
            elif right is None:
                self.send(404, {}, b"nothing is here")
            else:
                kind, body = right
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if self.headers["If-None-Match"] == etag:
                    site.unchanged += 1
                    self.send(304, {}, b"")
                else:
                    self.send(200, {"Content-Type": kind, "ETag": etag}, body)

        def send(self, status: int, headers: Mapping[str, str], body: bytes, *, is_cut: bool = False) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            time.sleep(0.001)  # in which a request beside this one would be seen
            site.at_once -= 1  # before whoever asked can have all of the answer, and ask again
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if is_cut else body)
            self.close_connection = is_cut

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    site.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site.origin
    finally:
        server.shutdown()
        server.server_close()
