"""What goes into an order: products with quantities, grown and shrunk by the customer's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Fill
from graph.flows.flow import Desk, option
from graph.phrases import money, phrase
from graph.state import Data

SLOTS = ("items", "quantity", "delta", "factor")
_MOST = 999


def fill(slots: Data, slot: str, value: Any) -> bool:
    """Takes one fact about what is in the basket."""
    match slot:
        case "items":
            put(slots, value)
            return True
        case "quantity":
            return set_quantity(slots, value)
        case "delta":
            return shift_quantity(slots, value)
        case _:
            return shift_quantity(slots, 0, times=value)


def put(slots: Data, lines: Sequence[Mapping[str, Any]]) -> None:
    """Applies lines `{"product", "quantity", "mode", "alternatives"?}` to `slots["items"]`.

    A line that fits several products waits in `slots["choice"]` until the customer says which. One with `instead_of`
    and no number takes the number of what it replaces; what is only to be kept is never added to a basket.
    """
    before = {item["product"]: item["quantity"] for item in slots.get("items", ())}
    for line in lines:
        if line.get("quantity") is None and line.get("instead_of") in before:
            line = {**line, "quantity": before[line["instead_of"]]}
        named = {line.get("product"), *(line.get("alternatives") or ())}
        if line.get("mode") == "keep" and before and named.isdisjoint(_ids(slots)):
            continue  # "a golden fica", of what is not in the basket
        if line.get("quantity") == 0:
            line = {**line, "quantity": None, "mode": "remove"}
        alternatives = list(line.get("alternatives") or ())
        unsure = alternatives and (line.get("near") or line.get("product") not in _ids(slots))
        if not line.get("product") or unsure:
            ids = [line["product"], *alternatives] if line.get("product") else alternatives
            there = [each for each in ids if each in _ids(slots) and not line.get("near")]
            known = there or _chosen(slots, ids)
            if len(known) != 1 and line.get("mode") == "remove":
                if set(slots.get("choice", {}).get("products", ())) <= set(ids):
                    slots.pop("choice", None)  # "deixa a ração", asked which
                continue  # nothing like it is in the basket
            if len(known) != 1:
                slots["choice"] = _choice(line, known or ids, slots)
                continue
            line = {**line, "product": known[0]}
        old = line.get("instead_of") or slots.get("choice", {}).get("instead_of")
        _put_one(slots, line["product"], line.get("quantity"), line.get("mode", "set"))
        if old and old != line["product"] and old in _ids(slots):
            _put_one(slots, old, None, "remove")


def _choice(line: Mapping[str, Any], ids: Sequence[str], slots: Data) -> Data:
    """Which products are to be chosen from; those left of a choice keep how many were wanted."""
    quantity, before = line.get("quantity") or slots.pop("wanted", None), slots.get("choice", {})
    if quantity is None and set(ids) <= set(before.get("products", ())):
        quantity = before.get("quantity")
    old = line.get("instead_of") or before.get("instead_of")
    kept = {"instead_of": old} if old else {}
    return {"products": list(ids), "quantity": quantity, "near": line.get("near", False), **kept}


def _chosen(slots: Mapping[str, Any], ids: Sequence[str]) -> list[str]:
    """Which of the products on offer are meant."""
    return [each for each in ids if each in slots.get("choice", {}).get("products", ())]


def _ids(slots: Mapping[str, Any]) -> list[str]:
    return [item["product"] for item in slots.get("items", ())]


def _put_one(slots: Data, product: str, quantity: int | None, mode: str) -> None:
    items = [dict(item) for item in slots.get("items", ())]
    there = next((item for item in items if item["product"] == product), None)
    if quantity is None and slots.get("choice") and product in slots["choice"]["products"]:
        quantity = slots["choice"].get("quantity")
    if slots.get("choice") and product in slots["choice"]["products"]:
        slots.pop("choice")
    if mode == "remove":
        left = there["quantity"] - quantity if there and quantity else 0
        items = [item for item in items if item["product"] != product or left > 0]
        if there and left > 0:
            there["quantity"] = left
    elif there is None:
        wanted = slots.pop("wanted", None)
        items.append({"product": product, "quantity": quantity or wanted or 1})
    elif mode == "add":
        there["quantity"] += quantity or 1
    elif quantity is not None:
        there["quantity"] = quantity
    slots["items"] = [{**item, "quantity": min(item["quantity"], _MOST)} for item in items]
    left = _ids(slots)  # what was taken off is spoken of no longer
    slots["spoken"] = product if product in left or not left else slots.get("spoken")
    if left and slots["spoken"] not in left:
        slots["spoken"] = left[-1]


def shift_quantity(slots: Data, by: int, times: int = 1) -> bool:
    """ "Mais duas", "menos uma", "o dobro": of the item last spoken of. Nothing left of it takes it out."""
    spoken = slots.get("spoken")
    there = next((item for item in slots.get("items", ()) if item["product"] == spoken), None)
    if there is None:
        return False
    quantity = there["quantity"] * times + by
    _put_one(slots, there["product"], quantity if quantity > 0 else None, "set" if quantity > 0 else "remove")
    return True


def set_quantity(slots: Data, quantity: int) -> bool:
    """A bare number: for the choice that waits, or the item last spoken of."""
    if slots.get("choice"):
        slots["choice"]["quantity"] = quantity
        return True
    spoken = slots.get("spoken")
    if not _ids(slots):
        slots["wanted"] = quantity  # "quero 2", and what in the next breath
        return True
    if spoken is None or spoken not in _ids(slots):
        return False
    slots["items"] = [
        {**item, "quantity": min(quantity, _MOST)} if item["product"] == spoken else item for item in slots["items"]
    ]
    return True


async def product_options(desk: Desk, only: Sequence[str] = (), quantity: int | None = None) -> list[Data]:
    """Up to ten products on the shelf, each tap putting one in the basket."""
    products = (await desk.call("search_products"))["products"]
    shown = [item for item in products if (item["product"] in only if only else item["stock"] > 0)]
    return [
        option(
            item["product"],
            [Fill("items", [{"product": item["product"], "quantity": quantity, "mode": "set"}])],
            title=item["name"],
            description=phrase("order.row" if item["stock"] else "order.row_sold_out", price=money(item["price"])),
        )
        for item in shown[:10]
    ]
