"""Weekdays written as most people write them: "6ª feira", "sex" and "sexta-feira" are "sexta" to whoever reads on.

Only where the grammar finds a day: "vou ter que sair" has no Tuesday, "the sun" no Sunday. What may be the second of a
list stays apart from Monday: "2ª feira" becomes "segunda-feira", no bare "segunda".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache

from understanding.local.dates.engine import find
from understanding.local.dates.lexicon import Lexicon, lexicon
from understanding.local.text.words import fold

_FULL: Mapping[str, tuple[str, ...]] = {
    "pt": ("segunda-feira", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_WEEKDAYS = "Ww"
_OPEN = "segunda"
_NO_WORDS = ("qui", "sex", "jue", "juev", "vie", "lun", "mie", "mier", "fri")
"""Abbreviations that are nothing else in their language: a day also where the grammar sees none, "toda qui"."""


def weekdays_in_full(text: str, now: datetime, language: str, *, asked: bool = False) -> str:
    """The text with its weekdays in full. `now`, `language` and `asked` are as in `find`."""
    code = language[:2] if language[:2] in _FULL else "pt"
    forms, form = _forms(code)
    folded, written, done = fold(text), [], 0
    if not form.search(folded):
        return text
    days = [found.span for found in find(text, now, code, asked=asked)]
    for found in form.finditer(folded):
        sure = found["name"] in _NO_WORDS
        if sure or any(start <= found.start() and found.end() <= end for start, end in days):
            number = int(found["nth"]) - 2 if found["nth"] else forms[re.sub(r"[ -]+", " ", found["name"])]
            written += [text[done : found.start()], _FULL[code][number]]
            done = found.end()
    return "".join([*written, text[done:]])


@cache
def _forms(code: str) -> tuple[Mapping[str, int], re.Pattern[str]]:
    """What a language calls its weekdays beside their full names, and what finds one of these."""
    full = {fold(name) for name in _FULL[code]} | {_OPEN}
    forms = {name: number for name, number in _names(lexicon(code)) if name not in full}
    names = "|".join(name.replace(" ", "[ -]+") for name in sorted(forms, key=len, reverse=True))
    ordinal = r"(?P<nth>[2-6]) ?[ªa°º]\.?(?:[ -]?feira)?" if code == "pt" else r"(?P<nth>(?!))"
    return forms, re.compile(rf"(?<![\w-])(?<!\bum )(?<!\d )(?:(?P<name>{names})|{ordinal})(?![\w-]| shop\b)")


def _names(words: Lexicon) -> Iterator[tuple[str, int]]:
    for first, entry in words.entries.items():
        if entry.kind in _WEEKDAYS:
            yield first, entry.number
        for phrases in entry.longer.values():
            yield from ((" ".join(name), number) for name, kind, number in phrases if kind in _WEEKDAYS)
