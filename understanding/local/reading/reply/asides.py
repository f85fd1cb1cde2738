"""What is said beside the matter: astonishment, "I see, thanks", "that was all", "not that".

None of it answers what was asked, so it is read before anything is taken for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Cancel, Command, Deny, Smalltalk, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.text import announcing
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import pattern
from understanding.local.text.normalise import expand
from understanding.local.text.words import fold

Aside = tuple[str, float, Command]
_AROUND = " ,.!?…¿¡"
_LONGEST = 60
_FEW = 3
_ORDERING = ("order", "change_order")
_PART = re.compile(r"[^,.;!\n]*\w[^,.;!\n]*")
OF_THE_MATTER = ("service", "product", "professional", "time", "payment", "zone", "address")


def aside(clause: Clause, situation: Situation) -> Aside | None:
    """The intent, its confidence and the command of a clause that says nothing to the matter; None for all others."""
    if len(clause.text) > _LONGEST:
        return None
    said = expand(clause.text, situation.language).strip(_AROUND)
    idle = situation.flow is None and situation.asks == "none"
    if (ahead := _of_what_is_coming(said, situation)) is not None:
        return ahead
    if situation.flow is not None and not clause.asks and _whole("only_too_dear", said):
        return "smalltalk", 0.9, Smalltalk("dear")
    if _whole("interjection", said) and not clause.yes and not clause.no:
        return "smalltalk", 0.9, Smalltalk("other")
    if not clause.asks and _whole("apologises", said):
        return "smalltalk", 0.9, Smalltalk("other")
    if _whole("only_thanks", said) or (clause.thanks and _whole(_heard(situation), said)):
        return "thanks", 1.0, Smalltalk("thanks")
    if idle and not clause.asks and _whole("closes", said):
        return "goodbye", 0.9, Smalltalk("goodbye")
    if not clause.asks and _whole("not_it", said):
        return "deny", 0.9, Unclear(()) if idle else Deny()
    if situation.flow is not None and _whole("lets_go", said):
        return "forget", 0.95, Cancel()
    return None


def _of_what_is_coming(said: str, situation: Situation) -> Aside | None:
    """ "Posso perguntar uma coisa?", "é sobre aquele negócio": what is wanted is still to be told."""
    asked = situation.flow is None and situation.asks == "clarify"
    if situation.flow is None and not situation.topic and announcing.only_points(said, asked=asked):
        return "unclear", 0.2, Unclear(())
    if announcing.only_announces(said, ordering=situation.flow in _ORDERING):
        return "smalltalk", 0.9, Smalltalk("go_ahead")
    return None


def lets_another_go(clause: Clause, said: Sequence[Fact], situation: Situation) -> bool:
    """ "Deixa a sobrancelha pra lá", beside a summary without any: nothing of it is given up."""
    known = any(fact.kind in OF_THE_MATTER for fact in said)
    asked = situation.asks == "confirm" and not known and not clause.asks
    return asked and _whole("lets_that_go", fold(clause.text).strip(_AROUND))


def only_heard(clause: Clause, situation: Situation) -> bool:
    """ "Ok, thanks" to an answer: nothing was asked that a yes could be to."""
    nothing_offered = situation.flow is None and situation.asks == "none" and not situation.options
    return clause.yes and clause.thanks and clause.bare and nothing_offered


def _heard(situation: Situation) -> str:
    """The cue for "I see" beside a thank-you: where a yes would count, what may be one is none of it."""
    return "only_heard" if situation.asks == "confirm" else "acknowledges"


def _whole(cue: str, said: str) -> bool:
    return pattern(cue).fullmatch(said) is not None


def without_awaiting(text: str, situation: Situation) -> str:
    """ "Pode mandar, tô no aguardo", "sorry I fell asleep, yes": to a summary neither asks for time nor where it is."""
    if situation.asks == "confirm":
        text = _without_politeness(text)
    parts = list(_PART.finditer(text)) if situation.asks == "confirm" else []
    waits = [each for each in parts if _is_awaiting(each.group()) or _whole("apologises", fold(each.group()).strip())]
    for part in waits if len(waits) < len(parts) else ():
        text = f"{text[: part.start()]}{' ' * len(part.group())}{text[part.end() :]}"
    return text


def _without_politeness(text: str) -> str:
    """ "Yes, if you don't mind": hangs on nothing."""
    found = pattern("checkout_courteous_if").search(fold(text))
    behind = fold(text[found.end() :]).strip(_AROUND) if found else ""
    if found is None or not any(letter.isalnum() for letter in text[: found.start()]) or len(behind.split()) > _FEW:
        return text
    return f"{text[: found.start()]}{' ' * len(found.group())}{text[found.end() :]}"


def _is_awaiting(part: str) -> bool:
    """Not "tô esperando meu chefe", which decides nothing yet; nor "me avisa se abrir vaga mais cedo"."""
    folded = fold(part).strip(_AROUND)
    reminds = (
        pattern("checkout_remind").search(folded) is not None and pattern("checkout_whether").search(folded) is None
    )
    return reminds or any(pattern(cue).fullmatch(folded) for cue in ("awaits", "only_waits"))
