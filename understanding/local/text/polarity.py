"""Whether a thing said is wanted, taken back ("não quinta", "quinta não posso"), or where something is until now."""

from __future__ import annotations

import re
from functools import cache

from understanding.local.text.cues import alternatives

_LOOKED_AT = 64
_ROLE_LOOKED_AT = 24
_THEN = r"(?:n?[ao]s?|de|em|dia|antes|depois|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)\b"
"""What begins the time that "não pode ser" refuses, where it follows."""


def negated(folded: str, start: int, end: int, language: str) -> bool:
    """Whether the words around [start, end) take back what stands there; a "no" at a line's end is of that line."""
    before = _before(language).search(folded[max(0, start - _LOOKED_AT) : start])
    if before:
        return not (before["polite"] and _asked(folded, end))
    behind = _after(language).match(folded, end)
    return behind is not None and not _asks(folded, behind)  # "quarta não dá?" asks for Wednesday


def role(before: str, language: str) -> str:
    """ "old" for a time introduced by "de", "new" by "para"; "" when nothing tells."""
    tail = before[-_ROLE_LOOKED_AT:]
    if language == "en" and tail.endswith("do "):
        return ""  # "could we do Friday?"
    if _introduced("old").search(tail):
        return "old"
    return "new" if _introduced("new").search(tail) else ""


def _asked(folded: str, end: int) -> bool:
    """ "Não dá pra ser sexta?" asks for Friday."""
    closing = re.search(r"[,.!?\n]", folded[end:])
    return closing is not None and closing.group() == "?"


def _asks(folded: str, refusal: re.Match[str]) -> bool:
    """ "Sábado não dá?", "no sábado vocês fecham que horas"."""
    return _question().match(folded, refusal.end()) is not None


@cache
def _before(language: str) -> re.Pattern[str]:
    not_ = f"{alternatives('not')}|no" if language == "es" else alternatives("not")  # "no sábado" is Portuguese "on"
    return re.compile(
        rf"\b(?:(?P<polite>{alternatives('cannot')})|{not_})[^\S\n]+(?:(?:{alternatives('not_yet')})\s+){{0,4}}$"
    )


@cache
def _after(language: str) -> re.Pattern[str]:
    not_ = "nao|not|no" if language == "es" else "nao|not"
    refusal = rf"(?:{not_}) (?:{alternatives('refusing')})(?! ser {_THEN})|{alternatives('unfit')}"
    neither = rf"(?:{alternatives('neither')})(?=[^\S\n]*(?:[,.;!\n]|$))"
    return re.compile(rf"[^\S\n]*,?[^\S\n]*(?:(?:{not_})[^\S\n]*(?=[,.;!\n]|$)|{neither}|(?:{refusal}))")


@cache
def _question() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\?|(?:a |as |ate |hasta )*(?:que|q) h(?:ora|r)s?\b)")


@cache
def _introduced(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(f'{role}_time')})\s+(?:(?:{alternatives('time_articles')})\s+)*$")
