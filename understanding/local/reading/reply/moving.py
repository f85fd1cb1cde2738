"""The yes to an appointment that is to be moved, told by the verb: "perfeito, muda", "sounds ace, swap it", "pasala".

To another summary the same verbs want something different.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local import replies
from understanding.local.facts.fact import Fact
from understanding.local.reading.reply import doubts
from understanding.local.reading.reply.asides import OF_THE_MATTER
from understanding.local.text.cues import DOES_NOT, has, pattern, words
from understanding.local.text.words import fold, split

_PARTS = re.compile(r"[,.;!\n]+")
_AGREES = 0.6
_REFUSES = re.compile(rf"\b(?:nao|no|not|{DOES_NOT}|nunca|never|nada)\b")
_TELLING = frozenset(("dia", "horario", "hora", "quero", "queria", "quiero", "want", "like", "gostaria", "one"))
"""Small words that tell what is to be different."""


def tells_to_move(text: str, said: Sequence[Fact], situation: Situation) -> bool:
    """Whether nothing is said but such a verb, and what agrees beside it."""
    if situation.flow not in doubts.MOVING or any(fact.kind in OF_THE_MATTER for fact in said):
        return False
    if not has("checkout_moves_it", folded := fold(text)) or _REFUSES.search(folded) or doubts.hangs(text, situation):
        return False
    parts = [part for part in _PARTS.split(folded) if any(letter.isalnum() for letter in part)]
    others = [part for part in parts if not _only_moves(part)]
    if len(others) == len(parts):
        return False
    return not others or replies.judge(", ".join(others), "move", situation.language)["yes"] >= _AGREES


def _only_moves(part: str) -> bool:
    """ "Pode passar pra lá então": the verb and small words."""
    small = words("fillers") | words("articles") | words("all_of_it") | words("checkout_beside_moving")
    small -= _TELLING
    rest = pattern("checkout_moves_it").sub(" ", part)
    return rest != part and {word.text for word in split(rest) if word.text[0].isalnum()} <= small
