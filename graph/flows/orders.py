"""Which of the customer's orders is spoken of: shared by status, change and cancellation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Human
from graph.flows.flow import Desk, Frame, option
from graph.phrases import lines, money, phrase
from graph.state import Data

_PLACES = ("first", "last", "other")
_WAYS = ("pickup", "delivery")


async def latest_open(frame: Frame, desk: Desk) -> Data | None:
    """The one order spoken of; says so when there is none."""
    slots = frame["slots"]
    if not slots.get("order") and (found := await meant(frame, desk)):
        slots["order"] = found[0]
    return dict(slots["order"]) if slots.get("order") else None


async def meant(frame: Frame, desk: Desk) -> list[Data]:
    """The order named by number, those that can still change when all are meant, else the newest of them that holds
    what was named; says so when there is none."""
    slots = frame["slots"]
    orders = (await desk.call("my_orders"))["orders"]
    number = slots.get("number")
    fitting = [item for item in orders if (item["number"] == number if number else item["status"] == "confirmed")]
    if not fitting and orders:
        _offer_person(orders[0], desk)
    elif not fitting:
        desk.say("orders.none")
    if slots.get("every"):
        return fitting
    fitting = _not_refused(fitting, slots, desk)
    fitting = [order for order in fitting if order["delivery"]["method"] == slots.get("way")] or fitting
    fitting = [order for order in fitting if holds(order, slots.get("of") or ())] or fitting
    if slots.get("which") == "first":
        return fitting[-1:]
    return ([order for order in fitting if holds(order, slots.get("about") or ())] or fitting)[:1]


def set_aside(slots: Data, which: str) -> None:
    """ "Não, o outro": what was summed up is not the one; "o mais antigo": the first that was placed; "o da areia"."""
    if which not in _PLACES:
        named = {"way": which, "of": None} if which in _WAYS else {"way": None, "of": [which]}
        slots.update(named, orders=None, refused=[], which=None, about=None, every=None, number=None)
        return
    if which == "other":
        slots["refused"] = [*slots.get("refused", ()), *(order["id"] for order in slots.get("orders") or ())]
    slots.update(which=which, orders=None, number=None, about=None, every=None, way=None, of=None)


def _not_refused(orders: list[Data], slots: Data, desk: Desk) -> list[Data]:
    """The orders that may still be meant; all over again when none is left."""
    left = [order for order in orders if order["id"] not in slots.get("refused", ())]
    if orders and not left:
        slots.pop("refused")
        desk.say("orders.no_other")
    return left or orders


def about(lines_said: Sequence[Mapping[str, Any]]) -> list[str]:
    """The products that say which order is spoken of."""
    return [each for line in lines_said for each in (line.get("product"), *(line.get("alternatives") or ())) if each]


def holds(order: Data, products: Sequence[str]) -> bool:
    """Whether one of the products is in it."""
    return any(item["product"] in products for item in order["items"])


def _offer_person(order: Data, desk: Desk) -> None:
    """The order has left, or is cancelled: its state, and somebody who may still help."""
    desk.say("orders.none_open", number=order["number"], status=phrase(f"orders.is.{order['status']}"))
    desk.offer([option("pessoa", [Human("policy")], title_key="option.person")])
    desk.dialogue["question"] = {"kind": "human", "reason": "policy"}


def described(desk: Desk, order: Data) -> Data:
    """The order's lines and total."""
    rows = [phrase("order.plain_line", quantity=line["quantity"], product=line["name"]) for line in order["items"]]
    return phrase("orders.row", number=order["number"], items=lines(rows), total=money(order["total"]))
