"""Rules for what only looks like a date: every Monday, a street's name, an order's number, a treatment's length."""

from __future__ import annotations

from understanding.local.dates.lexer import Token
from understanding.local.dates.rules import Match, Rules

rules = Rules()


@rules(
    r"![tdisfaE]*(?:[WwPpSMm]|U(?!N))(?:[,eoaisE]{0,2}[Ww])*",
    r"A[.dt]{0,3}[NOFMm](?:d?[Mm])?|OA",
    r"l[.d:-]?[N](?!d?[Mm])",
    r"Z[.at]?(?:HN?|NU?Q?|R)(?:[-soe]?(?:H|NU|R))?",
    r"[Ww][cl]",
    r"u(?=NU)",
    r"\*[WwMmF](?!,?[aTHPXNd@])",
)
def not_a_date(match: Match) -> list[Token] | None:
    """Every Monday, a street's name, an order's number, a duration, a second hand."""
    first = match.all[0]
    if first.kind == "Z" and match.all[-1].kind in "HN" and match.all[-1].clock and match.all[-1].clock.hour > 8:
        return None
    if first.kind == "l" and match.around(1).kind == "P":
        return None
    return [token._replace(kind=".", name="") for token in match.all]
