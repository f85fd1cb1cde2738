"""Ordering products: what, how it gets there, how it is paid, a yes, a receipt."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.commands import Fill, Human
from domain.errors import FixArguments, Impossible
from graph.flows import basket
from graph.flows.flow import Desk, Flow, Frame, option, yes_no
from graph.phrases import lines, listed, money, phrase
from graph.state import Data

_TOLD_ENOUGH = 2


async def fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    """Takes one fact of an order."""
    slots = frame["slots"]
    if slot in basket.SLOTS:
        _move_on(frame, slot, value)
        return basket.fill(slots, slot, value)
    match slot:
        case "delivery":
            slots["delivery"] = value
        case "zone":
            slots.update(zone=value, delivery="delivery")
            slots.pop("zone_unknown", None)
        case "address":
            _fill_address(frame, value)
        case "payment":
            return _fill_payment(slots, desk, value)
        case "change_for":
            _fill_change(slots, value)
        case "last":
            return await _as_last_time(slots, desk)
        case "refuse":
            slots.update(address_asked=True, address_refused=True)
            desk.say("order.without_address")
        case _:
            return False
    return True


def _move_on(frame: Frame, slot: str, value: Any) -> None:
    """Asked which of several, the customer names something else: the question is dropped."""
    choice = frame["slots"].get("choice")
    if frame["asks"] == "items" and choice and slot == "items":
        named = {each for line in value for each in (line.get("product"), *(line.get("alternatives") or ()))}
        if not named & set(choice["products"]):
            frame["slots"].pop("choice")


def _fill_address(frame: Frame, value: str) -> None:
    slots = frame["slots"]
    slots.update(address=value, delivery="delivery")
    if slots.get("zone_asked") and not slots.get("zone"):
        slots["zone_unknown"] = True


def _fill_change(slots: Data, value: str | None) -> None:
    """The note that is paid with; None: exact money, no change."""
    if value is None:
        slots.pop("change_for", None)
    else:
        slots.update(change_for=value, payment="cash")


def _fill_payment(slots: Data, desk: Desk, value: str) -> bool:
    methods = desk.business.payment.methods if desk.business.payment else ()
    if value not in methods:
        desk.say("order.payment_not_taken", methods=listed([phrase(f"payment.{method}") for method in methods]))
        return True
    slots["payment"] = value
    if value != "cash":
        slots.pop("change_for", None)
    return True


async def _as_last_time(slots: Data, desk: Desk) -> bool:
    orders = (await desk.call("my_orders"))["orders"]
    last = next((item for item in orders if item["status"] != "cancelled"), None)
    if last is None:
        desk.say("order.no_last")
        return True
    slots["items"] = [{"product": item["product"], "quantity": item["quantity"]} for item in last["items"]]
    slots.setdefault("delivery", last["delivery"]["method"])
    for name in ("zone", "address"):
        if last["delivery"].get(name):
            slots.setdefault(name, last["delivery"][name])
    slots.setdefault("payment", last["payment"])
    return True


async def advance(frame: Frame, desk: Desk) -> str:
    """Asks for what is missing, or sums up."""
    slots = frame["slots"]
    if slots.get("choice"):
        return await _ask_which(slots, desk)
    if not slots.get("items"):
        desk.say("order.items")
        desk.offer(await basket.product_options(desk), menu="menu.products")
        return "items"
    _to_the_zone_asked_about(slots, desk)
    quote = await desk.call("quote_order", items=slots["items"], delivery=delivery_of(slots))
    problems = [problem for problem in quote["problems"] if not _held(slots, problem)]
    for problem in problems:
        waiting = await _on_problem(frame, desk, problem)
        if waiting:
            return waiting
    if any(problem["reason"] in ("out_of_stock", "unknown_product") for problem in problems):
        return await advance(frame, desk)
    return _ask_missing(frame, desk) or _sum_up(frame, desk, quote)


def _to_the_zone_asked_about(slots: Data, desk: Desk) -> None:
    """ "Entregam no Centro?", then "quero pra entregar": it goes to Centro, unless an address says where."""
    zone = (desk.dialogue.get("topic") or {}).get("zone")
    if zone and slots.get("delivery") == "delivery" and not slots.get("zone") and not slots.get("address"):
        slots["zone"] = zone


def _held(slots: Data, problem: Data) -> bool:
    """Whether a shortage vanishes with what the order being changed already holds."""
    product = problem.get("product")
    held = slots.get("held", {}).get(product, 0)
    wanted = next((item["quantity"] for item in slots["items"] if item["product"] == product), 0)
    return bool(problem["reason"] == "out_of_stock" and held > 0 and problem["stock"] + held >= wanted)


def delivery_of(slots: Data) -> Data:
    """The delivery part of an order's arguments, as far as it is known."""
    data: Data = {"method": slots.get("delivery")}
    if slots.get("delivery") == "delivery":
        data.update({name: slots[name] for name in ("zone", "address") if slots.get(name)})
    return data


async def _ask_which(slots: Data, desk: Desk) -> str:
    choice = slots["choice"]
    if choice.pop("near", False):
        desk.say("stock.near")
    desk.say("order.which")
    options = await basket.product_options(desk, only=choice["products"], quantity=choice.get("quantity"))
    desk.offer(options, menu="menu.products")
    return "items"


async def _on_problem(frame: Frame, desk: Desk, problem: Data) -> str | None:
    """Says what stands in the way. Returns what is waited for, or None when the flow can go on without an answer."""
    slots = frame["slots"]
    match problem["reason"]:
        case "out_of_stock":
            return await _on_shortage(slots, desk, problem)
        case "unknown_product":
            slots["items"] = [item for item in slots["items"] if item["product"] != problem["product"]]
            return None
        case "below_minimum":
            return _on_small_order(slots, desk, problem)
        case "pickup_unavailable":
            slots.pop("delivery", None)
            desk.say("order.no_pickup")
            return None
        case _:
            return None


def _on_small_order(slots: Data, desk: Desk, problem: Data) -> str:
    """Too little for a delivery: pick it up or add something; who is told twice may want a person."""
    slots["told_minimum"] = slots.get("told_minimum", 0) + 1
    desk.say("order.below_minimum", minimum=money(problem["minimum"]), subtotal=money(problem["subtotal"]))
    options = _pickup_or_more(desk)
    if slots["told_minimum"] > _TOLD_ENOUGH:
        desk.say("order.person_instead")
        options = [*options, option("pessoa", [Human("stuck")], title_key="option.person")]
    desk.offer(options)
    return "delivery"


async def _on_shortage(slots: Data, desk: Desk, problem: Data) -> str | None:
    product = desk.business.product(problem["product"])
    name, stock = product.name if product else problem["product"], problem["stock"]
    if stock > 0:
        desk.say("order.short", product=name, stock=stock)
        take = Fill("items", [{"product": problem["product"], "quantity": stock, "mode": "set"}])
        drop = Fill("items", [{"product": problem["product"], "quantity": None, "mode": "remove"}])
        desk.offer(
            [
                option("levar", [take], title_key="order.take", stock=stock, answer="yes"),
                option("tirar", [drop], title_key="order.drop", answer="no"),
            ]
        )
        return "items"
    slots["items"] = [item for item in slots["items"] if item["product"] != problem["product"]]
    desk.say("order.sold_out", product=name)
    if slots["items"]:
        return None
    desk.say("order.instead")
    desk.offer(await basket.product_options(desk), menu="menu.products")
    return "items"


def _pickup_or_more(desk: Desk) -> list[Data]:
    options = [option("mais", [], title_key="order.add_more")]
    if desk.business.delivery and desk.business.delivery.pickup:
        options.insert(0, option("retirada", [Fill("delivery", "pickup")], title_key="delivery.pickup"))
    return options


def _ask_missing(frame: Frame, desk: Desk) -> str | None:
    slots = frame["slots"]
    rules = desk.business.delivery
    if not slots.get("delivery"):
        if rules is None or not rules.zones:
            slots["delivery"] = "pickup"
        else:
            desk.say("order.delivery", zones=listed([zone.name for zone in rules.zones]))
            desk.offer(_delivery_options())
            return "delivery"
    if slots["delivery"] == "delivery" and not slots.get("zone"):
        return _ask_zone(slots, desk)
    if slots["delivery"] == "delivery" and not slots.get("address") and _may_ask_address(frame, desk):
        slots["address_asked"] = True
        desk.say("order.address", zone=slots["zone"])
        return "address"
    if not slots.get("payment"):
        methods = desk.business.payment.methods if desk.business.payment else ()
        desk.say("order.payment")
        desk.offer([option(each, [Fill("payment", each)], title_key=f"payment.{each}") for each in methods])
        return "payment"
    return None


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


def _sum_up(frame: Frame, desk: Desk, quote: Data) -> str:
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
        payment=phrase(f"payment.{_paid(slots)}"),
        change=phrase("order.change_for", amount=money(slots["change_for"])) if slots.get("change_for") else "",
        total=money(quote["total"]),
    )
    desk.offer(yes_no())
    return "confirm"


def quoted_lines(quote: Data) -> Data:
    """The lines of a quote, one each."""
    return lines(
        [
            phrase("order.line", quantity=line["quantity"], product=line["name"], total=money(line["total"]))
            for line in quote["lines"]
        ]
    )


def _paid(slots: Data) -> str:
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
            delivery=delivery_of(slots),
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
    desk.say(done, number=receipt["number"], total=money(receipt["total"]), pay=phrase(f"order.pay.{_paid(slots)}"))
    return receipt


async def reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    """Takes back what was offered."""
    slots = frame["slots"]
    if slots.get("choice"):
        slots.pop("choice")
    elif slot in ("delivery", "payment", "address"):
        slots.pop(slot, None)
    return True


FLOW = Flow("order", fill, advance, finish, reject, asks=("items", "delivery", "address", "payment", "confirm"))
