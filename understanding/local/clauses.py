"""A message cut into clauses: each asks for one thing, and its courtesy and yes or no are taken off its edges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from understanding.local.cues import alternatives
from understanding.local.words import fold

_ENDS = re.compile(r"[.!;](?=\s|$)|\?+|\n+")
_OPENERS = (
    "quanto|qual|quais|onde|que horas|quando|como|voces|vcs|vc|aceita|quero|queria|gostaria|preciso|posso|pode|da pra|"
    "tem (?:estacionamento|wi|vaga|como)|how|what|where|do you|can i|i want|i'd like|cuanto|donde|cual|quiero|tienen"
)
_COMMA_OPENERS = "quanto|qual o|quais|onde|que horas|voces|vcs|quero|queria|gostaria|how much|where|what|cuanto|donde"
_JOINTS = re.compile(
    r"(?:,\s*|\s+)(?=(?:mas|porem|so que|but|pero)\b)"
    rf"|(?:,\s*|\s+)(?=(?:e|and|y|ah|alias|tambem|also|tambien)[, ]+(?:{_OPENERS})\b)"
    rf"|,\s*(?=(?:{_COMMA_OPENERS})\b)"
)
_NEXT = r"[\s,!.;:)\U0001F300-\U0001FAFF]*"


@cache
def _edge(name: str) -> re.Pattern[str]:
    """The patterns of a clause's edges, built from the cues."""
    if name == "greeting":
        tail = rf"(?: (?:{alternatives('greeting_tail')}))?"
        return re.compile(rf"^(?:{alternatives(name)}){tail}(?=$|[\s,!.?;:\U0001F300-\U0001FAFF]){_NEXT}")
    if name == "yes":
        return re.compile(rf"^(?:{alternatives(name)})[\s,!.:;]*")
    if name == "no":
        return re.compile(rf"^(?:{alternatives(name)})(?:[,!.:;]+\s*|\s*$|\s+(?=nao\b))")
    return re.compile(rf"[\s,!.]*(?:{alternatives(name)})[\s!.]*$")


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
    greets = bool(found := _edge("greeting").match(folded[start:end]))
    start += found.end() if found else 0
    end, thanks = _cut_end("thanks", folded, start, end)
    end, _ = _cut_end("please", folded, start, end)
    yes = bool(found := _edge("yes").match(folded[start:end]))
    start += found.end() if found else 0
    no = False
    if not yes:
        no = bool(found := _edge("no").match(folded[start:end]))
        start += found.end() if found else 0
    return Clause(text[start:end], start, end, greets, thanks, yes, no, asks)


def _cut_end(edge: str, folded: str, start: int, end: int) -> tuple[int, bool]:
    found = _edge(edge).search(folded[start:end])
    return (start + found.start(), True) if found else (end, False)
