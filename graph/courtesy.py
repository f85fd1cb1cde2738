"""Talk that asks for nothing: greetings, thanks, a moment please, say that again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.commands import Command, Repeat, Smalltalk, Wait
from graph import questions, stack
from graph.flows.flow import Desk, option
from graph.phrases import listed, phrase

_LONG_PAUSE = timedelta(hours=6)
_TALK = ("ack.", "smalltalk.", "greet.")
_OF_THE_HOUSE = (Smalltalk("which_house"), Smalltalk("abilities"), Smalltalk("who_are_you"), Smalltalk("go_ahead"))
_KNOWN = ("goodbye", "thanks", "how_are_you", "compliment", "laugh", "who_are_you", "which_house", "go_ahead")


def respond(commands: Sequence[Command], desk: Desk, *, alone: bool) -> None:
    """Answers courtesy. `alone`: the customer said nothing else."""
    for command in commands:
        match command:
            case Repeat() if not _only_talk(desk):
                desk.says = [*desk.says, *desk.dialogue["said"]] or [{"key": "ack.yes", "with": {}}]
                desk.dialogue["keep_offer"] = True
            case Wait():
                desk.say("ack.wait")
                desk.dialogue["keep_offer"] = True
            case Smalltalk("greet"):
                _greet(desk, alone=alone and not set(_OF_THE_HOUSE) & set(commands))
            case Smalltalk("goodbye" | "thanks" as kind) if alone:
                desk.dialogue["question"] = None  # whoever says goodbye has no answer left to give
                desk.say(f"smalltalk.{kind}")
            case Smalltalk("dear") if alone and (frame := stack.top(desk)) is not None:
                brought = frame["flow"] in ("order", "change_order") and frame["slots"].get("delivery") == "delivery"
                desk.say("smalltalk.dear_delivered" if brought else "smalltalk.dear")
            case Smalltalk("abilities") if alone:
                _tell_abilities(desk)
            case Smalltalk(kind) if alone and kind in _KNOWN:
                desk.say(f"smalltalk.{kind}", persona=desk.business.persona.name, business=desk.business.name)
            case Smalltalk() if alone and (stack.top(desk) is None or desk.dialogue["question"] is not None):
                desk.say("smalltalk.other", persona=desk.business.persona.name)
            case _:
                pass


def _only_talk(desk: Desk) -> bool:
    """Whether our last words are worth no repeating: the step under way is what was not understood."""
    said = desk.dialogue["said"]
    return stack.top(desk) is not None and all(each["key"].startswith(_TALK) for each in said)


def _greet(desk: Desk, *, alone: bool) -> None:
    if not alone:
        desk.says.insert(0, {"key": "greet.short", "with": {}})
        return
    if stack.top(desk) is not None:
        desk.say("greet.short")
        if _paused_long(desk):
            questions.offer_resume(desk)
        return
    desk.say("greet.full", persona=desk.business.persona.name, business=desk.business.name)
    _offer_the_usual(desk)


def _tell_abilities(desk: Desk) -> None:
    """What can be done here by writing."""
    rules, business = desk.business.booking, desk.business
    books = bool(business.services and rules and rules.by == "bot")
    done = [name for name, here in (("book", books), ("order", bool(business.products)), ("lead", bool(business.lead)))
            if here]  # fmt: skip
    desk.say("abilities.all", things=listed([phrase(f"abilities.{name}") for name in ("ask", *done, "human")]))
    if stack.top(desk) is None:
        _offer_the_usual(desk)


def _offer_the_usual(desk: Desk) -> None:
    choices = questions.usual(desk)[:3]
    desk.offer([option(name, [questions.READINGS[name]], title_key=f"option.{name}") for name in choices])


def _paused_long(desk: Desk) -> bool:
    seen = desk.dialogue["seen_at"]
    return seen is not None and desk.now - datetime.fromisoformat(seen) > _LONG_PAUSE
