"""A message cut into clauses: each asks for one thing, and its courtesy and yes or no are taken off its edges."""

from __future__ import annotations

import re
from dataclasses import dataclass

from understanding.local.words import fold

_ENDS = re.compile(r"[.!;](?=\s|$)|\?+|\n+")
_JOINTS = re.compile(
    r"(?:,\s*|\s+)(?=(?:mas|porem|so que|but|pero)\b)"
    r"|(?:,\s*|\s+)(?=(?:e|and|y|ah|alias|tambem|also|tambien)[, ]+(?:quanto|qual|quais|onde|que horas|quando|como|voces|vcs|vc|"
    r"aceita|quero|queria|gostaria|preciso|posso|pode|da pra|tem (?:estacionamento|wi|vaga|como)|how|what|where|do you|can i|i want|"
    r"i'd like|cuanto|donde|cual|quiero|tienen)\b)"
    r"|,\s*(?=(?:quanto|qual o|quais|onde|que horas|voces|vcs|quero|queria|gostaria|how much|where|what|cuanto|donde)\b)"
)
_GREETING = re.compile(
    r"^(?:oi+e?|ola+|opa|e ai|eai|bom dia|boa tarde|boa noite|bomdia|boatarde|boanoite|hey+|hi+|hello|good (?:morning|afternoon|evening)|"
    r"hola+|buen[oa]s(?: dias| tardes| noches)?|buen dia)(?: (?:tudo bem|td bem|gente|pessoal|moca|moco|there|amigo|amiga|lia|theo|bia))?"
    r"(?=$|[\s,!.?;:\U0001F300-\U0001FAFF])[\s,!.;:)\U0001F300-\U0001FAFF]*"
)
_THANKS = re.compile(
    r"[\s,!.]*\b(?:(?:muito |mt )?obrigad[oa]|obg|brigad[oa]|valeu|vlw|thanks|thank you|thx|(?:muchas )?gracias)[\s!.]*$"
)
_PLEASE = re.compile(r"[\s,]*\b(?:por favor|pfv|pf|porfa|please|pls|se possivel|por gentileza)[\s!.]*$")
_YES = re.compile(
    r"^(?:sim+|ss|isso(?: mesmo| ai)?|claro|pode ser|pode(?= sim|[,.! ]|$)(?: sim)?|ok(?:ay|ey)?|blz|beleza|certo|perfeito|fechado|confirmo|"
    r"confirmado|combinado|com certeza|exato|uhum|aham|bora|show|positivo|yes|yep|yeah|sure|si|claro que si|dale|vale)\b[\s,!.:;]*"
)
_NO = re.compile(r"^(?:nao+|nn|nops?|negativo|no|nope|nah)\b(?:[,!.:;]+\s*|\s*$|\s+(?=nao\b))")


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a message. `start` and `end` are its place in the whole text; the flags tell what was taken off."""

    text: str
    start: int
    end: int
    greets: bool = False
    thanks: bool = False
    yes: bool = False
    no: bool = False
    asks: bool = False

    @property
    def bare(self) -> bool:
        """Nothing is left beside courtesy or a yes or no."""
        return not any(letter.isalnum() for letter in self.text)


def split(text: str) -> list[Clause]:
    """The clauses of a text, in order; empty ones without any courtesy are left out."""
    folded = fold(text)
    clauses: list[Clause] = []
    for start, end, asks in _pieces(folded):
        for inner_start, inner_end in _joints(folded, start, end):
            clause = _trimmed(text, folded, inner_start, inner_end, asks)
            if not clause.bare or clause.greets or clause.thanks or clause.yes or clause.no:
                clauses.append(clause)
    return clauses


def _pieces(folded: str) -> list[tuple[int, int, bool]]:
    pieces, start = [], 0
    for found in _ENDS.finditer(folded):
        pieces.append((start, found.start(), "?" in found.group()))
        start = found.end()
    pieces.append((start, len(folded), False))
    return pieces


def _joints(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = []
    for found in _JOINTS.finditer(folded, start, end):
        if found.start() > start:
            parts.append((start, found.start()))
            start = found.end()
    parts.append((start, end))
    return parts


def _trimmed(text: str, folded: str, start: int, end: int, asks: bool) -> Clause:
    """The clause without greeting, thanks, please and a leading yes or no."""
    while start < end and folded[start].isspace():
        start += 1
    greets = bool(found := _GREETING.match(folded[start:end]))
    start += found.end() if found else 0
    end, thanks = _cut_end(_THANKS, folded, start, end)
    end, _ = _cut_end(_PLEASE, folded, start, end)
    yes = bool(found := _YES.match(folded[start:end]))
    start += found.end() if found else 0
    no = False
    if not yes:
        no = bool(found := _NO.match(folded[start:end]))
        start += found.end() if found else 0
    return Clause(text[start:end], start, end, greets, thanks, yes, no, asks)


def _cut_end(pattern: re.Pattern[str], folded: str, start: int, end: int) -> tuple[int, bool]:
    found = pattern.search(folded[start:end])
    return (start + found.start(), True) if found else (end, False)
