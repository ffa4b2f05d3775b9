import hashlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from caregraph.graph.server import jars, maven
from caregraph.graph.server.jars import PINS, Jar, fetch, jar_directory, neo4j_version, pinned
from caregraph.ontology.errors import ServerUnavailable

BYTES = b"as good as a jar"


def jar(name: str, content: bytes) -> Jar:
    return Jar("org.example", name, "1.0", "", hashlib.sha256(content).hexdigest())


@contextmanager
def serving(folder: Path, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve the files of a folder, and yield the port on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Maven repository on this machine, named in the user's settings of jgo, and an empty cache."""
    served = tmp_path / "served"
    served.mkdir()
    monkeypatch.setattr(jars, "jar_directory", lambda: tmp_path / "cache")
    with serving(served) as port:
        monkeypatch.setattr(maven, "repositories", lambda: [f"http://127.0.0.1:{port}"])
        yield served


@pytest.fixture
def guarded(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The repository behind TLS, with a certificate from an authority of its own; yields the file that names it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    named = repository / "authority.pem"
    authority.cert_pem.write_to_path(named)
    with serving(repository, context) as port:
        monkeypatch.setattr(maven, "repositories", lambda: [f"https://127.0.0.1:{port}"])
        yield named


def pin(monkeypatch: pytest.MonkeyPatch, *pins: Jar) -> None:
    monkeypatch.setattr(jars, "pinned", lambda: pins)
    monkeypatch.setattr(jars, "neo4j_version", lambda: "1.0")


def serve(repository: Path, served: Jar, content: bytes) -> None:
    path = repository / served.address
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def test_pins_name_every_jar_and_no_address():
    names = [jar.name for jar in pinned()]

    assert neo4j_version().startswith("5.26.")
    assert len(set(names)) == len(names) > 200
    assert all(len(jar.sha256) == 64 for jar in pinned())
    assert "://" not in PINS.read_text()


def test_fetch_keeps_what_it_has(repository, monkeypatch):
    first, second = jar("first", BYTES), jar("second", BYTES * 2)
    pin(monkeypatch, first, second)
    serve(repository, first, BYTES)
    serve(repository, second, BYTES * 2)
    progress: list[str] = []
    first.path.parent.mkdir()
    first.path.write_bytes(BYTES)
    (first.path.parent / "abandoned.part").touch()

    fetch(progress=progress.append)

    assert second.path.read_bytes() == BYTES * 2
    assert progress == ["Fetching Neo4j 1.0: 1 of 1 files, 0 MB"]
    assert sorted(path.name for path in first.path.parent.iterdir()) == ["fetch.lock", first.name, second.name]
    fetch(progress=progress.append)
    assert len(progress) == 1


@pytest.mark.parametrize("served", [b"something else", BYTES[:-1], b""])
def test_fetch_refuses_what_is_not_pinned(repository, monkeypatch, served):
    wanted = jar("wanted", BYTES)
    pin(monkeypatch, wanted)
    serve(repository, wanted, served)

    with pytest.raises(ServerUnavailable, match=r"wanted-1\.0\.jar .* not the one pinned"):
        fetch(progress=print)

    assert not wanted.path.exists()


def test_fetch_says_what_is_not_to_be_had(repository, monkeypatch):
    pin(monkeypatch, jar("absent", BYTES))

    with pytest.raises(ServerUnavailable, match=r"absent-1\.0\.jar: the registry answered 404"):
        fetch(progress=print)


def test_fetch_without_a_registry_says_so(repository, monkeypatch):
    pin(monkeypatch, jar("absent", BYTES))
    monkeypatch.setattr(maven, "repositories", lambda: ["http://127.0.0.1:9"])

    with pytest.raises(ServerUnavailable, match="the registry cannot be reached"):
        fetch(progress=print)


def test_cache_is_the_users_choice(monkeypatch, tmp_path):
    monkeypatch.setenv("CAREGRAPH_CACHE", str(tmp_path))

    assert jar_directory() == tmp_path / f"neo4j-{neo4j_version()}"


def test_fetch_trusts_whom_the_machine_trusts(guarded, repository, monkeypatch):
    wanted = jar("wanted", BYTES)
    pin(monkeypatch, wanted)
    serve(repository, wanted, BYTES)
    with pytest.raises(ServerUnavailable, match="does not trust the registry's certificate"):
        fetch(progress=lambda _: None)

    monkeypatch.setenv("SSL_CERT_FILE", str(guarded))  # as its administrator would set it up
    fetch(progress=lambda _: None)

    assert wanted.path.read_bytes() == BYTES
