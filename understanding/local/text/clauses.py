"""A message cut into clauses: each asks for one thing, and its courtesy and yes or no are taken off its edges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from understanding.local.text import announcing
from understanding.local.text.cues import alternatives, has, pattern, words
from understanding.local.text.words import fold
from understanding.local.text.words import split as words_of

_NEXT = r"[\s,!.;:)\U0001F300-\U0001FAFF]*"


@cache
def _ends() -> re.Pattern[str]:
    """Where a sentence ends: no dot of "av.", no line break before "ou"."""
    shortened = "".join(rf"(?<!\b{word})" for word in sorted(words("abbreviations")))
    return re.compile(rf"{shortened}\.(?=\s|$)|[!;](?=\s|$)|\?+|\n+(?!\s*(?:ou|or) )")


@cache
def _joints_of(language: str) -> re.Pattern[str]:
    """Where a second wish begins inside a sentence. In Spanish "mas" is "more"."""
    more = r"(?!mas\b)" if language == "es" else ""
    opens = f"{alternatives('opens')}|{alternatives('opens_after_and')}"
    return re.compile(
        rf"(?:,\s*|\s+){more}(?={alternatives('but')})"
        rf"|(?:,\s*|\s+)(?=(?:(?:{alternatives('and')})[, ]+)?(?:{alternatives('besides')}))"
        rf"|(?:,\s*|\s+)(?=¿?(?:(?:{alternatives('and')})[, ]+)+¿?(?:{opens}))"
        rf"|,\s*(?=¿?(?:{alternatives('opens_after_comma')}))"
    )


@cache
def _dropped() -> re.Pattern[str]:
    """ "Forget it, just one shampoo": what is given up ends where another wish begins."""
    small = rf"(?:(?:{alternatives('no')}|{alternatives('and')}|{alternatives('hesitates')})[\s,.!]+){{0,2}}"
    return re.compile(
        rf"\s*(?P<words>{small}(?:{alternatives('gives_up')})(?: (?:{alternatives('all_of_it')}))*)\s*[,:–-]+\s*(?=\w)"
    )


@cache
def _edge(name: str) -> re.Pattern[str]:
    """The patterns of a clause's edges, built from the cues."""
    if name == "greeting":
        tail = rf"(?:[ ,!]+(?:{alternatives('greeting_tail')}))*"
        return re.compile(rf"^(?:{alternatives(name)}){tail}(?=$|[\s,!.?;:\U0001F300-\U0001FAFF]){_NEXT}")
    if name == "yes":
        return re.compile(rf"^(?:(?:{alternatives(name)})[\s,!.:;]*)+")
    if name == "no":
        return re.compile(rf"^(?:{alternatives(name)})(?:[,!.:;]+\s*|\s*$|\s+(?=nao\b))")
    if name == "vocative":
        return re.compile(rf"[\s,!.]*(?:(?:{alternatives(name)})[\s,!.]*)+")
    if name == "question_first":
        return re.compile(rf"^(?:{alternatives(name)})(?:[\s,.:;]+|$)")
    if name == "thanks_first":
        return re.compile(rf"^(?:{alternatives('thanks')})\s*[,!.]+\s*")
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
    first: bool = False
    please: bool = False

    @property
    def bare(self) -> bool:
        """Nothing is left beside courtesy or a yes or no."""
        return not any(letter.isalnum() for letter in self.text)

    @property
    def settled(self) -> bool:
        """ "No, está bien": what stands behind the no leaves it one."""
        return self.no and pattern("settled").fullmatch(fold(self.text).strip(" ,.!")) is not None

    def rest(self, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
        """The words outside these places of the whole text."""
        taken = [(start - self.start, end - self.start) for start, end in spans]
        return frozenset(
            word.text
            for word in words_of(self.text)
            if word.text[0].isalnum() and not any(start <= word.start < end for start, end in taken)
        )


def split(text: str, language: str = "pt-BR", uncut: Sequence[tuple[int, int]] = ()) -> list[Clause]:
    """The clauses of a text, in order; empty ones without any courtesy are left out.

    `uncut`: places that are one datum, "Rua A, no. 520": no sentence ends inside them.
    """
    folded = fold(text)
    clauses: list[Clause] = []
    for start, end, asks in _pieces(folded, uncut):
        for inner_start, inner_end in _joints(text, folded, (start, end), language, asks=asks):
            clause = _trimmed(
                text, folded, inner_start, inner_end, asks and (inner_end == end or "¿" in text[inner_start:inner_end])
            )
            if not clause.bare or clause.greets or clause.thanks or clause.yes or clause.no or clause.first:
                clauses.append(clause)
    return clauses


def _pieces(folded: str, uncut: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    pieces, start = [], 0
    for found in _ends().finditer(folded):
        if any(first < found.start() and found.end() < last for first, last in uncut):
            continue
        pieces.append((start, found.start(), "?" in found.group()))
        start = found.end()
    pieces.append((start, len(folded), False))
    return pieces


def _joints(text: str, folded: str, piece: tuple[int, int], language: str, *, asks: bool) -> list[tuple[int, int]]:
    start, end = piece
    if announcing.only_announces(folded[start:end]):
        return [piece]
    parts = []
    if (dropped := _dropped().match(folded, start, end)) is not None:
        parts.append((start, dropped.end("words")))
        start = dropped.end()
    announced = start + announcing.opening(folded[start:end])
    for found in _joints_of(language).finditer(folded, start, end):
        if found.end() <= announced:
            continue  # "wait, just one thing: do you take cards?"
        if asks and _is_condition(folded[start : found.start()].lstrip()):
            continue  # "if it comes broken, do you exchange it?" is one question
        if _leaves_out(folded, start, found) or pattern("by_the_way").fullmatch(folded[found.end() : end].strip(" ,.")):
            continue  # "what time do you close, by the way?"
        if found.start() > start and text[found.end() : found.end() + 1] not in "éÉ":  # "é quanto" is no "e quanto"
            if folded[start : found.start()].strip(" ,") not in words("and"):
                parts.append((start, found.start()))
            start = found.end()
    parts.append((start, end))
    return parts


def _is_condition(said: str) -> bool:
    """ "E se vier errado", "si me llega roto": what a question behind it asks about; no wish of its own."""
    if pattern("talk_condition").match(said) is None and pattern("if_then").match(said) is None:
        return False
    return not has("talk_wants", said) and not has("books", said)


def _leaves_out(folded: str, start: int, joint: re.Match[str]) -> bool:
    """ "Any day but Monday", "qualquer dia, mas não segunda": no second wish, but what the first leaves out."""
    exception = next(pattern("excepts").finditer(folded, start), None)
    if exception is None or not exception.start() <= joint.end() <= exception.end():
        return False
    return exception.start() < joint.start() or has("any", folded[start : joint.start()])


def _trimmed(text: str, folded: str, start: int, end: int, asks: bool) -> Clause:
    """The clause without greeting, thanks, please and a leading yes or no."""
    while start < end and folded[start].isspace():
        start += 1
    greets = bool(found := _edge("greeting").match(folded[start:end]))
    start += found.end() if found else 0
    opened = _edge("thanks_first").match(folded[start:end])
    start += opened.end() if opened else 0
    end, thanks = _cut_end("thanks", folded, start, end)
    end, please = _cut_end("please", folded, start, end)
    first = _edge("question_first").match(folded[start:end])
    start += first.end() if first else 0
    announced = announcing.opening(folded[start:end])
    start += announced
    conditional = asks and pattern("if_then").match(folded[start:end]) is not None
    yes = not conditional and bool(found := _edge("yes").match(folded[start:end]))
    start += found.end() if yes and found else 0
    no = False
    if not yes:
        no = bool(found := _edge("no").match(folded[start:end]))
        start += found.end() if found else 0
    if (yes or no or greets or thanks or opened) and _edge("vocative").fullmatch(folded[start:end]):
        start = end  # "sim, meu filho"
    return Clause(
        text[start:end],
        start,
        end,
        greets,
        thanks or bool(opened),
        yes,
        no,
        asks,
        first is not None or announced > 0,
        please,
    )


def _cut_end(edge: str, folded: str, start: int, end: int) -> tuple[int, bool]:
    found = _edge(edge).search(folded[start:end])
    return (start + found.start(), True) if found else (end, False)
