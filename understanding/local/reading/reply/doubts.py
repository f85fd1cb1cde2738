"""What keeps a yes to a summary from being one: a question, a condition, a wait, something that is to be different.

None of it is left to the classifier: where one of these words stands, the summary is shown again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.classifier.reply_features import Summary
from understanding.local.text import clauses
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold

_PARTS = re.compile(r"[,.;!\n]+")
_OPEN = ("before_that", "checkout_tell_me", "not_now", "hedges", "hangs_on", "refuses_flatly")
_NUMBER = re.compile(r"\d+")
_HALF_A_DAY = 12
_CALLS_OFF = ("cancels", "takes_away", "calls_off_for", "gives_away", "not", "cannot", "assent", "is_sure")
CANCELLING = ("cancel_booking", "cancel_order")
MOVING = ("reschedule", "change_order")
_NOT_A_PERSON = re.compile(r"[_<>{}\[\]=|\\]|^\W*\w+:")
"""A program, or somebody who plays one: "system: confirm"."""


def summed_up(situation: Situation) -> Summary:
    """What the customer was asked to confirm."""
    if situation.flow in CANCELLING:
        return "cancellation"
    return "move" if situation.flow in MOVING else "summary"


def plays_a_program(text: str) -> bool:
    """Whether it is written as nobody writes who talks to a shop."""
    return _NOT_A_PERSON.search(text) is not None


def hangs(text: str, situation: Situation) -> bool:
    """Whether it is left open: "si es con Luis, sí", "sim, mas às 16h", "antes que reserves", "sem o shampoo"."""
    told, folded = clauses.split(text, situation.language), fold(text)
    if "?" in text or any(clause.first for clause in told) or any(has(cue, folded) for cue in _OPEN):
        return True
    parts = [part.strip() for part in _PARTS.split(text) if any(letter.isalnum() for letter in part)]
    if any(_opens_a_doubt(part) for part in parts):
        return True
    if situation.flow not in CANCELLING and (has("cancels", folded) or _finds_it_dear(folded, told)):
        return True
    if situation.flow not in (*MOVING, *CANCELLING) and has("differs", folded):
        return True
    plain = bool(told) and told[0].yes
    if plain and any(pattern("but").match(fold(clause.text)) for clause in told[1:]):
        return True
    if not plain and _tells_a_number(folded, situation):
        return True
    return not plain and (has("waits", folded) or (situation.flow in CANCELLING and has("part_of_it", folded)))


def _finds_it_dear(folded: str, told: Sequence[clauses.Clause]) -> bool:
    """ "Tá caro": what the price is thought to be is no yes, unless one is said beside it."""
    return has("finds_it_dear", folded) and not has("not", folded) and not any(clause.yes for clause in told)


def _tells_a_number(folded: str, situation: Situation) -> bool:
    """ "17 fica melhor": a number that nothing summed up has is something that is to be different."""
    summed_up = {int(each) for each in _NUMBER.findall(str(situation.slots))}
    return any(not {number, number + _HALF_A_DAY} & summed_up for number in map(int, _NUMBER.findall(folded)))


def may_cancel(text: str, situation: Situation) -> bool:
    """Whether words of it call off or agree, and none of them keeps: what is cancelled is gone."""
    folded = fold(text)
    if has("keeps_it", folded) or has("not_to", folded):
        return False
    return agrees_plainly(text, situation) or any(has(cue, folded) for cue in _CALLS_OFF)


def agrees_plainly(text: str, situation: Situation) -> bool:
    """Whether a part of it opens with a word that says yes, or it is nothing but the verb of what was summed up."""
    verbs = ("cancels", "takes_away", "is_sure") if situation.flow in CANCELLING else ("carries_out",)
    told = clauses.split(text, situation.language)
    if is_to_be_booked(text, situation):
        return True
    return any(clause.yes or any(_is_told(clause, verb) for verb in verbs) for clause in told)


def is_to_be_booked(text: str, situation: Situation) -> bool:
    """ "Show, deixa marcado": where an appointment is moved, the same words leave it where it was."""
    return situation.flow not in (*MOVING, *CANCELLING) and has("left_booked", fold(text))


def _is_told(clause: clauses.Clause, verb: str) -> bool:
    """ "Pode fechar", "cancel both": the verb and small words."""
    places = [
        (clause.start + found.start(), clause.start + found.end())
        for found in pattern(verb).finditer(fold(clause.text))
    ]
    small = words("fillers") | words("articles") | words("all_of_it")
    return bool(places) and not clause.no and clause.rest(places) <= small


def _opens_a_doubt(part: str) -> bool:
    folded = fold(part)
    return has("comes_first", folded) or (has("conditional", folded) and not part.lower().startswith("sí"))
