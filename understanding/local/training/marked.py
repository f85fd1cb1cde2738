"""Sentences of customers who order, each thing of the order marked with the part it plays: `edits.<language>.yaml`.

"{+ …}" comes on top, "{- …}" comes off, "{= …}" is what it shall be, "{~ …}" is a value taken back, "{. …}" stays as it
is, "{? …}" is only asked or told about. A star behind the sign tells how many of the thing are in the order already
("{-*2 …}"), a stroke that none are ("{+/ …}"); neither, that it is not known.

A number of such a sentence tells what it does, and whether to the thing before or behind it: "{=> three}", "{+< one}";
"{0 two}" counts nothing. " {-# rest}" at the end tells that what is ordered and not named goes, ".#" that it stays,
"+#" that all of it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from understanding.local.classifier.mentions import Mention
from understanding.local.text import numerals
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold

EDITS = sorted(Path(__file__).parent.glob("edits.*.yaml"))
PARTS = {"+": "add", "-": "remove", "=": "set", "~": "old", ".": "keep", "?": "ask"}
_NO_COUNT = "0"
_LINKS = "<>"
_MARK = re.compile(r"\{([+\-=~.?0x])(\*\d*|[/<>]?) ([^{}]*)\}")
_REST = re.compile(r" \{([-.+])# rest\}$")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)?")
_POINTERS = listed(
    """
    esse essa esses essas este esta isso isto aquele aquela aquilo desse dessa disso deste desta dele dela deles delas
    daquele daquela ele ela eles elas outro outra outros outras ultimo ultima tudo todo todos todas mesmo ambos ambas
    ese esa eso esos esas esto estos otro otra otros otras mismo lo la los las aquel aquella
    it them that this those these other one ones last everything all both lot same
    """
)
_SMALL = _POINTERS | listed(
    """
    o a os as um uma uns umas el un una unos unas uno the an mais mas more another extra tambem tambien also too so
    only just my meu minha meus minhas mi mis nosso our your seu sua su x some any alguns algum couple dozen duzia
    docena par pair meia media half medio meio first primeiro primeira mesma misma com con with pra para pro pela pelo
    por for to in no na on um pouco bit da do das dos de del of
    """
)
_CONTAINERS = listed(
    """
    saco sacos saca pacote pacotes unidade unidades caixa caixas bolsa bolsas bag bags pack packs box boxes unit units
    paquete paquetes caja cajas lata latas pote potes frasco can cans jar bottle bottles botella botellas garrafa
    garrafas kilo kilos quilo quilos kg litro litros litre litres pairs pares piece pieces fatia fatias slice slices
    pound pounds tray trays sachet packet packets tub
    """
)
_NUMBERS = {word for language in ("pt", "en", "es") for word in numerals.table(language)} - {"once", "mil"}


class Count(NamedTuple):
    """A number of a sentence: where it stands, and what it does to the thing before ("<=") or behind it (">+").

    "0" counts nothing.
    """

    start: int
    end: int
    link: str


class Marked(NamedTuple):
    """A sentence with its mentions, in order, and the part each plays; its numbers; what becomes of the rest.

    `text` is folded. `counts` are the numbers of a sentence that names things; `rest` the part of what is in the order
    and not named, "" where nothing tells.
    """

    text: str
    mentions: tuple[Mention, ...]
    parts: tuple[str, ...]
    counts: tuple[Count, ...]
    rest: str


def read(path: Path) -> Iterator[Marked]:
    """The marked sentences of a file."""
    yield from map(marked, lines(path))


def lines(path: Path) -> list[str]:
    """The sentences of a file with their marks."""
    return [str(line) for line in yaml.safe_load(path.read_text(encoding="utf-8"))]


def marked(line: str) -> Marked:
    """A sentence without its marks."""
    rest = _REST.search(line)
    line = line[: rest.start()] if rest else line
    text, marks, counts, end = "", [], [], 0
    for found in _MARK.finditer(line):
        text += line[end : found.start()]
        place = (len(text), len(text) + len(found[3]))
        if (found[2] and found[2] in _LINKS) or found[1] == _NO_COUNT:
            counts.append(Count(*place, f"{found[2]}{found[1]}"))
        else:
            marks.append((*place, found[1], _held(found[2])))
        text += found[3]
        end = found.end()
    folded = fold(text + line[end:])
    mentions = [_head(folded, start, end)._replace(held=held) for start, end, _, held in marks]
    parts = [_part(sign, mention) for (_, _, sign, _), mention in zip(marks, mentions, strict=True)]
    return Marked(folded, tuple(mentions), tuple(parts), tuple(counts), PARTS[rest[1]] if rest else "")


def _held(flag: str) -> int | None:
    """How many are ordered already: "*3" three, "/" none, "" is not known."""
    return 0 if flag == "/" else int(flag[1:] or 1) if flag else None


def _part(sign: str, mention: Mention) -> str:
    """A thing that is taken back comes off; a number leaves what it counted."""
    return "remove" if sign == "~" and mention.kind != "number" else PARTS[sign]


def _head(folded: str, start: int, end: int) -> Mention:
    """What the server would find of a mark: the thing without its number and article, or the number, or a pointer."""
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(folded, start, end)]
    named = [word for word in words if not _is_small(word[0])]
    things = [word for word in named if word[0] not in _CONTAINERS] or named
    if things:
        return Mention(things[0][1], things[-1][2], "thing")
    if number := _first(words, _NUMBERS):
        return Mention(*number[1:], "number")
    pointer = _first(words[::-1], _POINTERS) or words[-1]
    return Mention(*pointer[1:], "pointer")


def _is_small(word: str) -> bool:
    return word in _SMALL or word in _NUMBERS or word[0].isdecimal()


def _first(words: Sequence[tuple[str, int, int]], known: frozenset[str] | set[str]) -> tuple[str, int, int] | None:
    return next((word for word in words if word[0] in known or word[0][0].isdecimal()), None)
