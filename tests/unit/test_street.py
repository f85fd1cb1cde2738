"""An address told in pieces is one address."""

from __future__ import annotations

import pytest

from graph.flows import street


@pytest.mark.parametrize(
    ("address", "house", "whole"),
    [
        ("rua das flores", "120", "rua das flores, 120"),
        ("Rua das Flores 120", "122", "Rua das Flores 122"),
        ("Rua das Flores, 120, apto 3", "122", "Rua das Flores, 122, apto 3"),
        ("Rua 7 de Setembro, 45", "54", "Rua 7 de Setembro, 54"),
        ("120 Flores Street, flat 3", "122", "122 Flores Street, flat 3"),
    ],
)
def test_a_number_told_later_is_the_house_of_the_street(address: str, house: str, whole: str) -> None:
    slots = {"address": address}
    street.numbered(slots, house)
    assert slots["address"] == whole


def test_what_was_told_before_the_street_is_kept_for_it() -> None:
    slots: dict[str, object] = {}
    street.numbered(slots, "120")
    slots["complement"] = "apto 3"
    assert street.told(slots, "rua das flores") == "rua das flores, 120, apto 3"
    assert not slots


def test_another_flat_takes_the_place_of_the_one_told() -> None:
    assert street.completed("Rua A 1, apto 3", "apto 4") == "Rua A 1, apto 4"
    assert street.completed("Rua A 1, apto 3", "bloco B") == "Rua A 1, apto 3, bloco B"
    assert street.completed("Rua A 1, casa verde", "casa verde") == "Rua A 1, casa verde"
