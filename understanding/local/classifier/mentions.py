"""What the classifier of an order's parts sees of a mention: the words around it, how far, and their families.

A mention is a thing, a number or a pointer ("esse", "the other one"); its own name is hidden, so that what is learned
of one shop's things holds for every other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import yaml

from understanding.local.text import numerals
from understanding.local.text.lexicon import concepts

Kind = Literal["thing", "number", "pointer", "time", "name"]
EDITS = Path(__file__).with_name("edits.json")
"""The trained weights."""
_FAMILIES = Path(__file__).parent.parent / "text" / "ordering_words.yaml"
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)?|[?.,;:!()\n…]|[-–—]")
_SENTENCE_ENDS = frozenset(".;?!\n…")
_JOINTS = frozenset((",", "e", "y", "and", "mas", "pero", "but", "-", "–", "—", ":", "n"))
_STANDS_FOR: Mapping[Kind, str] = {"thing": "<X>", "number": "<#>", "pointer": "<P>", "time": "<T>", "name": "<N>"}
_NUMBERS = frozenset().union(*(numerals.table(language) for language in ("pt", "en", "es"))) - {
    "um", "uma", "un", "una", "one", "uno", "once", "mil",
}  # fmt: skip
_REACH = 14
_LONG = 4
_NEAR, _COUNTED, _ABREAST = 6, 3, 3


class Mention(NamedTuple):
    """Where something is named in a folded text.

    `held`: how many are in the order already; of a time, whether (1) or not (0) it is a known one. None: not known.
    """

    start: int
    end: int
    kind: Kind
    held: int | None = None


class Seen(NamedTuple):
    """A text with its mentions hidden: its words, where among them each mention stands, whether each is held."""

    words: tuple[str, ...]
    places: tuple[int, ...]
    names: tuple[str, ...]
    held: tuple[str, ...]


def hidden(folded: str, mentions: Sequence[Mention]) -> Seen:
    """The words of a text; each mention, in order and apart from the others, is one of them, a new line a full stop."""
    words: list[str] = []
    places: list[int] = []
    for found in _TOKEN.finditer(folded):
        at = len(places)
        if places and found.start() < mentions[at - 1].end:
            continue  # more of the last mention
        if at < len(mentions) and mentions[at].start < found.end():
            places.append(len(words))
            words.append(_STANDS_FOR[mentions[at].kind])
            continue
        word = found.group().replace("'", "").replace("\n", ".")
        words.append("#" if word[0].isdecimal() or word in _NUMBERS else word)
    names = tuple("" if each.kind == "thing" else folded[each.start : each.end] for each in mentions)
    return Seen(
        tuple(words),
        tuple(places),
        names,
        tuple("" if each.held is None else "*" if each.held else "/" for each in mentions),
    )


def features(seen: Seen, which: int, before: str) -> set[str]:
    """What stands around one of the mentions; `before` is the part that the mention before it plays."""
    words, place = seen.words, seen.places[which]
    padded = ("^", "^", "^", *words, "$", "$", "$")
    first, second, third = padded[place + 2], padded[place + 1], padded[place]
    after, then, later = padded[place + 4 : place + 7]
    kind = words[place]
    found = {
        f"t{kind}", f"w={seen.names[which]}", f"n={min(len(seen.places), 3)}", f"p={before}",
        f"a={which == len(seen.places) - 1}",
        f"l1={first}", f"l2={second}", f"l3={third}", f"r1={after}", f"r2={then}", f"r3={later}",
        f"l12={second} {first}", f"l123={third} {second} {first}", f"r12={after} {then}", f"tl={kind}{first}",
        f"tr={kind}{after}",
    }  # fmt: skip
    found.update(_side("<", words[max(0, place - _REACH) : place][::-1]))
    found.update(_side(">", words[place + 1 : place + 1 + _REACH]))
    found.update(f"S={each}" for each in _in_line(words, place))
    if which and _is_joined(words[seen.places[which - 1] + 1 : place]):
        found.add(f"j={before}{seen.held[which - 1]}{seen.held[which]}")
    if held := seen.held[which]:
        found.update(_of_held(held, seen, place, before))
    return found


def _is_joined(between: Sequence[str]) -> bool:
    """ "Take off the litter and the balls": nothing but an "and" and small words between two mentions."""
    joint = any((word in _JOINTS and word.isalpha()) or word == "," for word in between)
    return joint and len(between) <= _LONG and all(len(word) < _LONG or word in _JOINTS for word in between)


def _in_line(words: Sequence[str], place: int) -> Iterator[str]:
    """The families, mentions, numbers and ends of sentences in the line this mention stands in, up to four in a row."""
    before, behind = (list(filter(None, signs(part))) for part in (words[:place], words[place + 1 :]))
    line = [*before[-_ABREAST:], "ME", *behind[:_ABREAST]]
    me = min(len(before), _ABREAST)
    for first in range(me + 1):
        for end in range(max(first + 2, me + 1), min(first + 4, len(line)) + 1):
            yield " ".join(line[first:end])


def signs(words: Sequence[str]) -> Iterator[str]:
    """A word as its families; a mention, a number and the end of a sentence as they are; other words as nothing."""
    for word in words:
        kept = word in _HIDDEN or word == "#"
        yield word if kept else "+".join(families(word)) or ("|" if word in _SENTENCE_ENDS else "")


def border(word: str) -> str:
    """What a word parts: "|" sentences, "," clauses, "" nothing."""
    return "|" if word in _SENTENCE_ENDS else "," if word in _JOINTS else ""


def clauses_around(seen: Seen, which: int) -> Iterator[str]:
    """The words of the clause a mention stands in, and of those before and behind it, with the concepts among them."""
    words, place = seen.words, seen.places[which]
    start = max((at + 1 for at in range(place) if _parts(words[at])), default=0)
    end = min((at for at in range(place + 1, len(words)) if _parts(words[at])), default=len(words))
    yield f"ends={words[end] if end < len(words) else '$'}"
    for name, told in (("c", words[start:end]), ("C<", words[:start]), ("C>", words[end:])):
        yield from (f"{name}={word}" for word in told)
        yield from (f"{name}~{kind}" for word in told for kind in concepts().get(word, ()))


def _parts(word: str) -> bool:
    return border(word) == "|" or word in (",", "-", "–", "—")


def _of_held(held: str, seen: Seen, place: int, before: str) -> Iterator[str]:
    """What stands around a thing that is in the order, or is not: "drop the X" takes off the one only."""
    yield f"h{held}"
    yield f"h{held}p={before}"
    yield f"h{held}o={''.join(sorted(set(seen.held)))}"
    for side, words in (("<", seen.words[:place][::-1]), (">", seen.words[place + 1 :])):
        near = words[:1]
        yield f"h{held}{side}{near[0] if near else '^'}"
        told = [kind for word in words[:_NEAR] for kind in families(word)]
        yield from (f"h{held}{side}@{kind}" for kind in dict.fromkeys(told))
        yield f"h{held}{side}#{'#' in words[:_COUNTED]}"


def _side(side: str, words: Sequence[str]) -> Iterator[str]:
    """The words on one side, nearest first, with how many mentions and borders of clauses lie between."""
    mentions = border = 0
    last = ""
    for word in words:
        if word in _SENTENCE_ENDS:
            border = 2
        elif word in _JOINTS:
            border = max(border, 1)
        if word in _HIDDEN:
            mentions = min(mentions + 1, 2)
        else:
            at = f"{side}{mentions}{border}"
            yield at + word
            kinds = families(word)
            yield from (f"{at}@{kind}" for kind in kinds)
            if not kinds and len(word) > _LONG:
                yield f"{at}^{word[:_LONG]}"
            if last and border < 2:
                yield f"{side}{word} {last}" if side == "<" else f"{side}{last} {word}"
        last = word


_HIDDEN = frozenset(_STANDS_FOR.values())


@lru_cache(maxsize=4096)
def families(word: str) -> tuple[str, ...]:
    """The families a folded word belongs to."""
    table = _families()
    stems = (kind for end in range(2, len(word) + 1) for kind in table.get(f"{word[:end]}-", ()))
    return tuple(dict.fromkeys((*table.get(word, ()), *stems)))


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    listed: dict[str, str] = yaml.safe_load(_FAMILIES.read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in listed.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), kind)
    return found
