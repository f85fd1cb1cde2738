"""Another hour for one that waits beside the booking under way: "o pé às 16h em vez das 15h"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked, parted
from understanding.local.reading.times_told import wished
from understanding.local.text.cues import has
from understanding.local.text.words import fold


def told(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact], dict[str, Any]] | None:
    """The text and facts without that, and the wish; None when nothing is put in place of what it was told with."""
    waiting = [wish.get("service") for wish in situation.slots.get("more", ())] if situation.flow == "book" else []
    telling = [part for part in parted(text) if any(wished(fact) and part.holds(fact) for fact in said)]
    services = [fact for fact in said if fact.kind == "service" and any(part.holds(fact) for part in telling)]
    times = [fact for fact in said if fact.kind == "time"]
    wanted = [fact for fact in times if wished(fact)]
    named = {str(fact.value) for fact in services if not fact.negated} - {str(situation.slots.get("service"))}
    if len(named) != 1 or not named <= {str(each) for each in waiting} or not wanted:
        return None
    if len(wanted) == len(times) and not has("in_place_of", fold(text)):
        return None
    own = [*services, *times]
    for part in parted(text):
        if any(map(part.holds, own)):
            text = blanked(text, part.start, part.end)
    service = next(each for each in waiting if str(each) in named)  # "…, so my nails can dry" tells why
    wish = {"service": service, "time": [fact.value for fact in wanted]}
    return text, [fact for fact in said if fact not in own], wish
