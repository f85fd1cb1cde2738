"""A question that one of the business's own texts answers, whatever task its words resemble.

"Posso remarcar de graça?" asks for the policy, "tem onde deixar o carro?" not for the address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Ask, Command, Unclear
from domain.ports import Situation
from understanding.local.reading.clause.answered import FREE_TEXT
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.parts import blanked
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import pattern
from understanding.local.text.words import fold, split

_SENTENCE = re.compile(r"[.!?;\n]+")
_SURE = 0.72
_LIKELY = 0.6
_FEW_WORDS = 3
_IT = frozenset(("ele", "ela", "it", "lo", "la"))
_ARRANGED = {"time", "professional", "earliest", "anybody", "same_person", "address", "zone", "order", "position"}
_TOLD_BY_TOOLS = {"prices", "duration", "payment", "professionals", "stock", "total", "why", "delivery"}
_BEGUN = {"book", "order", "change_order"}
_CANCELLING = {"cancel_booking", "reschedule"}
_SETTLING = {"book", "reschedule"}
_TASKS = {"book", "order", "my_bookings", "change_order", "cancel_order", "order_status", *_CANCELLING}
_OF_TIMES = ("later", "sooner", "too_early", "too_late")
_TALK = {"unclear", "out_of_scope", "smalltalk", "repeat", "faq", "address", "catalog", "wait"}


def answers(heard: Heard, name: str, confidence: float) -> bool:
    """Whether the clause, taken for `name` so far, is a question that a passage answers, and no wish for an effect."""
    if (name in _TOLD_BY_TOOLS and confidence >= _LIKELY) or _is_datum(heard):
        return False
    if name == "inform" and "address" in heard.kinds and heard.has("please_bring"):
        return False  # "could someone drop them at 5 Main Street?"
    if name in _TASKS and (heard.kinds & _ARRANGED or _is_wish(heard, name, confidence)):
        return False
    asked = heard.asked or heard.has("wants_to_know")
    begun = name in _BEGUN and not heard.said and heard.business.lead is None  # "quero trocar um produto"
    told = heard.flow is None and (name in _TALK or begun)
    if not (asked or told) or heard.situation.known(heard.clause.text) < _SURE:
        return False
    return not _settles_a_time(heard) or heard.situation.known(_without_times(heard)) >= _SURE


def joined(text: str, commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "Vou de carro, vocês têm onde parar?": a question that only the whole sentence makes clear."""
    told = list(commands)
    for ask in [each for each in commands if isinstance(each, Ask) and each.topic in ("faq", "address")]:
        words = str(ask.about.get("text") or "")
        sentence = next((each.strip() for each in _SENTENCE.split(text) if words and words in each), words)
        unparted = re.sub(r"[,:]", " ", sentence)
        if len(sentence) <= len(words) or situation.known(words) >= _SURE or situation.known(unparted) < _SURE:
            continue
        if any(each is not ask and _is_known(each, sentence, situation) for each in told):
            if ask.topic == "address" and _IT & set(fold(words).split()):
                told.remove(ask)  # "vou de carro, onde que eu deixo ele?"
            continue  # "tem estacionamento, e vocês alugam bicicleta?": two questions
        whole = Ask("faq", {**ask.about, "text": unparted})
        told = [each for each in told if not _inside(each, sentence)]
        told.append(whole)
    return told


def asks_it_again(clause: Clause) -> bool:
    """ "Meu plano é Bradesco, *vocês aceitam?*": the question of what was just said, without a word of its own."""
    return pattern("asks_of_that").fullmatch(fold(clause.text).strip(" ,.!¿")) is not None


def _inside(command: Command, sentence: str) -> bool:
    """Whether a command is a question asked in the sentence, or words of it that were not understood."""
    if isinstance(command, Unclear):
        return command.text in sentence
    if not isinstance(command, Ask) or (command.topic not in ("faq", "address") and "unlisted" not in command.about):
        return False
    return str(command.about.get("text")) in sentence


def _is_known(command: Command, sentence: str, situation: Situation) -> bool:
    """Whether a command is another question of the sentence, which a passage answers without the rest."""
    text = str(command.about.get("text") or "") if isinstance(command, Ask) else ""
    return bool(text) and text in sentence and situation.known(text) >= _SURE


def _is_datum(heard: Heard) -> bool:
    """Whether it may be the answer that was asked for: "Amil?" to which insurance."""
    if heard.flow in ORDERING and heard.kinds & {"payment", "change_for", "delivery"}:
        return True
    return heard.situation.asks in FREE_TEXT and len(split(heard.folded)) < _FEW_WORDS


def _settles_a_time(heard: Heard) -> bool:
    return heard.flow in _SETTLING and heard.situation.asks in ("time", "confirm")


def _without_times(heard: Heard) -> str:
    """ "4 da tarde já pegaram?", "um tiquinho mais tarde?", while a time is settled: what is asked beside the time."""
    left = heard.folded
    for fact in heard.said:
        if fact.kind == "time":
            left = blanked(left, fact.start - heard.clause.start, fact.end - heard.clause.start)
    for cue in _OF_TIMES:
        left = pattern(cue).sub(" ", left)
    told = [word.text for word in split(left)]
    return " ".join(word for word in told if numerals.value(word, heard.situation.language) is None)


def _is_wish(heard: Heard, name: str, confidence: float) -> bool:
    """Whether something is to be done: a verb of it, or the very things it is about."""
    if any(fact.kind == "product" and not fact.value["alternatives"] for fact in heard.said):
        return True
    if name in _CANCELLING:
        told = heard.has("cancels") or heard.has("moves") or heard.has("moves_to")
        return confidence >= _LIKELY and told and not heard.has("on_what_terms") and not heard.has("charges")
    return heard.has("books") or heard.has("own_order")
