"""Worker pool: results in order, whatever a task does to its process; and processes that do nothing beside their tasks.

The tasks are (name of what the worker does, number); each makes the double of its number, or no result at all.
"""

import mmap
import os
import re
import signal
import sys
import time
from functools import partial
from types import ModuleType

import psutil
import pytest

from caregraph.extractors import worker_handle
from caregraph.extractors.executor import LIMITS, Limits
from caregraph.extractors.worker_pool import WorkerPool, borrowed_pool, extract_files
from caregraph.extractors.worker_process import Assignment
from caregraph.ontology.errors import CaregraphError, NotACouncilReport, StoreError, UnreadableReport

SHORT = Limits(seconds=2)
NARROW = Limits(memory=2**29)
CATASTROPHE = re.compile(r"(?:a+)+$")


def _doubler(folder=None):
    return partial(_do, folder)


def _do(folder, task):
    act, number = task
    if act != "double":
        ACTS[act](folder)
    return 2 * number


def _fill_memory(folder):
    blocks = []
    while True:
        blocks.append(bytearray(2**24))


def _fill_shared_memory(folder):
    """Fill memory that is not counted as the process's data, so that only the pool can see it."""
    blocks = []
    while True:
        block = mmap.mmap(-1, 2**24)
        block.write(bytes(2**24))
        blocks.append(block)
        time.sleep(0.01)


def _crash_once(folder):
    try:
        (folder / "crashed").touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGSEGV)


def _fail(folder):
    raise ValueError("a fault\nof ours")


def _recurse(folder):
    _recurse(folder)


def _find_full_disk(folder):
    raise StoreError("the disk is full")


ACTS = {
    "sleep": lambda folder: time.sleep(3600),
    "search": lambda folder: CATASTROPHE.match("a" * 60 + "b"),  # never lets go of the interpreter
    "fill memory": _fill_memory,
    "fill shared memory": _fill_shared_memory,
    "crash": lambda folder: os.kill(os.getpid(), signal.SIGSEGV),
    "crash once": _crash_once,
    "exit": lambda folder: os._exit(0),
    "fail": _fail,
    "recurse": _recurse,
    "find a full disk": _find_full_disk,
}


def _run(acts, *, limits=None, workers=2, folder=None):
    """Results of tasks, each in the place of its number: a double, or the reason for having none."""
    tasks = [(act, number) for number, act in enumerate(acts)]
    with WorkerPool(workers) as pool:
        return list(pool.map(tasks, partial(_doubler, folder), on_failure=_reason, limits=limits or LIMITS))


def _reason(task, reason):
    return reason


def test_results_come_in_the_order_of_the_tasks():
    assert _run(["double"] * 50) == [2 * number for number in range(50)]


def test_nothing_is_started_for_no_task():
    with WorkerPool() as pool:
        before = _workers()
        assert list(pool.map([], _doubler, on_failure=_fail)) == []
        assert _workers() == before


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("act", "limits", "reason"),
    [
        ("sleep", SHORT, "was not read on for 2 seconds"),
        ("search", SHORT, "took longer than 2 seconds to read"),
        ("fill memory", NARROW, "needed more memory than 512 MB to be read"),
        ("fill shared memory", NARROW, "needed more memory than 512 MB to be read"),
        ("crash", None, "makes the reader crash"),
        ("exit", None, "makes the reader crash"),
        ("fail", None, "makes the reader crash: ValueError: a fault of ours"),
        ("recurse", None, "makes the reader crash: RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_a_task_that_has_no_end_fails_by_name_and_the_others_are_done(act, limits, reason, workers):
    acts = ["double"] * 12
    acts[4] = act
    expected = [2 * number for number in range(12)]
    expected[4] = reason

    assert _run(acts, limits=limits, workers=workers) == expected


@pytest.mark.parametrize(
    ("share", "reason", "seconds"),
    [
        (1.0, "took longer than 120 seconds to read", 120),
        (0.02, "took longer than 120 seconds to read", 6000),
        (0.0, "was not read on for 120 seconds", 120),
        (0.001, "was not read on for 120 seconds", 120),
    ],
)
def test_a_task_may_wait_for_a_busy_machine_and_for_nothing_else(share, reason, seconds, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(worker_handle.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(worker_handle.WorkerHandle, "_processor_seconds", lambda self: share * clock[0])
    handle = worker_handle.WorkerHandle()
    try:
        handle.send(0, Assignment(("double", 0), LIMITS.allowance(0)))
        while (excess := handle.excess()) is None:
            clock[0] += 0.25
    finally:
        handle.end()

    assert excess == reason
    assert clock[0] == pytest.approx(seconds, rel=0.01)


def test_all_tasks_may_fail():
    assert _run(["exit"] * 5) == ["makes the reader crash"] * 5


def test_a_task_whose_process_dies_of_something_else_is_done_again(tmp_path):
    assert _run(["double", "crash once", "double"], folder=tmp_path, workers=1) == [0, 2, 4]


def test_limits_grow_with_the_document():
    limits = Limits(seconds=0, seconds_per_mb=3600)
    with WorkerPool(1) as pool:
        sizes = {"small": 0, "large": 2**20}
        acts = {"small": ("sleep", 0), "large": ("double", 1)}
        reason, doubled = pool.map(
            ["small", "large"], partial(_named, acts), on_failure=_reason, size=sizes.__getitem__, limits=limits
        )

    # Both limits are over at once; which is seen first is the machine's affair.
    assert reason in ("was not read on for 0 seconds", "took longer than 0 seconds to read")
    assert doubled == 2


def _named(acts):
    return lambda name: _do(None, acts[name])


def test_an_error_that_is_not_about_the_task_is_raised():
    with pytest.raises(StoreError, match="the disk is full"):
        _run(["double", "find a full disk", "double"])


def _no_worker():
    raise StoreError("no room")


def _no_worker_and_no_reason():
    os._exit(3)


@pytest.mark.parametrize(("make_worker", "message"), [(_no_worker, "no room"), (_no_worker_and_no_reason, "code 3")])
def test_a_process_that_cannot_begin_is_an_error(make_worker, message):
    with WorkerPool(1) as pool, pytest.raises(CaregraphError, match=message):
        list(pool.map([("double", 1)], make_worker, on_failure=_reason))


@pytest.mark.parametrize(
    "error", [UnreadableReport("a.pdf", "is empty"), NotACouncilReport("a.pdf", "a menu"), StoreError("no room")]
)
def test_errors_cross_processes_whole(error):
    import pickle

    sent = pickle.loads(pickle.dumps(error))

    assert (type(sent), str(sent), vars(sent)) == (type(error), str(error), vars(error))


def test_processes_are_used_again_and_end_with_the_pool():
    others = _workers()  # kept for tests that borrow a pool
    with WorkerPool(1) as pool:
        first = list(pool.map([("double", 1)], _doubler, on_failure=_fail))
        processes = _workers() - others
        second = list(pool.map([("double", 2)], _doubler, on_failure=_fail))
        assert _workers() - others == processes
    assert (first, second) == ([2], [4])
    assert len(processes) == 1
    assert not processes & _workers()


def _workers():
    return {child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())}


def test_a_borrowed_pool_keeps_one_process():
    def used(workers):
        with borrowed_pool(workers) as pool:
            assert len(list(pool.map([("double", 1)] * 9, _doubler, on_failure=_fail))) == 9
            return _workers()

    first = used(2)
    [kept] = _workers()
    assert kept in first
    assert used(1) == {kept}
    kept.kill()
    [other] = used(1)
    assert other != kept
    with borrowed_pool(1) as pool, borrowed_pool(1) as second_pool:
        assert pool is not second_pool


def test_a_caller_that_takes_no_more_leaves_no_process_at_work():
    with WorkerPool(2) as pool:
        results = pool.map([("double", 1)] + [("sleep", 2)] * 6, _doubler, on_failure=_fail)
        assert next(results) == 2
        before = _workers()
        results.close()
        assert len(_workers()) < len(before)
        assert list(pool.map([("double", 3)], _doubler, on_failure=_fail)) == [6]


def test_a_process_that_may_have_no_children_does_the_tasks_itself():
    with WorkerPool(1) as pool:
        results = list(pool.map([1, 2], _pool_of_a_worker, on_failure=_reason))
    assert results == [[2, "makes the reader crash: ValueError: a fault of ours"]] * 2


def _pool_of_a_worker():
    return lambda task: _run(["double", "fail"])[0:0] or _inner()


def _inner():
    with WorkerPool(1) as pool:
        return list(pool.map([("double", 1), ("fail", 2)], _doubler, on_failure=_reason))


def test_processes_do_not_run_the_main_module(tmp_path, monkeypatch):
    script, trace = tmp_path / "page.py", tmp_path / "trace"
    script.write_text(f"open({str(trace)!r}, 'w').close()", encoding="utf-8")
    main = ModuleType("__main__")
    main.__file__ = str(script)  # as Streamlit has it
    monkeypatch.setitem(sys.modules, "__main__", main)

    done = _run(["double"] * 10)

    assert len(done) == 10
    assert not trace.exists()
    assert sys.modules["__main__"] is main


def test_files_are_read_whatever_their_names_and_content(tmp_path, vocabulary):
    contents = {"report.txt": b"Ofsted rated Ashmere good.", "empty.txt": b"", "no report.pdf": b"%PDF-1.7 nothing"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    paths = [*(tmp_path / name for name in contents), tmp_path / "gone.txt", tmp_path]

    extractions = list(extract_files(paths, vocabulary=vocabulary, workers=1))

    assert [extraction.path for extraction in extractions] == paths
    assert [extraction.reason for extraction in extractions][1:] == [
        "is empty",
        "is a PDF that is cut short: its end is missing",
        "cannot be opened: no such file or directory",
        "is no regular file",
    ]
