"""What is replied while a detail is still asked for: the customer gives up what was begun, pauses, or goes on.

A classifier hears the message as a whole: "esquece o banho, lavo em casa", "I'm away that day, I'll get back to you"
tell no day and choose no service. What the clauses surely want instead (a person, another thing) stays theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.commands import Ask, Cancel, Command, Correct, Fill, Human, OptIn, OptOut, Repeat, Smalltalk, Start, Wait
from domain.ports import Situation
from understanding.local import steps
from understanding.local.facts.fact import Fact
from understanding.local.reading.draft import Draft
from understanding.local.text.cues import has
from understanding.local.text.words import fold, split

_OPEN = ("none", "clarify", "confirm")
_SURE: Mapping[str, float] = {"gives_up": 0.7, "pauses": 0.6}
_SURER: Mapping[str, float] = {"gives_up": 0.85, "pauses": 0.75}
_CERTAIN: Mapping[str, float] = {"gives_up": 0.97, "pauses": 0.8}
"""How sure it must be where nothing is told, where a thing, a day or an option is named, where another wish is."""
_FEWEST = 2
_HARDLY = 0.15
"""Who so surely does not give up goes on, whatever single words say: "never mind, I'll do pix"."""
_NAMED = ("time", "service", "product", "professional")
_DETAILS = ("payment", "change_for", "delivery", "zone", "address")
_ANSWERS = {"time": ("option", "excluded"), "delivery": ("delivery",), "payment": ("payment",)}
_OF_A_LEAD = ("insurance", "company", "team_size", "email", "name")
_NEVER_LEFT = (Human, OptIn, OptOut, Repeat)
_COURTESY = ("greet", "thanks", "goodbye")


def settle(draft: Draft, text: str, said: Sequence[Fact], situation: Situation) -> None:
    """Makes the draft a giving up or a pause where the message is surely one."""
    if situation.flow is None or situation.asks in _OPEN or _is_of_something_else(draft, situation):
        return
    if situation.flow == "lead" and any(fact.kind in _OF_A_LEAD for fact in said):
        return  # "no tengo seguro", before it was asked for
    if situation.asks == "service" and _is_gone_for(draft, text):
        return  # "tudo bem, vou de escova e vejo no que dá"
    if len(split(text)) < _FEWEST:
        return  # a bare no is to what was asked
    judged = steps.judge(text, situation.language)
    least = _least(draft, said, situation)
    if judged.get("gives_up", 0.0) >= least["gives_up"] and not _tells_detail(draft, said):
        _decide(draft, "forget", judged["gives_up"], Cancel())
    elif judged.get("pauses", 0.0) >= least["pauses"] and not _answers(draft, situation):
        _decide(draft, "wait", judged["pauses"], Wait())
    elif judged.get("gives_up", 1.0) <= _HARDLY and _stands_alone(draft):
        draft.commands = [each for each in draft.commands if each != Cancel()]


def _is_of_something_else(draft: Draft, situation: Situation) -> bool:
    """A wish that is never left, a number that puts one right, a thing just asked about that is too dear."""
    if any(isinstance(each, _NEVER_LEFT) or _is_amount(each) for each in draft.commands):
        return True
    if Smalltalk("go_ahead") in draft.commands or any(_refuses(each) for each in draft.commands):
        return True  # "before that, let me ask you something"; "não sei ainda", of what may stay open
    asked_about = situation.topic.get("product", ()) if situation.topic.get("fresh") else ()
    return bool(asked_about) and not {item["product"] for item in situation.slots.get("items", ())} & set(asked_about)


def _is_gone_for(draft: Draft, text: str) -> bool:
    """Whether a service is told behind words that choose it."""
    told = any(isinstance(each, Fill) and each.slot == "service" for each in draft.commands)
    return told and has("booking_goes_for", fold(text))


def _is_amount(command: Command) -> bool:
    """How many there shall be; "deme las que le quedan" takes as many as there are."""
    if not isinstance(command, Fill | Correct):
        return False
    return command.slot == "quantity" or (command.slot, command.value) == ("option", "levar")


def _refuses(command: Command) -> bool:
    return isinstance(command, Fill) and command.slot == "refuse"


def _stands_alone(draft: Draft) -> bool:
    """Whether nothing is begun anew behind what is given up, and something else is told."""
    others = [each for each in draft.commands if not isinstance(each, Cancel)]
    return bool(others) and not any(isinstance(each, Start) for each in others)


def _least(draft: Draft, said: Sequence[Fact], situation: Situation) -> Mapping[str, float]:
    answered = situation.asks != "time" and _answers(draft, situation)
    if answered or any(_is_wish(each, situation) for each in draft.commands):
        return _CERTAIN
    chosen = any(isinstance(each, Fill) and each.slot == "option" for each in draft.commands)
    named = any(fact.kind in _NAMED and not _is_known(fact, situation) for fact in said)
    return _SURER if chosen or named else _SURE


def _is_known(fact: Fact, situation: Situation) -> bool:
    """Whether it only names again what is under way: "esquece o banho, lavo em casa"."""
    told = fact.value if isinstance(fact.value, list) else [fact.value]
    return fact.kind == "service" and situation.slots.get("service") in told


def _tells_detail(draft: Draft, said: Sequence[Fact]) -> bool:
    """ "Never mind, I'll do pix", "no preference": what was asked is answered."""
    anybody = Fill("professional", "any") in draft.commands
    return anybody or any(fact.kind in _DETAILS and not fact.negated for fact in said)


def _answers(draft: Draft, situation: Situation) -> bool:
    """ "El que está en el medio", "quarta nem pensar", "já já passo aí": what was asked for is told."""
    told = {each.slot for each in draft.commands if isinstance(each, Fill | Correct)}
    return bool(told & set(_ANSWERS.get(situation.asks, ())))


def _is_wish(command: Command, situation: Situation) -> bool:
    """Whether something else is asked for; the flow under way begun again is none."""
    return isinstance(command, Ask) or (isinstance(command, Start) and command.flow != situation.flow)


def _decide(draft: Draft, intent: str, confidence: float, command: Command) -> None:
    courteous = [each for each in draft.commands if isinstance(each, Smalltalk) and each.kind in _COURTESY]
    draft.commands, draft.confidence, draft.intents = [*courteous, command], confidence, [intent]
