"""The launcher, as far as it needs no Neo4j: the status of a server, and whom it may stop."""

import json
import os
import subprocess
import sys
from dataclasses import asdict

import pytest

from caregraph.graph.server import launcher
from caregraph.graph.server.data_files import ServerFiles, ServerProcess
from caregraph.graph.server.launcher import ServerStatus, start, status, stop
from caregraph.ontology.errors import ServerUnavailable


def test_status_gives_the_address_and_the_file_of_the_password(tmp_path):
    files = ServerFiles(tmp_path)
    with files.locked():
        files.write_process(ServerProcess(os.getpid(), 0.0, "5.26.0", port=7687))
        password = files.make_password()
        running = status(tmp_path)

    assert (running.running, running.uri) == (True, "bolt://127.0.0.1:7687")
    assert (running.username, running.database) == ("neo4j", "neo4j")
    assert running.password_file == str(tmp_path / "neo4j" / "password")
    assert password not in json.dumps(asdict(running))


def test_status_of_a_server_that_still_starts_has_no_address(tmp_path):
    files = ServerFiles(tmp_path)
    with files.locked():
        before_its_record = status(tmp_path)
        files.write_process(ServerProcess(os.getpid(), 0.0, "5.26.0"))
        with_its_record = status(tmp_path)

    assert before_its_record == ServerStatus(running=True)
    assert (with_its_record.pid, with_its_record.uri) == (os.getpid(), None)


def test_status_where_no_server_runs_has_nothing_else(tmp_path):
    assert set(asdict(status(tmp_path)).values()) == {False, None}


def test_record_of_a_dead_server_is_not_believed(tmp_path):
    files = ServerFiles(tmp_path)
    with files.locked():
        files.write_process(ServerProcess(os.getpid(), 0.0, "5.26.0", port=7687))
        left_behind = (files.path / "server.json").read_text()
    (files.path / "server.json").write_text(left_behind)

    assert json.loads(left_behind)["port"] == 7687
    assert status(tmp_path) == ServerStatus(running=False)
    assert not stop(tmp_path)


def test_stop_ends_no_other_program(tmp_path):
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    files = ServerFiles(tmp_path)
    with files.locked():
        files.write_process(ServerProcess(bystander.pid, 0.0, "5.26.0", port=7687))
        assert not stop(tmp_path)

    assert bystander.poll() is None
    bystander.communicate(b"\n")


def test_start_where_no_directory_can_be_gives_the_reason(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(ServerUnavailable, match="Not a directory"):
        start(tmp_path / "file", progress=print)


def test_start_on_windows_names_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(launcher.os, "name", "nt")

    with pytest.raises(ServerUnavailable, match="NEO4J_URI"):
        start(tmp_path, progress=print)
