"""Files that a full disk or a kill leaves whole."""

import resource
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from caregraph.graph.atomic_files import append_line, write_atomically
from caregraph.ontology.errors import StoreError


@contextmanager
def no_file_over(size):
    """A limit that acts as a full disk does: a write ends short, the next one fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_file_is_replaced_whole_or_stays_as_it_was(tmp_path):
    path = tmp_path / "folder" / "file"
    write_atomically(path, b"before")
    with no_file_over(100), pytest.raises(StoreError, match="cannot be written"):
        write_atomically(path, b"after" * 100)

    assert path.read_bytes() == b"before"
    assert list(path.parent.iterdir()) == [path]


def test_private_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "password"
    path.write_bytes(b"an older one, open to all")
    path.chmod(0o666)

    write_atomically(path, b"secret", mode=0o600, durable=True)

    assert path.read_bytes() == b"secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_line_is_added_whole_or_not_at_all(tmp_path):
    path = tmp_path / "folder" / "lines"
    append_line(path, "one")
    with no_file_over(20), pytest.raises(StoreError, match="cannot be written"):
        append_line(path, "two" * 10)

    assert path.read_text() == "one\n"


def test_line_does_not_continue_one_that_was_left_open(tmp_path):
    path = tmp_path / "lines"
    path.write_text("one")
    append_line(path, "two")

    assert path.read_text() == "one\ntwo\n"


def test_lines_of_many_at_once_are_all_there(tmp_path):
    path = tmp_path / "lines"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: append_line(path, f"line {number}"), range(200)))

    assert sorted(path.read_text().splitlines()) == sorted(f"line {number}" for number in range(200))
