"""What a model proposes, held against the business and the customer's own words; what does not hold is dropped.

A model may be wrong, and a customer may try to talk it into something. After these checks a command names only
services, products, people and options that exist, and says only names and addresses that the customer wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.commands import Affirm, Ask, Command, Correct, Fill, OptOut, Reject, Start, Unclear, from_dict
from domain.ports import Situation
from understanding import values
from understanding.local.text import clauses, cues, words
from understanding.schema import COMMAND
from understanding.values import Dropped, slot_value

_SELLING = frozenset({"order", "change_order"})
_BOOKING = frozenset({"book", "reschedule"})
_MOST_COMMANDS = 12
_A_FEW = 8  # words
_CODE = re.compile(r"[\d_<>{}\[\]=|\\/]")


def hold(proposed: Sequence[object], texts: Sequence[str], situation: Situation) -> tuple[Command, ...]:
    """The proposed commands that hold, in order."""
    kept: list[Command] = []
    for data in proposed[:_MOST_COMMANDS]:
        try:
            model: BaseModel = COMMAND.validate_python(data)
            command = _held(_meant(from_dict(model.model_dump()), texts, situation), texts, situation)
        except (ValidationError, Dropped, ValueError):
            continue
        if command not in kept:
            kept.append(command)
    return tuple(kept)


def _held(command: Command, texts: Sequence[str], situation: Situation) -> Command:
    business = situation.business
    match command:
        case Start(flow):
            if (flow in _SELLING and not business.products) or (flow in _BOOKING and not business.services):
                raise Dropped(flow)
            return command
        case Fill(slot, value):
            return Fill(slot, slot_value(slot, value, texts, situation))
        case Correct(slot, value, old):
            return Correct(slot, slot_value(slot, value, texts, situation), _old(slot, old, texts, situation))
        case Ask(topic, about):
            return Ask(topic, values.about(topic, about, texts, situation))
        case Reject():
            return Reject(command.slot)
        case Unclear(options, text) if text:
            return Unclear(options, values.quoted(text, texts))
        case _:
            return command


def _meant(command: Command, texts: Sequence[str], situation: Situation) -> Command:
    """The command, unless it would carry something out that the customer's own words do not ask for."""
    text = "\n".join(texts)
    match command:
        case Affirm() | Fill("option") if situation.asks == "confirm" and not _agrees(text, situation.language):
            raise Dropped(command.name)
        case OptOut() if not cues.has("left_alone", words.fold(text)):
            raise Dropped(command.name)
        case _:
            return command


def _agrees(text: str, language: str) -> bool:
    """Whether words may be the yes that has an effect: a few plain ones of any kind, more only if a clause agrees."""
    if len(words.split(text)) <= _A_FEW and not _CODE.search(text):
        return True
    return cues.has("carries_out", words.fold(text)) or any(clause.yes for clause in clauses.split(text, language))


def _old(slot: str, value: object, texts: Sequence[str], situation: Situation) -> Any:
    try:
        return None if value is None else slot_value(slot, value, texts, situation)
    except Dropped:
        return None
