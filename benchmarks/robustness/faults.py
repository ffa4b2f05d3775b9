"""Faults under way in the explorer: ``python -m benchmarks.robustness.faults``.

The explorer runs over a few samples in a temporary folder, with a Neo4j of its own, while something breaks or many ask
at once. A line tells of each fault what should hold and what was seen. Everything listens on loopback alone, and has
stopped when the command ends. A fault that cannot be made here is skipped, with the reason.
"""

import argparse
import hashlib
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil
from playwright.sync_api import Browser, Error, Locator, Page, expect

from benchmarks.browser import open_chromium, run_explorer, wait_until_idle
from benchmarks.explorer import PATIENCE, new_page
from benchmarks.robustness.crash_test import ReportState, TestedDirectory, make_states, small_disk
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.server import launcher
from caregraph.settings import ServerAddress

SAMPLES = Path(__file__).parents[2] / "samples"
ADDED = ("brackenford_jtai_2023-11-27.pdf", "wexholme_send_2024-07-08.pdf")  # in neither state of the reports
PAGES = ("", "authority", "concepts", "documents", "shared", "findings?words=children", "ask", "explore")
DISK_SIZE = 64 * 2**20  # bytes of the file system that is filled
LITTLE_ROOM = 8 * 2**10  # bytes: not even what was read in an upload has room
SOME_ROOM = 160 * 2**10  # bytes: what was read has, a build of it has not
SOON = 120.0  # seconds within which a page must say what is wrong, or work again
DATABASE_GONE = "The database does not answer"
FAULTY = re.compile("Traceback|Error:|does not answer")


class Skipped(Exception):
    """A fault cannot be made here; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault under way: what should hold, and the function that makes it and returns what was seen."""

    name: str
    promise: str
    make: Callable[["Stage"], str]


@dataclass(frozen=True, slots=True)
class Seen:
    """Verdict on a fault (held, failed or skipped), and what was seen."""

    verdict: str
    words: str


class Stage:
    """Samples in a data directory of their own, with the browser in which faults are seen."""

    def __init__(self, folder: Path, browser: Browser, *, readers: int, seconds: float) -> None:
        self.folder = folder
        self.browser = browser
        self.readers = readers
        self.seconds = seconds
        self.states = make_states(folder)
        self.tested = TestedDirectory(folder / "data")
        self.tested.data.mkdir()

    @property
    def data(self) -> Path:
        """The data directory, whose Neo4j is our own."""
        return self.tested.data

    def server(self) -> ServerAddress:
        """Address of the Neo4j, started if need be."""
        return launcher.start(self.data, progress=lambda _: None)

    def build(self, state: ReportState) -> None:
        """Build a state of the reports to its end."""
        if problem := self.tested.build(state):
            raise AssertionError(f"a build fails: {problem}")

    @contextmanager
    def page(self, address: str, path: str = "") -> Iterator[Page]:
        """A page of a new session, open at a path and at rest."""
        page = new_page(self.browser)
        try:
            open_path(page, address, path)
            yield page
        finally:
            page.context.close()


def open_path(page: Page, address: str, path: str) -> None:
    """Open a path of the explorer, and wait until it is at rest."""
    page.goto(f"{address}/{path}", wait_until="commit")
    wait_until_idle(page)
    assert not page.get_by_test_id("stException").count(), page.get_by_test_id("stException").first.inner_text()


def documents_of(data: Path) -> set[str]:
    """Names of the documents in a dataset."""
    with Dataset.read(data / "dataset") as dataset:
        return {entry.source.rsplit("/", 1)[-1] for entry in dataset.documents() if entry.status == "done"}


def choose_upload(page: Page, address: str, name: str) -> None:
    """Choose a sample to be uploaded."""
    open_path(page, address, "documents")
    page.get_by_text("Add reports").first.click()
    page.locator("input[type=file]").set_input_files(SAMPLES / name)


def add_upload(page: Page) -> str:
    """Add what was previewed, and return what the page says of it."""
    page.get_by_role("button", name="Add 1 report").click()
    page.get_by_test_id("stAlert").filter(has_text=re.compile("was added|Nothing was added")).first.wait_for()
    return _words(page.get_by_test_id("stAlert").first)


def _words(alert: Locator) -> str:
    """Words of a message, without the name of its icon."""
    return " ".join(alert.inner_text().split()).removeprefix("error ").removeprefix("check_circle ")


def kill_database(stage: Stage) -> str:
    """Kill Neo4j while a page is open, follow a link, and start it again while the page stands."""
    stage.server()
    with run_explorer({"CAREGRAPH_DATA": str(stage.data)}) as address, stage.page(address) as page:
        assert stage.tested.kill_neo4j(), "no Neo4j runs"
        killed = perf_counter()
        message = page.get_by_text(DATABASE_GONE)
        while not message.count():  # pages show what they have until the graph's version is asked for again
            open_path(page, address, "concepts")
            assert perf_counter() - killed < SOON, "the page does not say that the database is gone"
        told = perf_counter() - killed
        stage.server()
        back = perf_counter()
        expect(message).to_have_count(0, timeout=1000 * SOON)
        wait_until_idle(page)
        assert page.get_by_role("heading", level=1).count(), "the page has come back without its heading"
        return f"said after {told:.0f} s; works again by itself {perf_counter() - back:.0f} s after the database"


def fill_disk(stage: Stage) -> str:
    """Upload a report while the disk of the data directory is full, and again when there is room."""
    server = stage.server()
    seen: list[str] = []
    with small_disk(stage.folder / "disk", DISK_SIZE) as mounted:
        if not mounted:
            raise Skipped("no file system may be mounted here")
        data = stage.folder / "disk" / "data"
        shutil.copytree(stage.data, data, ignore=shutil.ignore_patterns("neo4j*"))
        with run_explorer(server.variables() | {"CAREGRAPH_DATA": str(data)}) as address:
            before = documents_of(data)
            for room in (LITTLE_ROOM, SOME_ROOM):
                with _filled(data, room), stage.page(address) as page:
                    choose_upload(page, address, ADDED[0])
                    said = _say_of_full_disk(page)
                    assert "No space left" in said, f"the page says {said!r}"
                    assert not page.get_by_test_id("stException").count(), "the page shows an error of ours"
                    assert documents_of(data) == before, "a part of the report is in the graph"
                    seen.append(
                        f"{room // 1024} KiB left: said{'' if 'Nothing was added' in said else ' in the preview'}"
                    )
            with stage.page(address) as page:
                choose_upload(page, address, ADDED[0])
                assert "was added" in add_upload(page)
            assert documents_of(data) == before | {ADDED[0]}
    return "; ".join([*seen, "added once there is room"])


def _say_of_full_disk(page: Page) -> str:
    """What a page says of an upload for which there is no room, in its preview or when it is added."""
    button, alert = page.get_by_role("button", name="Add 1 report"), page.get_by_test_id("stAlert")
    button.or_(alert.filter(has_text="No space")).first.wait_for()
    wait_until_idle(page)
    if button.count():
        return add_upload(page)
    return _words(alert.filter(has_text="No space").first)


@contextmanager
def _filled(data: Path, room: int) -> Iterator[None]:
    """Fill the disk of a folder but for some bytes."""
    filler = data / "filler"
    with filler.open("wb") as file:
        while (free := shutil.disk_usage(data).free - room) > 0:
            file.write(bytes(min(free, 2**20)))
            file.flush()
    try:
        yield
    finally:
        filler.unlink()


def share_directory(stage: Stage) -> str:
    """Run two explorers on one data directory, upload in both at once, and look at each from the other."""
    launcher.stop(stage.data)  # so that both start it
    environ = {"CAREGRAPH_DATA": str(stage.data)}
    before = documents_of(stage.data)
    with ExitStack() as stack:
        addresses = [stack.enter_context(run_explorer(environ)) for _ in range(2)]
        pages = [stack.enter_context(stage.page(address)) for address in addresses]
        for page, address, name in zip(pages, addresses, ADDED, strict=True):
            choose_upload(page, address, name)
            page.get_by_role("button", name="Add 1 report").wait_for()
        for page in pages:
            page.get_by_role("button", name="Add 1 report").click(no_wait_after=True)
        for page in pages:
            page.get_by_text("was added").first.wait_for()
        assert documents_of(stage.data) == before | {*ADDED}
        for page, address, other in zip(pages, addresses, reversed(ADDED), strict=True):
            started, path = perf_counter(), f"documents?document=document/{_hash_of(other)}"
            open_path(page, address, path)
            while page.get_by_text("We could not find").count():
                assert perf_counter() - started < SOON, f"{other} is not seen in the other explorer"
                open_path(page, address, path)
        servers = _servers_of(stage.data)
    assert servers == 1, f"{servers} servers of Neo4j run"
    return "one Neo4j; both uploads added, each seen in the other explorer"


def _hash_of(name: str) -> str:
    """Hash of a sample, by which its page is found."""
    return hashlib.sha256((SAMPLES / name).read_bytes()).hexdigest()


def _servers_of(data: Path) -> int:
    lines = (process.info["cmdline"] or () for process in psutil.process_iter(["cmdline"]))
    return sum(any("graph.server.process" in word for word in line) and str(data) in " ".join(line) for line in lines)


def build_while_others_read(stage: Stage) -> str:
    """Build the other state of the reports while readers open pages and others read the dataset."""
    stage.server()
    before = documents_of(stage.data)
    after = before ^ _changing(stage.states)
    whole = (before, before & after, after)  # between the two commands, one report is retracted and none is added yet
    opened = 0
    with (
        run_explorer({"CAREGRAPH_DATA": str(stage.data)}) as address,
        stage.page(address) as first,
        stage.page(address) as second,
    ):
        stage.states[1].write_reports()
        process = stage.tested.start_build(stage.states[1])
        while process.poll() is None:
            for page in (first, second):
                open_path(page, address, PAGES[opened % len(PAGES)])
                assert not page.get_by_text(DATABASE_GONE).count(), "the database does not answer"
                opened += 1
            documents = documents_of(stage.data)
            assert documents in whole, f"half a state: {sorted(documents)}"
        assert process.returncode == 0, f"the build ends with {process.returncode}"
        assert documents_of(stage.data) == after
        open_path(first, address, "documents")
    return f"{opened} pages opened meanwhile, none with an error; the dataset was always a whole state"


def _changing(states: Sequence[ReportState]) -> set[str]:
    """Names of the reports that one of two states has and the other has not."""
    first, second = ({path.name for path in state.files.iterdir()} for state in states)
    return first ^ second


def serve_many(stage: Stage) -> str:
    """Let many readers open pages at the same time, again and again."""
    stage.server()
    with run_explorer({"CAREGRAPH_DATA": str(stage.data)}) as address, ExitStack() as stack:
        pages = [stack.enter_context(stage.page(address)) for _ in range(stage.readers)]
        before, rounds, slowest, started = _memory_of(address), 0, 0.0, perf_counter()
        while perf_counter() - started < stage.seconds:
            begun = perf_counter()
            for number, page in enumerate(pages):
                page.goto(f"{address}/{PAGES[(rounds + number) % len(PAGES)]}", wait_until="commit")
            for page in pages:
                wait_until_idle(page)
                said = page.locator("[data-testid='stException'], [data-testid='stAlert']").all_inner_texts()
                assert not FAULTY.search(" ".join(said)), said
                assert page.get_by_role("heading", level=1).count(), f"{page.url} has no heading"
            slowest, rounds = max(slowest, perf_counter() - begun), rounds + 1
        grown = (_memory_of(address) - before) / 2**20
    opened = rounds * stage.readers
    return f"{opened} pages, no error; {stage.readers} at once within {slowest:.1f} s; {grown:.0f} MiB more memory"


def _memory_of(address: str) -> int:
    """Bytes of memory of the explorer that listens at an address."""
    port = int(address.rsplit(":", 1)[1])
    listening = next(socket for socket in psutil.net_connections("tcp") if socket.laddr and socket.laddr.port == port)
    memory: int = psutil.Process(listening.pid).memory_info().rss
    return memory


FAULTS = {
    "database-killed": Fault(
        "Neo4j is killed while a page is open",
        "the page says so, and works again by itself once the database is back",
        kill_database,
    ),
    "disk-full": Fault(
        "the disk is full during an upload",
        "the page says so, the graph stays as it was, and the upload works once there is room",
        fill_disk,
    ),
    "build": Fault(
        "a build while others read", "no page fails, and every reader has a whole state", build_while_others_read
    ),
    "two-explorers": Fault(
        "two explorers on one data directory, with an upload in each at once",
        "one Neo4j; both uploads are added and seen in the other",
        share_directory,
    ),
    "many-readers": Fault("many readers for a minute", "no page fails", serve_many),
}


def try_fault(fault: Fault, stage: Stage) -> Seen:
    """Make a fault, and return what was seen."""
    stage.build(stage.states[0])
    try:
        return Seen("held", fault.make(stage))
    except Skipped as error:
        return Seen("skipped", str(error))
    except (AssertionError, Error, TimeoutError) as error:
        return Seen("failed", " ".join(str(error).split())[:300])


def main() -> None:
    """Make each fault and print a line of it; exit 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faults", nargs="*", choices=[[], *FAULTS], help="all, if none is given")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60, help="for which they read")
    options = parser.parse_args()
    expect.set_options(timeout=PATIENCE)
    failed = False
    print("| Fault | Should hold | Seen | |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="caregraph-") as folder, open_chromium() as browser:
        stage = Stage(Path(folder), browser, readers=options.readers, seconds=options.seconds)
        with stage.tested:
            for name in options.faults or FAULTS:
                fault = FAULTS[name]
                seen = try_fault(fault, stage)
                failed |= seen.verdict == "failed"
                print(f"| {fault.name} | {fault.promise} | {seen.words} | {seen.verdict} |", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
