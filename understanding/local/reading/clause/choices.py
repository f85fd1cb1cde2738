"""One of what is on the table: by its title, its place, a telling word or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from domain.commands import Affirm, Command, Fill
from domain.ports import Situation
from understanding.local.facts import extremes
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import lone_numbers, offered_times
from understanding.local.reading.clause.answered import Answered, unsure
from understanding.local.reading.fills import fills, quantity
from understanding.local.reading.reply import verdicts
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold, singular, split

_TELLING_WORDS = 7
_TIMED = ("book", "reschedule")
_PAUSES = re.compile(r"[,;.!?]+")
_NUMBER = re.compile(r"\d+")
_FOR_EVERYTHING = re.compile(r"\b(?:for everything|por tudo|por todo)\b")
"""What one is thanked for, none of the appointments."""
_HOUR = re.compile(r"\d ?(?:h|hs|hrs|horas?)\b|\d:\d\d")
_ON = "continuar"
"""The option to go on with what was left half done: "can we finish that booking?"."""
_TOLD_BESIDE = ("payment", "change_for", "delivery", "zone", "address")
"""Beside how many: "just one, and I'll pay cash"."""


def one_of(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """One of the options on the table, by its title, a telling word of it, its place or a bare number."""
    plain = folded.strip(" .!,?")
    for option in situation.options:
        title = fold(str(option["title"]))
        if plain and (plain == title or (len(plain) > 3 and fuzz.ratio(plain, title) >= 88)):
            return Answered("inform", (Fill("option", option["id"]),))
    if any(option["id"] == _ON for option in situation.options) and has("finishes_it", folded):
        return Answered("affirm", (Fill("option", _ON),))
    if (place := offered_times.place(plain, said, situation)) is not None:
        return Answered("inform", (Fill("option", place),))
    ordering = situation.flow in ("order", "change_order")
    if ordering and (told := _of_an_order(folded, said, situation)):
        beside = [fact for fact in said if fact.kind in _TOLD_BESIDE]
        return Answered("inform", (*told, *fills(beside, situation, flow=situation.flow)))
    timed = any(fact.kind == "time" for fact in said) and not (ordering and _HOUR.search(folded) is None)
    timing = situation.asks in ("time", "confirm") and situation.flow in _TIMED and not said
    if timing and (clock := lone_numbers.clock(plain, situation)) is not None:
        return clock
    if timing and (either := lone_numbers.either(plain, situation)) is not None:
        return either
    number = None if timed else lone_numbers.value(plain, situation)
    if number is not None:
        return lone_numbers.meant(number, plain, situation)
    if (
        all(fact.kind == "anybody" for fact in said)
        and (place := offered_times.of_that_hour(plain, situation)) is not None
    ):
        return Answered("inform", (Fill("option", place),))
    return _placed(plain, said, situation)


def _placed(plain: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """One of them by its place, or by a word that only it has."""
    position = next((fact for fact in said if fact.kind == "position" and not fact.negated), None)
    things = [fact for fact in said if fact.kind in ("time", "product", "service")]
    if any(fact.kind == "latest" for fact in said) and (has("of_the_day", plain) or has("asks_what_there_is", plain)):
        return _last_of_all(plain, said, situation)
    ends = any(fact.kind in ("earliest", "latest") for fact in said)
    if position is not None and not things and situation.asks == "confirm" and situation.flow in _TIMED:
        if ends and not situation.slots.get("shown"):
            return None  # "pode ser o primeiro horário", of the day
        return _shown(position.value, situation)
    if position is not None and situation.options and not things and situation.asks != "confirm":
        return Answered("inform", (Fill("option", position.value),))
    return _told_apart(plain, said, situation)


def _last_of_all(plain: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "O último do dia", "qual o último horário?": it need not be among those offered."""
    if situation.asks != "time" or not has("asks_what_there_is", plain):
        return None
    told = [fact for fact in said if fact.kind in ("latest", "time")]
    return Answered("inform", tuple(fills(told, situation, flow=situation.flow)))


def _of_an_order(folded: str, said: Sequence[Fact], situation: Situation) -> Sequence[Command]:
    """ "A mais barata", "duas", "the 5 you have": which or how many of the products spoken of."""
    choice = situation.slots.get("choice", {}).get("products", ())
    if choice and not said and extremes.kind(folded):
        line = {"product": extremes.picked(choice, folded, situation.business)[0], "mode": "set", "alternatives": ()}
        return [Fill("items", [{**line, "quantity": None}])]
    if situation.asks not in ("items", "confirm") or lone_numbers.offers_products(situation):
        return ()
    if counted := quantity(folded, said, situation):
        return [*counted, *fills(said, situation, flow=situation.flow)]
    if not any(option["id"] == "levar" for option in situation.options):
        return ()
    if has("what_there_is", folded) or _as_many_as_left(folded, situation):
        return [Fill("option", "levar")]
    place = next((fact.value for fact in said if fact.kind == "position"), 0)
    return [Fill("quantity", place)] if place > len(situation.options) else ()


def _as_many_as_left(folded: str, situation: Situation) -> bool:
    """ "Manda as 40", where 40 are left."""
    left = next((str(option["title"]) for option in situation.options if option["id"] == "levar"), "")
    return bool(set(_NUMBER.findall(left)) & set(_NUMBER.findall(folded)))


def appointment(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Os dois", "o mais cedo", "a última": which of the customer's appointments."""
    listed = situation.asks == "clarify" or (situation.asks == "confirm" and situation.flow == "cancel_booking")
    placed = all(fact.kind == "position" for fact in said)
    asked_what = situation.flow == "change_order" and situation.asks == "items"
    parts = [part for part in _PAUSES.split(folded) if len(part.split()) <= _TELLING_WORDS]
    if (situation.flow == "cancel_order" or asked_what) and placed and parts:
        decided = (Affirm(),) if has("cancels", folded) else ()
        if any(verdicts.names_all(part) for part in parts):
            return Answered("inform", (*decided, Fill("both", True)))
        if len(folded.split()) > _TELLING_WORDS:
            return None
        return _by_place(folded, (("oldest_one", "first"), ("newest_one", "last"), ("the_other", "other")), "which")
    if situation.flow == "reschedule" and situation.asks in ("time", "confirm") and not said:
        return _by_place(folded, (("the_other", "other"),), "booking")
    if situation.flow not in ("reschedule", "cancel_booking") or not listed:
        return None
    if situation.asks == "confirm" and len(situation.standing) == 1:
        return None  # "yes, and thanks for everything": there is no other
    if any(fact.kind == "service" or (fact.kind == "time" and fact.value["has_date"]) for fact in said):
        return None
    if situation.asks == "clarify" and any(fact.kind == "position" for fact in said):
        return None  # one of those listed
    folded = _FOR_EVERYTHING.sub(" ", folded)
    places = (("every_one", "all"), ("first_one", "first"), ("last_one", "last"))
    asked = (*places, ("the_other", "other")) if situation.asks == "confirm" else places
    return _by_place(folded, asked, "booking")


def _by_place(folded: str, places: Sequence[tuple[str, str]], slot: str) -> Answered | None:
    """The one of several that a few words tell by its place among them."""
    for part in (folded, *_PAUSES.split(folded)):  # "los dos, no voy a poder ir a ninguno"
        which = next((which for cue, which in places if has(cue, part)), None)
        if which and len(part.split()) <= _TELLING_WORDS:
            return Answered("inform", (Fill(slot, which),))
    return None


def _shown(place: int, situation: Situation) -> Answered:
    """ "Prefiro a primeira" while one of the times offered before is summed up."""
    shown = situation.slots.get("shown") or ()
    if not shown or not -len(shown) <= (place - 1 if place > 0 else place) < len(shown):
        return unsure()
    return Answered("inform", (Fill("time", shown[place - 1 if place > 0 else place]),))


def _told_apart(plain: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "A de gato", "feminino, sexta": a word that only one of the offered things has."""
    sure = any(fact.kind in ("service", "product") and not _several(fact) for fact in said)
    asked = situation.asks == "items" and (has("price", plain) or pattern("question_start").match(plain) is not None)
    if situation.asks not in ("service", "items") or sure or asked:
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
