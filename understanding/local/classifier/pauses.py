"""Where a message that is written without commas pauses: "quinta não sexta" is "quinta não, sexta" or no such thing.

Most people leave commas and full stops out; what they mean by it can be told from the words around each gap, as those
who do write them show. The clauses, the times and the rules then find the borders they look for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from understanding.local.classifier import weights
from understanding.local.text.lexicon import families
from understanding.local.text.words import fold

PAUSES = Path(__file__).with_name("pauses.json")
"""The trained weights."""
Mark = Literal["", ",", ".", "?"]
"""What is left out in a gap: nothing, or a mark after which something else begins."""
_SURE = 0.7
"""How likely a pause is at least, of whatever kind."""
_WORD = re.compile(
    r"\d+(?:[:.,h/-]\d+)*+(?:hs?|am|pm|kg)?\b|[^\W\d_]+(?:['’-][^\W\d_]+)*+|[%$]|[☀-➿\U0001F300-\U0001FAFF]+"
)
_DIGITS = re.compile(r"\d+")
_PUNCTUATED = re.compile(r"[,.;:!?…](?=\s+\w)|,\w")
_BLANK = re.compile(r"[ \t]+")
_FAR = 3
_LONGEST = 400
"""Letters of a line that are looked at: the time stays bounded."""
_EDGES = "^", "$"
_FRONTED = re.compile(
    r"(?:(?:e|y|and|mas|but|pero) )?(?:a[os]s?|n[ao]s?|em|com|de|d[ao]s?|pr[ao]|para|on|at|in|with|for|en|con|el|los) "
)
_AND = frozenset({"e", "y", "and"})
_JOINED = 3
"""Behind "and" so many words belong to what it begins: "e no lugar queria uma escova"."""
_BUT = frozenset({"mas", "but", "pero", "porem", "except"})
"""Words that part a sentence by themselves."""
_NEGATIONS = frozenset({"nao", "n", "no", "not", "nem", "nunca", "ni"})
_VERDICTS = frozenset(
    {"sim", "s", "isso", "ok", "yes", "yep", "sure", "si", "dale", "claro", "pode", "fechado", "beleza"}
)
_ARTICLES = frozenset({"o", "a", "os", "as", "el", "la", "los", "las", "the", "um", "uma", "un", "una"})
_SHORT, _NAMED = 3, 2
_WHEN = "@when"
_HOUSE = frozenset({"vcs", "voces", "vc", "voce", "ces", "ce", "you", "ustedes"})
_TOPIC = 4
"""What opens a clause: "on Wednesday I'm stuck", "aos domingos vocês abrem?"; so many words at most."""


def restored(text: str, language: str) -> str:
    """The text with a comma where a line that has none pauses. A line whose writer sets his own stays as it is."""
    return "\n".join(line if _PUNCTUATED.search(line) else _restored(line, language) for line in text.split("\n"))


def words(folded: str) -> list[re.Match[str]]:
    """The words, numbers, hours and smileys of a folded text."""
    return list(_WORD.finditer(folded))


def level(found: Sequence[re.Match[str]]) -> list[str]:
    """The words with all numbers alike: "15h" and "9h" are "#h"."""
    return [_DIGITS.sub("#", each.group()) for each in found]


def features(told: Sequence[str], place: int, code: str) -> list[str]:
    """What stands around the gap before the word at `place`: up to three words on each side, and how many there are."""
    three, two, one = (told[at] if at >= 0 else _EDGES[0] for at in range(place - 3, place))
    first, second, third = (told[at] if at < len(told) else _EDGES[1] for at in range(place, place + 3))
    before, behind = min(place, _FAR), min(len(told) - place, _FAR)
    return [
        f"{code}<{one}", f"{code}>{first}", f"{code}<<{two}", f"{code}>>{second}",
        f"{code}n{before}", f"{code}m{behind}",
        f"{code}{one}|{first}", f"{code}{two} {one}|", f"{code}|{first} {second}",
        f"{code}{two} {one}|{first}", f"{code}{one}|{first} {second}",
        f"{code}{three} {two} {one}|", f"{code}|{first} {second} {third}", f"{code}{two} {one}|{first} {second}",
        f"{code}n{before}>{first}", f"{code}n{before}<{one}", f"{code}m{behind}>{first}",
    ]  # fmt: skip


def _restored(line: str, language: str) -> str:
    folded = fold(line[:_LONGEST])
    found = words(folded)
    told, code, trained = level(found), language[:1], weights.load(PAUSES)
    parts, done = [], 0
    tagged = folded.rstrip().endswith("?")  # "¿cuál es la clave pix?": what is asked for, or "pode?"
    for place in range(1, len(found) - int(tagged)):
        gap = found[place - 1].end(), found[place].start()
        if not _BLANK.fullmatch(folded, *gap) or _goes_on(told, place):
            continue
        chances = trained.probabilities(features(told, place, code))
        if 1 - chances.pop("") >= _SURE:
            parts.append(line[done : gap[0]] + max(chances, key=chances.__getitem__))
            done = gap[0]
    return "".join([*parts, line[done:]])


def _goes_on(told: Sequence[str], place: int) -> bool:
    """Whether no pause can be before the word: those before it only tell what the clause is about, or negate it.

    "On Wednesday I'm stuck", "a areia pode ser uma só", "ainda não pode confirmar", "e no lugar queria uma escova".
    """
    before, behind = told[:place], told[place]
    if behind in _BUT:
        return True
    if before[-1] in _NEGATIONS:
        return "#" not in behind and families().get(behind) != _WHEN
    if not _AND.isdisjoint(before[-_JOINED:]) or (len(told) <= _SHORT and before[-1] not in _VERDICTS):
        return True
    named = len(before) == _NAMED and before[0] in _ARTICLES
    return named or (len(before) <= _TOPIC and (behind in _HOUSE or _FRONTED.match(" ".join(before)) is not None))
