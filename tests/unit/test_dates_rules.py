"""How the date grammar's rules are passed over: only ever where they could read nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.local.dates.engine import RULES
from understanding.local.dates.lexicon import KINDS
from understanding.local.dates.needs import needed
from understanding.local.dates.rules import Plan

_PLAN = Plan(RULES)
_LETTERS = "".join(sorted({*KINDS.values(), *";,-#@&=7xTY9"}))


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"N?A", ["A"]),
        (r"[WM]d?U", ["U", "MW"]),
        (r"(?P<a>W)X|(?P<b>X)M", ["WX"]),
        (r"(?<=#)(?P<n>N)(?=,?oN)", ["#", "o", "N"]),
        (r"(?<![;,])P(?!U)(?:[,e]*W)?", ["P"]),
        (r"\*d{0,2}(?:F|Q+)", ["*", "FQ"]),
    ],
)
def test_a_pattern_needs_what_no_match_is_without(pattern: str, needs: list[str]) -> None:
    assert sorted("".join(sorted(need)) for need in needed(pattern)) == sorted(needs)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=_LETTERS, max_size=12))
def test_no_rule_that_could_match_is_passed_over(kinds: str) -> None:
    missing = _PLAN.missing(kinds, _PLAN.none_met)
    for needed_bits, search, rule in _PLAN.steps:
        if search(kinds):
            assert not needed_bits & missing, rule.pattern.pattern
