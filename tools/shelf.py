"""What a basket costs right now: lines, delivery fee, total, and everything that stands in its way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field
from rapidfuzz import fuzz

from domain.business import Delivery, Zone
from domain.ports import OrderLine
from tools.tool import Arguments, Desk
from tools.words import plain

_ALIKE = 84.0  # of 100: one wrong letter in a short name

Shelf = Mapping[str, tuple[Decimal, int]]


class Item(Arguments):
    """One wish: a product and how many."""

    product: str
    quantity: int = Field(gt=0, le=100_000)


class Wanted(Arguments):
    """How the goods reach the customer; what is not known yet is null."""

    method: Literal["pickup", "delivery"] | None = None
    zone: str | None = None
    address: str | None = Field(None, max_length=300)


@dataclass(frozen=True, slots=True)
class Quote:
    """A basket at today's prices. `fee` is 0 for pickup and where the zone is not known yet."""

    lines: tuple[OrderLine, ...]
    names: Mapping[str, str]
    delivery: Mapping[str, Any]
    subtotal: Decimal
    fee: Decimal
    zone: Zone | None
    free_above: Decimal | None
    problems: tuple[Mapping[str, Any], ...]

    @property
    def total(self) -> Decimal:
        return self.subtotal + self.fee

    def as_dict(self) -> dict[str, Any]:
        """Plain data, money as strings."""
        free = self.free_above is not None and self.subtotal >= self.free_above
        missing = None if free or self.free_above is None else money(self.free_above - self.subtotal)
        return {
            "lines": [
                {
                    "product": line.product,
                    "name": self.names[line.product],
                    "quantity": line.quantity,
                    "price": money(line.price),
                    "total": money(line.price * line.quantity),
                }
                for line in self.lines
            ],
            "subtotal": money(self.subtotal),
            "fee": money(self.fee),
            "total": money(self.total),
            "problems": [dict(problem) for problem in self.problems],
            "zone": self.zone.name if self.zone else None,
            "minutes": self.zone.minutes if self.zone else None,
            "free_delivery": free,
            "missing_for_free": missing,
        }


def price(desk: Desk, shelf: Shelf, items: Sequence[Item], wanted: Wanted | None) -> Quote:
    """Quotes a basket against the shelf. The same product twice is one line."""
    quantities: dict[str, int] = {}
    for item in items:
        quantities[item.product] = quantities.get(item.product, 0) + item.quantity
    problems: list[dict[str, Any]] = []
    lines: list[OrderLine] = []
    for product, quantity in quantities.items():
        if product not in shelf or desk.business.product(product) is None:
            problems.append({"reason": "unknown_product", "product": product})
            continue
        cost, stock = shelf[product]
        if quantity > stock:
            problems.append({"reason": "out_of_stock", "product": product, "stock": stock, "quantity": quantity})
        lines.append(OrderLine(product, quantity, cost))
    subtotal = sum((line.price * line.quantity for line in lines), Decimal(0))
    rules = desk.business.delivery
    zone = find_zone(rules, wanted.zone, wanted.address) if rules and wanted and wanted.method == "delivery" else None
    problems += _delivery_problems(rules, wanted, zone, subtotal)
    free_above = rules.free_above if rules and not (wanted and wanted.method == "pickup") else None
    fee = zone.fee if zone and not (free_above is not None and subtotal >= free_above) else Decimal(0)
    names = {product.id: product.name for product in desk.business.products}
    return Quote(tuple(lines), names, _delivery(wanted, zone, fee), subtotal, fee, zone, free_above, tuple(problems))


def find_zone(rules: Delivery, name: str | None, address: str | None = None) -> Zone | None:
    """A delivery zone as written: accents, capitals, a typo or words around it do not matter ("no centro").

    In an address only a whole part between commas counts: "Rua Ipiranga, 10" is a street, not the zone Ipiranga.
    """
    wanted = plain(name or "")
    if wanted:
        inside = [zone for zone in rules.zones if f" {plain(zone.name)} " in f" {wanted} "]
        alike = [zone for zone in rules.zones if fuzz.ratio(plain(zone.name), wanted) >= _ALIKE]
        return max(inside, key=lambda zone: len(zone.name), default=alike[0] if len(alike) == 1 else None)
    parts = {plain(part) for part in re.split(r"[,;\n]| - ", address or "")}
    named = [zone for zone in rules.zones if plain(zone.name) in parts]
    return named[0] if len(named) == 1 else None


def money(amount: Decimal) -> str:
    """Two decimals, as everywhere in tool results."""
    return f"{amount:.2f}"


def _delivery_problems(
    rules: Delivery | None, wanted: Wanted | None, zone: Zone | None, subtotal: Decimal
) -> list[dict[str, Any]]:
    if wanted is None or wanted.method is None:
        return []
    if wanted.method == "pickup":
        return [{"reason": "pickup_unavailable"}] if rules and not rules.pickup else []
    zones = [item.name for item in rules.zones] if rules else []
    pickup = rules.pickup if rules else True
    problems: list[dict[str, Any]] = []
    if rules is None or (wanted.zone and zone is None):
        problems.append({"reason": "unknown_zone", "zone": wanted.zone, "zones": zones, "pickup": pickup})
    if rules and subtotal < rules.minimum_order:
        missing = money(rules.minimum_order - subtotal)
        problems.append(
            {
                "reason": "below_minimum",
                "minimum": money(rules.minimum_order),
                "subtotal": money(subtotal),
                "missing": missing,
                "pickup": pickup,
            }
        )
    return problems


def _delivery(wanted: Wanted | None, zone: Zone | None, fee: Decimal) -> dict[str, Any]:
    """What is kept with the order."""
    if wanted is None or wanted.method is None:
        return {}
    if wanted.method == "pickup":
        return {"method": "pickup"}
    kept: dict[str, Any] = {"method": "delivery", "zone": zone.name if zone else wanted.zone, "fee": money(fee)}
    return kept | ({"address": wanted.address} if wanted.address else {})
