import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psutil
import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ClientError, ServiceUnavailable, SessionExpired, TransientError

from caregraph.graph.server.data_files import ServerFiles
from caregraph.graph.server.launcher import ServerStatus, start, status, stop
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import ServerAddress

ROOT = Path(__file__).parents[4]
PASSWORD = "-k7Qz_password-of-a-test"
START = """
import pathlib, sys
from caregraph.graph.server.launcher import start
print(start(pathlib.Path(sys.argv[1]), progress=print).uri)
"""


def silent(_: str) -> None:
    pass


def connect(address: ServerAddress) -> Driver:
    return GraphDatabase.driver(address.uri, auth=(address.username, address.password), max_transaction_retry_time=0)


def start_elsewhere(data: Path) -> subprocess.Popen[str]:
    """Start the server of a data directory as another command would."""
    return subprocess.Popen([sys.executable, "-c", START, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def load_until_killed(driver: Driver, victim: psutil.Process, *, batches: int) -> int:
    """Load on and on, killing the server after some batches; returns how many batches it acknowledged."""
    for number in count():
        try:
            driver.execute_query("UNWIND range(1, 100) AS n CREATE (:Kept {batch: $batch, n: n})", batch=number)
        except (ServiceUnavailable, SessionExpired):
            return number
        if number == batches:
            victim.kill()
    raise AssertionError


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """A data directory whose server two processes started at once, and the last line that each of them printed.

    Its password begins as an option would, as one in sixty-four does.
    """
    data = tmp_path_factory.mktemp("data")
    files = ServerFiles(data)
    files.prepare()
    files.password_file.touch(mode=0o600)
    files.password_file.write_text(PASSWORD)
    starts = [start_elsewhere(data), start_elsewhere(data)]
    yield data, [process.communicate()[0].splitlines()[-1] for process in starts]
    stop(data)


def test_starts_at_once_give_one_server(started):
    data, (first, second) = started

    assert first == second == status(data).uri


def test_start_joins_the_running_server(started):
    data, (uri, _) = started
    before = status(data)

    address = start(data, progress=silent)

    assert (address.uri, address.password) == (uri, PASSWORD)
    assert (before.running, before.pid, before.version) == (True, status(data).pid, status(data).version)
    assert (before.username, before.database) == (address.username, address.database)
    assert Path(before.password_file).read_text() == PASSWORD
    with connect(address) as driver:
        records, *_ = driver.execute_query("CALL dbms.components() YIELD name, versions, edition")
    assert records[0].data() == {"name": "Neo4j Kernel", "versions": [before.version], "edition": "community"}


def test_password_is_its_owners_alone(started):
    data, _ = started
    password = start(data, progress=silent).password
    process = psutil.Process(status(data).pid)

    assert (data / "neo4j").stat().st_mode & 0o777 == 0o700
    assert (data / "neo4j" / "password").stat().st_mode & 0o777 == 0o600
    assert password not in " ".join([*process.cmdline(), *process.environ().values()])
    assert password not in (data / "neo4j" / "logs" / "server.log").read_text()
    assert password not in repr(start(data, progress=silent))


@pytest.mark.parametrize("password", ["neo4j", "", "wrong"])
def test_server_refuses_other_passwords(neo4j, password):
    with (
        GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, password)) as driver,
        pytest.raises((AuthError, ClientError)),
    ):
        driver.execute_query("RETURN 1")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "file:///neo4j.conf", "http://127.0.0.1:9/x.csv", "ftp://127.0.0.1:9/x.csv"]
)
def test_server_reads_no_file_and_no_address(neo4j, url):
    with connect(neo4j) as driver, pytest.raises(ClientError, match=r"allow_csv_import|blocklist"):
        driver.execute_query("LOAD CSV FROM $url AS line RETURN line", url=url)


@pytest.mark.parametrize(
    "greedy",
    [
        "UNWIND range(1, 100000000) AS n WITH collect(n) AS everything RETURN size(everything)",
        "RETURN size(reduce(text = 'ab', n IN range(1, 29) | text + text))",
    ],
)
def test_greedy_query_fails_alone(neo4j, greedy):
    with connect(neo4j) as driver:
        with pytest.raises(TransientError, match="OutOfMemory"):
            driver.execute_query(greedy)
        records, *_ = driver.execute_query("RETURN 1 AS one")

    assert records[0]["one"] == 1


def test_server_listens_on_this_machine_only(started):
    data, (uri, _) = started
    process = psutil.Process(status(data).pid)

    listening = [connection.laddr for connection in process.net_connections() if connection.status == "LISTEN"]

    assert [f"bolt://{ip.removeprefix('::ffff:')}:{port}" for ip, port in listening] == [uri]


def test_kill_loses_nothing_acknowledged(started):
    data, _ = started
    victim = psutil.Process(status(data).pid)

    with connect(start(data, progress=silent)) as driver:
        acknowledged = load_until_killed(driver, victim, batches=20)
    victim.wait()
    assert status(data) == ServerStatus(running=False)

    with connect(start(data, progress=silent)) as driver:
        records, *_ = driver.execute_query("MATCH (k:Kept) RETURN k.batch AS batch, count(*) AS size ORDER BY batch")
    # A batch that was under way when the server died is there as a whole or not at all.
    assert {record["size"] for record in records} == {100}
    assert [record["batch"] for record in records][:acknowledged] == list(range(acknowledged))


def test_stop_closes_the_database(started):
    data, _ = started
    start(data, progress=silent)
    process = psutil.Process(status(data).pid)

    assert stop(data)

    assert psutil.wait_procs([process], timeout=5)[1] == []
    assert status(data) == ServerStatus(running=False)
    assert "Database shutdown" in (data / "neo4j" / "logs" / "debug.log").read_text()
    assert not stop(data)


def test_failed_start_gives_the_reason(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption=1")

    with pytest.raises(ServerUnavailable, match="NoSuchOption") as failure:
        start(tmp_path, progress=silent)

    assert "\n" not in str(failure.value)
    assert status(tmp_path) == ServerStatus(running=False)
