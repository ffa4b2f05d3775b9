"""Files of our own Neo4j: one holder of the lock, a record that is believed only while the lock is held."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from caregraph.graph.server.data_files import ServerFiles, ServerProcess

PROCESS = ServerProcess(pid=1234, started=0.0, version="5.26.0", port=7687)
HOLD = """
import sys, time
from pathlib import Path
from caregraph.graph.server.data_files import ServerFiles, ServerProcess
files = ServerFiles(Path(sys.argv[1]))
with files.locked() as locked:
    files.write_process(ServerProcess(1234, 0.0, "5.26.0", 7687))
    print(locked, flush=True)
    time.sleep(60)
"""
WITHOUT_FCNTL = """
import sys
sys.modules["fcntl"] = None  # Windows has no such module
from pathlib import Path
from caregraph.graph.server.data_files import ServerFiles
files = ServerFiles(Path(sys.argv[1]))
with files.locked() as first, ServerFiles(Path(sys.argv[1])).locked() as second:
    assert (first, second, files.is_locked()) == (True, False, True)
assert not files.is_locked()
"""


def test_lock_has_one_holder(tmp_path):
    with ServerFiles(tmp_path).locked() as first, ServerFiles(tmp_path).locked() as second:
        assert (first, second) == (True, False)
    with ServerFiles(tmp_path).locked() as third:
        assert third


def test_lock_of_a_killed_process_is_free_and_its_record_is_not_believed(tmp_path):
    files = ServerFiles(tmp_path)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "True\n"
    assert files.is_locked()
    assert files.process() == PROCESS

    holder.kill()
    holder.communicate()

    assert not files.is_locked()
    assert files.process() is None
    assert (files.path / "server.json").exists()
    with files.locked() as locked:
        assert locked
        assert files.process() is None


def test_processes_that_test_the_lock_at_once_do_not_take_each_other_for_a_server(tmp_path):
    with ServerFiles(tmp_path).locked():
        pass

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: ServerFiles(tmp_path).is_locked(), range(400)))

    assert not any(seen)


def test_processes_that_test_the_lock_do_not_keep_a_server_from_it(tmp_path):
    with ServerFiles(tmp_path).locked():
        pass
    ended = Event()

    def test_until_the_end():
        while not ended.is_set():
            ServerFiles(tmp_path).is_locked()

    threads = [Thread(target=test_until_the_end) for _ in range(2)]
    for thread in threads:
        thread.start()
    starts = []
    for _ in range(20):
        with ServerFiles(tmp_path).locked() as locked:
            starts.append(locked)
    ended.set()
    for thread in threads:
        thread.join()

    assert starts == [True] * 20


def test_lock_needs_no_module_that_windows_lacks(tmp_path):
    subprocess.run([sys.executable, "-W", "ignore", "-c", WITHOUT_FCNTL, str(tmp_path)], check=True)


def test_directory_without_a_server_is_left_as_it_is(tmp_path):
    assert not ServerFiles(tmp_path).is_locked()
    assert list(tmp_path.iterdir()) == []


def test_password_is_made_once(tmp_path):
    files = ServerFiles(tmp_path)
    files.prepare()

    assert files.make_password() == files.make_password() == files.password()
    assert files.password_file.stat().st_mode & 0o777 == 0o600
