"""The page on identity lists every rule and every reason, with its weight, as the code has them."""

import re
from pathlib import Path

import pytest

from caregraph.graph.resolution import compare_people, compare_things, name_similarity, resolver

PAGE = (Path(__file__).parents[4] / "docs/resolution.md").read_text(encoding="utf-8")
CODE = [
    Path(module.__file__).read_text(encoding="utf-8") for module in (compare_people, compare_things, name_similarity)
]
REASONS = sorted({name for code in CODE for name in re.findall(r'Reason\(\s*"([a-z-]+)"', code)})
WEIGHTS = [
    (name, weight)
    for code in CODE
    for name, weight in re.findall(r'Reason\("([a-z-]+)", (?:f?"[^"]*"|\w+), (-?\d\.\d)\)', code)
]
RULES = re.findall(r"^- ([a-z-]+)  ", resolver.__doc__, re.MULTILINE)


@pytest.mark.parametrize("name", [*REASONS, *RULES])
def test_page_lists_rule_or_reason(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize(("name", "weight"), WEIGHTS)
def test_page_has_the_weight_of_a_reason(name, weight):
    rows = [row for row in PAGE.splitlines() if row.startswith("|") and f"`{name}`" in row]

    assert any(weight.replace("-", "−") in row for row in rows)


def test_reasons_and_rules_are_found_in_the_code():
    assert len(REASONS) > 30
    assert len(RULES) > 5
    assert len(WEIGHTS) > 20
