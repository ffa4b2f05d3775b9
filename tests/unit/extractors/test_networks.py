"""Neural networks: they run on this machine, and nothing of it is told to anybody."""

import os
import subprocess
import sys
from pathlib import Path

import onnxruntime

from caregraph.extractors import networks
from caregraph.extractors.findings.classifier import NETWORK_FILE, WEIGHTS
from caregraph.extractors.findings.transformer import pad_batch

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


def test_findings_have_the_same_scores_on_every_processor():
    """A processor with AVX2 and without VNNI cuts off large sums of two products, unless it is told to be precise."""
    precise = onnxruntime.SessionOptions()
    precise.add_session_config_entry("session.x64quantprecision", "1")
    sessions = (
        networks.load_network(WEIGHTS / NETWORK_FILE, threads=1),
        onnxruntime.InferenceSession(WEIGHTS / NETWORK_FILE, precise, providers=["CPUExecutionProvider"]),
    )
    pieces, mask = pad_batch([[1, *range(start, start + 60), 2] for start in range(3, 12000, 600)])

    scores, precise_scores = (session.run(None, {"pieces": pieces, "mask": mask})[0] for session in sessions)

    assert (scores == precise_scores).all()
