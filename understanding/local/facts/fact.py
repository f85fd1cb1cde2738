"""The facts of a message: times, things, people, places and data, each with its place and whether it was negated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from domain.ports import Situation
from understanding.local import dates
from understanding.local.facts import (
    briefly,
    entities,
    hints,
    leads,
    lines,
    not_sold,
    purposes,
    siblings,
    strangers,
    taken_back,
    telling,
)
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.purposes import Purpose
from understanding.local.facts.reckoning import opening_hours, spoken_start
from understanding.local.text import cues
from understanding.local.text.polarity import negated, role
from understanding.local.text.words import fold

WISHES = (
    "earliest",
    "latest",
    "same_person",
    "as_last",
    "anybody",
    "same_hour",
    "same_weekday",
    "two_people",
    "three_people",
    "together",
)
_BOTH = ("duas", "as duas", "dois", "os dois", "dos", "las dos", "tres", "as tres")
_THE_TWO = re.compile(
    r"(?<!\ba )\b(?:las|as) (?:dos|duas|tres)\b"
    r"(?! (?:da|de la|e meia|y media|em ponto|en punto|e (?:eu|el[ae])|y (?:yo|ella|el)))"
)
_AN_HOUR = re.compile(r"\b(?:as|a las?|at) \d|\d ?(?:h|pm|am)\b")
_STAYS_IN_ADDRESS = ("address", "zone", "payment", "delivery", "change_for")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said. `kind`: time, service, product, professional, zone, a wish among the cues, or a kind of entity.

    `value` has the shape of domain.commands.SLOT_VALUES. `negated`: it was taken back. `role`: "old" or "new" for times
    introduced by "de" or "para", "except" for those that are left out; "hint" for a service told by what it is needed
    for. `purpose`: what a time is surely for (see `purposes.py`).
    """

    kind: str
    value: Any
    start: int
    end: int
    negated: bool = False
    role: str = ""
    purpose: Purpose = ""


def gather(text: str, language: str, situation: Situation, catalogue: Catalogue) -> list[Fact]:
    """Every fact of a text, in its order."""
    folded = fold(text)
    data = _with_lead(text, folded, language, situation, entities.find(text, language, situation.asks))
    if not situation.business.products:
        data = [item for item in data if item.kind != "delivery"]  # "lo dejamos para la otra semana"
    named = list(_matches(text, folded, catalogue, data, situation))
    found = [
        *_times(text, folded, language, situation),
        *_same_day(text, folded, named, situation),
        *(Fact("nobody", *other) for other in strangers.person(text, situation.business)),
        *named,
        *(Fact(item.kind, item.value, *item.span, negated=negated(folded, *item.span, language)) for item in data),
        *_wishes(text, folded, situation),
    ]
    found = _without_landmarks(_of_that_day(found, folded), folded, situation)
    found = _swapped(_without_its_week(found), folded)
    found += _briefly(text, language, situation, catalogue, found)
    if situation.flow != "book" or not situation.slots.get("service"):  # "meu cabelo tá enorme" changes no blow-dry
        found += _hinted(folded, language, catalogue, found)
    found += _strangers(text, language, situation, catalogue, found)
    return sorted(_without_clashes(found), key=lambda fact: fact.start)


def _with_lead(
    text: str, folded: str, language: str, situation: Situation, data: list[entities.Entity]
) -> list[entities.Entity]:
    """Where a lead is asked for its company or team: these too, and no name that swallows the company's."""
    if situation.business.lead is None:
        return sorted(data, key=lambda entity: entity.span)
    asked = situation.business.lead.ask
    found = [entity for entity in leads.find(text, folded, language, situation.asks) if entity.kind in asked]
    company = next((entity for entity in found if entity.kind == "company"), None)
    kept = [leads.apart(one, company) if company and one.kind == "name" else one for one in data]
    if "name" in asked and not any(entity.kind in ("name", "company") for entity in (*kept, *found)):
        found += leads.signed(text)
    return sorted([*kept, *found], key=lambda entity: entity.span)


def _times(text: str, folded: str, language: str, situation: Situation) -> Iterator[Fact]:
    hours, anchor = opening_hours(situation.business), spoken_start(situation)
    timed = situation.flow in ("book", "reschedule") and situation.asks in ("professional", "confirm")
    asked = situation.asks == "time" or timed
    found = dates.find(_without_counts(text, folded), situation.now, language, hours, anchor=anchor, asked=asked)
    said = {item.span: item for item in found}
    recurring = {span: number for span, number in taken_back.every_weekday(folded, language) if span not in said}
    spans, midnight = sorted({*said, *recurring}), situation.now.replace(hour=0, minute=0, second=0, microsecond=0)
    meant = dict(zip((each.span for each in found), purposes.told(folded, found, situation), strict=True))
    for span, verdict in zip(spans, taken_back.of_times(folded, spans, language), strict=True):
        item = said.get(span)
        if item is None and verdict:
            value = _weekday(recurring[span], text[slice(*span)], situation.now)
            yield Fact("time", value, *span, negated=True, role=verdict)
        elif item is None and situation.business.professionals and cues.has("times_only_then", folded[: span[0]]):
            value = _weekday(recurring[span], text[slice(*span)], situation.now)
            yield Fact("time", {**value, "weekly": False}, *span)  # "só posso às quintas"
        if item is None or (item.end is not None and item.end <= midnight):
            continue  # "ontem", "semana passada" tell a story, no wish
        if _is_now(folded, item, situation):
            item = replace(item, has_date=True)
        phrase = role(folded[: span[0]], language)
        if meant[span] != "aside" or verdict or phrase:
            yield _as_fact(item, meant[span], verdict, phrase, language)


def _as_fact(item: dates.Found, purpose: Purpose, verdict: str, phrase: str, language: str) -> Fact:
    """A time as a fact: what it is surely for goes before what set phrases around it tell."""
    if purpose == "has":
        verdict, phrase = "", "old"
    elif purpose == "not" or (purpose == "after" and item.kind == "before"):  # "I work till 5"
        verdict = verdict or "negated"
    weekly = {"weekly": True} if verdict and taken_back.weekly(item.text, language) else {}
    known = "except" if verdict == "except" else phrase
    value = {**_as_data(purposes.bounded(item, purpose)), **weekly}
    return Fact("time", value, *item.span, bool(verdict), known, purpose)


def _without_counts(text: str, folded: str) -> str:
    """ "Las dos citas", "mi hija y yo las dos, a las 3" tell no hour."""
    counted = cues.pattern("counted_ones").search(folded) or _both_of_us(text, folded)
    if counted is None:
        return text
    return f"{text[: counted.start()]}{' ' * len(counted.group())}{text[counted.end() :]}"


def _both_of_us(text: str, folded: str) -> re.Match[str] | None:
    """Where two people are counted who are told of, and their hour stands elsewhere."""
    found = _THE_TWO.search(folded)
    if found is None or "à" in text[slice(*found.span())].lower() or not cues.has("two_people", folded):
        return None
    return found if _AN_HOUR.search(folded[: found.start()] + folded[found.end() :]) else None


def _weekday(number: int, text: str, now: datetime) -> dict[str, Any]:
    """ "Às segundas": the coming one, and every other."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=(number - now.weekday()) % 7)
    return {**_whole(day), "text": text, "weekly": True}


def _is_now(folded: str, item: dates.Found, situation: Situation) -> bool:
    """ "Agora 10:15": an hour of today, while no other day is spoken of."""
    if item.has_date or not item.has_time or item.start is None or situation.slots.get("wish"):
        return False
    beside = cues.pattern("now_at").search(folded[: item.span[0]])
    return beside is not None and item.start.date() == situation.now.date()


def _of_that_day(found: Sequence[Fact], folded: str) -> list[Fact]:
    """ "I land Thursday noon, could I come at 3pm that day?": the hour is on the day told before it."""
    place = cues.pattern("same_day").search(folded)
    times = [fact for fact in found if fact.kind == "time"]
    told = [fact for fact in times if place and fact.end <= place.start() and fact.value["has_date"]]
    hours = [fact for fact in times if fact.value["has_time"] and not fact.value["has_date"] and fact.value["start"]]
    if not told or len(hours) != 1 or hours[0].start < told[-1].end:
        return list(found)
    another = _between_services(told[-1], hours[0], found)
    day = str(told[-1].value["start"])[:10]
    edges = {edge: f"{day}{hours[0].value[edge][10:]}" for edge in ("start", "end") if hours[0].value[edge]}
    dated = replace(hours[0], value={**hours[0].value, **edges, "has_date": True})
    return [dated if fact is hours[0] else fact for fact in found if another or fact is not told[-1]]


def _without_its_week(found: Sequence[Fact]) -> list[Fact]:
    """ "On 19 March, that's the week after": the week of a day that is told says no more."""
    days = [fact.value for fact in found if fact.kind == "time" and fact.value["grain"] == "day" and not fact.negated]
    return [fact for fact in found if not (_is_a_week(fact) and any(_holds(fact.value, day) for day in days))]


def _is_a_week(fact: Fact) -> bool:
    return fact.kind == "time" and fact.value["grain"] == "week" and not fact.negated and not fact.role


def _holds(week: Mapping[str, Any], day: Mapping[str, Any]) -> bool:
    return bool(week["start"] and day["start"]) and week["start"] <= day["start"] < str(week["end"])


def _between_services(told: Fact, hour: Fact, found: Sequence[Fact]) -> bool:
    """ "Escova quinta às 9h e pedicure às 10h no mesmo dia": each has its own hour."""
    places = [fact.start for fact in found if fact.kind == "service"]
    return any(place < told.start for place in places) and any(told.end <= place < hour.start for place in places)


def _same_day(text: str, folded: str, named: Sequence[Fact], situation: Situation) -> Iterator[Fact]:
    """ "No mesmo dia": the day of one's own appointment that is named, else of the one spoken of."""
    found, services = cues.pattern("same_day").search(folded), [each.value for each in named if each.kind == "service"]
    own = [datetime.fromisoformat(each["start"]) for each in situation.standing if each["service"] in services]
    anchor = own[0] if len(own) == 1 and situation.flow is None else spoken_start(situation)
    if found and anchor and not cues.has("same_weekday", folded):
        day = anchor.replace(hour=0, minute=0, second=0, microsecond=0)
        value = {**_whole(day), "text": text[found.start() : found.end()]}
        yield Fact("time", value, *found.span(), purpose="want")


def _whole(day: datetime) -> dict[str, Any]:
    """That day as a time said."""
    edges = {"start": day.isoformat(), "end": (day + timedelta(days=1)).isoformat()}
    known = {"ambiguous": False, "why": None, "has_date": True, "has_time": False}
    return {"kind": "moment", **edges, "grain": "day", **known}


def _as_data(item: dates.Found) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "start": item.start.isoformat() if item.start else None,
        "end": item.end.isoformat() if item.end else None,
        "grain": item.grain,
        "ambiguous": item.ambiguous,
        "why": item.why,
        "has_date": item.has_date,
        "has_time": item.has_time,
        "text": item.text,
        **({"daily": [f"{hour:%H:%M}" for hour in item.daily]} if item.daily else {}),
    }


def _matches(
    text: str, folded: str, catalogue: Catalogue, data: Sequence[entities.Entity], situation: Situation
) -> Iterator[Fact]:
    yield from (Fact("tells", *each) for each in telling.found(text, catalogue, situation))
    matches = telling.without_likenesses(catalogue.find(text, situation.language), catalogue, situation)
    named = list(lines.told(text, matches, catalogue, data, situation))
    for line, match in named:
        yield Fact("product", dict(line), *match.span, negated=line["mode"] == "remove")
    ordering = situation.flow in ("order", "change_order") and situation.asks != "address"
    if ordering or any(line["mode"] in ("set", "add") for line, _ in named):
        yield from (Fact("not_sold", *each) for each in not_sold.found(text, catalogue))
    for match in matches:
        if match.kind != "product":
            ids = [match.id, *match.alternatives]
            told = briefly.meant(ids, match.span[0], folded, situation) if match.kind == "service" else None
            value: Any = told or (ids if match.alternatives else match.id)
            yield Fact(match.kind, value, *match.span, negated=negated(folded, *match.span, situation.language))


def _wishes(text: str, folded: str, situation: Situation) -> Iterator[Fact]:
    """ "O mais cedo possível", "o de sempre", "com qualquer um"; an insurance, where it is asked for."""
    taken: re.Match[str] | None = None
    for wish in WISHES:
        found = _told(wish, folded)
        if found and not (wish == "as_last" and taken and taken.start() < found.end() and found.start() < taken.end()):
            yield Fact("same_order" if wish == "as_last" and _into_it(folded, found) else wish, True, *found.span())
            taken = found if wish == "same_person" else taken
    lead = situation.business.lead
    if (
        lead
        and "insurance" in lead.ask
        and (insurance := leads.insurance(text, folded, situation.history, situation.asks))
    ):
        yield Fact("insurance", *insurance)
    if lead and "preferred_period" in lead.ask and (found := cues.pattern("any_period").search(folded)):
        yield Fact("preferred_period", text[found.start() : found.end()], *found.span())


def _into_it(folded: str, found: re.Match[str]) -> bool:
    """ "Add a shampoo to the same order": the one that stands is spoken of, not another like it."""
    return cues.has("into_it", folded[: found.start()]) and cues.has("an_order", found.group())


def _told(wish: str, folded: str) -> re.Match[str] | None:
    """Where the wish is told; the same hour is that of the last words: "at the very same time. Friday, same hour?"."""
    told = cues.pattern(wish)
    return max(told.finditer(folded), key=re.Match.start, default=None) if wish == "same_hour" else told.search(folded)


def _without_landmarks(found: list[Fact], folded: str, situation: Situation) -> list[Fact]:
    """ "Depois da escova, 15h": a service that only says when is not the one wished for."""
    near = [fact for fact in found if fact.kind == "service" and _is_landmark(fact, folded[: fact.start], situation)]
    others = [fact for fact in found if fact.kind == "service" and fact not in near]
    return [fact for fact in found if fact not in near] if others or situation.slots.get("service") else found


def _is_landmark(fact: Fact, before: str, situation: Situation) -> bool:
    """Whether a service only says when, or beside which one that stands: "além da escova queria uma pedicure"."""
    ids = fact.value if isinstance(fact.value, list) else [fact.value]
    stands = any(one["service"] in ids for one in situation.standing)
    return cues.has("beside_it", before) or (stands and cues.has("on_top_of", before))


def _swapped(found: list[Fact], folded: str) -> list[Fact]:
    """ "Troca o Bruno pela Ana": the first is given up for the second."""
    people = [fact for fact in found if fact.kind == "professional"]
    for first, second in pairwise(people):
        between, before = folded[first.end : second.start].strip(), folded[: first.start]
        if cues.pattern("swapped_for").fullmatch(between) and cues.pattern("swaps").search(before):
            found = [replace(fact, negated=True) if fact is first else fact for fact in found]
    return found


def _briefly(text: str, language: str, situation: Situation, catalogue: Catalogue, found: Sequence[Fact]) -> list[Fact]:
    """Services told before, named by one word."""
    return [
        Fact("service", service, start, end, negated=negated(fold(text), start, end, language))
        for service, start, end in briefly.named(text, situation, catalogue)
        if not any(fact.start < end and start < fact.end for fact in found)
    ]


def _hinted(folded: str, language: str, catalogue: Catalogue, found: Sequence[Fact]) -> Iterator[Fact]:
    """A service told by what it is needed for, where none is named."""
    if any(fact.kind in ("service", "product") for fact in found):
        return
    hinted = hints.find(folded, catalogue.services)
    if hinted is not None and not negated(folded, *hinted[1:], language):
        told = siblings.of_the_kind_said(hinted[0], folded, language, catalogue)  # "my pug stinks"
        yield Fact("service", told or hinted[0], *hinted[1:], role="hint")


def _strangers(
    text: str, language: str, situation: Situation, catalogue: Catalogue, found: Sequence[Fact]
) -> Iterator[Fact]:
    """What this trade often does and this business does not, or the other kind of the service under way."""
    if not situation.business.professionals or any(fact.kind == "service" for fact in found):
        return
    if told := siblings.meant(text, situation, catalogue):
        yield from (Fact("service", *each) for each in told)
        return
    other = strangers.service(text, [(fact.start, fact.end) for fact in found])
    if other is not None and not negated(fold(text), other.start, other.end, language):
        yield Fact("unlisted", *other)


def _counts(fact: Fact, services: Sequence[int]) -> bool:
    """ "As duas, manicure e pedicure", "as duas escova" are no hours."""
    if fact.kind != "time" or fold(fact.value["text"]) not in _BOTH:
        return False
    return len(services) > 1 or any(0 < start - fact.end <= 1 for start in services)


def _without_clashes(found: Sequence[Fact]) -> list[Fact]:
    """A date inside an address is part of it; a known name is not unknown."""
    known = {fact.start for fact in found if fact.kind != "nobody"}
    services = [fact.start for fact in found if fact.kind == "service"]
    found = [fact for fact in found if fact.kind != "nobody" or fact.start not in known]
    found = [fact for fact in found if not _counts(fact, services)]
    last = next((fact for fact in found if fact.kind == "same_person"), None)
    if last is not None:  # "with the guy who cut it last time", "con el chico que me atendió"
        found = [fact for fact in found if fact is last or not last.start <= fact.start < last.end]
    addresses = [fact for fact in found if fact.kind == "address"]
    return [
        fact
        for fact in found
        if fact.kind in _STAYS_IN_ADDRESS
        or not any(address.start <= fact.start and fact.end <= address.end for address in addresses)
    ]
