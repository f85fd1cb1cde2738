"""Which of the customer's orders is spoken of: shared by status, change and cancellation."""

from __future__ import annotations

from domain.commands import Human
from graph.flows.flow import Desk, Frame, option
from graph.phrases import lines, money, phrase
from graph.state import Data


async def latest_open(frame: Frame, desk: Desk) -> Data | None:
    """The order named by number, or the newest that can still change; says so when there is none."""
    slots = frame["slots"]
    if slots.get("order"):
        return dict(slots["order"])
    orders = (await desk.call("my_orders"))["orders"]
    number = slots.get("number")
    meant = [item for item in orders if (item["number"] == number if number else item["status"] == "confirmed")]
    if not meant and orders:
        _offer_person(orders[0], desk)
        return None
    if not meant:
        desk.say("orders.none")
        return None
    slots["order"] = meant[0]
    return dict(meant[0])


def _offer_person(order: Data, desk: Desk) -> None:
    """The order has left, or is cancelled: its state, and somebody who may still help."""
    desk.say("orders.none_open", number=order["number"], status=phrase(f"orders.is.{order['status']}"))
    desk.offer([option("pessoa", [Human("policy")], title_key="option.person")])
    desk.dialogue["question"] = {"kind": "human", "reason": "policy"}


def described(desk: Desk, order: Data) -> Data:
    """The order's lines and total."""
    rows = [phrase("order.plain_line", quantity=line["quantity"], product=line["name"]) for line in order["items"]]
    return phrase("orders.row", number=order["number"], items=lines(rows), total=money(order["total"]))
