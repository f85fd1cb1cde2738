"""Orders: what is on the shelf, what a basket costs, placing, changing and cancelling. Prices and stock come from the
books, and the books themselves refuse to oversell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import Field
from rapidfuzz import fuzz

from domain.business import PaymentMethod, Product
from domain.errors import FixArguments, Impossible
from domain.ports import Order, OrderDraft, OrderLine
from tools.shelf import Item, Quote, Shelf, Wanted, money, price
from tools.tool import Arguments, Desk, Nothing, Tool, WriteArguments, reading, writing
from tools.words import plain

_ALIKE = 80.0  # of 100: below it a typo is another word


class SearchProducts(Arguments):
    query: str = Field("", description="words of the product's name; empty lists everything")


class CheckStock(Arguments):
    product: str


class QuoteOrder(Arguments):
    items: tuple[Item, ...] = Field(min_length=1)
    delivery: Wanted | None = None


class PlaceOrder(WriteArguments):
    items: tuple[Item, ...] = Field(min_length=1)
    delivery: Wanted
    payment: PaymentMethod
    change_for: Decimal | None = Field(None, gt=0, description="the note the customer pays cash with")
    expected_total: Decimal = Field(description="the total of the summary the customer said yes to")


class ChangeOrder(PlaceOrder):
    order: str


class OrderStatus(Arguments):
    order: str | int | None = Field(None, description="id or number; null is the latest")


class CancelOrder(WriteArguments):
    order: str


async def search_products(desk: Desk, arguments: SearchProducts) -> dict[str, Any]:
    """Products with price and stock now, best match first."""
    shelf = await desk.records.orders.shelf()
    found = [product for product in desk.business.products if product.id in shelf]
    if arguments.query.strip():
        ranked = [(_alike(arguments.query, product), product) for product in found]
        found = [product for score, product in sorted(ranked, key=lambda pair: -pair[0]) if score >= _ALIKE]
    return {"products": [_on_shelf(product, shelf) for product in found]}


async def check_stock(desk: Desk, arguments: CheckStock) -> dict[str, Any]:
    """One product's price and stock now."""
    shelf = await desk.records.orders.shelf()
    product = desk.business.product(arguments.product)
    if product is None or product.id not in shelf:
        raise FixArguments(f"product: unknown; allowed: {', '.join(item.id for item in desk.business.products)}")
    return _on_shelf(product, shelf)


async def quote_order(desk: Desk, arguments: QuoteOrder) -> dict[str, Any]:
    """What a basket costs now, with delivery, and the `problems` to solve before it can be ordered."""
    return price(desk, await desk.records.orders.shelf(), arguments.items, arguments.delivery).as_dict()


async def place_order(desk: Desk, arguments: PlaceOrder) -> dict[str, Any]:
    """Orders. Only after the customer said yes to exactly these items, delivery, payment and total."""
    quote, draft = await _draft(desk, arguments, held=())
    try:
        order = await desk.records.orders.place(draft, arguments.key)
    except Impossible as error:
        raise _lost(error, quote) from None
    return _receipt(desk, order)


async def change_order(desk: Desk, arguments: ChangeOrder) -> dict[str, Any]:
    """Replaces a confirmed order's items, delivery and payment, after a yes to the new summary."""
    order = await _mine(desk, arguments.order)
    if order.status != "confirmed":
        raise Impossible("too_late", written(desk, order))
    quote, draft = await _draft(desk, arguments, held=order.items)
    try:
        changed = await desk.records.orders.change(order.id, draft, arguments.key)
    except Impossible as error:
        raise _lost(error, quote) from None
    return _receipt(desk, changed)


async def order_status(desk: Desk, arguments: OrderStatus) -> dict[str, Any]:
    """One order of the customer, the latest unless another is named."""
    return written(desk, await _mine(desk, arguments.order))


async def cancel_order(desk: Desk, arguments: CancelOrder) -> dict[str, Any]:
    """Cancels a confirmed order, after a yes. One that is already being prepared is for a person."""
    order = await _mine(desk, arguments.order)
    if order.status not in ("confirmed", "cancelled"):
        raise Impossible("too_late", written(desk, order))
    return _receipt(desk, await desk.records.orders.cancel(order.id, arguments.key))


async def my_orders(desk: Desk, arguments: Nothing) -> dict[str, Any]:
    """The customer's last orders, newest first, cancelled ones too."""
    return {"orders": [written(desk, order) for order in await desk.records.orders.mine()]}


TOOLS: tuple[Tool, ...] = (
    reading(SearchProducts, search_products),
    reading(CheckStock, check_stock),
    reading(QuoteOrder, quote_order),
    writing(PlaceOrder, place_order),
    writing(ChangeOrder, change_order),
    reading(OrderStatus, order_status),
    writing(CancelOrder, cancel_order),
    reading(Nothing, my_orders),
)


def _alike(query: str, product: Product) -> float:
    wanted = plain(query)
    names = (product.name, *product.aliases, product.id)
    return max(fuzz.token_set_ratio(wanted, plain(name)) for name in names)


def _on_shelf(product: Product, shelf: Shelf) -> dict[str, Any]:
    cost, stock = shelf[product.id]
    return {"product": product.id, "name": product.name, "price": money(cost), "stock": stock}


async def _draft(desk: Desk, arguments: PlaceOrder, held: Sequence[OrderLine]) -> tuple[Quote, OrderDraft]:
    """Checks everything a yes was given to against the books. `held` is stock the changed order already has."""
    shelf = dict(await desk.records.orders.shelf())
    for line in held:
        cost, stock = shelf.get(line.product, (line.price, 0))
        shelf[line.product] = (cost, stock + line.quantity)
    quote = price(desk, shelf, arguments.items, arguments.delivery)
    # What is out of stock is left to the books: they know whether this very write took it, sent again by its key.
    first = next((problem for problem in quote.problems if problem["reason"] != "out_of_stock"), None)
    if first is not None:
        facts = {key: value for key, value in first.items() if key != "reason"}
        raise Impossible(str(first["reason"]), {**facts, "quote": quote.as_dict()})
    if arguments.delivery.method is None:
        raise FixArguments("delivery.method: pickup or delivery")
    if arguments.delivery.method == "delivery" and quote.zone is None:
        zones = ", ".join(zone.name for zone in desk.business.delivery.zones) if desk.business.delivery else ""
        raise FixArguments(f"delivery.zone: needed for a delivery; allowed: {zones}")
    if quote.total != arguments.expected_total:
        raise Impossible("price_changed", {"expected": money(arguments.expected_total), "quote": quote.as_dict()})
    _payable(desk, arguments, quote.total)
    draft = OrderDraft(quote.lines, quote.delivery, arguments.payment, arguments.change_for, quote.total)
    return quote, draft


def _payable(desk: Desk, arguments: PlaceOrder, total: Decimal) -> None:
    methods = desk.business.payment.methods if desk.business.payment else ()
    if arguments.payment not in methods:
        raise FixArguments(f"payment: allowed: {', '.join(methods)}")
    if arguments.change_for is None:
        return
    if arguments.payment != "cash":
        raise FixArguments("change_for: only with payment cash")
    if arguments.change_for < total:
        raise FixArguments(f"change_for: at least the total, {money(total)}")


async def _mine(desk: Desk, wanted: str | int | None) -> Order:
    """The customer's order by id or number; the latest for None."""
    for order in await desk.records.orders.mine(limit=50):
        if wanted is None or str(wanted).lstrip("#") in (order.id, str(order.number)):
            return order
    raise Impossible("not_found")


def _lost(error: Impossible, quote: Quote) -> Impossible:
    """The books refused what the quote had allowed: somebody took the last piece."""
    return Impossible(error.reason, {**error.facts, "quote": quote.as_dict()})


def _receipt(desk: Desk, order: Order) -> dict[str, Any]:
    return {"receipt": order.id, **written(desk, order)}


def written(desk: Desk, order: Order) -> dict[str, Any]:
    """An order as tool results show it."""
    names = {product.id: product.name for product in desk.business.products}
    zones = desk.business.delivery.zones if desk.business.delivery else ()
    zone = next((zone for zone in zones if zone.name == order.delivery.get("zone")), None)
    return {
        "id": order.id,
        "number": order.number,
        "items": [
            {
                "product": line.product,
                "name": names.get(line.product, line.product),
                "quantity": line.quantity,
                "price": money(line.price),
                "total": money(line.price * line.quantity),
            }
            for line in order.items
        ],
        "delivery": dict(order.delivery),
        "minutes": zone.minutes if zone else None,
        "payment": order.payment,
        "change_for": money(order.change_for) if order.change_for is not None else None,
        "total": money(order.total),
        "status": order.status,
        "created_at": desk.iso(order.created_at),
    }
