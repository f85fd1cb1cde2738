"""What is asked about the order that is being arranged: it is none placed before, and its place is no shop's.

"Does it come today?" asks how long this one takes, "what address have you got down?" where it goes; "passa cartão?
então é nele" tells how it is paid.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Command, Fill, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_PLACED = ("which", "order_number")


def told(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands, with such questions asked of it."""
    folded = fold(text)
    if situation.flow is None and "?" in text and situation.topic.get("asked") == "delivery":
        return _fetched_instead(commands, folded, said, situation)
    if situation.flow not in ORDERING:
        return list(commands)
    commands = _brought_as_asked(_paid_as_asked(commands, folded, said, situation), said, situation)
    if has("checkout_tell_me", folded) and situation.asks == "confirm":
        others: list[Command] = [each for each in commands if not isinstance(each, Unclear | Affirm)]
        commands = others or [Ask("total", {"text": text.strip()})]
    if situation.slots.get("delivery") == "pickup":
        return list(commands)
    fetched = any(fact.kind == "delivery" and fact.value == "pickup" for fact in said) and "?" in text
    if fetched and has("checkout_fetched_price", folded) and not any(fact.kind == "product" for fact in said):
        return [Ask("delivery", {"text": text.strip(), "cheaper": True})]
    if Start("order_status") in commands and _comes(commands, folded):
        asked = Ask("delivery", {"text": text.strip(), "how_long": True})
        commands = [asked if each == Start("order_status") else each for each in commands]
    known = situation.asks == "confirm" and bool(situation.slots.get("address"))
    if known and has("checkout_own_place", folded) and not has("checkout_house_place", folded):
        total = Ask("total", {"text": text.strip()})
        commands = [total if isinstance(each, Ask) and each.topic == "address" else each for each in commands]
    return list(commands)


def _fetched_instead(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command]:
    """ "E se eu for buscar?", right after what was answered about delivery."""
    told = [fact for fact in said if fact.kind != "delivery"]
    fetches = any(fact.value == "pickup" for fact in said if fact.kind == "delivery") or received.comes_by(folded)
    if told or situation.just_ordered or not (fetches or has("checkout_fetches", folded)):
        return list(commands)
    return [Ask("delivery", {"text": folded, "pickup": True, "by_themselves": True})]


def _brought_as_asked(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Entrega na Rua Bahia, 20, no Centro?": where it is to go, however it is asked."""
    places = [fact for fact in said if fact.kind in ("address", "zone") and not fact.negated]
    asked = [each for each in commands if isinstance(each, Ask) and each.topic == "delivery"]
    if {fact.kind for fact in places} != {"address", "zone"} or not asked:
        return list(commands)
    told = fills(places, situation, flow=situation.flow)
    return [*(each for each in commands if each not in asked and each not in told), *told]


def _comes(commands: Sequence[Command], folded: str) -> bool:
    """Whether it is asked when something comes, and of no order but this one."""
    other = any(isinstance(each, Fill) and each.slot in _PLACED for each in commands) or has("placed_before", folded)
    return not other and any(has(cue, folded) for cue in ("comes_in_time", "how_it_stands", "checkout_comes"))


def _paid_as_asked(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command]:
    """ "Do you take card? If so that": the one way asked about, where what follows takes it."""
    ways = {fact.value for fact in said if fact.kind == "payment" and not fact.negated}
    asked = any(isinstance(each, Ask) and each.topic == "payment" for each in commands)
    told = any(isinstance(each, Fill) and each.slot in ("payment", "items", "quantity") for each in commands)
    if situation.asks != "payment" or not asked or told or len(ways) != 1 or not situation.business.payment:
        return list(commands)
    end = max(fact.end for fact in said if fact.kind == "payment")
    behind = folded[end:].partition("?")[2] or folded[end:].partition(",")[2]
    takes_it = Affirm() in commands or has("checkout_takes_that", behind) or has("pays_with_that", behind)
    if not any(letter.isalpha() for letter in behind) or not takes_it:
        return list(commands)
    comes = any(fact.kind == "delivery" for fact in said)
    kept = [each for each in commands if not isinstance(each, Affirm | Unclear) and (comes or not _is_way(each))]
    return [*kept, Fill("payment", ways.pop())]


def _is_way(command: Command) -> bool:
    return isinstance(command, Fill) and command.slot == "delivery"
