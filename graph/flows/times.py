"""Settling on one free start: shared by booking and rescheduling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.commands import Fill
from graph.flows import exclusions, instead, side_by_side, when
from graph.flows.flow import Desk, Frame, option
from graph.flows.instead import after_refusal
from graph.flows.offering import explain, offer_nearest, show, with_whom
from graph.phrases import listed, short
from graph.state import Data

_FIRST_HOURS = timedelta(minutes=90)
_OFFERED = 3
_SOON_DAYS = 4
_WHOLE_DAY = (("start", "00:00"), ("end", "24:00"))
_PAGE = 20  # as many as the tool gives at a time


async def fill_time(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    """Takes what was said about time into the frame's wish. An offered start comes as `{"start", "professional"}`."""
    slots = frame["slots"]
    if slot == "shift":
        return _shift(slots, desk, value)
    if slot == "excluded":
        return _exclude(slots, desk, value)
    if slot in ("same_hour", "same_weekday"):
        slots[slot] = True
        return True
    if slot == "postpone":
        return _postpone(slots, value)
    value = _of_the_shown(slots, value) or value
    if slot in ("earliest", "latest"):
        _wish_for_an_end(slots, slot, summed_up=frame.get("asks") == "confirm")
    elif isinstance(value, Mapping):
        slots["wish"] = {"start": value["start"]}
        if value.get("professional"):
            slots["professional"] = value["professional"]
    elif value:  # nothing for "qualquer horário": what is known of the day stays
        _wish_for(slots, desk, value)
    else:
        slots["wish"] = when.on_any_day(slots.get("wish", {}))
        return True
    slots.pop("start", None)
    return True


def _wish_for_an_end(slots: Data, end: str, *, summed_up: bool) -> None:
    """ "O mais cedo possível", "the last one you have": of the day spoken of, or at the hour, where that is known."""
    picked, wish = slots.get("picked"), slots.get("wish", {})
    if wish.get("start") and (summed_up or wish["start"] == picked):  # "the earliest on Tuesday"
        wish = after_refusal(wish["start"])
    wish = when.not_exact(wish)
    slots["wish"] = when.on_any_day(wish) if wish.get("clock") else {**wish, end: True}


def _of_the_shown(slots: Data, value: Any) -> Data | None:
    """ "Hmm no, the afternoon one", of one that was picked and summed up: the only other one shown that it fits."""
    part = value[0] if isinstance(value, list) and len(value) == 1 else {}
    if not slots.get("start") or not part or part.get("has_date") or part["kind"] == "moment":
        return None
    start, end = (str(part[edge])[11:16] if part.get(edge) else limit for edge, limit in _WHOLE_DAY)
    others = [each for each in slots.get("shown") or () if each["start"] != slots["start"]]
    fitting = [each for each in others if start <= each["start"][11:16] < (end if end > start else "24:00")]
    return dict(fitting[0]) if len(fitting) == 1 else None


def _wish_for(slots: Data, desk: Desk, items: Sequence[Data]) -> None:
    """The wish with these times."""
    before = slots.get("wish", {})
    items = [_once_open(desk, _week_meant(desk, when.of_that_week(before, item))) for item in items]
    ends = before.get("earliest") or before.get("latest")
    if not ends and (chosen := instead.picked(items, slots, _offered_starts(desk))) is not None:
        slots["wish"], slots["picked"] = {"start": chosen["start"]}, chosen["start"]
        slots["professional"] = chosen["professional"] or slots.get("professional")
        return
    wish = slots["wish"] = when.merge(before, items, desk.now)
    if before.get("latest") and "start" not in wish:
        wish["latest"] = True  # "o último horário", then the day
    if "start" in wish and any(item.get("why") == "ampm" for item in items):
        wish["doubt"] = True
    if not _spans(slots, wish, desk):  # "segunda, então": wanted after all
        slots.pop("excluded", None)


def _exclude(slots: Data, desk: Desk, items: Sequence[Data]) -> bool:
    """ "Qualquer dia menos segunda": never offered; a wish that is nothing else is given up."""
    if len(items) == 1 and items[0]["grain"] == "day" and items[0]["kind"] == "moment":
        desk.say("time.without")
    slots["excluded"] = [*slots.get("excluded", ()), *items]
    wish, start = slots.get("wish") or {}, slots.get("start")
    if start and exclusions.forbids(items, start):
        wish = {"start": slots.pop("start")}
    if not _spans(slots, wish, desk):
        slots["wish"] = _left_of(wish, slots, desk)
    return True


def _left_of(wish: Data, slots: Data, desk: Desk) -> Data:
    """What stays of a wish that is not to be: its day, else its hour."""
    begun: str = wish.get("start") or (wish["windows"][0][0] if wish.get("day") else "")
    if begun and _spans(slots, after_refusal(begun), desk):
        return after_refusal(begun)
    return {"clock": begun[11:16]} if wish.get("start") else {k: wish[k] for k in ("range", "refused") if k in wish}


def _spans(slots: Data, wish: Data, desk: Desk) -> list[tuple[str, str]]:
    """Where to look for free times, without those that are not wanted."""
    spans = [(wish["start"], wish["start"])] if wish.get("start") else when.windows(wish, desk.now)
    return exclusions.without(spans, slots.get("excluded", ()))


def _postpone(slots: Data, minutes: int) -> bool:
    """ "Push it half an hour": so much later or earlier than what was summed up."""
    start = slots.pop("start", None)
    if start is not None:
        slots["wish"] = {"start": (datetime.fromisoformat(start) + timedelta(minutes=minutes)).isoformat()}
    return start is not None


def _shift(slots: Data, desk: Desk, direction: str) -> bool:
    """ "Tem mais cedo?": the other free times of that day, before or after the one spoken of."""
    start = slots.get("start") or slots.get("wish", {}).get("start") or _edge_of_the_offered(slots, direction)
    if start is None:
        return direction == "later" and _behind_the_last(slots, desk)
    slots["wish"] = before(start) if direction == "earlier" else behind(start)
    slots.pop("start", None)
    return True


def before(start: str) -> Data:
    """The wish for another time of that day, earlier than this one."""
    return {"day": start[:10], "windows": [[after_refusal(start)["windows"][0][0], start]]}


def behind(start: str) -> Data:
    """The wish for another time of that day, later than this one."""
    later = (datetime.fromisoformat(start) + timedelta(minutes=1)).isoformat()
    return {"day": start[:10], "windows": [[later, after_refusal(start)["windows"][0][1]]]}


def _behind_the_last(slots: Data, desk: Desk) -> bool:
    """ "E uma pra minha irmã logo depois": right after what was just booked."""
    done = desk.dialogue["done"] or {}
    if done.get("end"):
        slots["wish"] = {**after_refusal(done["start"]), "next": on_grid(done["end"], desk)}
    return bool(done.get("end"))


def on_grid(end: str, desk: Desk) -> str:
    """The first start at or after this end that the business begins appointments at."""
    step = desk.business.booking.slot_minutes if desk.business.booking else 1
    after = datetime.fromisoformat(end)
    return (after + timedelta(minutes=-(after.hour * 60 + after.minute) % step)).isoformat()


def _edge_of_the_offered(slots: Data, direction: str) -> str | None:
    """The first or last of the times offered: "tem mais tarde?" asks for what lies behind them."""
    starts = [str(each["start"]) for each in slots.get("shown") or ()]
    day = (slots.get("wish") or {}).get("day")
    starts = [start for start in starts if start[:10] == day] or starts
    return (min(starts) if direction == "earlier" else max(starts)) if starts else None


def _week_meant(desk: Desk, item: Data) -> Data:
    """ "Terça às 10h" after Tuesdays were offered means the offered one; an hour that is over means next week."""
    if not (item.get("has_date") and item.get("start") and item["grain"] in ("hour", "minute", "day")):
        return item
    start = datetime.fromisoformat(item["start"])
    offered = [datetime.fromisoformat(each).date() for each in _offered_starts(desk)]
    same = [each for each in offered if each.weekday() == start.weekday() and each > start.date()]
    weekday = item.get("why") == "which_week" or not when.CERTAIN_DAY.search(str(item["text"]))
    if same and start.date() not in offered and weekday:
        return when.on_day(item, min(same))
    if item.get("why") == "which_week" and item.get("has_time") and start <= desk.now:
        return when.on_day(item, start.date() + timedelta(days=7))
    return item


def _once_open(desk: Desk, item: Data) -> Data:
    """ "First thing in the morning", where that is over before the business opens: the first hours of the day."""
    opens = min((span.start for spans in desk.business.hours.values() for span in spans), default=None)
    early = item["kind"] == "interval" and item.get("has_time") and item.get("end") and not item.get("daily")
    if opens is None or not early or not item["start"][11:16] < item["end"][11:16] <= f"{opens:%H:%M}":
        return item
    end = datetime.combine(datetime.fromisoformat(item["end"]).date(), opens, desk.now.tzinfo) + _FIRST_HOURS
    return {**item, "end": end.isoformat()}


def _offered_starts(desk: Desk) -> list[str]:
    """The starts our last message offered."""
    commands = [command for each in desk.dialogue["offered"] for command in each["commands"]]
    fills = [command["value"] for command in commands if command["name"] == "fill" and command["slot"] == "time"]
    return [value["start"] for value in fills if isinstance(value, dict)]


async def settle_time(frame: Frame, desk: Desk, exclude: str | None = None) -> bool:
    """Tries to reach one free start in `slots["start"]` and `slots["with"]`; else asks. Returns whether it is so."""
    slots = frame["slots"]
    if instead.stands(slots):
        offer_nearest(slots, desk, slots["instead"], key="time.nearest_ask")
        return False
    _keep_the_hour(slots, desk)
    wish: Data = slots.get("wish") or {}
    search = {"service": slots["service"], "professional": slots.get("professional"), "exclude_booking": exclude}
    search |= {"for_another": True} if slots.get("for_another") else {}
    if not wish.keys() - {"refused", "latest"}:
        return await _suggest(slots, desk, search)
    if wish.get("next"):
        return await _take_next(frame, desk, wish, search)
    if wish.get("start"):
        return await _check(frame, desk, wish["start"], search)
    if wish.get("elsewhere") and wish.get("day") and not wish.get("refused"):  # "com o Bruno, então"
        return await _check(frame, desk, instead.again(wish), search)
    if wish.get("clock"):
        desk.say("time.which_day", clock=wish["clock"])
        return False
    if wish.get("earliest") or wish.get("latest"):
        return await _take_an_end(frame, desk, wish, search)
    return await _offer_windows(frame, desk, wish, search)


def _keep_the_hour(slots: Data, desk: Desk) -> None:
    """ "Quinta então, mesmo horário": the hour spoken of last, on the day said now."""
    wish, hour = slots.get("wish") or {}, slots.get("hour") or _hour_of_the_last(desk)
    if slots.pop("same_weekday", False) and slots.get("hour_of") and wish.get("windows"):
        slots["wish"] = {"start": when.in_that_week(slots["hour_of"], wish["windows"][0][0])}
        return
    if slots.get("same_hour") and slots.get("for_another") and not wish.keys() & {"day", "start", "windows"}:
        side_by_side.beside_the_last(slots, desk)
        return
    if slots.pop("same_hour", False) and hour and wish.get("day") and not wish.get("start"):
        slots["wish"] = {"start": f"{wish['day']}T{hour}"}


def _hour_of_the_last(desk: Desk) -> str | None:
    """The hour of what was just booked: "e uma pedicure na sexta, no mesmo horário"."""
    start = (desk.dialogue["done"] or {}).get("start")
    return str(start)[11:] if start else None


async def _suggest(slots: Data, desk: Desk, search: Data) -> bool:
    refused = _refused(slots.get("wish") or {})
    times: list[Data] = []
    for days in (_SOON_DAYS, when.SEARCH_DAYS):
        span = (desk.now.isoformat(), (desk.now + timedelta(days=days)).isoformat())
        limit = _OFFERED + len(refused)
        for start, end in exclusions.without([span], slots.get("excluded", ())):
            found = await desk.call("find_free_times", start=start, end=end, limit=limit, spread=True, **search)
            times += [each for each in found["times"] if each["start"] not in refused]
        if times:
            break
    times = times[:_OFFERED]
    desk.say("time.ask" if times else "time.ask_open")
    show(slots, desk, times)
    return False


async def _take_next(frame: Frame, desk: Desk, wish: Data, search: Data) -> bool:
    """The time right after what was just booked; where it is not free, the others of that day."""
    slots, start = frame["slots"], wish["next"]
    checked = await desk.call("check_time", start=start, **search)
    slots["wish"] = {"start": start} if checked["free"] else {key: wish[key] for key in ("day", "windows")}
    if checked["free"]:
        slots["start"], slots["with"], slots["hour"] = start, checked["professional"], start[11:]
        return True
    return await _offer_windows(frame, desk, slots["wish"], search)


async def _check(frame: Frame, desk: Desk, start: str, search: Data) -> bool:
    slots = frame["slots"]
    if slots.get("wish", {}).get("doubt"):
        return _ask_half_of_day(desk, slots, start)
    slots["hour"], slots["hour_of"] = start[11:], start
    checked = await desk.call("check_time", start=start, **search)
    if checked["free"]:
        slots["start"], slots["with"] = start, checked["professional"]
        return True
    slots["wish"] = instead.left(start, checked["reason"], checked["facts"]["opening"])
    explain(desk, checked["reason"], {**checked["facts"], **search, "start": start})
    if checked["reason"] == "own_booking" and frame["flow"] == "book":
        await side_by_side.offer(start, slots, desk)
    offer_nearest(slots, desk, [*checked["nearest"], *checked["others"]])
    return False


def _ask_half_of_day(desk: Desk, slots: Data, start: str) -> bool:
    """ "Às 8" may be morning or evening where both are open: ask, never guess."""
    hour = int(start[11:13])
    other = f"{start[:11]}{(hour + 12) % 24:02d}{start[13:]}"
    both = sorted((start, other))
    desk.say("time.half_of_day")
    desk.offer([option(f"h{n}", [Fill("time", {"start": each})], title=short(each)) for n, each in enumerate(both)])
    slots["wish"] = {"day": start[:10], "windows": [[each, each] for each in both]}
    return False


async def _take_an_end(frame: Frame, desk: Desk, wish: Data, search: Data) -> bool:
    """The first free time, or the last one of the day."""
    for start, end in _spans(frame["slots"], wish, desk):
        if wish.get("latest"):
            chosen = await _last_of_the_day(desk, start, end, search)
        else:
            found = await desk.call("find_free_times", start=start, end=end, limit=1, **search)
            chosen = found["times"][0] if found["times"] else None
        if chosen is not None:
            frame["slots"].update({"start": chosen["start"], "with": chosen["professional"]})
            frame["slots"]["wish"] = {"start": chosen["start"]}
            return True
    desk.say("time.none")
    return False


async def _last_of_the_day(desk: Desk, start: str, end: str, search: Data) -> Data | None:
    """The last free time of the window's first day that has one."""
    last: Data | None = None
    while True:
        found = await desk.call("find_free_times", start=start, end=end, limit=_PAGE, **search)
        same_day = [each for each in found["times"] if last is None or each["start"][:10] == last["start"][:10]]
        same_day = [each for each in same_day if each["start"][:10] == same_day[0]["start"][:10]]
        if not same_day:
            return last
        last = same_day[-1]
        if len(same_day) < _PAGE:
            return last
        start = (datetime.fromisoformat(last["start"]) + timedelta(minutes=1)).isoformat()


async def _offer_windows(frame: Frame, desk: Desk, wish: Data, search: Data) -> bool:
    free: list[Data] = []
    refused: Data = {}
    spans, no_more = list(dict.fromkeys(_spans(frame["slots"], wish, desk))), _refused(wish)
    for start, end in spans:
        if start == end:
            checked = await desk.call("check_time", start=start, **search)
            free += [{"start": start, "professional": checked["professional"]}] if checked["free"] else []
            refused = refused or ({} if checked["free"] else checked)
            continue
        limit = _OFFERED + 1 + len(no_more)
        found = await desk.call("find_free_times", start=start, end=end, limit=limit, spread=True, **search)
        free += [each for each in found["times"] if each["start"] not in no_more][:_OFFERED]
        refused = refused or ({} if found["times"] else found)
        if len({each["start"][:10] for each in free}) >= min(_OFFERED, len(spans)) and len(free) >= _OFFERED:
            break
    free = _one_of_each(free, len(spans))
    if len(free) == 1 and spans[0][0] == spans[0][1] and len(spans) == 1:
        frame["slots"].update(start=free[0]["start"])
        frame["slots"]["with"] = free[0]["professional"]
        return True
    if free:
        desk.say("time.offer", times=listed([with_whom(desk, item) for item in free], last="or"))
        show(frame["slots"], desk, free)
        return False
    if not refused:  # all that were free are refused
        desk.say("time.another_day")
        return False
    reason = "full_window" if refused["reason"] == "full" else refused["reason"]
    explain(desk, reason, {**refused["facts"], **search, "start": spans[0][0]})
    offer_nearest(frame["slots"], desk, refused["nearest"])
    return False


def _one_of_each(times: Sequence[Data], spans: int) -> list[Data]:
    """At most three times, of several days when several were asked for."""
    unique = list({(item["start"]): item for item in times}.values())
    if spans < 2 or len(unique) <= _OFFERED:
        return unique[:_OFFERED]
    by_day: dict[str, list[Data]] = {}
    for item in unique:
        by_day.setdefault(item["start"][:10], []).append(item)
    first = [items[min(place, len(items) - 1)] for place, items in enumerate([*by_day.values()][:_OFFERED])]
    rest = [item for item in unique if item not in first]
    return sorted((first + rest)[:_OFFERED], key=lambda item: str(item["start"]))


def reject_time(slots: Data) -> None:
    """ "Não quero esse", "tem outro?": what was offered is not offered again, the day and part of day stay."""
    wish = slots.get("wish") or {}
    start = slots.pop("start", None) or wish.get("start")
    kept = after_refusal(start) if start else {key: value for key, value in wish.items() if key != "earliest"}
    if slots.get("instead") and not any(each["start"][:10] == kept.get("day") for each in slots["instead"]):
        kept = {}  # that day cannot be had anyway
    offered = [start] if start else [each["start"] for each in slots.get("shown", ())]
    slots["wish"] = {**kept, "refused": [*_refused(wish), *offered]}


def _refused(wish: Mapping[str, Any]) -> list[str]:
    """The starts that are not to be offered again."""
    refused: str | list[str] = wish.get("refused") or []
    return [refused] if isinstance(refused, str) else list(refused)
