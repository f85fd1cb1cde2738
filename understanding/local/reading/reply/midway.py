"""What is replied while a detail is still asked for: the customer gives up what was begun, pauses, or goes on.

The reply classifier hears the message as a whole: "esquece o banho, lavo em casa", "I'm away that day, I'll get back
to you" tell no day and choose no service. What the clauses surely want instead (a person, another thing, an answer)
stays theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.commands import Ask, Cancel, Command, Fill, Human, OptIn, OptOut, Repeat, Smalltalk, Start, Wait
from domain.ports import Situation
from understanding.local import replies
from understanding.local.facts.fact import Fact
from understanding.local.reading.draft import Draft

_OPEN = ("none", "clarify", "confirm")
_SURE: Mapping[str, float] = {"no": 0.7, "hold": 0.6}
_SURER: Mapping[str, float] = {"no": 0.85, "hold": 0.6}
_CERTAIN: Mapping[str, float] = {"no": 0.97, "hold": 0.8}
"""How sure it must be where nothing is told, where a thing or a day is named, where another wish stands there."""
_NAMED = ("time", "service", "product", "professional")
_DETAILS = ("payment", "change_for", "delivery", "zone", "address")
_NEVER_LEFT = (Human, OptIn, OptOut, Repeat)
_COURTESY = ("greet", "thanks", "goodbye")


def settle(draft: Draft, text: str, said: Sequence[Fact], situation: Situation) -> None:
    """Makes the draft a giving up or a pause where the message is surely one."""
    if (
        situation.flow is None
        or situation.asks in _OPEN
        or any(isinstance(each, _NEVER_LEFT) for each in draft.commands)
    ):
        return
    judged = replies.judge(text, "detail", situation.language)
    least = _least(draft, said, situation)
    if judged.get("no", 0.0) >= least["no"] and not _tells_detail(draft, said):
        _decide(draft, "forget", judged["no"], Cancel())
    elif judged.get("hold", 0.0) >= least["hold"]:
        _decide(draft, "wait", judged["hold"], Wait())


def _least(draft: Draft, said: Sequence[Fact], situation: Situation) -> Mapping[str, float]:
    if any(_is_wish(each, situation) for each in draft.commands):
        return _CERTAIN
    return _SURER if any(fact.kind in _NAMED for fact in said) else _SURE


def _tells_detail(draft: Draft, said: Sequence[Fact]) -> bool:
    """ "Never mind, I'll do pix", "no preference": what was asked is answered."""
    anybody = Fill("professional", "any") in draft.commands
    return anybody or any(fact.kind in _DETAILS and not fact.negated for fact in said)


def _is_wish(command: Command, situation: Situation) -> bool:
    """Whether something else is asked for; the flow under way begun again is none."""
    return isinstance(command, Ask) or (isinstance(command, Start) and command.flow != situation.flow)


def _decide(draft: Draft, intent: str, confidence: float, command: Command) -> None:
    courteous = [each for each in draft.commands if isinstance(each, Smalltalk) and each.kind in _COURTESY]
    draft.commands, draft.confidence, draft.intents = [*courteous, command], confidence, [intent]
