"""A message about one of several appointments that stand, read as if it stood alone: "la del 12" is "mi cita" then.

What is to become of it is told in the same words, whatever it is called by and whether there are others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.commands import Ask, Cancel, Command, Correct, Deny, Fill, Human, Reject, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.own_names import Own
from understanding.local.reading import pointed_at
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_MINE = {"pt-BR": "meu horário", "en": "my appointment", "es": "mi cita"}
_STANDS = {"pt-BR": "não cancela,", "en": "don't cancel,", "es": "no canceles,"}
_CHANGES = ("reschedule", "cancel_booking")
_OF_TIMES = {"time", "same_hour", "same_weekday", "earliest", "latest", "shift", "postpone"}
_OF_WHICH = ("old_time", "own", "booking", "for_another", "last")
_DROPPED = ("cancels", "does_not", "gives_up", "no_longer_wanted", "cannot_come")
_ONE_MORE = ("one_more", "one_more_for", "somebody_wants", "puts_in", "another_one")


def told(text: str, situation: Situation, catalogue: Catalogue) -> tuple[str, Situation, Own | None]:
    """The text with "my appointment" for what points at one, the situation where only that one stands, and that one."""
    spoken_of = situation.flow is None and situation.asks == "none" and "order" not in str(situation.done.get("flow"))
    if not spoken_of or not situation.standing or _books_too(fold(text)):
        return text, situation, None
    text = _still_stands(text, situation.language)
    meant = pointed_at.one(text, situation.language, situation.standing, catalogue)
    if meant is None:
        return text, situation, None
    mine = _MINE[situation.language]
    put = [(each, mine) for each in meant.words] + [(each, " " * (each.end - each.start)) for each in meant.beside]
    for name, words in sorted(put, key=lambda pair: pair[0].start, reverse=True):
        text = f"{text[: name.start]}{words}{text[name.end :]}"
    own = situation.standing[meant.place]
    return text, replace(situation, standing=[own], anchor=datetime.fromisoformat(own["start"])), own


def _still_stands(text: str, language: str) -> str:
    """ "I was going to cancel but I can make it": nothing is called off."""
    found = pattern("meant_to_cancel").search(fold(text))
    return f"{text[: found.start()]}{_STANDS[language]}{text[found.end() :]}" if found else text


def _books_too(folded: str) -> bool:
    """ "Cancel my appointment on Thursday, then book a new one": the old one is told beside the new."""
    books = (found.start() for found in pattern("books").finditer(folded))
    anew = any(not pattern("the_before").search(folded[:start]) for start in books)  # "la reserva" is no booking
    return has("cancels", folded) and (anew or has("another_one", folded))


def named(commands: Sequence[Command], text: str, own: Own | None) -> list[Command]:
    """The commands of such a message, with the one they are of."""
    begun = _begun(commands, fold(text)) if own else None
    if own is None or begun not in _CHANGES:
        return list(commands)
    kept = [each for each in commands if not isinstance(each, Start) and not _tells_which(each, own)]
    if begun == "cancel_booking":
        kept = [each for each in kept if isinstance(each, Smalltalk | Ask | Human)]
    facts = [Fill(each.slot, each.value) if isinstance(each, Correct) else each for each in kept]
    return [Start(begun), Fill("booking", own["booking"]), *facts]


def _begun(commands: Sequence[Command], folded: str) -> str | None:
    """What is to become of it: it is moved where another time is told, gone where it is refused."""
    begun = [each.flow for each in commands if isinstance(each, Start)]
    if begun and begun != ["book"]:
        return begun[0] if len(begun) == 1 else None
    if any(isinstance(each, Fill | Correct) and each.slot in _OF_TIMES for each in commands):
        return None if begun and any(has(cue, folded) for cue in _ONE_MORE) else "reschedule"
    idle = all(isinstance(each, Cancel | Deny | Unclear | Smalltalk | Reject) for each in commands)
    idle = idle and not has("not_cancelling", folded)  # "please don't cancel my nails"
    return "cancel_booking" if idle and "?" not in folded and any(has(cue, folded) for cue in _DROPPED) else None


def _tells_which(command: Command, own: Own) -> bool:
    """Whether it tells no more than which one it is."""
    if isinstance(command, Fill) and command.slot in ("service", "professional"):
        return own[command.slot] in (command.value if isinstance(command.value, list) else [command.value])
    return isinstance(command, Fill) and command.slot in _OF_WHICH
