"""Rules for short weekdays that are words of their own: "seg", "ter", "sat", "sun"."""

from __future__ import annotations

from understanding.local.dates.lexicon import BOOKS
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()


# Abbreviations that are common words, so that little beside them makes them days.
_WORDS = ("ter", "sun", "sol", "mar", "set")
_HOURS = 1
_LAST = ("fri",)
"""No word of its own when nothing stands behind it."""


@rules(r"(?P<w>w)")
def abbreviation(match: Match) -> Token:
    """Takes "seg" or "sat" for a day only beside something temporal."""
    weekday = match["w"]
    if match.setting.asked and weekday.name not in _WORDS:
        return weekday._replace(kind="W")
    sure = _listed(match) or _beside_time(match) or (weekday.name not in _WORDS and _introduced(match))
    return weekday._replace(kind="W" if sure or (_alone(match) and weekday.name not in ("ter", "mar")) else ".")


def _alone(match: Match) -> bool:
    before, after = match.around(-1), match.around(1)
    ends = after.kind in ";," or after.number == BOOKS
    first = before.kind in ";," or before.number == BOOKS or (before.kind == "e" and match.around(-2).start < 0)
    return ends and first and (match.around(2).start < 0 or match.free(2))


def _listed(match: Match) -> bool:
    """Whether another weekday is named beside it: "ter ou qui"."""
    before, after, beyond = match.around(-1), match.around(1), match.around(2)
    if before.kind in "oe-,sku" and match.around(-2).kind in "WwD#":
        return True
    if after.kind not in "oe-,sk":
        return False
    return beyond.kind in "Ww" or (beyond.kind in "itE" and match.around(3).kind in "Ww")


def _beside_time(match: Match) -> bool:
    after, beyond = match.around(1), match.around(2)
    if (
        after.kind in "#HTPDXCS7@"
        or (after.kind in "a,h" and beyond.kind in "NHPTx@")
        or after.kind + beyond.kind == "NP"
    ):
        return True
    if after.kind + beyond.kind == "NU" and beyond.number == _HOURS and match["w"].name not in _WORDS:
        return True  # "sex 17 horas"
    return after.kind in "GBubf" and beyond.kind in "NHa@x"


def _introduced(match: Match) -> bool:
    before, after = match.around(-1), match.around(1)
    if match["w"].name in _LAST and (after.kind in ";," or after.start < 0):
        return True  # "I meant fri"
    if before.kind in "iXC#DrEbaH@" or (before.kind == "." and match["w"].name[0].isdigit()):
        return True
    return after.kind == "p" or (after.kind in "oe-,sk" and match.around(2).kind in "WwDi")
