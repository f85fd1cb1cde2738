"""One clause of a message: its courtesy, then what only the talk before makes clear, then what it asks for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.commands import Affirm, Ask, Cancel, Deny, Fill, Smalltalk, Start
from domain.ports import Situation
from understanding.local import intents
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import (
    acts,
    among,
    appointments,
    companions,
    context,
    followups,
    listed,
    owned,
    pets,
    received,
    recounted,
    regrets,
    wanted,
)
from understanding.local.reading.draft import Draft
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.reply import asides, verdicts
from understanding.local.reading.times_told import tells_day_and_hour
from understanding.local.reading.topic import topics
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_JOINED = 8  # letters between two things of one list
_OF_A_THING = ("price", "duration", "who")
_WHEN_AND_WHERE = ("time", "zone", "delivery", "address")
_OF_WHAT_IS_DROPPED = ("cancel_booking", "cancel_order", "unclear", "out_of_scope")
"""Behind "esquece" these say it once more: "vou no horário que tá"."""


def read(clause: Clause, said: list[Fact], spoken: str, situation: Situation, draft: Draft) -> None:
    """Adds to the draft what a clause with these facts asks for."""
    if situation.asks == "confirm" and (clause.first or pattern("but").match(fold(clause.text))):
        draft.commands = [command for command in draft.commands if not isinstance(command, Affirm)]  # "sim, mas…"
    if at_once := followups.wanted_at_once(clause, situation):
        draft.add("order", 0.9, *at_once)
        return
    if _only_courtesy(clause, situation, draft) or asides.lets_another_go(clause, said, situation):
        return
    if chosen := among.told(clause, said, situation) or recounted.told(clause, said, situation):
        draft.add("order" if situation.flow is None else "inform", 0.9, *chosen)
        return
    said = [fact for fact in said if fact.kind != "tells"]
    if _of_what_was_before(clause, said, situation, draft) or _says_it_again(clause, said, draft):
        return
    heard, ranked = Heard(clause, said, situation), intents.rank(_as_said(clause), spoken, situation.asks)
    if pets.only_told_of(heard, ranked):
        draft.add("smalltalk", 0.9, Smalltalk("other"))
        return
    _read_alone(heard, ranked, draft)


def _as_said(clause: Clause) -> str:
    """The clause with its question mark, which tells "tem bolinha?" from "tem bolinha, quero"."""
    return f"{clause.text}?" if clause.asks else clause.text


def situation_behind(draft: Draft, situation: Situation) -> Situation:
    """The situation for the next clause: a flow that this message begins takes its facts too."""
    started = next((command.flow for command in reversed(draft.commands) if isinstance(command, Start)), None)
    if started is None and Cancel() in draft.commands:
        return replace(situation, flow=None, asks="none", slots={}, options=())  # "esquece, quero só um shampoo"
    if started is None or started == situation.flow:
        chosen = among.behind(draft.commands, situation)
        situation = replace(situation, asks="delivery", slots=chosen, options=()) if chosen else situation
        if any(map(tells_day_and_hour, draft.commands)):
            situation = replace(situation, options=())  # "sexta às 9h, e a equipe tanto faz": none of those offered
        return _with_what_was_asked(draft, situation)
    return replace(
        situation, flow=started, asks="time" if started in ("book", "reschedule") else "items", slots={}, options=()
    )


def _with_what_was_asked(draft: Draft, situation: Situation) -> Situation:
    """ "Tem bolinha? se tiver quero 2", "qual o valor dele? e da mão": what follows a question may be about it."""
    last = draft.commands[-1] if draft.commands else None
    if not isinstance(last, Ask):
        return situation
    if last.topic in ("prices", "stock") and len(last.about.get("product", ())) == 1:
        return replace(situation, topic={"product": list(last.about["product"]), "asked": last.topic, "fresh": True})
    about = {kind: last.about[kind] for kind in ("service", "product", "zone", "professional") if last.about.get(kind)}
    return replace(situation, topic={**about, "asked": last.topic, "just": True}) if situation.flow else situation


def carried(clause: Clause, inside: Sequence[Fact], said: Sequence[Fact], behind: Clause | None) -> list[Fact]:
    """ "Tem escova? Quanto é?", "e pra hoje?": a question without a thing is about the one named before it.

    "Quanto custa e quanto tempo leva a escova?" names it once, behind both. So is "¿aceptan tarjeta? con esa le pago".
    """
    folded = fold(clause.text)
    if has("pays_with_that", folded):
        return [fact for fact in said if fact.kind == "payment" and fact.end <= clause.start][-1:]
    insured = [fact for fact in said if fact.kind == "insurance" and fact.end <= clause.start]
    if clause.asks and not inside and insured and has("takes_it", folded):
        return insured[-1:]  # "tenho amil, vcs pegam?"
    if inside and not (clause.asks and all(fact.kind in _WHEN_AND_WHERE for fact in inside)):
        return []
    if not clause.asks and not has("question_start", folded) and not has("price", folded):
        return []
    named = [fact for fact in said if fact.kind in ("service", "product")]
    before = _in_one_breath([fact for fact in named if fact.end <= clause.start])
    if not before and not inside and clause.asks and has("is_somebody_there", folded):
        return _in_one_breath([fact for fact in said if fact.kind == "time" and fact.end <= clause.start])
    if before or behind is None or inside or not _only_asks(clause):
        return before
    return [fact for fact in named if behind.start <= fact.start < behind.end] if _asks_of_it(behind) else []


def _in_one_breath(named: Sequence[Fact]) -> list[Fact]:
    """The last of these things and those named right before it: "areia e bifinho"."""
    last = list(named[-1:])
    for fact in reversed(named[:-1]):
        if last[0].start - fact.end > _JOINED or fact.end > last[0].start:
            break
        last.insert(0, fact)
    return last


def _asks_of_it(clause: Clause) -> bool:
    return any(has(cue, fold(clause.text)) for cue in _OF_A_THING)


def _only_asks(clause: Clause) -> bool:
    """Whether it asks for a price, a duration or a person, and names nothing."""
    folded = fold(clause.text)
    cue = next((cue for cue in _OF_A_THING if has(cue, folded)), None)
    if cue is None:
        return False
    rest = {word.text for word in split(pattern(cue).sub(" ", folded)) if word.text[0].isalnum()}
    return rest <= words("fillers") | words("articles") | words("and")


def _read_alone(heard: Heard, ranked: list[tuple[str, float]], draft: Draft) -> None:
    if _moves_own(heard, ranked, draft):
        return
    clause, said, situation = heard.clause, list(heard.said), heard.situation
    if verdicts.edits(heard.folded, said, situation):
        draft.commands = [command for command in draft.commands if not isinstance(command, Affirm)]
    name, confidence = topics.corrected(heard, ranked)
    if name == "forget" and _only_leaves_it_to(heard):
        name = "inform"
    if owned.answers(heard, name, confidence):
        draft.add("faq", 0.9, *wanted.commands("faq", clause, said, situation, ranked))
        draft.answered = True
        return
    if name not in ORDERING and _tells_of_an_order(heard, draft):
        draft.add("order", 0.9, *fills(said, situation, flow="order"))
        return
    answered = context.answer(clause, said, situation, ranked)
    if answered is not None:
        refused = clause.no and situation.asks == "confirm"  # "não, pode deixar" is no yes
        kept = [command for command in answered.commands if not (refused and command == Affirm())]
        draft.add("deny" if refused and answered.intent == "affirm" else answered.intent, answered.confidence, *kept)
        return
    if _is_dropped(name, heard, draft):
        return
    if (way := received.volunteered(heard, name)) is not None:
        draft.add(way.intent, way.confidence, *way.commands)
        return
    told, wishes = (
        "smalltalk" if name == "who_are_you" else name,
        wanted.commands(name, clause, said, situation, ranked),
    )
    if name == "out_of_scope" and not heard.asked:
        draft.beside.extend(wishes)
    draft.add(told, confidence, *wishes)


def _only_leaves_it_to(heard: Heard) -> bool:
    """ "Prefiro não passar, deixa que eu retiro", "it does not matter with who": no more than a detail is let go."""
    told = any(fact.kind in ("payment", "anybody") or fact.value == "pickup" for fact in heard.said if not fact.negated)
    return told and heard.fits and not heard.has("gives_up")


def _tells_of_an_order(heard: Heard, draft: Draft) -> bool:
    """ "I'll collect the shampoo and pay with pix", while an appointment is arranged: of the order beside it."""
    if heard.flow not in ("book", "reschedule", "cancel_booking") or heard.asked or heard.has("price"):
        return False
    begun = any(isinstance(command, Fill) and command.slot == "items" for command in draft.commands)
    details = heard.kinds & {"product", "delivery", "payment", "address"}
    return bool(details) if begun or "order" in heard.situation.waiting else len(details) > 1


def _moves_own(heard: Heard, ranked: list[tuple[str, float]], draft: Draft) -> bool:
    """Takes a clause that tells another time for an appointment that stands. Returns whether it does."""
    said = acts.own_in_another_time(heard)
    spoken_of = draft.stands or (draft.own and heard.has("moves_to"))
    timed = heard.flow is None and "time" in heard.kinds
    cannot = Start("cancel_booking") in draft.commands and not draft.cancels
    if said is None and (acts.moved_instead(heard, cannot=cannot) or (spoken_of and timed)):
        said = list(heard.said)
    if said is None:
        return _takes_its_place(heard, ranked, draft)
    draft.commands = [command for command in draft.commands if not isinstance(command, Affirm | Deny)]
    draft.add("reschedule", 0.9, *wanted.commands("reschedule", heard.clause, said, heard.situation, ranked))
    return True


def _takes_its_place(heard: Heard, ranked: list[tuple[str, float]], draft: Draft) -> bool:
    """Takes a clause that tells another time for what may stand. Returns whether it does."""
    said = acts.in_its_place(heard)
    if said is None:
        return False
    moves = bool(ranked) and ranked[0][0] in ("reschedule", "cancel_booking")
    stands = moves and any(heard.has(cue) for cue in ("cannot_come", "moves_to", "moves_own"))
    draft.commands = [command for command in draft.commands if not isinstance(command, Affirm | Deny)]
    told = fills(said, heard.situation, flow="reschedule")
    draft.add("reschedule", 0.9, *([Start("reschedule"), *told] if stands else wanted.corrections(told)))
    return True


def _is_dropped(name: str, heard: Heard, draft: Draft) -> bool:
    """Whether nothing is to be done about the clause: "sim, pode cancelar. Quando der, volto a marcar"."""
    agreed = Affirm() in draft.commands and heard.flow in ("cancel_booking", "cancel_order")
    if agreed and _some_other_day(heard):
        return True
    if Cancel() in draft.commands and (name in _OF_WHAT_IS_DROPPED or _some_other_day(heard)):
        return True
    begun = any(isinstance(command, Start) for command in draft.commands)
    if begun and name in ("faq", "out_of_scope") and pattern("how_it_goes_on").fullmatch(heard.folded.strip(" .,!¿?")):
        return True  # "quiero contratarlo, ¿cómo hago?": what is asked for next tells it
    return _asks_the_fee(name, heard, draft)


def _some_other_day(heard: Heard) -> bool:
    """ "Outro dia eu marco", "quando der": nothing is to be done about it now."""
    whole = pattern("another_day").fullmatch(heard.folded.strip(" .,!")) is not None
    return whole or heard.has("some_day") or heard.has("will_call")


def _asks_the_fee(name: str, heard: Heard, draft: Draft) -> bool:
    """ "Entregam no Centro? Quanto é?": the fee is told with the zone."""
    places = any(isinstance(command, Ask) and command.topic == "delivery" for command in draft.commands)
    return name == "prices" and places and not heard.kinds & {"service", "product"}


def _says_it_again(clause: Clause, said: Sequence[Fact], draft: Draft) -> bool:
    """Whether a clause says no more than the one before it.

    "Never mind, I'll go" says that all stays as it is; "my plan is Amil, *do you take it?*" asks what is answered.
    """
    stays = Cancel() in draft.commands and not said and has("keeps_it", fold(clause.text))
    return stays or (draft.answered and owned.asks_it_again(clause))


def _of_what_was_before(clause: Clause, said: Sequence[Fact], situation: Situation, draft: Draft) -> bool:
    """Takes a clause that only an appointment, a question or a list makes clear. Returns whether it is one."""
    inside = [fact for fact in said if clause.start <= fact.start < clause.end]
    if own := appointments.told(clause, inside, situation):
        draft.own.extend(own)
        draft.intents.append("inform")
        return True
    if taken := followups.picked(clause, inside, situation):
        draft.add("order", 0.9, *taken)
        return True
    if (again := followups.asked_again(clause, inside, situation)) is not None:
        draft.add(again.topic, 0.9, again)
        return True
    if corrected := regrets.told(clause, inside, situation):
        draft.add("reschedule" if inside else "inform", 0.9, *corrected)
        return True
    if another := companions.told(clause, inside, situation):
        draft.add("book" if situation.flow is None else "inform", 0.9, *another)
        return True
    if chosen := (
        listed.wanted(clause, inside, situation)
        or followups.taken(clause, inside, situation)
        or followups.narrowed(clause, inside, situation)
    ):
        draft.add(next(each.flow for each in chosen if isinstance(each, Start)), 0.9, *chosen)
    return bool(chosen)


def _only_courtesy(clause: Clause, situation: Situation, draft: Draft) -> bool:
    """Takes what stands on a clause's edges; whether that, or a word beside the matter, was all."""
    if clause.greets:
        draft.add("greet", 1.0, Smalltalk("greet"))
    if (clause.yes or clause.no) and not asides.only_heard(clause, situation):
        draft.add("affirm" if clause.yes else "deny", 1.0, context.decision(clause.yes))
    if clause.bare or clause.settled:
        if clause.thanks:
            draft.add("thanks", 1.0, Smalltalk("thanks"))
        return True
    beside = asides.aside(clause, situation)
    if beside is not None:
        draft.add(*beside)
    return beside is not None
