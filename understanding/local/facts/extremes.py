"""The cheapest or the dearest of several things: "a ração mais barata", "the cheapest one"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.business import Business
from understanding.local.text.cues import has


def kind(folded: str) -> str | None:
    """ "cheapest", "dearest", or None when neither is spoken of."""
    return next((each for each in ("cheapest", "dearest") if has(each, folded)), None)


def picked(ids: Sequence[str], folded: str, business: Business) -> list[str]:
    """The one of these products or services that an extreme names; all of them without one."""
    extreme = kind(folded)
    priced = [each for each in ids if _price(each, business) is not None] if extreme else []
    if not priced:
        return list(ids)
    choose = min if extreme == "cheapest" else max
    return [choose(priced, key=lambda each: _price(each, business) or Decimal(0))]


def _price(identity: str, business: Business) -> Decimal | None:
    thing = business.product(identity) or business.service(identity)
    return thing.price if thing else None
