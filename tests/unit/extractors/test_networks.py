"""Neural networks: they run on this machine, and nothing of it is told to anybody."""

import os
import subprocess
import sys

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
