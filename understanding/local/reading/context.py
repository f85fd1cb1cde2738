"""Answers in context: the same "dois" is a quantity, an hour or a list choice, depending on what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from domain.commands import Affirm, Ask, Cancel, Command, Deny, Fill, Human, Reject, Smalltalk, Start, Unclear, Wait
from domain.ports import Situation
from understanding.local.facts import extremes
from understanding.local.facts.fact import Fact, opening_hours
from understanding.local.reading import verdicts
from understanding.local.reading.fills import fills, quantity
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, singular, split

_SURE = 0.6
_UP, _DOWN = "👍👌✅🆗🙏💪✔🤝", "👎❌🚫✖"
_OWN_INTENTS = {
    "human", "cancel_booking", "cancel_order", "order_status", "my_bookings", "reschedule", "forget", "repeat", "wait",
    "complaint", "opt_out", "prices", "hours", "thanks", "greet", "goodbye", "affirm", "deny",
}  # fmt: skip
FREE_TEXT = ("name", "procedure", "preferred_period", "insurance", "company", "team_size", "email")
_MAY_BE_NO = ("insurance", "company", "team_size")  # "não tenho" is an answer
_NEWS = ("service", "product", "time", "payment", "delivery", "address", "zone", "change_for")
_OF_THE_ORDER = ("delivery", "payment", "address")
_TELLING_WORDS = 7
_DIGITS = 3

_TIMED = ("book", "reschedule")
_HOUR_AND_MINUTES = re.compile(r"\b(?P<hour>\d{1,2}) (?:e|y|and) (?P<minutes>[0-5]\d)\b")
_HOURS = re.compile(r"^(\d{1,2})(?:h|hs|hrs)$")
_HOUR_WORDS = frozenset(("h", "hs", "hrs", "hora", "horas"))


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
        _which(folded, said, situation)
        or _negations(clause, folded, said, situation, ranked)
        or _spelled_out(clause, folded, said, situation)
        or _chosen(folded, said, situation)
        or _loose(folded, said, situation)
        or (None if _has_own_intent(ranked, situation) else _free_text(clause, folded, said, situation))
    )


def _negations(
    clause: Clause, folded: str, said: Sequence[Fact], situation: Situation, ranked: Sequence[tuple[str, float]]
) -> Answered | None:
    if has("not_to", folded):
        if moved := _moved_instead(folded, said, situation):
            return Answered("reschedule", moved)
        decided = situation.flow in (None, "cancel_booking", "cancel_order", "reschedule")
        return Answered("deny", (Deny() if decided else Smalltalk("other"),))
    if has("gives_up", folded) and not said and not verdicts.drops_something(folded, ranked):
        return Answered("forget", (Cancel(),))
    if situation.flow and (
        has("refuses_datum", folded) or (situation.asks == "address" and has("tells_later", folded))
    ):
        return Answered("deny", (Fill("refuse", True),))
    if situation.asks in _MAY_BE_NO:
        return None
    if situation.flow and not said and has("not_this", folded) and not has("some_day", folded):
        return Answered("deny", (Reject(None),))
    if situation.asks == "confirm" and has("conditional", folded):
        return Answered(
            "inform", _condition(clause.text.strip(), folded)
        )  # "se tiver, pode marcar": the answer first, then the question again
    return None


def _moved_instead(folded: str, said: Sequence[Fact], situation: Situation) -> tuple[Command, ...]:
    """ "Não cancela não, dá pra passar pra sábado?": moved, not cancelled."""
    refused = pattern("not_to").search(folded)
    told = any(fact.kind in ("time", "same_hour") for fact in said) and situation.business.services
    if refused is None or not told or not has("moves_to", folded[refused.end() :]):
        return ()
    wished = [replace(fact, negated=False) for fact in said]
    return (Start("reschedule"), *fills(wished, replace(situation, flow=None, asks="none"), flow="reschedule"))


def _condition(text: str, folded: str) -> tuple[Command, ...]:
    """What a yes hangs on, as a question: "se tiver estacionamento" asks about parking, "se tiver" only points back."""
    done, condition = pattern("carries_out").search(folded), pattern("conditional").match(folded)
    told = text[condition.end() if condition else 0 : done.start() if done else len(text)].strip(" ,")
    beside = set(fold(told).split()) - words("fillers") - words("articles")
    return (Ask("faq", {"text": told}),) if beside else ()


def _spelled_out(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """Words that mean one thing here: a person, a moment, the yes to a summary as a verb."""
    if has("wants_person", folded):
        return Answered("human", (Human("asked"),))
    if situation.flow is not None and has("possible", folded):
        return Answered("inform", ())
    if situation.flow is None:
        return None
    if has("waits", folded) and not any(fact.kind in _NEWS for fact in said):
        number = _behind_the_pause(folded, situation)
        return Answered("wait", (Wait(),)) if number is None else Answered("inform", (Fill("quantity", number),))
    if situation.flow in ("order", "change_order") and (lines := verdicts.only_these(folded, said, situation)):
        return Answered("inform", (Fill("items", lines),))
    if situation.flow in ("order", "change_order") and has("no_change", folded):
        return Answered("inform", (Fill("change_for", None),))
    if (
        situation.flow in ("order", "change_order")
        and situation.slots.get("items")
        and has("total", folded)
        and not any(fact.kind in ("product", "service", "zone") for fact in said)
    ):
        return Answered("prices", (Ask("total", {"text": clause.text.strip()}),))
    if situation.flow not in ("cancel_booking", "cancel_order") and not said and verdicts.only_cancels(clause, folded):
        return Answered("forget", (Cancel(),))
    if situation.asks == "confirm" and not clause.asks and verdicts.carries_out(clause, folded, said, situation):
        return Answered("affirm", (Affirm(), *fills(said, situation, flow=situation.flow)))
    return None


def _behind_the_pause(folded: str, situation: Situation) -> int | None:
    """ "Não, pera, 2": how many, when that is what follows the pause."""
    rest = pattern("waits").sub(" ", folded).strip(" .,!")
    return _number(rest, situation) if situation.slots.get("items") else None


def _chosen(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """One of the options on the table, by its title, a telling word of it, its place or a bare number."""
    plain = folded.strip(" .!,?")
    for option in situation.options:
        title = fold(str(option["title"]))
        if plain and (plain == title or (len(plain) > 3 and fuzz.ratio(plain, title) >= 88)):
            return Answered("inform", (Fill("option", option["id"]),))
    ordering = situation.flow in ("order", "change_order")
    choice = situation.slots.get("choice", {}).get("products", ()) if ordering else ()
    if choice and not said and extremes.kind(folded):
        line = {"product": extremes.picked(choice, folded, situation.business)[0], "mode": "set", "alternatives": ()}
        return Answered("inform", (Fill("items", [{**line, "quantity": None}]),))
    if (
        ordering
        and situation.asks in ("items", "confirm")
        and not _offers_products(situation)
        and (counted := quantity(folded, said, situation))
    ):
        return Answered("inform", tuple(counted))
    timed = not ordering and any(fact.kind == "time" for fact in said)
    timing = situation.asks in ("time", "confirm") and situation.flow in _TIMED and not said
    if timing and (clock := _clock(plain, situation)) is not None:
        return clock
    number = None if timed else _number(plain, situation)
    if number is not None:
        return _numbered(number, plain, situation)
    position = next((fact for fact in said if fact.kind == "position" and not fact.negated), None)
    things = [fact for fact in said if fact.kind in ("time", "product", "service")]
    if position is not None and not things and situation.asks == "confirm" and situation.flow in _TIMED:
        return _shown(position.value, situation)
    if position is not None and situation.options and not things and situation.asks != "confirm":
        return Answered("inform", (Fill("option", position.value),))
    return _told_apart(plain, said, situation)


def _which(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Os dois", "o mais cedo", "a última": which of the customer's appointments."""
    listed = situation.asks == "clarify" or (situation.asks == "confirm" and situation.flow == "cancel_booking")
    if situation.flow == "cancel_order" and not said and len(folded.split()) <= _TELLING_WORDS:
        decided = (Affirm(),) if has("cancels", folded) else ()
        return Answered("inform", (*decided, Fill("both", True))) if verdicts.names_all(folded) else None
    if situation.flow not in ("reschedule", "cancel_booking") or not listed:
        return None
    if any(fact.kind == "service" or (fact.kind == "time" and fact.value["has_date"]) for fact in said):
        return None
    if situation.asks == "clarify" and any(fact.kind == "position" for fact in said):
        return None  # one of those listed
    for cue, which in (("every_one", "all"), ("first_one", "first"), ("last_one", "last")):
        if has(cue, folded) and len(folded.split()) <= _TELLING_WORDS:
            return Answered("inform", (Fill("booking", which),))
    return None


def _shown(place: int, situation: Situation) -> Answered:
    """ "Prefiro a primeira" while one of the times offered before is summed up."""
    shown = situation.slots.get("shown") or ()
    if not shown or not -len(shown) <= (place - 1 if place > 0 else place) < len(shown):
        return Answered("unclear", (Unclear(()),), 0.3)
    return Answered("inform", (Fill("time", shown[place - 1 if place > 0 else place]),))


def _told_apart(plain: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "A de gato", "feminino, sexta": a word that only one of the offered things has."""
    sure = any(fact.kind in ("service", "product") and not _several(fact) for fact in said)
    if situation.asks not in ("service", "items") or sure:
        return None
    titles = [{singular(word.text) for word in split(str(option["title"]))} for option in situation.options]
    spoken = {singular(word.text) for word in split(plain) if len(word.text) > 3}
    telling = [place for place, title in enumerate(titles) for word in title & spoken
               if sum(word in other for other in titles) == 1]  # fmt: skip
    if len(set(telling)) != 1 or len(plain.split()) > _TELLING_WORDS:
        return None
    rest = fills([fact for fact in said if not _several(fact)], situation, flow=situation.flow)
    return Answered("inform", (Fill("option", situation.options[telling[0]]["id"]), *rest))


def _several(fact: Fact) -> bool:
    """Whether a thing was named in words that fit several."""
    if fact.kind == "product":
        return bool(fact.value["alternatives"])
    return fact.kind == "service" and isinstance(fact.value, list)


def _number(plain: str, situation: Situation) -> int | None:
    """The one number of a clause that holds nothing else: "2", "as 5 então", "melhor só uma"."""
    value = numerals.value(plain, situation.language)
    if value is not None:
        return value
    small = words("fillers") | words("articles") | _HOUR_WORDS
    said = [word.text for word in split(plain) if word.text[0].isalnum()]
    counted = [(word, number) for word in said if (number := _counted(word, situation.language)) is not None]
    if len(counted) > 1:  # "só uma" has one, "uma das 9" speaks of nine
        counted = [(word, number) for word, number in counted if word not in small]
    known = small | {word for word, _ in counted}
    return counted[0][1] if len(counted) == 1 and known.issuperset(said) else None


def _counted(word: str, language: str) -> int | None:
    if found := _HOURS.match(word):
        return int(found.group(1))
    if word.isdecimal():
        return int(word) if len(word) <= _DIGITS else None
    return numerals.value(word, language)


def _numbered(number: int, plain: str, situation: Situation) -> Answered | None:
    """A lone number: how many, which one, or at what hour."""
    spoken_of = bool(situation.slots.get("items") or situation.slots.get("choice")) and number > 0
    as_option = 1 <= number <= len(situation.options)
    if situation.asks == "items" and spoken_of and not _offers_products(situation):
        return Answered("inform", (Fill("quantity", number),))
    if spoken_of and situation.asks in _OF_THE_ORDER and has("counts", plain):
        return Answered("inform", tuple(quantity(plain, (), situation)) or (Fill("quantity", number),))
    if situation.asks == "time" and not (as_option and number <= 3 and len(plain) <= 2):
        return _hour(number, situation)
    if as_option and situation.asks != "confirm":
        return Answered("inform", (Fill("option", number),))
    if spoken_of:
        return Answered("inform", (Fill("quantity", number),))
    if situation.asks == "confirm" and situation.flow in ("book", "reschedule"):
        return _hour(number, situation)
    return Answered("unclear", (Unclear(()),), 0.3) if situation.flow and situation.asks not in FREE_TEXT else None


def _offers_products(situation: Situation) -> bool:
    """Whether the options are things to choose, not "levar" and "tirar" for one that was chosen."""
    choosing = bool(situation.slots.get("choice")) or any(
        situation.business.product(str(option["id"])) for option in situation.options
    )
    return choosing and bool(situation.options)


def _clock(plain: str, situation: Situation) -> Answered | None:
    """ "11 e 15 então", "make it 11 instead of 10": an hour without anything that makes it one."""
    kept = pattern("instead_of").sub(" ", plain)
    found = _HOUR_AND_MINUTES.search(kept)
    small = words("fillers") | words("articles") | words("suits") | _HOUR_WORDS
    left = {word.text for word in split(kept[: found.start()] + kept[found.end() :] if found else kept)}
    if found and left <= small:
        return _hour(int(found["hour"]), situation, int(found["minutes"]))
    if kept == plain:
        return None
    numbers = [number for word in left if (number := _counted(word, situation.language)) is not None]
    rest = {word for word in left if _counted(word, situation.language) is None and word[0].isalnum()}
    return _hour(numbers[0], situation) if len(numbers) == 1 and rest <= small else None


def _hour(number: int, situation: Situation, minutes: int = 0) -> Answered | None:
    """ "16" when a time was asked: the hour, moved to the afternoon where only that is open."""
    spans = [span for day in opening_hours(situation.business).values() for span in day]
    earliest, latest = min((s.hour for s, _ in spans), default=0), max((e.hour for _, e in spans), default=24)
    if number < earliest and number + 12 < latest:
        number += 12
    if not 0 <= number <= 23:
        return None
    start = situation.now.replace(hour=number, minute=minutes, second=0, microsecond=0)
    value = {
        "kind": "moment",
        "start": start.isoformat(),
        "end": start.isoformat(),
        "grain": "minute" if minutes else "hour",
        "ambiguous": False,
    }
    return Answered(
        "inform", (Fill("time", [{**value, "why": None, "has_date": False, "has_time": True, "text": str(number)}]),)
    )


def _loose(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Tanto faz", "mesma hora na quinta", "mais tarde": what only the question makes clear."""
    rest = tuple(fills(said, situation, flow=situation.flow))
    if not rest and has("any", folded):
        return _whatever(folded, situation)
    if not rest and situation.flow in ("book", "reschedule") and situation.asks in ("time", "confirm"):
        shift = "later" if has("later", folded) else "earlier" if has("sooner", folded) else None
        if shift:
            return Answered("inform", (Fill("shift", shift),))
    if not rest and situation.flow and has("perhaps", folded):
        return Answered("unclear", (Unclear(()),), 0.3)
    return None


def _whatever(folded: str, situation: Situation) -> Answered | None:
    """ "Tanto faz" to what was asked."""
    if situation.asks == "professional":
        return Answered("inform", (Fill("professional", "any"),))
    if situation.asks == "time" and situation.flow != "lead":
        return Answered("inform", (Fill("time", []),))
    if situation.asks in ("time", "preferred_period"):
        return Answered("inform", (Fill("preferred_period", folded),))
    if situation.flow and len(folded.split()) <= 3:
        return Answered("unclear", (Unclear(()),), 0.3)
    return None


def _has_own_intent(ranked: Sequence[tuple[str, float]], situation: Situation) -> bool:
    """Whether the clause surely wants something of its own."""
    if not ranked or ranked[0][1] < _SURE:
        return False
    return ranked[0][0] in _OWN_INTENTS and not (ranked[0][0] == "deny" and situation.asks in _MAY_BE_NO)


def _free_text(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """A datum only the customer can word: a name, an insurance, an address."""
    rest = fills(said, situation, flow=situation.flow)
    kinds = {fact.kind for fact in said}
    if situation.asks == "address" and not clause.asks and not kinds & {"payment", "product"}:
        if "address" in kinds:
            return Answered("inform", tuple(rest))
        if any(letter.isdecimal() for letter in folded) or (situation.slots.get("zone_asked") and not said):
            return Answered("inform", (*rest, Fill("address", clause.text.strip(" ,.!"))))
    if situation.asks in FREE_TEXT and not clause.asks:
        if situation.asks in kinds:
            return Answered("inform", tuple(rest))
        opening = pattern("says_who").match(folded) if situation.asks == "name" else None
        worded = clause.text.strip()[opening.end() if opening else 0 :].strip(" .!,")
        return Answered("inform", (*rest, Fill(situation.asks, worded)), 0.8) if worded else None
    return None
