"""A business's file says which models read for it and what they may cost; most say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from domain.business import Business, ModelRules, load
from domain.errors import ConfigurationError

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of the salon's file, to write on."""
    copy = tmp_path / "studio-aurora.yaml"
    copy.write_text((ROOT / "businesses" / "studio-aurora.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def test_a_file_that_says_nothing_leaves_it_to_the_settings(businesses: Mapping[str, Business]) -> None:
    assert {business.model for business in businesses.values()} == {ModelRules()}


def test_order_and_budget_are_read(file: Path) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write('model: {providers: [groq, local], budget_per_day: "5.00"}\n')
    assert load(file).model == ModelRules(providers=("groq", "local"), budget_per_day=Decimal("5.00"))


@pytest.mark.parametrize(
    ("block", "key"),
    [
        ("{providers: [skynet]}", "model.providers.0"),
        ('{budget_per_day: "-1"}', "model.budget_per_day"),
        ("{provider: groq}", "model.provider"),
    ],
)
def test_a_wrong_one_is_named(file: Path, block: str, key: str) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write(f"model: {block}\n")
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    assert caught.value.key == key
