"""The explorer's pages: each is in the lists of those that are opened, looked at and pictured."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ADDRESSES = re.findall(r'url_path="(\w+)"', (ROOT / "explorer" / "app.py").read_text(encoding="utf-8"))
LISTS = (
    "tests/e2e/explorer/pages/test_pages.py",
    "tests/e2e/explorer/test_every_page.py",
    "benchmarks/screenshots.py",
)


def test_there_are_pages():
    assert {"explore", "authority", "about"} <= set(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_a_module_named_after_its_address(address):
    assert (ROOT / "explorer" / "pages" / f"{address}.py").exists()


@pytest.mark.parametrize("path", LISTS)
def test_no_page_is_left_out_of_a_list(path):
    text = (ROOT / path).read_text(encoding="utf-8")

    assert [address for address in ADDRESSES if not re.search(rf'"{address}\b', text)] == []
