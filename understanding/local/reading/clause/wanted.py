"""What an intent with its facts asks for: the commands of one clause."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import (
    Ask,
    Cancel,
    Command,
    Correct,
    Fill,
    Human,
    OptIn,
    OptOut,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
    Wait,
)
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import appointments, context, pointed, shifts, unlisted
from understanding.local.reading.fills import fills, quantity
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.reply import verdicts
from understanding.local.reading.topic import joined, questions
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, words
from understanding.local.text.words import fold

_FLOWS = (
    "book", "reschedule", "cancel_booking", "my_bookings", "order", "change_order", "order_status", "cancel_order",
)  # fmt: skip
_PLAIN: dict[str, Command] = {
    "human": Human("asked"),
    "complaint": Human("complaint"),
    "opt_out": OptOut(),
    "opt_in": OptIn(),
    "repeat": Repeat(),
    "wait": Wait(),
    "forget": Cancel(),
    "greet": Smalltalk("greet"),
    "goodbye": Smalltalk("goodbye"),
    "thanks": Smalltalk("thanks"),
    "who_are_you": Smalltalk("who_are_you"),
}
COURTEOUS = {"greet", "goodbye", "thanks", "smalltalk", "who_are_you", "affirm", "deny"}


def commands(
    name: str, clause: Clause, said: list[Fact], situation: Situation, ranked: Sequence[tuple[str, float]]
) -> list[Command]:
    """What an intent with its facts asks for."""
    folded = fold(clause.text).strip()
    name = "book" if name == "order" and _of_a_service(said, situation) else name
    changes = name in ("cancel_order", "order", "change_order") or (name == "inform" and situation.flow in ORDERING)
    if changes and verdicts.takes_off(clause, folded, said):
        begun = [] if situation.flow in ORDERING else [Start("change_order")]
        return [*begun, *fills(said, situation, flow="change_order")]
    if name in _PLAIN:
        return [_PLAIN[name]]
    if name in ("affirm", "deny"):
        return [context.decision(name == "affirm"), *fills(said, situation, flow=situation.flow)]
    if name in _FLOWS:
        return _begun(name, clause, said, situation)
    if name == "inform" and situation.flow is None:
        return corrections(fills(said, situation, flow=None))
    if name == "inform":
        return [*_so_many(clause, said, situation), *_moved(situation.flow, clause, said, situation)]
    if name == "smalltalk":
        talk = questions.smalltalk_kind(clause.text)
        puzzling = talk == "other" and situation.asks == "clarify" and situation.flow is None
        return [Unclear(()) if puzzling else Smalltalk(talk)]  # it says nothing of what was asked
    if name == "unclear":
        return _unclear(clause, said, situation, tuple(intent for intent, _ in ranked[:3] if intent not in COURTEOUS))
    asked = questions.question(name, clause, said, situation)
    if name == "delivery" and situation.asks in ("delivery", "address"):
        return [asked, *fills([fact for fact in said if fact.kind == "zone"], situation, flow=situation.flow)]
    others = [Ask(topic, {"text": topic}) for topic in joined.beside(name, folded)]
    return [*_and_when(name, folded, said, situation), asked, *others, *_and_brought(name, clause, said, situation)]


def _and_brought(name: str, clause: Clause, said: list[Fact], situation: Situation) -> list[Command]:
    """ "Quanto fica a golden com entrega no Centro?": what it costs, and what bringing it does."""
    kinds = {fact.kind for fact in said}
    told = name == "prices" and "product" in kinds and ("zone" in kinds or has("delivery_fee", fold(clause.text)))
    counted = any(fact.kind == "product" and fact.value["quantity"] for fact in said)
    if not told or (counted and "zone" in kinds) or not situation.business.delivery:
        return []
    return [questions.question("delivery", clause, [fact for fact in said if fact.kind != "product"], situation)]


def _of_a_service(said: Sequence[Fact], situation: Situation) -> bool:
    """ "Quiero llevar a mi perrito a bañarse mañana": what is done here is booked, whatever the verb."""
    kinds = {fact.kind for fact in said if not fact.negated}
    wished = bool(situation.business.professionals) and situation.flow not in ORDERING
    return wished and {"service", "time"} <= kinds and "product" not in kinds


def _so_many(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "I'll have two of those, on Rua Minas 12", while it is asked how the order is received or paid."""
    folded = fold(clause.text)
    ordered = situation.flow in ORDERING and situation.slots.get("items") and situation.asks in ("delivery", "payment")
    if not ordered or not (has("orders", folded) or has("takes_along", folded)):
        return []
    return quantity(clause.text, said, situation)


def _and_when(name: str, folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "O preço da coloração e os horários de quinta": a price, and a time is looked for too."""
    timed = {"service", "time"} <= {fact.kind for fact in said if not fact.negated}
    if name != "prices" or not timed or not situation.business.professionals or not has("free_times", folded):
        return []
    flow = situation.flow or "book"
    return [Start("book"), *fills(said, situation, flow)] if flow == "book" else []


def _begun(name: str, clause: Clause, said: list[Fact], situation: Situation) -> list[Command]:
    """A flow with its facts, and a word about what is wished for but not offered."""
    counted = quantity(clause.text, said, situation) if name in ("order", "change_order") else []
    if counted and name in ORDERING and situation.flow in ORDERING:  # "nice, throw in three"
        return [*_moved(situation.flow, clause, said, situation), *counted]
    lead = situation.business.lead
    if lead and "procedure" in lead.ask and not said and (noun := unlisted.wished(fold(clause.text).strip())):
        return [Start(name), Fill("procedure", noun)]
    asked = _unlisted(name, clause, said, situation)
    if asked and name == "book" and situation.business.products and not has("books", fold(clause.text)):
        return asked  # "quero um aquário" is no wish for an appointment
    if name == "my_bookings":
        return [Start(name)]  # what they are is told by them, not by the words
    every = _every_order(clause, said) if name == "cancel_order" else _every_one_of_them(clause, said, situation)
    both = [Fill("both", True)] if every and name in ("book", "cancel_order") else []
    if name in ("cancel_booking", "reschedule") and has("every_one", fold(clause.text)):
        both = [Fill("booking", "all")]
    return [Start(name), *both, *_moved(name, clause, said, situation), *([] if asked else counted), *asked]


def _every_one_of_them(clause: Clause, said: Sequence[Fact], situation: Situation) -> bool:
    """ "Quero os dois", after a question about two services."""
    several = len(situation.topic.get("service", ())) > 1
    return several and has("every_one", fold(clause.text)) and not any(fact.kind == "service" for fact in said)


def _every_order(clause: Clause, said: Sequence[Fact]) -> bool:
    """ "Cancela os dois pedidos": all that are open, unless a thing or a number tells one."""
    folded = fold(clause.text)
    told = any(fact.kind in ("product", "order") for fact in said)
    return not told and verdicts.names_all(folded)


def _unclear(clause: Clause, said: list[Fact], situation: Situation, likely: tuple[str, ...]) -> list[Command]:
    """Nothing understood, or only that a thing is named that is not offered."""
    folded = fold(clause.text).strip()
    noun = unlisted.wished(folded) or (unlisted.alone(folded) if situation.asks in ("items", "service") else None)
    if noun and not said and situation.business.lead is None:
        return [Ask("catalog", {"text": clause.text.strip(), "unlisted": True})]
    return [Unclear(likely, _worded(clause, said)), *fills(said, situation, flow=None)]


def _worded(clause: Clause, said: Sequence[Fact]) -> str:
    """The clause's words when they say more than the name of a thing."""
    rest = clause.rest([(fact.start, fact.end) for fact in said]) - words("fillers") - words("articles")
    return clause.text.strip() if len(rest) > 1 else ""


def _unlisted(name: str, clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Quero fazer luzes", where nobody does: said at once. Where a person books, that person knows."""
    named = {fact.kind for fact in said} & {"service", "product", "as_last"}
    if name not in ("book", "order") or named or situation.business.lead is not None:
        return []
    noun = unlisted.wished(fold(clause.text).strip())
    return [Ask("catalog", {"text": clause.text.strip(), "unlisted": True})] if noun else []


def corrections(commands: Sequence[Command]) -> list[Command]:
    """A time said while nothing is under way is another one for what was just booked; a day alone keeps the hour."""
    corrected: list[Command] = []
    others: list[Command] = []
    for command in commands:
        if isinstance(command, Fill | Correct) and command.slot == "time":
            hour = any(time["has_time"] for time in command.value)
            corrected += [Correct("time", command.value), *([] if hour else [Fill("same_hour", True)])]
        else:
            others.append(command)
    return [*corrected, *others]


def _moved(flow: str | None, clause: Clause, said: list[Fact], situation: Situation) -> list[Command]:
    """The facts of a flow; a shift of an appointment is no time by itself."""
    if flow in ("cancel_booking", "reschedule") and (together := appointments.joined(clause, said)):
        return [*_moved(flow, clause, together, situation), Fill("booking", "all")]
    folded = fold(clause.text)
    summed_up = flow == "book" and situation.slots.get("start") and not any(fact.kind == "time" for fact in said)
    moves = (flow == "reschedule" or summed_up) and has("shifts_by", folded)
    if moves and (length := shifts.minutes(folded, situation.language)):
        others = [fact for fact in said if fact.kind != "time" or (fact.value["has_date"] and fact.role == "old")]
        return [*fills(others, situation, flow), Fill("postpone", length)]
    chosen, also = situation.slots.get("service"), [fact.value for fact in said if fact.kind == "service"]
    if flow == "book" and chosen and has("also", folded) and len(also) == 1 and isinstance(also[0], str):
        rest = [fact for fact in said if fact.kind != "service"]  # "manicure também"
        return [*fills(rest, situation, flow), Fill("more", also)]
    return [*pointed.ahead(clause, said, situation), *fills(said, situation, flow)]
