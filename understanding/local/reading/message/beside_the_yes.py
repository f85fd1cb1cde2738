"""What stands beside the yes to a cancellation and changes nothing: "a manicure eu mantenho", "depois marco outro".

Another appointment that is kept is not the one to be cancelled, and one to be made some day is no booking. Nor is what
tells why: "é, cancela mesmo, minha mãe já lavou o bicho em casa".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.ports import Situation
from understanding.local import replies
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import Part, blanked, parted
from understanding.local.text import clauses
from understanding.local.text.cues import has

_CANCELLING = ("cancel_booking", "cancel_order")
_OF_A_STORY = {"service", "product", "delivery"}
_MORE = ("but", "waits", "not", "wishes", "asks_for", "books", "orders", "question_start")
_OPENING, _CHANGES = 2, 0.3


def left_aside(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text and its facts without such parts; unchanged where no yes is said to a cancellation summed up."""
    if situation.flow not in _CANCELLING or situation.asks != "confirm" or not _agrees(text, situation.language):
        return text, list(said)
    facts = list(said)
    parts = parted(text)
    for part in parts:
        inside = [fact for fact in facts if part.holds(fact)]
        tells_why = part is not parts[0] and not has("cancels", part.words) and _tells_why(part, inside, situation)
        if part.asks or not (tells_why or _keeps_another(part, inside, situation) or _some_day(part)):
            continue
        text = blanked(text, part.start, part.end)
        facts = [fact for fact in facts if fact not in inside]
    return text, facts


def _agrees(text: str, language: str) -> bool:
    """Whether the message begins with a yes, or with the cancellation said again."""
    first = next(iter(clauses.split(text, language)), None)
    opening = " ".join(part.words for part in parted(text)[:_OPENING])  # "é, cancela mesmo"
    told = has("cancels", opening) and not has("not", opening) and not has("some_day", opening)
    return first is not None and not first.no and (first.yes or told)


def _keeps_another(part: Part, inside: Sequence[Fact], situation: Situation) -> bool:
    own = {str(each.get("service")) for each in _summed_up(situation)}
    services = {str(fact.value) for fact in inside if fact.kind == "service"}
    another = (bool(services) and not services & own) or has("the_others", part.words)
    return another and has("goes_or_keeps", part.words) and not has("cancels", part.words)


def _summed_up(situation: Situation) -> list[dict[str, Any]]:
    """The appointments to be cancelled."""
    slots = situation.slots
    return list(slots.get("bookings") or ([slots["booking"]] if slots.get("booking") else []))


def _some_day(part: Part) -> bool:
    return has("books_again_later", part.words) and not has("cancels", part.words)


def _tells_why(part: Part, inside: Sequence[Fact], situation: Situation) -> bool:
    """Whether it is a story: nothing in it is wished for, asked, put off or taken back."""
    if any(has(cue, part.words) for cue in _MORE) or any(fact.kind not in _OF_A_STORY for fact in inside):
        return False
    judged = replies.judge(part.words, "cancellation", situation.language)
    return all(judged.get(each, 1.0) < _CHANGES for each in ("no", "hold", "change", "question"))
