"""What a model proposes, held against the business and the customer's own words; what does not hold is dropped.

A model may be wrong, and a customer may try to talk it into something. After these checks a command names only
services, products, people and options that exist, and says only names and addresses that the customer wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.commands import Affirm, Ask, Command, Correct, Fill, OptOut, Reject, Start, from_dict
from domain.ports import Situation
from understanding import values
from understanding.local import clauses, cues, words
from understanding.schema import COMMAND
from understanding.values import Dropped, slot_value

_SELLING = frozenset({"order", "change_order"})
_BOOKING = frozenset({"book", "reschedule"})
_MOST_COMMANDS = 12
_A_FEW = 8  # words


def hold(proposed: Sequence[object], texts: Sequence[str], situation: Situation) -> tuple[Command, ...]:
    """The proposed commands that hold, in order."""
    kept: list[Command] = []
    for data in proposed[:_MOST_COMMANDS]:
        try:
            model: BaseModel = COMMAND.validate_python(data)
            command = _held(from_dict(model.model_dump()), texts, situation)
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
        case Affirm() if situation.asks == "confirm" and not _agrees(texts, situation.language):
            raise Dropped("affirm")
        case OptOut() if not _short(texts) and not cues.has("opts_out", words.fold("\n".join(texts))):
            raise Dropped("opt_out")
        case _:
            return command


def _agrees(texts: Sequence[str], language: str) -> bool:
    """Whether words may be the yes that has an effect: a few of any kind, more only where a clause of them agrees.

    A customer whose long text never says yes is not made to say it by a model.
    """
    text = "\n".join(texts)
    said = cues.has("carries_out", words.fold(text)) or any(clause.yes for clause in clauses.split(text, language))
    return said or _short(texts)


def _short(texts: Sequence[str]) -> bool:
    return len(words.split("\n".join(texts))) <= _A_FEW


def _old(slot: str, value: object, texts: Sequence[str], situation: Situation) -> Any:
    try:
        return None if value is None else slot_value(slot, value, texts, situation)
    except Dropped:
        return None
