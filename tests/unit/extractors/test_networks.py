"""Neural networks: they run on this machine, and nothing of it is told to anybody."""

import os
import subprocess
import sys
from pathlib import Path

from caregraph.extractors import networks

LOAD = (
    "from caregraph.extractors import networks;"
    "networks.load_network(networks.Path(networks.__file__).parent / 'findings/weights/findings.onnx')"
)


def test_loading_a_network_writes_no_id_of_the_machine(tmp_path):
    """What onnxruntime sends, it stores first in the home folder, with an id."""
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)

    subprocess.run([sys.executable, "-c", LOAD], env=environment, check=True, capture_output=True, timeout=120)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_threads_of_a_network_wait_without_spinning():
    session = networks.load_network(Path(networks.__file__).parent / "findings/weights/findings.onnx")

    assert session.get_session_options().get_session_config_entry(networks.SPINNING) == "0"
