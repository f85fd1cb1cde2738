"""A datum that only the customer can word (a name, a company, an insurance), apart from what is told beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts import identity
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.fills import fills
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_TAKEN = {"time", "service", "insurance", "team_size", "company", "email", "name"}
_PART = re.compile(r"[^,;]*\w[^,;]*")
_NUMBER = re.compile(r"\d")
_NO_EXACT = ("preferred_period", "insurance", "company", "team_size", "email")
_DIGITS = re.compile(r"\d+")
_FEW_WORDS = 8
_EDGES = " ,.!;-"


def briefly(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """What a few words answer where a datum of a lead is asked for: "só eu", "uns 200", "não sei", "por aqui mesmo"."""
    if situation.flow != "lead":
        return None
    asked = situation.asks
    if asked in ("time", *_NO_EXACT) and not said and has("does_not_know", folded):
        return Answered("deny", (Fill("refuse", True),))
    if asked == "email" and has("another_way", folded) and "@" not in folded:
        return Answered("deny", (Fill("refuse", True),))
    if (size := _another_size(folded, situation)) is not None:
        return Answered("inform", (Fill("team_size", size),))
    if asked != "team_size" or clause.asks or any(fact.kind == "team_size" for fact in said):
        return None
    told = has("only_me", folded) or (_NUMBER.search(folded) and not any(fact.kind == "email" for fact in said))
    return Answered("inform", (Fill("team_size", clause.text.strip(_EDGES)),)) if told else None


def _another_size(folded: str, situation: Situation) -> str | None:
    """ "Sorry, it's 45 not 40", when the team's size is told already and something else is asked for."""
    told = str(situation.slots.get("team_size") or "")
    if not told or situation.asks == "team_size" or not (has("puts_right", folded) or has("not", folded)):
        return None
    numbers = {found for found in _DIGITS.findall(folded) if found not in _DIGITS.findall(told)}
    return numbers.pop() if len(numbers) == 1 and len(folded.split()) <= _FEW_WORDS else None


def datum(clause: Clause, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """The datum in the customer's words, and what was told beside it; None when the words are no such thing."""
    rest = fills(said, situation, flow=situation.flow)
    if situation.asks in {fact.kind for fact in said}:
        return Answered("inform", tuple(rest))
    taken = _TAKEN - {"time"} if situation.asks == "preferred_period" else _TAKEN
    parts = _apart(clause, [fact for fact in said if fact.kind in taken])
    if situation.asks == "name" and len(parts) > 1:  # "o CTO da Acme, Carlos Silva"
        parts = [part for part in parts if identity.may_be_name(fold(part))] or parts
    text = ", ".join(parts)
    opening = pattern("says_who").match(fold(text)) if situation.asks == "name" else None
    text = text[opening.end() if opening else 0 :].strip(_EDGES)
    if situation.asks == "name":
        text = _name_alone(text)
    if text and _may_be(situation.asks, text, beside=bool(rest)):
        return Answered("inform", (*rest, Fill(situation.asks, text)), 0.8)
    return Answered("inform", tuple(rest)) if rest else None


def _apart(clause: Clause, said: Sequence[Fact]) -> list[str]:
    """The words without the facts beside it: "Joana" of "Joana, de manhã, sem convênio"."""
    text = clause.text
    for fact in said:
        start, end = fact.start - clause.start, fact.end - clause.start
        text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
    if "|" not in text:
        return [text.strip(_EDGES)]
    parts = (part.group().replace("|", " ") for part in _PART.finditer(text))
    return [part.strip(_EDGES) for part in parts if _says_something(part)]


def _name_alone(text: str) -> str:
    """ "Pode colocar Renata Alves", "ju mesmo": the words that may be a name, or all of them."""
    said = split(text)
    inside = [at for at, word in enumerate(said) if fold(word.text) not in words("around_a_name")]
    if not inside or len(inside) == len(said):
        return text
    name = text[said[inside[0]].start : said[inside[-1]].end]
    return name if identity.may_be_name(fold(name)) else text


def _may_name(text: str) -> bool:
    """Not "sorry before that": a word that may be a name, or capitals all over."""
    folded = fold(text)
    return identity.may_be_name(folded) or len(folded.split()) == 1 or text.istitle() or not text.isascii()


def _says_something(part: str) -> bool:
    small = words("fillers") | words("articles") | words("and") | words("beside_a_datum")
    return any(word.text[0].isalnum() and word.text not in small for word in split(fold(part)))


def _may_be(asked: str, text: str, *, beside: bool) -> bool:
    """Whether words may be such a datum: nobody is called "kkk", and an e-mail address has its sign."""
    folded = fold(text)
    if asked == "email":
        return has("email_sign", folded)
    if asked == "name" and (has("laugh", folded) or not _may_name(text)):
        return False
    return _says_something(text) or not beside
