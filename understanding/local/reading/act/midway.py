"""The last word on what is replied while a detail is asked for, where the clauses told what it hardly does.

Clauses are read by the words they hold: "esquece o banho, lavo em casa" names a service, "I'm away that day, I'll get
back to you" a day, and neither answers. A classifier hears the message as a whole (`understanding.local.steps`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.commands import (
    Affirm,
    Ask,
    Cancel,
    Command,
    Fill,
    Human,
    OptIn,
    OptOut,
    Reject,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
    Wait,
)
from domain.ports import Situation
from understanding.local import acts, intents, steps
from understanding.local.facts.fact import Fact
from understanding.local.reading.act import asked_for
from understanding.local.reading.clause import wanted
from understanding.local.reading.draft import Draft
from understanding.local.reading.intent_groups import QUESTIONS
from understanding.local.reading.times_told import tells_day_and_hour
from understanding.local.reading.topic import questions
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has
from understanding.local.text.words import fold, split

_OPEN = ("none", "clarify", "confirm")
_SURE: Mapping[str, float] = {
    "gives_up": 0.7, "pauses": 0.6, "asks": 0.6, "human": 0.7, "other_wish": 0.6, "talk": 0.6,
}  # fmt: skip
_LIKELY: Mapping[str, float] = {
    "gives_up": 0.25, "pauses": 0.4, "asks": 0.05, "human": 0.05, "other_wish": 0.3, "talk": 0.1,
}  # fmt: skip
"""How sure it must be, and how likely what the clauses told instead may not be."""
_ANSWERED, _CERTAINLY = 0.08, 0.95
"""The same where what was asked for is told: how likely that may be, how surely all is given up all the same."""
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "time": ("option",), "delivery": ("delivery", "zone", "address"), "address": ("address", "zone"),
}  # fmt: skip
"""What is asked for and the slots of its answer, where it is not its own; a day is told in reasons and stories too."""
_NAMED = {"product", "service"}
_WHEN = ("time", "earliest", "latest", "option")
_REFUSED, _SURELY_LEFT = ("excluded", "items"), 0.9
"""A day that does not suit, a thing told of; how sure it must be that all is left: "quinta eu trabalho, esquece"."""
_HARDLY = 0.15
"""Who so surely does not give up goes on, whatever single words say: "never mind, I'll do pix"."""
_FEWEST = 2
_NEVER_LEFT = (Human, OptIn, OptOut, Repeat)
_COURTESY = ("greet", "thanks", "goodbye")
_ABOUT_THE_CHAT = ("who_are_you", "which_house", "abilities")
_MAY_BE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("book", "order", "change_order"), ("goes_on",)),
    **dict.fromkeys(("my_bookings", "order_status"), ("asks",)),
}
"""Flows that may only add to the one under way, or answer a question."""
_WISHES: Mapping[str, str] = {
    "book": "services", "reschedule": "services", "cancel_booking": "services", "my_bookings": "services",
    "order": "products", "change_order": "products", "order_status": "products", "cancel_order": "products",
}  # fmt: skip
"""Each flow and what a business must have for it."""


def settle(draft: Draft, text: str, said: Sequence[Fact], situation: Situation) -> None:
    """Makes the draft what the message surely does, where nothing it holds is likely."""
    if situation.flow is None or situation.asks in _OPEN or len(split(text)) < _FEWEST:
        return  # a bare no is to what was asked
    if any(map(_is_left, draft.commands)):
        return
    if _is_of_another_thing(situation):
        return
    judged = steps.judge(text, situation.language, "lead" if situation.flow == "lead" else situation.asks)
    step, sure = max(judged.items(), key=lambda pair: pair[1], default=("goes_on", 0.0))
    if "?" in text and _is_asked(step, draft.commands, situation):
        return
    if sure < _least(step, text, draft.commands, situation):
        return
    if step in _SURE and _is_alone(step, draft.commands, judged, situation):
        intent, commands = _asked_for(step, text, said, situation)
        if commands:
            courteous = [each for each in draft.commands if isinstance(each, Smalltalk) and each.kind in _COURTESY]
            draft.commands, draft.confidence, draft.intents = [*courteous, *commands], sure, [intent]
    elif judged.get("gives_up", 1.0) <= _HARDLY and _stands_alone(draft):
        draft.commands = [each for each in draft.commands if each != Cancel()]


def _is_asked(step: str, commands: Sequence[Command], situation: Situation) -> bool:
    """ "You saved him, thank you! Until when are you open?" is no talk, "has 4pm been booked?" no other wish."""
    if step == "talk":
        return any(isinstance(each, Ask) for each in commands)
    if step == "other_wish" and any(isinstance(each, Ask) and _NAMED & each.about.keys() for each in commands):
        return True  # "e a ração de filhote, quanto é?"
    timed = situation.asks == "time" and any(isinstance(each, Fill) and each.slot in _WHEN for each in commands)
    return timed and step in ("other_wish", "asks")


def _is_left(command: Command) -> bool:
    """Whether the words are to decide: a person called, "say it again", no answer at all."""
    refuses = isinstance(command, Fill) and command.slot == "refuse"
    return refuses or isinstance(command, _NEVER_LEFT) or command == Smalltalk("go_ahead")


def _least(step: str, text: str, commands: Sequence[Command], situation: Situation) -> float:
    """How sure it must be beside an answer: "grana viva", "vou de hidratação e vejo no que dá", "quarta nem pensar",
    "right, back to the bath. 10am tomorrow". Who answers gives nothing up without a word for it: "sexta 11h obg".
    """
    if step == "goes_on":
        return 0.0
    exact = situation.asks == "time" and any(map(tells_day_and_hour, commands))
    if exact or _answers(commands, situation):
        unsaid = step == "gives_up" and not has("drops", fold(text))
        return 1.0 if step == "talk" or unsaid else _CERTAINLY
    refused = any(isinstance(each, Reject) or (isinstance(each, Fill) and each.slot in _REFUSED) for each in commands)
    return _SURELY_LEFT if refused else _SURE[step]


def _answers(commands: Sequence[Command], situation: Situation) -> bool:
    """Whether what was asked for is told."""
    slots = _ANSWERS.get(situation.asks, (situation.asks,))
    return any(isinstance(each, Fill) and each.slot in slots for each in commands)


def _is_of_another_thing(situation: Situation) -> bool:
    """A thing just asked about that is not in the basket: "too dear, leave it" gives up no more than that."""
    asked_about = situation.topic.get("product", ()) if situation.topic.get("fresh") else ()
    return bool(asked_about) and not {item["product"] for item in situation.slots.get("items", ())} & set(asked_about)


def _is_alone(step: str, commands: Sequence[Command], judged: Mapping[str, float], situation: Situation) -> bool:
    """Whether nothing that the clauses told is likely beside this step.

    Where they told the step too, only a giving up or a pause leaves nothing beside it: "olvídelo, el jueves trabajo".
    """
    others = [told for each in commands if step not in (told := _told(each, situation))]
    if len(others) < len(commands) and (step not in ("gives_up", "pauses") or not others):
        return False
    least = _ANSWERED if _answers(commands, situation) else _LIKELY[step]
    return all(judged[other] < least for told in others for other in told)


def _told(command: Command, situation: Situation) -> set[str]:
    """Which steps a command may be."""
    match command:
        case Start(flow):
            return {"goes_on"} if flow == situation.flow else {"other_wish", *_MAY_BE.get(flow, ())}
        case Ask():
            return {"asks"}
        case Smalltalk(kind):
            return {"asks", "talk"} if kind in _ABOUT_THE_CHAT else {"talk"}
        case Repeat():
            return {"asks", "talk"}
        case Wait():
            return {"pauses"}
        case Cancel():
            return {"gives_up"}
        case Affirm():
            return {"goes_on", "talk"}
        case Unclear():
            return set()
        case _:
            return {"goes_on"}


def _stands_alone(draft: Draft) -> bool:
    """Whether nothing is begun anew behind what is given up, and something else is told."""
    others = [each for each in draft.commands if not isinstance(each, Cancel)]
    return bool(others) and not any(isinstance(each, Start) for each in others)


def _asked_for(step: str, text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Command]]:
    """The intent and the commands of a step; none where nothing tells which wish it is."""
    match step:
        case "gives_up":
            return "forget", [Cancel()]
        case "pauses":
            return "wait", [Wait()]
        case "human":
            return "human", [Human("asked")]
        case "talk":
            return "smalltalk", [Smalltalk("other")]
        case _:
            return _wish(step, text, said, situation)


def _wish(step: str, text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Command]]:
    """The likeliest question, or the likeliest flow other than the one under way."""
    clause = Clause(text, 0, len(text), asks="?" in text)
    facts = [fact for fact in said if fact.kind != "tells"]
    ranked = intents.rank(text, situation.language)
    if step == "asks":
        name = next((name for name, _ in ranked if name in QUESTIONS), "faq")
        return name, [questions.question(name, clause, facts, situation)]
    name = next((name for name in _likeliest(text, ranked, situation) if _is_begun_here(name, situation)), "")
    return name, wanted.commands(name, clause, facts, situation, ranked) if name else []


def _likeliest(text: str, ranked: Sequence[tuple[str, float]], situation: Situation) -> Sequence[str]:
    """The intents, those first that the words tell by themselves and as the act of somebody who has an appointment."""
    chances = dict(ranked)
    for act, chance in acts.judge(text, "has_booking", situation.language).items():
        name = asked_for.INTENT.get(act, "")
        chances[name] = chances.get(name, 0.0) + chance
    return sorted(chances, key=lambda name: -chances[name])


def _is_begun_here(name: str, situation: Situation) -> bool:
    return name != situation.flow and name in _WISHES and bool(getattr(situation.business, _WISHES[name]))
