"""Answers in context: the same "dois" is a quantity, an hour or a list choice, depending on what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Cancel, Command, Deny, Fill, Human, Reject, Smalltalk, Start, Wait
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import (
    at_checkout,
    changes_what,
    choices,
    lone_numbers,
    offered_times,
    pointed,
    received,
    somebody_else,
    unfit_hours,
    which_service,
    worded,
)
from understanding.local.reading.clause.answered import FREE_TEXT, Answered, unsure
from understanding.local.reading.fills import fills
from understanding.local.reading.reply import verdicts
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_SURE = 0.6
_ENDS = {"earliest", "latest"}
_UP, _DOWN = "👍👌✅🆗🙏💪✔🤝", "👎❌🚫✖"
_OWN_INTENTS = {
    "human", "cancel_booking", "cancel_order", "order_status", "my_bookings", "reschedule", "forget", "repeat", "wait",
    "complaint", "opt_out", "prices", "hours", "thanks", "greet", "goodbye", "affirm", "deny",
}  # fmt: skip
_PERSONAL = ("name", "company", "email")
"""What says who somebody is: told where it is asked for, it is the answer, whatever else the words may do."""
_MAY_BE_NO = ("insurance", "company", "team_size")  # "não tenho" is an answer
_NO_PERSON = ("who_are_you", "which_house", "needs_no_person")
_QUESTIONS = ("price", "duration", "question_start", "opening_hour", "told_by_owner", "pays")
_LONGEST_DISTRICT = 9
_NEWS = ("service", "product", "time", "payment", "delivery", "address", "zone", "change_for")


def gesture(text: str) -> tuple[str, float, Command]:
    """A message without a letter: a thumb up or down, or a face."""
    if any(sign in text for sign in _UP):
        return "affirm", 0.9, Affirm()
    if any(sign in text for sign in _DOWN):
        return "deny", 0.9, Deny()
    return "smalltalk", 0.6, Smalltalk("other")


def decision(yes: bool) -> Command:
    """A yes or a no."""
    return Affirm() if yes else Deny()


def answer(
    clause: Clause, said: Sequence[Fact], situation: Situation, ranked: Sequence[tuple[str, float]]
) -> Answered | None:
    """The clause as an answer to what was asked; None when it must be read for its own intent (`ranked`)."""
    folded = fold(clause.text).strip()
    if (asked := at_checkout.told(clause, said, situation)) is not None:
        return asked
    if (way := received.told(clause, said, situation)) is not None:
        return way
    told = situation.asks in _PERSONAL and any(fact.kind == situation.asks for fact in said)
    if told and not (clause.asks or has("refuses_datum", folded)):
        return worded.datum(clause, said, situation)
    return (
        choices.appointment(folded, said, situation)
        or pointed.last_refused(clause, folded, said, situation)
        or somebody_else.told(clause, folded, said, situation)
        or changes_what.told(folded, said, situation)
        or _negations(clause, folded, said, situation, ranked)
        or _resumed(folded, said, situation)
        or _spelled_out(clause, folded, said, situation)
        or _what_times(folded, situation)
        or unfit_hours.told(folded, said, situation)
        or which_service.told(folded, said, situation)
        or choices.one_of(folded, said, situation)
        or pointed.answer(clause, folded, said, situation)
        or worded.briefly(clause, folded, said, situation)
        or _loose(clause, folded, said, situation)
        or (None if _has_own_intent(ranked, situation) else _free_text(clause, folded, said, situation))
    )


def _negations(
    clause: Clause, folded: str, said: Sequence[Fact], situation: Situation, ranked: Sequence[tuple[str, float]]
) -> Answered | None:
    if situation.flow in ("cancel_booking", "reschedule", "cancel_order") and not said and has("keeps_other", folded):
        return Answered("inform", ())
    if (changes := _changed_instead(clause, folded, said, situation)) is not None:
        return changes
    if has("not_to", folded):
        decided = situation.flow in (None, "cancel_booking", "cancel_order", "reschedule")
        return Answered("deny", (Deny() if decided else Smalltalk("other"),))
    another = situation.asks == "confirm" and has("lets_that_go", folded)  # "forget about the beard, just book it"
    if not (said or another) and has("gives_up", folded) and not verdicts.drops_something(folded, ranked):
        return Answered("deny", (Smalltalk("other"),)) if _only_asked_about(folded, situation) else _given_up()
    if situation.flow and (anew := verdicts.begins_anew(clause, folded, said)):
        return Answered("forget", (Cancel(), *fills(anew, situation, flow=situation.flow)))
    picks_up = any(fact.kind == "delivery" and fact.value == "pickup" and not fact.negated for fact in said)
    later = situation.asks == "address" and has("tells_later", folded)
    told = any(fact.kind == "address" and not fact.negated for fact in said)
    if situation.flow and not picks_up and not told and (later or has("refuses_datum", folded)):
        return Answered("deny", (Fill("refuse", True),))
    if situation.asks in _MAY_BE_NO:
        return None
    pointed_at = all(fact.kind == "position" for fact in said)
    beside = pattern("sooner").sub(" ", pattern("later").sub(" ", folded))  # "não tem mais pra tarde?" asks for more
    refuses = situation.flow and pointed_at and has("not_this", beside) and not has("some_day", folded)
    if refuses and offered_times.place(folded.strip(" .!,?"), said, situation) is None:
        return Answered("deny", (Reject(None),))
    return None


def _given_up() -> Answered:
    return Answered("forget", (Cancel(),))


def _only_asked_about(folded: str, situation: Situation) -> bool:
    """ "Muito caro, deixa", to the price of another thing: what is in the basket stays."""
    basket = {item["product"] for item in situation.slots.get("items") or ()}
    asked: Sequence[str] = situation.topic.get("product") or () if situation.topic.get("fresh") else ()
    other = bool(basket and asked) and basket.isdisjoint(asked)
    return other and situation.flow in ("order", "change_order") and not has("an_order", folded)


def _changed_instead(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "I don't want to cancel my order, just to add a bag of litter to it"."""
    refused = pattern("not_to").search(folded)
    if refused is None or situation.flow is not None:
        return None
    if not any(fact.kind == "product" and fact.start >= clause.start + refused.end() for fact in said):
        return None
    return Answered("change_order", (Start("change_order"), *fills(said, situation, flow="change_order")))


def _resumed(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Quero seguir com o de ontem", "continuar sim, quinta 10h", when it is asked whether to go on."""
    resumes = situation.asks == "clarify" and situation.flow is not None and has("goes_on", folded)
    return Answered("affirm", (Affirm(), *fills(said, situation, flow=situation.flow))) if resumes else None


def _spelled_out(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """Words that mean one thing here: a person, a moment, the yes to a summary as a verb."""
    if has("wants_person", folded) and not any(has(cue, folded) for cue in _NO_PERSON):
        return Answered("human", (Human("asked"),))
    if situation.flow is not None and has("possible", folded):
        return Answered("inform", ())
    if situation.flow is None:
        return None
    if has("waits", folded) and not any(fact.kind in _NEWS for fact in said) and not _asks_on(clause, folded):
        return _behind_the_pause(folded, situation) or Answered("wait", (Wait(),))
    if situation.flow in ("order", "change_order") and has("no_change", folded):
        return Answered("inform", _exact_money(said, situation))
    if (
        situation.flow in ("order", "change_order")
        and situation.slots.get("items")
        and (has("total", folded) or has("falls_short", folded))
        and not any(fact.kind in ("product", "service", "zone") for fact in said)
    ):
        return Answered("prices", (Ask("total", {"text": clause.text.strip()}),))
    if (
        situation.flow == "reschedule"
        and not said
        and has("calls_it_off", folded)
        and not has("not_cancelling", folded)
    ):
        return Answered("cancel_booking", (Start("cancel_booking"),))
    if situation.flow not in ("cancel_booking", "cancel_order") and not said and verdicts.only_cancels(clause, folded):
        return Answered("forget", (Cancel(),))
    return None


def _asks_on(clause: Clause, folded: str) -> bool:
    """ "Mas peraí, sai por quanto isso?": behind the pause a question is asked."""
    rest = pattern("waits").sub(" ", folded) if clause.asks else ""
    return any(has(cue, rest) for cue in _QUESTIONS)


def _what_times(folded: str, situation: Situation) -> Answered | None:
    """ "Qual dia tem?", where a time is settled: what there is, is offered."""
    asked = situation.asks == "time" and situation.flow in ("book", "reschedule")
    plain = folded.strip(" .,!?¿")
    return Answered("inform", (Fill("time", []),)) if asked and pattern("what_times").fullmatch(plain) else None


def _exact_money(said: Sequence[Fact], situation: Situation) -> tuple[Command, ...]:
    """ "Cash, no change needed": only notes give change, so it is paid in cash."""
    told = fills([fact for fact in said if fact.kind != "change_for"], situation, flow=situation.flow)
    paid = situation.slots.get("payment") or any(isinstance(each, Fill) and each.slot == "payment" for each in told)
    return (*([] if paid else [Fill("payment", "cash")]), *told, Fill("change_for", None))


def _behind_the_pause(folded: str, situation: Situation) -> Answered | None:
    """ "Não, pera, 2", "hold on, 6 would be better": how many, or at what hour, when that follows the pause."""
    rest = pattern("waits").sub(" ", folded).strip(" .,!")
    number = lone_numbers.value(rest, situation)
    if number is None:
        return None
    if situation.slots.get("items"):
        return Answered("inform", (Fill("quantity", number),))
    timed = situation.flow in ("book", "reschedule") and situation.asks in ("time", "confirm")
    return lone_numbers.hour(number, situation) if timed else None


def _loose(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Tanto faz", "tudo menos sábado", "mais tarde": what only the question makes clear."""
    rest = tuple(fills(said, situation, flow=situation.flow))
    if situation.flow in ("book", "reschedule") and not clause.asks and any(_leaves_out(command) for command in rest):
        return Answered("inform", rest)
    settling = situation.flow in ("book", "reschedule") and (
        situation.asks in ("time", "confirm") or (situation.asks == "clarify" and situation.slots.get("start"))
    )
    if settling and {fact.kind for fact in said} & _ENDS and _only_times(said):
        return Answered("inform", rest)
    if not rest and has("any", folded):
        return _whatever(folded, situation)
    free = not rest or _that_day(said, situation)
    if free and situation.flow in ("book", "reschedule") and settling:
        shift = "later" if has("later", folded) else "earlier" if has("sooner", folded) else None
        shift = shift or ("later" if has("too_early", folded) else "earlier" if has("too_late", folded) else None)
        if shift:
            return Answered("inform", (Fill("shift", shift),))
    if not rest and situation.flow and has("perhaps", folded):
        return unsure()
    return None


def _only_times(said: Sequence[Fact]) -> bool:
    return all(fact.kind in ("time", "position") or fact.kind in _ENDS for fact in said)


def _that_day(said: Sequence[Fact], situation: Situation) -> bool:
    """ "Nothing earlier that day?": only the day of the summary is named again."""
    day = str(situation.slots.get("start") or "")[:10]
    return bool(day) and all(
        fact.kind == "time" and not fact.value["has_time"] and str(fact.value["start"])[:10] == day for fact in said
    )


def _leaves_out(command: Command) -> bool:
    return isinstance(command, Fill) and command.slot == "excluded"


def _whatever(folded: str, situation: Situation) -> Answered | None:
    """ "Tanto faz" to what was asked."""
    if situation.asks == "professional":
        return Answered("inform", (Fill("professional", "any"),))
    if situation.asks == "time" and situation.flow != "lead":
        return Answered("inform", (Fill("time", []),))
    if situation.asks in ("time", "preferred_period"):
        return Answered("inform", (Fill("preferred_period", folded),))
    if situation.flow and len(folded.split()) <= 3:
        return unsure()
    return None


def _has_own_intent(ranked: Sequence[tuple[str, float]], situation: Situation) -> bool:
    """Whether the clause surely wants something of its own."""
    if not ranked or ranked[0][1] < _SURE:
        return False
    return ranked[0][0] in _OWN_INTENTS and not (ranked[0][0] == "deny" and situation.asks in _MAY_BE_NO)


def _with_its_district(clause: Clause, said: Sequence[Fact]) -> list[Command]:
    """ "Rua Bahia 33, Vila Tibério": the district too, which is no zone."""
    address = next(fact for fact in said if fact.kind == "address")
    behind = clause.text[address.end - clause.start :]
    left = {word.text for word in split(fold(behind)) if word.text.isalpha()} - words("fillers") - words("articles")
    if any(fact.kind == "zone" for fact in said) or not behind.lstrip().startswith((",", "-")) or not left:
        return []
    return [Fill("address", f"{address.value}{behind.rstrip(' ,.!')}")]


def _free_text(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """A datum only the customer can word: a name, an insurance, an address."""
    if (situation.asks != "address" and situation.asks not in FREE_TEXT) or has("why", folded):
        return None
    rest = fills(said, situation, flow=situation.flow)
    kinds = {fact.kind for fact in said}
    if situation.asks == "address" and not clause.asks and not kinds & {"payment", "product"}:
        if "address" in kinds:
            return Answered("inform", (*rest, *_with_its_district(clause, said)))
        district = situation.slots.get("zone_asked") and not said and len(folded.split()) <= _LONGEST_DISTRICT
        if any(letter.isdecimal() for letter in folded) or district:
            return Answered("inform", (*rest, Fill("address", clause.text.strip(" ,.!"))))
    if situation.asks in FREE_TEXT and not clause.asks:
        return worded.datum(clause, said, situation)
    return None
