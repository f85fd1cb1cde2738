"""Facts as commands: which slot each fact fills, whether it corrects an earlier one, what was taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.commands import Command, Correct, Fill, Reject
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import other_counts, quantities
from understanding.local.facts.fact import Fact
from understanding.local.text import cues
from understanding.local.text.words import fold

_SAME_NAME = ("zone", "address", "payment", "change_for", "delivery", "name", "email", "insurance", "nobody",
              "company", "team_size", "preferred_period", "unlisted", "not_sold")  # fmt: skip
_WISHES = {"earliest": ("earliest", True), "latest": ("latest", True), "as_last": ("last", True),
           "anybody": ("professional", "any"),
           "same_person": ("professional", "last"), "same_hour": ("same_hour", True),
           "same_weekday": ("same_weekday", True), "two_people": ("people", 2), "three_people": ("people", 3),
           "together": ("together", True)}  # fmt: skip
_TO = re.compile(r"\b(?:pra|pras|para|pro|p/|to|a las?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_FROM = ("from ", "del ", "de ", "da ", "do ", "desde ")


def quantity(text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Quero duas", "mais uma", "dobra": a number without its noun, for what was just spoken of."""
    if any(fact.kind in ("product", "service", "order") for fact in said):
        return []
    if cues.has("price", fold(text)) and cues.has("unit_price", fold(text)):
        return []  # "quanto ficou cada um?"
    spoken = _spoken_of(situation)
    if spoken and cues.has("doubles", fold(text)):
        return [Fill("quantity", 2 * spoken["quantity"])]
    text = _without_times(text, said)
    counted = [one for one in quantities.find(text, situation.language) if not other_counts.counts(fold(text), one)]
    paying = any(fact.kind in ("payment", "change_for", "money") for fact in said)
    paying = paying or (situation.asks == "confirm" and situation.slots.get("payment") == "cash")
    if paying and cues.has("pays_with", fold(text)):
        counted = [one for one in counted if _is_taken(fold(text), one)]  # "cash, but all I've got is a 200"
    if len(counted) != 1:
        return []
    other = _asked_about(situation) if situation.slots.get("items") else None
    if other and (spoken is None or other != spoken["product"]):
        return [Fill("items", [{"product": other, "quantity": counted[0].value, "mode": "add", "alternatives": ()}])]
    if spoken and cues.has("of_each", fold(text)):
        said_of_each = {"quantity": counted[0].value, "mode": counted[0].mode, "alternatives": ()}
        return [Fill("items", [{"product": item["product"], **said_of_each} for item in situation.slots["items"]])]
    if spoken and counted[0].mode != "set" and not _is_the_whole(text, counted[0]):
        line = {"product": spoken["product"], "quantity": counted[0].value, "mode": counted[0].mode, "alternatives": ()}
        return [Fill("items", [line])]
    return [Fill("quantity", counted[0].value)]


def _without_times(text: str, said: Sequence[Fact]) -> str:
    """ "Umas 4 da tarde tô aí": an hour counts nothing."""
    for fact in said:
        if fact.kind == "time":
            text = re.sub(re.escape(fold(str(fact.value["text"]))), " ", fold(text))
    return text


def _is_taken(folded: str, counted: quantities.Quantity) -> bool:
    """ "Llevo dos", "me manda 3": right behind a verb of taking or bringing, and no note that is held."""
    before = _WORD.findall(folded[: counted.span[0]])[-1:]
    taken = any({"bring", "want", "take", "put"} & set(families(word)) for word in before)
    return taken or cues.pattern("basket_takes_so_many").search(folded[: counted.span[0]]) is not None


def _is_the_whole(text: str, counted: quantities.Quantity) -> bool:
    """ "Põe 4", "ponme 4", of what is in the basket: so many there shall be; "mais 4", "add 4" come on top."""
    told = {family for word in _WORD.findall(fold(text)) for family in families(word)}
    return counted.mode == "add" and not told & {"more", "on"} and bool(told & {"put", "want", "bring"})


def _asked_about(situation: Situation) -> str | None:
    """ "Tem bolinha?", then "põe 3": the one product asked about a moment ago, though others are in the basket."""
    products: Sequence[str] = situation.topic.get("product") or () if situation.topic.get("fresh") else ()
    return products[0] if len(products) == 1 else None


def _spoken_of(situation: Situation) -> Mapping[str, Any] | None:
    """The line of the basket spoken of last."""
    items = situation.slots.get("items") or ()
    product = situation.slots.get("spoken") or (items[-1]["product"] if items else None)
    return next((item for item in items if item["product"] == product), None)


def fills(said: Sequence[Fact], situation: Situation, flow: str | None) -> list[Command]:
    """The commands for the facts of one clause, given the flow they belong to."""
    return [
        *_times(said, situation, flow),
        *_things(said, flow),
        *_items(said, flow),
        *_data(said),
        *_wished(said, situation),
    ]


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _times(said: Sequence[Fact], situation: Situation, flow: str | None) -> list[Command]:
    times = [each for fact in said if fact.kind == "time" for each in _parted(fact, flow)]
    old = [fact for fact in times if _is_old(fact, times, situation, flow)]
    left_out = [fact for fact in times if fact not in old and fact.role == "except"]
    new = _completed([fact for fact in times if fact not in old and fact not in left_out])
    kept = _exact([fact.value for fact in new if not fact.negated])
    refused = [fact for fact in new if fact.negated]
    if kept:  # "trabalho até as 17h, pode ser quarta depois disso?"
        left_out += [fact for fact in refused if _is_part_of(fact.value, kept)]
        refused = [fact for fact in refused if fact not in left_out]
    if not kept and not any(_is_start(fact.value) for fact in refused):
        left_out, refused = [*refused, *left_out], []
    taken_back = [fact.value["text"] for fact in refused]
    commands: list[Command] = [Fill("old_time", [fact.value for fact in old])] if old else []
    if kept:
        commands.append(Correct("time", kept, taken_back[0]) if taken_back else Fill("time", kept))
    elif taken_back:
        commands.append(Reject("time"))
    return [*commands, *([Fill("excluded", [fact.value for fact in left_out])] if left_out else [])]


def _is_part_of(value: Mapping[str, Any], kept: Sequence[Mapping[str, Any]]) -> bool:
    """ "Amanhã, não pode ser de manhã": an open end, or a part of the day that is wished for.

    A day is one too where only an hour is wished for: "só depois das 17h, e na quinta não rola".
    """
    if value["grain"] == "day" and not value["has_time"]:
        return not any(each["has_date"] for each in kept)
    part = value["kind"] == "interval" and not value["has_date"] and not any(each["has_time"] for each in kept)
    return part or value["kind"] in ("before", "after")


def _is_start(value: Mapping[str, Any]) -> bool:
    """An exact time, "sexta às 15h não", is refused; days and parts of days are left out of what is looked for."""
    return value["kind"] == "moment" and bool(value["has_time"])


def _exact(times: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A moment said to the hour counts more than its day and the weeks and months of the story around it."""
    exact = [time for time in times if time["has_date"] and time["has_time"] and time["kind"] == "moment"]
    days = {str(time["start"])[:10] for time in exact}
    vague = [
        time
        for time in times
        if not time["has_time"]
        and (time["kind"] == "interval" or time["grain"] != "day" or str(time["start"])[:10] in days)
    ]
    return [time for time in times if time not in vague] if exact else times


def _parted(fact: Fact, flow: str | None) -> list[Fact]:
    """ "From Thursday to Friday" is a span of days, except when something moves from one to the other."""
    value = fact.value
    if (
        flow == "reschedule"
        and fact.role == "old"
        and value["has_date"]
        and value["has_time"]
        and _TO.search(value["text"])
    ):
        return [replace(fact, value={**_day(value, _midnight(value)), "has_time": False, "grain": "day"}),
                replace(fact, value={**value, "has_date": False}, role="new")]  # fmt: skip
    spans_days = value["kind"] == "interval" and value["grain"] == "day" and not value["has_time"]
    if flow != "reschedule" or not spans_days or not (fact.role == "old" or value["text"].lower().startswith(_FROM)):
        return [fact]
    first, behind = (datetime.fromisoformat(value[edge]) for edge in ("start", "end"))
    return [replace(fact, value=_day(value, first), role="old"),
            replace(fact, value=_day(value, behind - timedelta(days=1)), role="new")]  # fmt: skip


def _midnight(value: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(value["start"] or value["end"]).replace(hour=0, minute=0)


def _day(value: dict[str, Any], start: datetime) -> dict[str, Any]:
    return {**value, "kind": "moment", "start": start.isoformat(), "end": (start + timedelta(days=1)).isoformat()}


def _is_old(fact: Fact, times: Sequence[Fact], situation: Situation, flow: str | None) -> bool:
    """Whether a time names the appointment spoken of, not the one wished for."""
    if fact.role == "except":
        return False
    if flow == "cancel_booking":
        return True
    if flow != "reschedule" or (
        situation.flow == "reschedule" and situation.slots and situation.asks in ("time", "confirm")
    ):
        return False
    if situation.flow == "reschedule" and situation.asks == "clarify" and len(times) == 1:
        return fact.role != "new"
    wanted = [other for other in times if other is not fact and not other.negated]
    return (fact.negated and bool(wanted or fact.value["has_date"])) or (
        fact.role == "old" or (fact is times[0] and any(other.role == "new" for other in wanted))
    )


def _completed(times: Sequence[Fact]) -> list[Fact]:
    """ "Sexta às 10 não posso, 11h": the hour that replaces another is on the same day."""
    dated = next((fact for fact in times if fact.negated and fact.value["has_date"] and fact.value["has_time"]), None)
    if dated is None:
        return list(times)
    day = str(dated.value["start"] or dated.value["end"])[:10]
    return [
        fact if fact.negated or fact.value["has_date"] else replace(fact, value=_on(fact.value, day)) for fact in times
    ]


def _on(value: dict[str, Any], day: str) -> dict[str, Any]:
    edges = {edge: f"{day}{value[edge][10:]}" for edge in ("start", "end") if value[edge]}
    return {**value, **edges, "has_date": True}


# ── everything else ──────────────────────────────────────────────────────────────────────────────────────────────────


def _things(said: Sequence[Fact], flow: str | None) -> list[Command]:
    commands: list[Command] = []
    for kind in ("service", "professional"):
        kept = [fact for fact in said if fact.kind == kind and not fact.negated]
        taken_back = [fact for fact in said if fact.kind == kind and fact.negated]
        if kept and taken_back:
            commands.append(Correct(kind, kept[-1].value, taken_back[0].value))
        elif kept:
            kept = _told_exactly(kept) if kind == "service" else kept
            last = kind == "professional" and flow == "reschedule"  # "da Ana pro Bruno"
            commands.append(Fill(kind, kept[-1 if last else 0].value))
            commands.extend(_more(kept) if kind == "service" else ())
        elif taken_back:
            commands.append(Reject(kind))
    return commands


def _told_exactly(kept: list[Fact]) -> list[Fact]:
    """ "A quick trim, ladies' cut": words that fit several stand for the one that is named too."""
    single = {fact.value for fact in kept if isinstance(fact.value, str)}
    return [fact for fact in kept if isinstance(fact.value, str) or not single & set(fact.value)]


def _more(kept: Sequence[Fact]) -> list[Command]:
    """ "Mão e pé", "corte e hidratação": the services wanted beside the first one."""
    first = kept[0]
    told = [fact.value for fact in kept[1:] if fact.role != "hint" and not _ids(first).intersection(_ids(fact))]
    others = [value for place, value in enumerate(told) if value not in told[:place]]
    return [Fill("more", [each if isinstance(each, str) else {"service": each} for each in others])] if others else []


def _ids(fact: Fact) -> set[str]:
    return {fact.value} if isinstance(fact.value, str) else set(fact.value)


def _items(said: Sequence[Fact], flow: str | None) -> list[Command]:
    """The lines of the order, or the things that tell which order; what is only asked about beside them is none."""
    named = [fact.value for fact in said if fact.kind == "product"]
    if flow == "cancel_order":
        named = [{**line, "mode": "set"} for line in named]
    told = any(line["mode"] not in ("ask", "keep") for line in named)
    asked = [{**line, "mode": "set"} if line["mode"] == "ask" else line for line in named]
    ordered = [line for line in named if line["mode"] != "ask"] if told else asked
    exact = {line["product"] for line in ordered if not line["alternatives"]}
    ordered = [
        line
        for line in ordered
        if line["quantity"] or exact.isdisjoint((line["product"], *line["alternatives"])) or not line["alternatives"]
    ]  # "acabou a ração, quero 2 sacos da golden"
    return [Fill("items", ordered)] if ordered else []


def _data(said: Sequence[Fact]) -> list[Command]:
    """The last word on each datum: "troca a entrega por retirada" ends in pickup."""
    last = {fact.kind: fact for fact in said if fact.kind in (*_SAME_NAME, "order") and not fact.negated}
    return [Fill("order_number" if kind == "order" else kind, fact.value) for kind, fact in last.items()]


def _wished(said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "O mais cedo possível", "o de sempre", "com qualquer um"."""
    books = bool(situation.business.services)
    return [
        Fill(*_WISHES[fact.kind])
        for fact in said
        if fact.kind in _WISHES and (books or fact.kind == "as_last") and not _named(fact, said)
    ]


def _named(wish: Fact, said: Sequence[Fact]) -> bool:
    """ "Qualquer um" beside a professional's name says nothing more."""
    return wish.kind == "anybody" and any(fact.kind == "professional" and not fact.negated for fact in said)
