"""Things told only by whom they are for: "o que vocês têm pra gatos?", "atendem homem?"."""

from __future__ import annotations

from typing import Any

from domain.business import Business
from understanding.local.facts import things
from understanding.local.text.trades import Lexicon

_KNOWN: dict[tuple[str, ...], tuple[Lexicon, tuple[things.Thing, ...]]] = {}
"""By the business and all that its things are called: another catalogue is put together anew."""


def meant_for(text: str, business: Business, *, only_services: bool = False) -> dict[str, Any]:
    """The products, else the services, for the one kind of animal or person that is named; empty without any."""
    lexicon, known = _known(business)
    tokens = [token for token in things.tokens(text, lexicon) if token.literal not in lexicon.people]
    named = {token.concept for token in tokens} & lexicon.narrowing
    fits = {thing: len(named & thing.concepts) for thing in known}
    most = max(fits.values(), default=0)
    closest = [thing for thing, shared in fits.items() if shared == most > 0]
    products = [] if only_services else [thing.id for thing in closest if thing.kind == "product"]
    services = [thing.id for thing in closest if thing.kind == "service"]
    if products:
        return {"product": products}
    return {"service": services} if services else {}


def _known(business: Business) -> tuple[Lexicon, tuple[things.Thing, ...]]:
    """The words and things of a business, put together once."""
    key = (business.id, *things.named(business))
    if key not in _KNOWN:
        lexicon = things.lexicon(business)
        _KNOWN[key] = lexicon, things.of(business, lexicon)
    return _KNOWN[key]
