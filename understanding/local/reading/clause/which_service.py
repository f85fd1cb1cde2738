"""Which of the services on the table: "as duas", "o de 50", "the cheaper one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts import extremes
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.fills import fills
from understanding.local.text.cues import has

_NUMBER = re.compile(r"\d+")
_BOTH = 2


def told(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """The answer to "which service?" that names none of them; None for all other words."""
    if situation.asks != "service":
        return None
    named = any(fact.kind == "service" and not fact.negated for fact in said)
    both = has("each_of_them", folded) or has("booking_one_of_each", folded)
    if len(situation.options) == _BOTH and both and not named:
        first, second = (str(option["id"]) for option in situation.options)
        times = [fact for fact in said if fact.kind == "time" and fact.value["has_date"]]
        return Answered("inform", (Fill("service", first), Fill("more", [second]), *fills(times, situation, "book")))
    priced = _by_price(folded, situation)
    return Answered("inform", (Fill("service", priced),)) if priced else None


def _by_price(folded: str, situation: Situation) -> str | None:
    """The one of the few that fit which its price tells."""
    choice = situation.slots.get("service_choice") or ()
    if not choice or has("price", folded):
        return None
    if extremes.kind(folded):
        return extremes.picked(choice, folded, situation.business)[0]
    told = set(_NUMBER.findall(folded))
    priced = [service for service in situation.business.services if service.id in choice and service.price is not None]
    fitting = [service.id for service in priced if str(int(service.price or 0)) in told]
    return fitting[0] if len(fitting) == 1 and len(told) == 1 else None
