"""The model's schema mirrors the commands of the domain."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

from domain.commands import COMMANDS, SLOT_VALUES
from understanding import schema


def test_every_command_has_a_mirror_with_the_same_fields() -> None:
    mirrors = {model.model_fields["name"].annotation.__args__[0]: model for model in get_args(schema.Command)}
    assert set(mirrors) == set(COMMANDS)
    for name, kind in COMMANDS.items():
        assert set(mirrors[name].model_fields) == {"name", *(field.name for field in fields(kind))}


def test_every_slot_can_be_filled_by_a_model() -> None:
    assert set(SLOT_VALUES) <= set(get_args(schema.Slot))
