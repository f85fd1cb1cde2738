"""What stands in the way of an order: too few on the shelf, too little for a delivery, no pickup."""

from __future__ import annotations

from domain.commands import Fill, Human
from graph.flows import basket
from graph.flows.flow import Desk, Frame, option
from graph.phrases import money
from graph.state import Data

_TOLD_ENOUGH = 2


async def told(frame: Frame, desk: Desk, problem: Data) -> str | None:
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


def held(slots: Data, problem: Data) -> bool:
    """Whether a shortage vanishes with what the order being changed already holds."""
    product = problem.get("product")
    held = slots.get("held", {}).get(product, 0)
    wanted = next((item["quantity"] for item in slots["items"] if item["product"] == product), 0)
    return bool(problem["reason"] == "out_of_stock" and held > 0 and problem["stock"] + held >= wanted)


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
    if not any(said["key"] == "stock.gone" and said["with"].get("name") == name for said in desk.says):
        desk.say("order.sold_out", product=name)
    if slots["items"]:
        return None
    desk.say("order.instead")
    desk.offer(await basket.product_options(desk), menu="menu.products")
    return "items"


def _pickup_or_more(desk: Desk) -> list[Data]:
    options = [option("mais", [Fill("another", True)], title_key="order.add_more")]
    if desk.business.delivery and desk.business.delivery.pickup:
        options.insert(0, option("retirada", [Fill("delivery", "pickup")], title_key="delivery.pickup"))
    return options
