"""What is said while an order's delivery or payment is asked for, or it is summed up, and fills nothing plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Ask, Command, Fill, Wait
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_ASKED = ("delivery", "address", "payment", "confirm")
_WORD = re.compile(r"[^\W\d_]+")
_NOTE = re.compile(
    r"(?:(?:e|eh|o|seria|vai ser|troco|change|cambio|vuelto|it'?s|i'?ll have|tenho|tengo|i have|una?|a|uma)[ ,]+)*"
    r"(?:pra|para|p|pro|de|com|for|con|from|a nota de|nota de|billete de) (?:uma? |a |una? )?(?:r\$ ?)?"
    r"(?P<note>[1-9]\d{1,2})(?: reais| note| bill| pesos)?"
)
_IF = re.compile(r"\b(?:if|se|si|caso)\b")
_BRINGS = re.compile(r"\b(?:entreg|deliver|reparten|envian)")
_PAYS = re.compile(r"\b(?:pag|pay|acert|abon|settl|squar|sort (?:it|that|up))")
_AMOUNT = re.compile(r"\d+ ?%|\b\d+\b")
_NUMBER = re.compile(r"\d")
_OF_THINGS = ("product", "service", "professional")
_TOLD_NUMBER = re.compile(r"\d+|[^\W\d_]+")
_NOTES = (10, 20, 50, 100, 200)
_LONGEST_INDIFFERENT, _LONGEST_TO_PAY = 5, 9


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """What it answers or asks; None where it is read like everything else."""
    if situation.flow not in ORDERING or situation.asks not in _ASKED:
        return None
    folded = fold(clause.text).strip()
    if situation.asks in ("delivery", "address") and not clause.asks and has("same_place", folded):
        beside = [fact for fact in said if fact.kind in ("payment", "change_for")]
        return Answered("inform", (Fill("last", True), *fills(beside, situation, flow=situation.flow)))
    if situation.asks == "address" and not _told_besides(said, "delivery") and has("sends_place", folded):
        return Answered("wait", (Wait(),))
    if not any(fact.kind in _OF_THINGS for fact in said):
        if situation.asks in ("payment", "confirm") and (paid := _paid(clause, folded, said, situation)) is not None:
            return paid
        if situation.asks == "delivery" and (choice := _choosing(clause, folded, said, situation)) is not None:
            return choice
    return _about_it(clause, folded, said, situation)


def _paid(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    ways = [fact for fact in said if fact.kind == "payment" and not fact.negated]
    cash = situation.slots.get("payment") == "cash"
    if cash and (change := _change(folded, said, situation)):
        return Answered("inform", (Fill("change_for", change),))
    divided = has("in_parts", folded) or has("splits_payment", folded)
    if (divided or not clause.asks) and _several(folded, clause.start, ways):
        return Answered("payment", (Fill("payment", "several"),))
    if ways and clause.asks and has("splits_payment", folded):
        return Answered("payment", (_asked("payment", clause), *fills(ways, situation, flow=situation.flow)))
    if situation.asks == "confirm" and not (clause.asks and _PAYS.search(folded)):
        return None
    if has("pix_key", folded):
        return Answered("payment", (_asked("payment", clause), *fills(ways, situation, flow=situation.flow)))
    if has("the_options", folded) or (not ways and has("any", folded) and len(folded.split()) <= _LONGEST_TO_PAY):
        return Answered("payment", (Ask("payment"),))
    if not _told_besides(said, "payment") and not clause.asks and has("needs_change", folded):
        return Answered("inform", (Fill("payment", "cash"), Fill("change_for", "ask")))
    asks_at_length = clause.asks and len(folded.split()) > _LONGEST_INDIFFERENT
    if not ways and not asks_at_length and has("not_taken", folded):
        return Answered("inform", (Fill("payment", "other"),))
    told = any(fact.kind in ("delivery", "change_for") for fact in said) and not _PAYS.search(folded)
    if not ways and not told and has("pays_when", folded):
        return Answered("payment", (_asked("payment", clause),))
    return None


def _change(folded: str, said: Sequence[Fact], situation: Situation) -> str | None:
    """ "Pra 50", "I've only got a fifty", of what is paid in cash: the note there is change for."""
    if (note := _NOTE.fullmatch(folded.strip(" .!"))) and not _told_besides(said, "money"):
        return f"{note['note']}.00"
    if situation.asks != "confirm" or said or not has("pays_with", folded):
        return None
    numbers = [numerals.value(word, situation.language) for word in _TOLD_NUMBER.findall(folded)]
    notes = [number for number in numbers if number in _NOTES]
    return f"{notes[0]}.00" if len(notes) == 1 else None


def _told_besides(said: Sequence[Fact], kind: str) -> bool:
    return any(fact.kind != kind for fact in said)


def _several(folded: str, start: int, ways: Sequence[Fact]) -> bool:
    """ "Metade no pix", "pix ou dinheiro": not "no pix… não, no cartão", where the last one counts."""
    if ways and has("in_parts", folded):
        return True
    if len({fact.value for fact in ways}) < 2:
        return False
    between = folded[ways[0].end - start : ways[-1].start - start]
    if _AMOUNT.search(between) and _AMOUNT.search(folded[: ways[0].start - start]):
        return True  # "50% pix 50% dinheiro"
    words = _WORD.findall(between)
    return bool(words) and all(pattern("one_or_another").fullmatch(word) for word in words)


def _choosing(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Tanto faz", "o que sai mais barato?", between having it brought and picking it up."""
    indifferent = not said and has("any", folded) and len(folded.split()) <= _LONGEST_INDIFFERENT
    if indifferent or has("cheaper_way", folded) or has("the_options", folded):
        return Answered("delivery", (Ask("delivery", {"text": clause.text.strip(), "cheaper": True}),))
    if clause.asks and has("may_i", folded) and _fetched(said) and not has("until_when", folded):
        return Answered("inform", (Fill("delivery", "pickup"), _opening(clause, said)))
    return None


def _fetched(said: Sequence[Fact]) -> bool:
    return any(fact.kind == "delivery" and fact.value == "pickup" and not fact.negated for fact in said)


def _opening(clause: Clause, said: Sequence[Fact]) -> Command:
    """ "Posso buscar agora?", "amanhã?": whether it is open then."""
    time = next((fact.value for fact in said if fact.kind == "time" and fact.value["has_date"]), None)
    day = {"day": str(time["start"])[:10]} if time and time["start"] else {}
    return Ask("hours", {"text": clause.text.strip(), **(day or {"now": True})})


def _about_it(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """A word about the order under way: whether it comes in time, why it costs so much; or no decision yet."""
    if not said and has("undecided", folded):
        return Answered("wait", (Wait(),))
    if situation.asks == "confirm" and has("asks_why", folded) and _NUMBER.search(folded):
        return Answered("prices", (Ask("total", {"text": clause.text.strip()}),))
    brought = situation.asks == "confirm" and situation.slots.get("delivery") == "delivery"
    if brought and not said and has("own_address", folded) and not has("of_the_shop", folded):
        return Answered("prices", (_asked("total", clause),))
    fetched = situation.asks == "confirm" and situation.slots.get("delivery") == "pickup" and not clause.asks
    if fetched and received.comes_by(folded) and all(fact.kind in ("time", "delivery") for fact in said):
        return Answered("inform", (Fill("delivery", "pickup"),))
    if clause.asks and _BRINGS.search(folded) and has("until_when", folded):
        return Answered("delivery", (_asked("delivery", clause),))
    zoned = any(fact.kind in ("zone", "address") for fact in said)
    if has("comes_in_time", folded) and not zoned and (clause.asks or _IF.search(folded)):
        told = fills([fact for fact in said if fact.kind in ("delivery", "payment")], situation, flow=situation.flow)
        return Answered("delivery", (_asked("delivery", clause), *told))
    return None


def _asked(topic: str, clause: Clause) -> Command:
    return Ask(topic, {"text": clause.text.strip()})
