"""Ordering products: what, how it gets there, how it is paid, a yes, a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.errors import FixArguments, Impossible
from graph import recent
from graph.flows import basket, checkout, obstacles, places, street
from graph.flows.flow import Desk, Flow, Frame
from graph.phrases import listed, money, phrase
from graph.state import Data

_ONE_DETAIL = ("delivery", "address", "payment")
_AT_ONCE = timedelta(minutes=30)


async def fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    """Takes one fact of an order."""
    slots = frame["slots"]
    if slot in basket.SLOTS:
        return basket.fill(slots, slot, value)
    match slot:
        case "delivery":
            slots["delivery"] = value
        case "zone" | "address" | "house" | "complement":
            _fill_place(frame, slot, value)
        case "payment":
            return _fill_payment(slots, desk, value)
        case "change_for":
            _fill_change(slots, desk, value)
        case "time" | "which" | "refuse":
            return _hear(frame, desk, slot, value)
        case "last":
            return await _as_last_time(frame, desk)
        case _:
            return _told_beside(slots, desk, slot, value)
    return True


def _told_beside(slots: Data, desk: Desk, slot: str, value: Any) -> bool:
    """Something more without a word of what, or what is not sold here."""
    if slot == "another":
        slots["another"] = True
    elif slot == "not_sold":
        desk.say("order.not_sold", what=value)
    return slot in ("another", "not_sold")


def _fill_place(frame: Frame, slot: str, value: str) -> None:
    slots = frame["slots"]
    match slot:
        case "zone":
            slots.update(zone=value, delivery="delivery")
            slots.pop("zone_unknown", None)
        case "address":
            _fill_address(frame, value)
        case "house":
            street.numbered(slots, value)
        case _:
            _fill_complement(slots, value)
    if frame["asks"] == "address" and not slots.get("address") and slot != "address":
        slots.pop("address_asked", None)  # the street is still to come


def _fill_address(frame: Frame, value: str) -> None:
    slots = frame["slots"]
    slots.update(address=street.told(slots, value), delivery="delivery")
    if slots.get("zone_asked") and not slots.get("zone"):
        slots["zone_unknown"] = places.names_district(value)


def _fill_complement(slots: Data, value: str) -> None:
    if slots.get("address"):
        slots["address"] = street.completed(slots["address"], value)
    else:
        slots["complement"] = street.completed(slots["complement"], value) if slots.get("complement") else value


def _hear(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    """What fills nothing of the order itself."""
    if slot == "time":
        return _wishes_an_hour(frame, desk, value)
    if slot == "which":
        frame["slots"]["of"] = [value]
        return True
    frame["slots"].update(address_asked=True, address_refused=True)
    desk.say("order.without_address")
    return True


def _wishes_an_hour(frame: Frame, desk: Desk, times: Sequence[Data]) -> bool:
    """ "Entrega depois das 17h": nothing is brought at an hour of one's own; a yes beside it is none yet."""
    slots = frame["slots"]
    wished = [time["text"] for time in times if _is_later(time, desk)]
    if slots.get("delivery") != "delivery" or frame["asks"] not in ("payment", "confirm") or not wished:
        return False
    slots["hour_wished"] = wished
    desk.say("order.no_hour")
    return True


def _is_later(time: Data, desk: Desk) -> bool:
    """Not "hoje", not "agora": these are when it is brought anyway."""
    start = datetime.fromisoformat(time["start"]) if time["start"] else None
    if start is None or not time["has_time"]:
        return start is None or start.date() > desk.now.date()
    return start - desk.now > _AT_ONCE


def _fill_change(slots: Data, desk: Desk, value: str | None) -> None:
    """The note that is paid with; None: exact money, no change; "ask": change, but not for how much."""
    if value == "ask":
        desk.say("order.change_for_what")
    elif value is None:
        slots.pop("change_for", None)
    else:
        slots.update(change_for=value, payment="cash")


def _fill_payment(slots: Data, desk: Desk, value: str) -> bool:
    methods = desk.business.payment.methods if desk.business.payment else ()
    if value == "several":
        slots.pop("payment", None)
        desk.say("order.one_payment")
        return True
    if value not in methods:
        desk.say("order.payment_not_taken", methods=listed([phrase(f"payment.{method}") for method in methods]))
        return True
    slots["payment"] = value
    if value != "cash":
        slots.pop("change_for", None)
    return True


async def _as_last_time(frame: Frame, desk: Desk) -> bool:
    """ "O de sempre": all of the last order; of a full basket, only where it goes and how it is paid."""
    slots = frame["slots"]
    orders = (await desk.call("my_orders"))["orders"]
    called_off = recent.done(desk.dialogue).get("flow") == "cancel_order"
    placed = [item for item in orders if item["status"] != "cancelled" or called_off]
    told = [item for item in placed if any(line["product"] in slots.get("of", ()) for line in item["items"])]
    last = next(iter(told or placed), None)
    if last is None:
        desk.say("order.no_last")
        return True
    if not (slots.get("items") and frame["asks"] in _ONE_DETAIL):
        slots["items"] = [{"product": item["product"], "quantity": item["quantity"]} for item in last["items"]]
        slots["spoken"] = slots["items"][-1]["product"]
    if frame["asks"] == "address" and last["delivery"]["method"] == "delivery":
        slots["delivery"] = "delivery"
    slots.setdefault("delivery", last["delivery"]["method"])
    for name in ("zone", "address"):
        if last["delivery"].get(name) and slots["delivery"] == "delivery":
            slots.setdefault(name, last["delivery"][name])
    if frame["asks"] not in ("delivery", "address"):
        slots.setdefault("payment", last["payment"])
    return True


async def advance(frame: Frame, desk: Desk) -> str:
    """Asks for what is missing, or sums up."""
    slots = frame["slots"]
    more = slots.pop("another", False)
    if slots.get("choice"):
        return await _ask_which(slots, desk)
    if more or not slots.get("items"):
        desk.say("order.what_else" if more and slots.get("items") else "order.items")
        desk.offer(await basket.product_options(desk), menu="menu.products")
        return "items"
    _to_the_zone_asked_about(slots, desk)
    checkout.keep_district(slots)
    quote = await desk.call("quote_order", items=slots["items"], delivery=checkout.delivery_of(slots))
    problems = [problem for problem in quote["problems"] if not obstacles.held(slots, problem)]
    for problem in problems:
        waiting = await obstacles.told(frame, desk, problem)
        if waiting:
            return waiting
    if any(problem["reason"] in ("out_of_stock", "unknown_product") for problem in problems):
        return await advance(frame, desk)
    return checkout.ask_missing(frame, desk) or checkout.sum_up(frame, desk, quote)


def _to_the_zone_asked_about(slots: Data, desk: Desk) -> None:
    """ "Entregam no Centro?", then "quero pra entregar": it goes to Centro, unless another place is told."""
    zone = (desk.dialogue.get("topic") or {}).get("zone")
    if zone and slots.get("delivery") == "delivery" and not slots.get("zone") and not slots.get("zone_unknown"):
        slots["zone"] = zone


async def _ask_which(slots: Data, desk: Desk) -> str:
    choice = slots["choice"]
    if choice.pop("near", False):
        desk.say("stock.near")
    desk.say("order.which")
    options = await basket.product_options(desk, only=choice["products"], quantity=choice.get("quantity"))
    desk.offer(options, menu="menu.products")
    return "items"


async def finish(frame: Frame, desk: Desk) -> Data | None:
    """Places the order."""
    return await carry_out(frame, desk, "place_order", "order.done")


async def carry_out(frame: Frame, desk: Desk, tool: str, done: str, **more: Any) -> Data | None:
    """Runs the writing tool with the summed-up facts; what changed meanwhile is said and summed up again."""
    slots = frame["slots"]
    try:
        receipt = await desk.call(
            tool,
            items=slots["items"],
            delivery=checkout.delivery_of(slots),
            payment=slots["payment"],
            change_for=slots.get("change_for"),
            expected_total=slots["total"],
            key=desk.key(frame, tool),
            **more,
        )
    except FixArguments:
        slots.pop("change_for", None)
        desk.say("order.change_too_small")
        frame["asks"] = await advance(frame, desk)
        return None
    except Impossible as refusal:
        if refusal.reason in ("not_found", "too_late"):
            desk.say("orders.too_late")
            return {"receipt": None}
        desk.say(f"order.changed.{refusal.reason}")
        frame["asks"] = await advance(frame, desk)
        return None
    desk.say(
        done,
        number=receipt["number"],
        total=money(receipt["total"]),
        pay=phrase(f"order.pay.{checkout.how_paid(slots)}"),
    )
    return receipt


async def reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    """Takes back what was offered."""
    slots = frame["slots"]
    if slots.get("choice"):
        slots.pop("choice")
    elif slot == "address" and slots.get("address"):
        slots.pop("address_asked", None)
        slots.update(address=None, zone=None, zone_before=slots.get("zone"))
    elif slot in ("delivery", "payment", "address"):
        slots.pop(slot, None)
    return True


FLOW = Flow("order", fill, advance, finish, reject, asks=("items", "delivery", "address", "payment", "confirm"))
