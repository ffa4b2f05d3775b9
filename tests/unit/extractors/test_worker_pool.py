"""Tasks side by side: the order of the results, and what the processes do beside their tasks, which is nothing."""

import sys
from functools import partial
from types import ModuleType

from caregraph.extractors.worker_pool import map_in_order


def _doubler():
    return _double


def _double(number):
    return 2 * number


def _lost(number):
    return None


def test_results_come_in_the_order_of_the_tasks():
    assert list(map_in_order(range(20), _doubler, on_crash=_lost, workers=2)) == [2 * number for number in range(20)]


def test_processes_do_not_run_the_main_module(tmp_path, monkeypatch):
    script, trace = tmp_path / "page.py", tmp_path / "trace"
    script.write_text(f"open({str(trace)!r}, 'w').close()", encoding="utf-8")
    main = ModuleType("__main__")
    main.__file__ = str(script)  # as Streamlit has it
    monkeypatch.setitem(sys.modules, "__main__", main)

    done = list(map_in_order(range(10), partial(_doubler), on_crash=_lost, workers=2))

    assert len(done) == 10
    assert not trace.exists()
    assert sys.modules["__main__"] is main
