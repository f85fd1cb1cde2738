"""Answers about delivery: where to, for how much and how fast; of an order under way, for the place it goes to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graph import knowledge
from graph.flows import checkout
from graph.flows.flow import Desk
from graph.phrases import lines, money, phrase
from graph.state import Data
from tools.concepts import concepts
from understanding.local import topics
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_HOW_IT_IS_DELIVERED = "como funciona a entrega"
_DELIVERY = "delivery"
_SURELY = 0.5
_OF_ONE_PLACE = ("price", "duration", "arrival", "fee", "asks_when")

About = Mapping[str, Any]


async def answer(desk: Desk, about: About) -> bool:
    """Tells the fee and the time of the zone spoken of, else of all of them."""
    facts = await desk.call("business_facts", topic="delivery")
    if not facts["delivers"]:
        return False
    text = str(about.get("text") or "")
    if about.get("cheaper"):
        _say_fees(desk, facts)
        return True
    if has("asks_when", fold(text)) and not about.get("elsewhere"):
        await knowledge.told(desk, {"text": _HOW_IT_IS_DELIVERED})
    own = await _own(desk) if _asks_of_one_place(fold(text), about) else None
    if own is not None:
        _say_own(desk, own, facts)
        return True
    if not about.get("by_themselves") and not _is_brought(text, about) and await knowledge.told(desk, about):
        return True  # who is fetched, not what is brought
    if await _fetched(desk, about) and not has("delivery_fee", fold(text)):
        return True
    if about.get("day") and await knowledge.told(desk, {"text": _HOW_IT_IS_DELIVERED}) and await _own(desk):
        return True
    _say_zones(desk, facts, about)
    return True


def _is_brought(text: str, about: About) -> bool:
    told = _DELIVERY in concepts(text) or topics.about(text).get(_DELIVERY, 0.0) >= _SURELY
    return bool(about.get("zone")) or told


async def _fetched(desk: Desk, about: About) -> bool:
    """ "Posso retirar na loja?": whether that was asked, and can be done; says where."""
    rules = desk.business.delivery
    if not about.get("pickup") or rules is None or not rules.pickup:
        return False
    desk.say("delivery.at_the_shop", address=(await desk.call("business_facts", topic="address"))["address"])
    return True


def _say_zones(desk: Desk, facts: Data, about: About) -> None:
    zone = next((zone for zone in facts["zones"] if zone["name"] == about.get("zone")), None)
    if about.get("elsewhere"):
        desk.say("delivery.elsewhere")
    if zone is not None:
        desk.say("delivery.zone", zone=zone["name"], fee=money(zone["fee"]), minutes=zone["minutes"])
    else:
        rows = [
            phrase("delivery.row", zone=zone["name"], fee=money(zone["fee"]), minutes=zone["minutes"])
            for zone in facts["zones"]
        ]
        desk.say("delivery.zones", zones=lines(rows))
    _say_terms(desk, facts)


def _say_fees(desk: Desk, facts: Data) -> None:
    """Between having it brought and picking it up: what each costs."""
    fees = sorted(Decimal(zone["fee"]) for zone in facts["zones"])
    rules = desk.business.delivery
    if fees and rules and rules.pickup:
        desk.say("delivery.or_pickup", low=money(str(fees[0])), high=money(str(fees[-1])))
    else:
        _say_zones(desk, facts, {})


def _asks_of_one_place(folded: str, about: About) -> bool:
    """Whether "quanto é a taxa?", "how long will it take?" is asked, and no other place is named."""
    if about.get("zone") or about.get("elsewhere") or about.get("day"):
        return False
    return bool(about.get("how_long")) or any(has(cue, folded) for cue in _OF_ONE_PLACE)


async def _own(desk: Desk) -> Data | None:
    """What the basket under way costs where it goes; None while that is not known."""
    frames = [frame for frame in desk.dialogue["stack"] if frame["flow"] in ("order", "change_order")]
    slots = frames[-1]["slots"] if frames else {}
    if not slots.get("items") or slots.get("delivery") != "delivery" or not slots.get("zone"):
        return None
    quote = await desk.call("quote_order", items=slots["items"], delivery=checkout.delivery_of(slots))
    return quote if quote["zone"] else None


def _say_own(desk: Desk, quote: Data, facts: Data) -> None:
    if quote["free_delivery"]:
        desk.say("delivery.zone_free", zone=quote["zone"], minutes=quote["minutes"])
        return
    desk.say("delivery.zone", zone=quote["zone"], fee=money(quote["fee"]), minutes=quote["minutes"])
    _say_terms(desk, facts)


def _say_terms(desk: Desk, facts: Data) -> None:
    if facts["free_above"]:
        desk.say("delivery.terms", minimum=money(facts["minimum_order"]), free=money(facts["free_above"]))
