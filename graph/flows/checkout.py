"""The end of an order: how it gets there, how it is paid, and the summary to say yes to."""

from __future__ import annotations

from decimal import Decimal

from domain.commands import Fill
from graph.flows import places
from graph.flows.flow import Desk, Frame, option, yes_no
from graph.phrases import lines, listed, money, phrase
from graph.state import Data


def ask_missing(frame: Frame, desk: Desk) -> str | None:
    slots = frame["slots"]
    rules = desk.business.delivery
    if not slots.get("delivery"):
        if rules is None or not rules.zones:
            slots["delivery"] = "pickup"
        else:
            desk.say("order.delivery", zones=listed([zone.name for zone in rules.zones]))
            desk.offer(_delivery_options())
            return "delivery"
    if slots["delivery"] == "delivery" and slots.get("zone_before") and not slots.get("zone"):
        desk.say("order.other_address")
        return "address"
    if slots["delivery"] == "delivery" and not slots.get("zone"):
        return _ask_zone(slots, desk)
    if slots["delivery"] == "delivery" and not slots.get("address") and _may_ask_address(frame, desk):
        slots["address_asked"] = True
        desk.say("order.street" if slots.get("house") else "order.address", zone=slots["zone"])
        return "address"
    if not slots.get("payment"):
        methods = desk.business.payment.methods if desk.business.payment else ()
        desk.say("order.payment")
        desk.offer([option(each, [Fill("payment", each)], title_key=f"payment.{each}") for each in methods])
        return "payment"
    return None


def keep_district(slots: Data) -> None:
    """Another street is in the district told before, unless it names one."""
    if slots.get("zone_before") and slots.get("address"):
        before = slots.pop("zone_before")
        if not slots.get("zone"):
            slots.update({"zone_unknown": True} if places.names_district(slots["address"]) else {"zone": before})


def sum_up(frame: Frame, desk: Desk, quote: Data) -> str:
    slots = frame["slots"]
    if slots.get("change_for") and Decimal(slots["change_for"]) < Decimal(quote["total"]):
        slots.pop("change_for")
        desk.say("order.change_too_small")
    frame["summary"] = {
        "items": slots["items"],
        "delivery": delivery_of(slots),
        "payment": slots["payment"],
        "total": quote["total"],
    }
    slots["total"] = quote["total"]
    desk.say(
        "order.confirm",
        items=quoted_lines(quote),
        delivery=_delivery_phrase(slots, quote),
        payment=phrase(f"payment.{how_paid(slots)}"),
        change=phrase("order.change_for", amount=money(slots["change_for"])) if slots.get("change_for") else "",
        total=money(quote["total"]),
    )
    desk.offer(yes_no())
    return "confirm"


def delivery_of(slots: Data) -> Data:
    """The delivery part of an order's arguments, as far as it is known."""
    data: Data = {"method": slots.get("delivery")}
    if slots.get("delivery") == "delivery":
        data.update({name: slots[name] for name in ("zone", "address") if slots.get(name)})
    return data


def quoted_lines(quote: Data) -> Data:
    """The lines of a quote, one each."""
    return lines(
        [
            phrase("order.line", quantity=line["quantity"], product=line["name"], total=money(line["total"]))
            for line in quote["lines"]
        ]
    )


def _may_ask_address(frame: Frame, desk: Desk) -> bool:
    """Asked once, and again after a question that was put in its place; never after a refusal."""
    slots = frame["slots"]
    digressed = frame["asks"] == "address" and bool(desk.says)
    return not slots.get("address_asked") or (digressed and not slots.get("address_refused"))


def _delivery_options() -> list[Data]:
    return [
        option("entrega", [Fill("delivery", "delivery")], title_key="delivery.delivery"),
        option("retirada", [Fill("delivery", "pickup")], title_key="delivery.pickup"),
    ]


def _ask_zone(slots: Data, desk: Desk) -> str:
    rules = desk.business.delivery
    zones = rules.zones if rules else ()
    unknown = slots.pop("zone_unknown", False)
    slots["zone_asked"] = True
    desk.say("order.zone_unknown" if unknown else "order.zone", zones=listed([zone.name for zone in zones]))
    options = [option(zone.name, [Fill("zone", zone.name)], title=zone.name) for zone in zones[:9]]
    if rules and rules.pickup:
        options.append(option("retirada", [Fill("delivery", "pickup")], title_key="delivery.pickup"))
    desk.offer(options, menu="menu.zones")
    return "delivery" if unknown else "address"


def how_paid(slots: Data) -> str:
    """How it is paid, as it is said: nobody brings a card machine to an order that is picked up."""
    picked_up = slots["delivery"] == "pickup" and slots["payment"] == "card_on_delivery"
    return "card_at_pickup" if picked_up else str(slots["payment"])


def _delivery_phrase(slots: Data, quote: Data) -> Data:
    if slots["delivery"] == "pickup":
        return phrase("order.by_pickup")
    place = f"{slots['address']}, {slots['zone']}" if slots.get("address") else slots["zone"]
    if slots.get("address") and slots["zone"].lower() in slots["address"].lower():
        place = slots["address"]
    if quote["free_delivery"]:
        return phrase("order.by_delivery_free", place=place, minutes=quote["minutes"])
    return phrase("order.by_delivery", place=place, fee=money(quote["fee"]), minutes=quote["minutes"])
