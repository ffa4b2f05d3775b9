"""Neural networks in files of ONNX, run on this machine by onnxruntime, which is kept from sending anything.

From its version 1.29 on, onnxruntime sends telemetry to its maker and writes an id of the machine into the home folder,
unless the environment forbids it before the import. So every network is loaded here.
"""

import os
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import onnxruntime

THREADS = 1  # in which a network reads a document: documents are read side by side, each on a core
SPINNING = "session.intra_op.allow_spinning"
_ERRORS = 3  # the least severe of its messages that onnxruntime prints


def load_network(path: Path, *, threads: int = 0) -> onnxruntime.InferenceSession:
    """Load a network from a file; ``threads`` is how many it runs in, 0 for as many as there are cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = _ERRORS
    options.enable_mem_pattern = False  # remembering the memory of each batch's shape takes more than it saves
    options.add_session_config_entry(SPINNING, "0")  # threads that wait take no processor; the numbers are the same
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
