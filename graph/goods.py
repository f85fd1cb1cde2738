"""Answers about what is offered: prices, what a basket would cost, durations, what there is and what is in stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from graph import knowledge, stack
from graph.flows import checkout
from graph.flows.flow import Desk
from graph.phrases import clock, lines, money, phrase
from graph.state import Data

_LONGEST_LIST = 15
_FREE = "0.00"
_BARE = 3
_WHAT_DOES_IT_COST = "quanto custa"
_WHAT_IS_IT_FOR = "pra que serve"

About = Mapping[str, Any]


async def prices(desk: Desk, about: About) -> bool:
    """What the things spoken of cost; without any, the list."""
    if not desk.business.services and not desk.business.products:  # one thing is sold, and a passage tells its price
        return await knowledge.told(desk, about) or await knowledge.told(desk, {"text": _WHAT_DOES_IT_COST})
    if about.get("items"):
        return await _quote(desk, about["items"], about.get("zone"))
    facts = await desk.call("business_facts", topic="prices")
    services, products = _wanted(facts["services"], about, "service"), _wanted(facts["products"], about, "product")
    if services is None and products is None:
        return await _whole_price_list(desk, facts, about)
    items = _extreme([*(services or ()), *(products or ())], about)
    if products and about.get("unlisted"):
        desk.say("stock.near")
    if any(item["price"] in (None, _FREE) for item in items) and await knowledge.told(desk, about):
        return True  # the owner words best what costs nothing, or has no price yet
    for item in items:
        if not _is_told(desk, item):
            _say_price(desk, item)
    return True


def _is_told(desk: Desk, item: Data) -> bool:
    """Whether what it costs was said a moment ago: "tem ração de filhote? qual o preço?" is answered by the first."""
    return any(said["key"] == "stock.there" and said["with"]["name"] == item["name"] for said in desk.says)


def _wanted(items: list[Data], about: About, kind: str) -> list[Data] | None:
    """The items spoken of; None when none was named."""
    ids = about.get(kind)
    if not ids:
        return None
    ids = [ids] if isinstance(ids, str) else ids
    return [item for item in items if item["id"] in ids]


def _extreme(items: Sequence[Data], about: About) -> list[Data]:
    """The cheapest or the dearest of them, when that was asked."""
    priced = [item for item in items if item["price"] is not None]
    if not about.get("extreme") or not priced:
        return list(items)
    choose = min if about["extreme"] == "cheapest" else max
    return [choose(priced, key=lambda item: Decimal(item["price"]))]


def extreme(about: About, desk: Desk) -> dict[str, list[str]]:
    """The one thing that a question for the cheapest or dearest of all was answered with."""
    services = [(each.price, each.id) for each in desk.business.services if each.price is not None]
    priced = [*services, *((each.price, each.id) for each in desk.business.products)]
    if not about.get("extreme") or not priced:
        return {}
    _, chosen = (min if about["extreme"] == "cheapest" else max)(priced)
    return {"service" if desk.business.service(chosen) else "product": [chosen]}


def _say_price(desk: Desk, item: Data) -> None:
    if item["price"] is None:
        desk.say("price.after_evaluation", name=item["name"])
    elif item["price"] == _FREE:
        desk.say("price.free", name=item["name"], minutes=item["minutes"])
    elif "minutes" in item:
        desk.say("price.service", name=item["name"], price=money(item["price"]), minutes=item["minutes"])
    elif item["stock"] > 0:
        desk.say("price.product", name=item["name"], price=money(item["price"]))
    else:
        desk.say("price.sold_out", name=item["name"], price=money(item["price"]))


async def _whole_price_list(desk: Desk, facts: Data, about: About) -> bool:
    """The list, unless the words name something that is not on it and a passage knows better."""
    if about.get("text") and await knowledge.told(desk, about):
        return True
    if about.get("unlisted"):
        return False
    if len(str(about.get("text") or "").split()) <= _BARE and any("passage" in said for said in desk.says):
        return True  # "tem táxi dog? quanto?": asked of what the passage just told
    rows = [*facts["services"], *facts["products"]][:_LONGEST_LIST]
    if about.get("extreme"):
        for item in _extreme(rows, about):
            _say_price(desk, item)
        return True
    desk.say(
        "price.list", items=lines([phrase("price.row", name=item["name"], price=money(item["price"])) for item in rows])
    )
    return True


async def _quote(desk: Desk, items: Sequence[Data], zone: str | None) -> bool:
    """What these things would cost together, delivered to the zone when one was named."""
    delivery = {"method": "delivery", "zone": zone} if zone else None
    quote = await desk.call("quote_order", items=list(items), delivery=delivery)
    short = next((each for each in quote["problems"] if each["reason"] == "out_of_stock"), None)
    if short is not None:
        product = desk.business.product(short["product"])
        key = "stock.only" if short["stock"] else "stock.gone"
        desk.say(key, name=product.name if product else short["product"], stock=short["stock"])
    desk.say("price.quote", items=checkout.quoted_lines(quote), total=money(quote["total"]), delivery=_fee(quote))
    return True


def _fee(quote: Data) -> Data | str:
    if quote["zone"] is None:
        return ""
    key = "price.delivered_free" if quote["free_delivery"] else "price.delivered"
    return phrase(key, zone=quote["zone"], fee=money(quote["fee"]))


async def duration(desk: Desk, about: About) -> bool:
    """How long the services spoken of take."""
    services = _wanted((await desk.call("list_services"))["services"], about, "service")
    for service in services or ():
        desk.say("duration.service", name=service["name"], minutes=service["minutes"])
    if services and about.get("ends") and (start := _summed_up(desk)):
        end = datetime.fromisoformat(start) + timedelta(minutes=services[0]["minutes"])
        desk.say("duration.until", clock=clock(end.isoformat()))
    return bool(services)


def _summed_up(desk: Desk) -> str | None:
    """The start of the appointment that waits for a yes."""
    frame = stack.top(desk)
    return frame["slots"].get("start") if frame and frame["asks"] == "confirm" else None


async def catalog(desk: Desk, about: About) -> bool:
    """What there is of it; without anything named, everything."""
    if about.get("product"):
        return await stock(desk, about)
    if about.get("service"):
        return await knowledge.told(desk, about) or await prices(desk, about)
    if not (desk.business.services or desk.business.products):
        if await knowledge.told(desk, about):
            return True
        return not about.get("unlisted") and await knowledge.told(desk, {"text": _WHAT_IS_IT_FOR})
    if about.get("unlisted"):
        return False
    facts = await desk.call("business_facts", topic="prices")
    return await _whole_price_list(desk, facts, {key: about[key] for key in ("extreme",) if key in about})


async def stock(desk: Desk, about: About) -> bool:
    """Whether the products spoken of are on the shelf, and for how much."""
    ids = about.get("product") or ()
    if ids and about.get("unlisted"):
        desk.say("stock.near")
    for product in [ids] if isinstance(ids, str) else ids:
        item = await desk.call("check_stock", product=product)
        if item["stock"] > 0:
            desk.say("stock.there", name=item["name"], stock=item["stock"], price=money(item["price"]))
        else:
            desk.say("stock.gone", name=item["name"])
    return bool(ids)


async def total(desk: Desk, about: About) -> bool:
    """What it comes to: the basket's summary follows by itself, a basket under way so far, else the last order's."""
    frame = stack.top(desk)
    if frame is not None and frame["flow"] in ("order", "change_order"):
        slots = frame["slots"]
        if frame["asks"] != "confirm" and slots.get("items"):
            quote = await desk.call("quote_order", items=slots["items"], delivery=checkout.delivery_of(slots))
            desk.say(
                "price.quote", items=checkout.quoted_lines(quote), total=money(quote["total"]), delivery=_fee(quote)
            )
        return True
    orders = (await desk.call("my_orders"))["orders"]
    if orders:
        desk.say("orders.total", number=orders[0]["number"], total=money(orders[0]["total"]))
    return bool(orders)
