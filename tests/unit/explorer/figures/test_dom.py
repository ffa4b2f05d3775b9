"""Every element that a figure is made of is one that the browser's side builds."""

import re
from pathlib import Path

EXPLORER = Path(__file__).parents[4] / "explorer"
TAG = re.compile(r'\btag\(\s*"(\w+)"')


def test_elements_of_figures_are_those_that_the_browser_builds():
    [listed] = re.findall(r'TAGS = new Set\(\s*"([^"]+)"', (EXPLORER / "figures" / "dom.js").read_text("utf-8"))
    used = {
        (path.name, name) for path in EXPLORER.rglob("*.py") for name in TAG.findall(path.read_text(encoding="utf-8"))
    }

    assert len(used) > 20
    assert {(path, name) for path, name in used if name not in listed.split()} == set()
