"""What is said where an appointment is to be cancelled: the fee for it, when it was, another hour instead, one anew."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Command, Deny, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local import replies
from understanding.local.facts.fact import Fact
from understanding.local.facts.own_names import holds
from understanding.local.reading.fills import fills
from understanding.local.reading.outcome.of_what_stands import days_told
from understanding.local.reading.times_told import wished
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_SAID = 0.6
_THE_FEE = "tem multa por cancelar?"
"""Asked of the business's own texts, whatever words the customer found for it."""


def told(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands in the light of the appointment that is to go."""
    if situation.flow != "cancel_booking" or situation.asks != "confirm":
        return list(commands)
    folded, one = fold(text), situation.slots.get("booking")
    if has("asks_when_again", folded) and not any(isinstance(each, Affirm) for each in commands):
        return [Start("my_bookings")]
    if _agrees(folded) and has("own_when", folded):
        return [Affirm(), Start("my_bookings")]
    if one and (moved := _moved(commands, folded, said, situation)):
        return moved
    if one and _keeps_another(text, said, situation):
        return [Affirm()]
    if rather := _rather_another(commands, said, situation):
        return [rather]
    if _agrees(folded) and (Start("book") in commands or _names_another(commands, said, situation)):
        return [Affirm(), Start("book"), *fills(said, situation, flow="book")]
    return [_of_the_fee(each, situation) for each in commands]


def _moved(commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Ou dá pra ser mais tarde?", "passa pra amanhã então": moved in the place of it; empty where it is not.

    "Não, mudei de ideia, vou sim na quinta", as it stands: nothing goes.
    """
    own, times = situation.slots["booking"], [fact.value for fact in said if fact.kind == "time"]
    if Deny() in commands and Start("book") in commands and times and all(holds(each, own) for each in times):
        return [Deny()]
    unclear = all(isinstance(each, Unclear | Deny | Smalltalk) for each in commands)
    if has("asks_later", folded) and not has("books", folded) and not _tells_hour(said):
        shift = "earlier" if has("sooner", folded) else "later"
        return [Start("reschedule"), Fill("shift", shift)]
    if has("moves_it", folded) and (length := days_told(folded, situation)):
        return [Start("reschedule"), Fill("postpone", length)]
    if has("cancels_and_rebooks", folded) and any(wished(fact) for fact in said):
        return [Start("reschedule"), *fills(said, situation, flow="reschedule")]
    if unclear and has("moves_it", folded):
        return [Start("reschedule")]
    return []


def _rather_another(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> Fill | None:
    """ "O da tosa, na quinta, o outro deixa": not moved, but another one that stands, by its service and its time."""
    told = [fact for fact in said if fact.kind in ("service", "time") and not fact.negated]
    if Start("reschedule") not in commands or {fact.kind for fact in told} != {"service", "time"}:
        return None
    gone = (situation.slots.get("booking") or {}).get("booking")
    fitting = [
        one["booking"] for one in situation.standing
        if all(holds(f.value, one) if f.kind == "time" else one["service"] == f.value for f in told)
    ]  # fmt: skip
    return Fill("booking", fitting[0]) if len(fitting) == 1 and fitting[0] != gone else None


def _names_another(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> bool:
    """ "Isso, aí já me encaixa numa hidratação": another service than the one that goes is not that one moved."""
    gone = (situation.slots.get("booking") or {}).get("service")
    named = [fact.value for fact in said if fact.kind == "service" and not fact.negated]
    return Start("reschedule") in commands and bool(named) and gone not in named


def _tells_hour(said: Sequence[Fact]) -> bool:
    """Whether an hour is told."""
    return any(fact.kind == "time" and fact.value["has_time"] for fact in said)


def _keeps_another(text: str, said: Sequence[Fact], situation: Situation) -> bool:
    """ "That's the one yes, I'm keeping the manicure": a yes beside what is said of an appointment that stays."""
    named = [fact for fact in said if fact.kind == "service"]
    own = (situation.slots.get("booking") or {}).get("service")
    others = [fact for fact in named if fact.value != own and own not in (fact.value or ())]
    if not others or len(others) != len(said):
        return False
    folded = fold(text)
    kept = has("goes_or_keeps", folded) or all(fact.negated for fact in others)
    agreed = pattern("assent").match(folded.strip(" ,.!")) is not None
    head = text[: others[0].start].rpartition(",")[0]
    judged = replies.judge(head, "cancellation", situation.language).get("yes", 0.0) if head else 0.0
    return kept and "?" not in text and (agreed or judged >= _SAID)


def _agrees(folded: str) -> bool:
    """Whether it begins with a yes and takes nothing of it back."""
    return pattern("assent").match(folded.strip(" ,.!")) is not None and not has("but", folded)


def _of_the_fee(command: Command, situation: Situation) -> Command:
    """ "Is there a fee?": for cancelling, not of a thing."""
    if not isinstance(command, Ask) or command.topic not in ("prices", "payment", "total", "faq"):
        return command
    words = fold(str(command.about.get("text") or ""))
    fee = has("charges", words) and not command.about.keys() & {"product"}
    if command.topic == "prices" and command.about.get("service") and not has("cancels", words):
        return command  # "quanto era mesmo a escova?"
    return Ask("faq", {"text": _THE_FEE}) if fee and situation.known(_THE_FEE) > 0 else command
