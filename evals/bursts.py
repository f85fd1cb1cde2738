"""One thought in several messages, as people send it: parted after a sentence, at a comma, before "and" or "with".

What belongs together stays together: "3 e meia", "entre 14 e 16h", a street with its number.
"""

from __future__ import annotations

import random
import re

_MOST = 4

# A joint and how often somebody sends at it.
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\S)")
_COMMA = re.compile(r",\s+(?=\S)")
_AND = re.compile(r"\s+(?=(?:e|mas|só que|and|but|y|pero)\s+\S)", re.IGNORECASE)
_DETAIL = re.compile(
    r"\s+(?=(?:com [ao]|às|amanhã|amanha|amn|hoje|hj|with|at|tomorrow|today|con|a las|mañana|hoy)\s+\S)", re.IGNORECASE
)
_JOINTS = ((_SENTENCE, 1.0), (_COMMA, 0.7), (_AND, 0.6), (_DETAIL, 0.3))

_STREET = re.compile(r"\b(?:rua|r\.|av\.?|avenida|alameda|travessa|praça|street|st|avenue|calle)\s", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\d\S*|uma?|dois|duas|tr[êe]s|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|meio-dia|mil|vinte|trinta|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|half|una?|dos|tres|cuatro|seis|siete|ocho|nueve|diez|once|doce"
    r"|mei[ao]|quinze|trinta|media|cuarto|quarto)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(?:entre|between)\s+(?:\S+\s+){0,2}\S*$", re.IGNORECASE)
_HANGING = re.compile(
    r"(?:de|d[ao]s?|pra|para|[ao]s?|é|em|que|of|for|to|the|is|from|del|la|el|es|en|por)", re.IGNORECASE
)
_FEWEST_BEFORE_DETAIL = 3  # words


def in_parts(text: str, chance: random.Random) -> list[str]:
    """The text as several messages, at least two where it has a joint, four at most."""
    joints = sorted(
        (found.start(), found.end(), often)
        for pattern, often in _JOINTS
        for found in pattern.finditer(text)
        if _comes_apart(pattern, text[: found.start()], text[found.end() :])
    )
    taken = [joint for joint in joints if chance.random() < joint[2]] or joints[:1]
    while len(taken) >= _MOST:
        taken.remove(chance.choice(taken))
    parts, last = [], 0
    for start, end, _ in taken:
        parts.append(text[last:start])
        last = end
    return [part.strip(" ,;") for part in (*parts, text[last:]) if part.strip(" ,.;!?")] or [text]


def _comes_apart(pattern: re.Pattern[str], before: str, after: str) -> bool:
    """Whether somebody would send what stands before without what comes after."""
    sentence = _SENTENCE.split(before)[-1]
    if pattern is _COMMA:
        return not _STREET.search(sentence)
    if pattern is _AND:
        words = after.split(maxsplit=2)
        numbers = _NUMBER.fullmatch(before.split()[-1]) is not None or _NUMBER.match(words[1]) is not None
        return not numbers and not _SPAN.search(sentence)
    if pattern is _DETAIL:
        words = sentence.split()
        return len(words) >= _FEWEST_BEFORE_DETAIL and not _HANGING.fullmatch(words[-1])
    return True
