"""Answers in context: the same "dois" is a quantity, an hour or a list choice, depending on what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from domain.commands import Affirm, Cancel, Command, Deny, Fill, Reject, Smalltalk
from domain.ports import Situation
from understanding.local import numerals
from understanding.local.clauses import Clause
from understanding.local.cues import has
from understanding.local.facts import Fact, opening_hours
from understanding.local.fills import fills
from understanding.local.words import fold

_SURE = 0.6
_UP, _DOWN = "👍👌✅🆗🙏💪✔", "👎❌🚫✖"
_OWN_INTENTS = {
    "human", "cancel_booking", "cancel_order", "order_status", "my_bookings", "reschedule", "forget", "repeat", "wait",
    "complaint", "opt_out", "prices", "hours", "thanks", "greet", "goodbye", "affirm", "deny",
}  # fmt: skip
FREE_TEXT = ("name", "procedure", "preferred_period", "insurance", "company", "team_size", "email")

_BARE_NUMBER = re.compile(r"^\W*(?:as |la pelas |umas |so |apenas |only |just )?(\d{1,3})\s*(?:h|hs|hrs|horas?)?\W*$")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a clause answers to the bot's own question."""

    intent: str
    commands: tuple[Command, ...]
    confidence: float = 0.95


def gesture(text: str) -> tuple[str, float, Command]:
    """A message without a letter: a thumb up or down, or a face."""
    if any(sign in text for sign in _UP):
        return "affirm", 0.9, Affirm()
    if any(sign in text for sign in _DOWN):
        return "deny", 0.9, Deny()
    return "smalltalk", 0.6, Smalltalk("other")


def decision(yes: bool) -> Command:
    """A yes or a no."""
    return Affirm() if yes else Deny()


def answer(
    clause: Clause, said: Sequence[Fact], situation: Situation, ranked: Sequence[tuple[str, float]]
) -> Answered | None:
    """The clause as an answer to what was asked; None when it must be read for its own intent (`ranked`)."""
    folded = fold(clause.text).strip()
    return (
        _negations(folded, said, situation)
        or _chosen(clause, folded, said, situation)
        or _loose(folded, said, situation)
        or (None if _has_own_intent(ranked) else _free_text(clause, folded, said, situation))
    )


def _negations(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    if has("not_to", folded):
        decided = situation.flow in (None, "cancel_booking", "cancel_order", "reschedule")
        return Answered("deny", (Deny() if decided else Smalltalk("other"),))
    if has("gives_up", folded) and not said:
        return Answered("forget", (Cancel(),))
    if situation.flow and has("refuses_datum", folded):
        return Answered("deny", (Fill("refuse", True),))
    if situation.flow and not said and has("not_this", folded):
        return Answered("deny", (Reject(None),))
    return None


def _chosen(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """One of the options on the table, by its title, its place or a bare number."""
    plain = folded.strip(" .!,?")
    for option in situation.options:
        title = fold(str(option["title"]))
        if plain and (plain == title or (len(plain) > 3 and fuzz.ratio(plain, title) >= 88)):
            return Answered("inform", (Fill("option", option["id"]),))
    number = _number(plain, situation)
    if number is not None:
        return _numbered(number, plain, situation)
    position = next((fact for fact in said if fact.kind == "position"), None)
    if (
        position is not None
        and situation.options
        and not any(fact.kind in ("time", "product", "service") for fact in said)
    ):
        return Answered("inform", (Fill("option", position.value),))
    return None


def _number(plain: str, situation: Situation) -> int | None:
    found = _BARE_NUMBER.match(plain)
    return int(found.group(1)) if found else numerals.value(plain, situation.language)


def _numbered(number: int, plain: str, situation: Situation) -> Answered | None:
    """A bare number: how many, which one, or at what hour."""
    spoken_of = situation.slots.get("items") or situation.slots.get("choice")
    as_option = situation.options and 1 <= number <= len(situation.options)
    if situation.asks == "items" and (situation.slots.get("choice") or not situation.options) and spoken_of:
        return Answered("inform", (Fill("quantity", number),))
    if situation.asks == "time" and not (
        as_option and number <= 3 and "h" not in plain and not plain.startswith("as ")
    ):
        return _hour(number, situation)
    if as_option:
        return Answered("inform", (Fill("option", number),))
    if spoken_of and number > 0:
        return Answered("inform", (Fill("quantity", number),))
    return None


def _hour(number: int, situation: Situation) -> Answered | None:
    """ "16" when a time was asked: the hour, moved to the afternoon where only that is open."""
    spans = [span for day in opening_hours(situation.business).values() for span in day]
    earliest, latest = min((s.hour for s, _ in spans), default=0), max((e.hour for _, e in spans), default=24)
    if number < earliest and number + 12 < latest:
        number += 12
    if not 0 <= number <= 23:
        return None
    start = situation.now.replace(hour=number, minute=0, second=0, microsecond=0)
    value = {
        "kind": "moment",
        "start": start.isoformat(),
        "end": start.isoformat(),
        "grain": "hour",
        "ambiguous": False,
    }
    return Answered(
        "inform", (Fill("time", [{**value, "why": None, "has_date": False, "has_time": True, "text": str(number)}]),)
    )


def _loose(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "O mais cedo possível", "tanto faz", "o de sempre"."""
    rest = tuple(fills(said, situation, flow=situation.flow))
    if has("earliest", folded) and situation.business.services:
        return Answered("book", (*rest, Fill("earliest", True)))
    if has("same_hour", folded) and situation.slots.get("booking"):
        return Answered("inform", (*rest, _same_hour(situation.slots["booking"]["start"])))
    if has("as_last", folded):
        return Answered("inform", (*rest, Fill("last", True)))
    if (situation.flow and has("anybody", folded)) or (situation.asks == "professional" and has("any", folded)):
        return Answered("inform", (*rest, Fill("professional", "any")))
    if situation.asks == "time" and has("any", folded) and not any(command for command in rest):
        return Answered("inform", (Fill("time", []),))
    return None


def _has_own_intent(ranked: Sequence[tuple[str, float]]) -> bool:
    """Whether the clause surely wants something of its own."""
    return bool(ranked) and ranked[0][0] in _OWN_INTENTS and ranked[0][1] >= _SURE


def _same_hour(start: str) -> Command:
    moment = {"kind": "moment", "start": start, "end": start, "grain": "hour", "ambiguous": False, "why": None}
    return Fill("time", [{**moment, "has_date": False, "has_time": True, "text": start[11:16]}])


def _free_text(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """A datum only the customer can word: a name, an insurance, an address."""
    if (
        situation.asks == "address"
        and not clause.asks
        and not any(fact.kind in ("payment", "product") for fact in said)
    ):
        if any(fact.kind == "address" for fact in said):
            return Answered("inform", tuple(fills(said, situation, flow=situation.flow)))
        if any(letter.isdigit() for letter in folded) or (situation.slots.get("zone_asked") and not said):
            return Answered(
                "inform", (*fills(said, situation, flow=situation.flow), Fill("address", clause.text.strip(" ,.!")))
            )
    if situation.asks in FREE_TEXT and not clause.asks:
        return Answered(
            "inform",
            (*fills(said, situation, flow=situation.flow), Fill(situation.asks, clause.text.strip(" .!"))),
            0.8,
        )
    return None
