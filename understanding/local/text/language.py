"""Which language a conversation is in. Sticky: a first message sets it, later only a clear one changes it.

A message is judged by what its words and letters say together (`tongues.py`). Brand names, loanwords, names and a
courtesy in another language ("ok, gracias") are no reason to switch.
"""

from __future__ import annotations

from collections.abc import Sequence

from understanding.local.text import tongues

LOCALES = ("pt-BR", "en", "es")

_FIRST, _LATER, _DATUM = 2.0, 5.0, 9.0
"""How much more must speak for another language: to begin with, later, and where names and addresses are asked for."""


def detect(
    text: str,
    current: str,
    default: str,
    allowed: Sequence[str] = LOCALES,
    named: frozenset[str] = frozenset(),
    *,
    datum: bool = False,
) -> str:
    """The conversation's language after this message, one of `allowed`.

    `current` is its language so far, "" when nothing is known yet; `default` is the business's. `named` are the folded
    words of its catalogue, which everybody uses. `datum`: a name or an address was asked for.
    """
    kept = current if current in allowed else (default if default in allowed else allowed[0])
    told = tongues.weigh(text, named, kept[:2] if current else None)
    found = {locale: told[locale[:2]] for locale in allowed}
    best = max(found, key=found.__getitem__)
    needed = _DATUM if datum else _LATER if current else _FIRST
    return best if found[best] - found[kept] > needed else kept


def evidence(text: str, locale: str) -> float:
    """How much in a text speaks for a language: 0 for one that has all its words, else less."""
    return tongues.weigh(text)[locale[:2]]
