"""What is said where an order stands and no appointment, taken for an appointment's: "cancela", "é pra que dia?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Ask, Cancel, Command, Correct, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.text.cues import has

_OF_ORDERS = {"cancel_booking": "cancel_order", "my_bookings": "order_status", "reschedule": "change_order"}
_TIMES = ("time", "old_time", "earliest", "latest", "same_hour", "same_weekday", "excluded", "postpone", "shift")
_PAID = ("payment", "change_for")


def told(commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands, those of the order where nothing of an appointment is named."""
    of_a_visit = any(fact.kind in ("service", "professional") for fact in said) or has("books_something", folded)
    if of_a_visit or not situation.speaks_of_order:
        return list(commands)
    gives_up = Cancel() in commands and all(isinstance(each, Cancel | Unclear | Smalltalk) for each in commands)
    if gives_up and (things := _named(said, situation)):
        commands = [Start("change_order"), Fill("items", things)]
    if (all_of_it := _taken_off(commands, situation)) is not None:
        return all_of_it
    if gives_up and has("cancels", folded) and not has("not_cancelling", folded):
        return [Start("cancel_order")]
    begun = next((each for each in commands if isinstance(each, Start) and each.flow in _OF_ORDERS), None)
    if begun is None:
        own = has("of_what_stands", folded) or has("how_it_stands", folded)
        return [Start("order_status") if own and _asks_a_price(each) else each for each in commands]
    others = [each for each in commands if not (isinstance(each, Fill | Correct) and each.slot in _TIMES)]
    if begun.flow == "reschedule" and len(others) < len(commands):
        return [Ask("delivery", {"text": folded}) if each == begun else each for each in others]
    return [Start(_OF_ORDERS[begun.flow]) if each == begun else each for each in others]


def paid_otherwise(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command]:
    """ "Vou pagar em dinheiro mesmo, troco pra 200": another way to pay than was told with the order."""
    facts = [fact for fact in said if not fact.negated]
    only_paid = bool(facts) and all(fact.kind in _PAID for fact in facts) and all(map(_tells_no_more, commands))
    if "?" in folded or not only_paid:
        return list(commands)
    told = [each for each in fills(facts, situation, flow="change_order") if isinstance(each, Fill)]
    before = situation.ordered[0]["told"]
    otherwise = any(before.get(each.slot) != each.value for each in told)
    return [Start("change_order"), *told] if otherwise else list(commands)


def _tells_no_more(command: Command) -> bool:
    """Whether nothing but a question, or how it is paid, was heard."""
    return not isinstance(command, Start) and (not isinstance(command, Fill) or command.slot in _PAID)


def _asks_a_price(command: Command) -> bool:
    """ "Quanto ficou?", of no thing."""
    return isinstance(command, Ask) and command.topic == "prices" and command.about.keys() == {"text"}


def _named(said: Sequence[Fact], situation: Situation) -> list[Mapping[str, Any]]:
    """ "Forget the balls": lines that take off what is named and stands ordered."""
    named = [each for fact in said if fact.kind == "product" for each in _ids(fact)]
    held = {line["product"] for one in situation.ordered for line in one["items"]}
    gone = dict.fromkeys(each for each in named if each in held)
    return [{"product": each, "quantity": None, "mode": "remove", "alternatives": ()} for each in gone]


def _ids(fact: Fact) -> Sequence[str]:
    return [each for each in (fact.value["product"], *fact.value.get("alternatives", ())) if each]


def _taken_off(commands: Sequence[Command], situation: Situation) -> list[Command] | None:
    """ "Não preciso mais da areia", of an order that holds nothing else: no change is left, it is called off."""
    lines = [line for each in commands if isinstance(each, Fill) and each.slot == "items" for line in each.value]
    gone = {each for line in lines for each in (line["product"], *line["alternatives"])}
    if Start("change_order") not in commands or any(line["mode"] != "remove" or line["quantity"] for line in lines):
        return None
    emptied = [one for one in situation.ordered if {line["product"] for line in one["items"]} <= gone]
    if not emptied:
        return None
    kept = [each for each in commands if isinstance(each, Smalltalk | Ask)]
    return [*kept, Start("cancel_order"), *([_holding(emptied[0])] if len(situation.ordered) > 1 else [])]


def _holding(order: Mapping[str, Any]) -> Command:
    """Which order it is, told by what it holds."""
    return Fill("items", [{**line, "mode": "set", "alternatives": ()} for line in order["items"]])
