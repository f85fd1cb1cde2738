"""Things told only by whom they are for: "o que vocês têm pra gatos?", "atendem homem?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.business import Business
from domain.commands import Ask, Command
from understanding.local.facts import things
from understanding.local.text.cues import has
from understanding.local.text.trades import Lexicon
from understanding.local.text.words import fold

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


def for_that_animal(text: str, commands: Sequence[Command], business: Business) -> list[Command]:
    """ "Adotei um gatinho! o que vocês têm pra ele?": what is asked for is for the animal told of beside it."""
    folded = fold(text)
    asked = [each for each in commands if isinstance(each, Ask) and each.topic == "catalog"]
    if not business.products or len(asked) != 1 or not has("basket_for_it", folded):
        return list(commands)
    if asked[0].about.keys() & {"product", "service", "trade"} or not (fits := meant_for(text, business)):
        return list(commands)
    told = Ask("catalog", {**{key: value for key, value in asked[0].about.items() if key != "unlisted"}, **fits})
    return [told if each is asked[0] else each for each in commands]


def _known(business: Business) -> tuple[Lexicon, tuple[things.Thing, ...]]:
    """The words and things of a business, put together once."""
    key = (business.id, *things.named(business))
    if key not in _KNOWN:
        lexicon = things.lexicon(business)
        _KNOWN[key] = lexicon, things.of(business, lexicon)
    return _KNOWN[key]
