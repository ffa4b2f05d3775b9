"""Every benchmark is listed in docs/benchmarks.md, and every command there exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMMAND = re.compile(r"`python -m ((?:benchmarks|training)(?:\.\w+)+)")
BENCHMARKS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
    for path in (ROOT / "benchmarks").rglob("*.py")
    if 'if __name__ == "__main__"' in path.read_text(encoding="utf-8")
)


def commands(page):
    return set(COMMAND.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", BENCHMARKS)
def test_benchmark_is_listed(module):
    assert module in commands("benchmarks.md")


def test_listed_commands_exist():
    named = commands("benchmarks.md")

    assert len(named) >= 5
    paths = {module: ROOT / module.replace(".", "/") for module in named}
    runs = {
        module for module, path in paths.items() if (path / "__main__.py").exists() or path.with_suffix(".py").exists()
    }
    assert named - runs == set()
