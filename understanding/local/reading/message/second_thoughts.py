"""What is ordered wrong and put right in the same breath: "duas, digo, três bolinhas", "two balls, no wait, four"."""

from __future__ import annotations

import re
from functools import cache

from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.match import Match
from understanding.local.reading.heard import ORDERING
from understanding.local.text import numerals
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold

_BREAK = r"[\s,.;…!-]"
_FEW_WORDS = 4
_NO_COUNT = (
    r"(?![ ]?(?:kgs?|g|gr|ml|l|litros?|quilos?|kilos?|h|hs|hrs|horas?|am|pm|reais|real|min|cm|%|/|:|x)\b|[.,:/]?\d)"
)


def settled(text: str, situation: Situation, catalogue: Catalogue) -> str:
    """The text with only what is meant at last."""
    for place in [found.span() for found in reversed(list(_marker().finditer(fold(text))))]:
        text = _kinds(text, place, catalogue) or _goods(text, place, situation, catalogue) or text
    return text


def _kinds(text: str, place: tuple[int, int], catalogue: Catalogue) -> str | None:
    """ "Coleira M, quer dizer, G": which kind of the thing."""
    tokens = catalogue.tokens(text)
    before = next((token for token in reversed(tokens) if token.end <= place[0]), None)
    behind = next((token for token in tokens if token.start >= place[1]), None)
    if before is None or behind is None or text[before.end : place[0]].strip() or text[place[1] : behind.start].strip():
        return None
    sizes = bool(before.size and before.size[0] and behind.size and behind.size[0])
    if not sizes and not (before.narrows and behind.narrows and not before.size and not behind.size):
        return None
    return text[: before.start] + text[behind.start :]


def _goods(text: str, place: tuple[int, int], situation: Situation, catalogue: Catalogue) -> str | None:
    """Another number, or another product."""
    products = [match for match in catalogue.find(text, situation.language) if match.kind == "product"]
    if not products and situation.flow not in ORDERING:
        return None
    return _numbers(text, place, products, situation.language) or _products(text, place, products, situation.language)


def _numbers(text: str, place: tuple[int, int], products: list[Match], language: str) -> str | None:
    folded = fold(text)
    old, new = _counted_before(language).search(folded[: place[0]]), _counted_behind(language).match(folded, place[1])
    if old is None or new is None:
        return None
    if any(_close(folded, new.end("new"), match) for match in products):
        return text[: old.start("old")] + text[new.start("new") :]
    said = text[new.start("new") : new.end("new")]
    return text[: old.start("old")] + said + text[old.end("old") : place[0]] + text[new.end("new") :]


def _close(folded: str, end: int, match: Match) -> bool:
    """Whether a product stands right behind a number."""
    between = folded[end : match.span[0]]
    return (
        match.span[0] >= end
        and len(between.split()) < _FEW_WORDS
        and not re.search(r"[,.;!?\n]| (?:e|y|and) ", between)
    )


def _products(text: str, place: tuple[int, int], products: list[Match], language: str) -> str | None:
    folded = fold(text)
    before = next((match for match in reversed(products) if match.span[1] <= place[0]), None)
    behind = next((match for match in products if match.span[0] >= place[1]), None)
    if before is None or behind is None or folded[before.span[1] : place[0]].strip(" ,.;…!-"):
        return None
    between = folded[place[1] : behind.span[0]]
    if len(between.split()) >= _FEW_WORDS or re.search(r"[,.;!?\n]", between):
        return None
    counted = re.search(rf"(?<!\w)(?:{numerals.pattern(language)})(?!\w)", between)
    old = _counted_before(language).search(folded[: before.span[0]]) if counted else None
    if old is not None:
        return text[: old.start("old")] + text[place[1] :]
    return text[: before.span[0]] + text[place[1] if counted else behind.span[0] :]


@cache
def _marker() -> re.Pattern[str]:
    """Between what was said and what is meant; a bare "não" only between pauses: "duas, não, três"."""
    sure = rf"(?:(?:{alternatives('hesitates')}){_BREAK}+)*(?:(?:{alternatives('puts_right')}){_BREAK}*)+"
    startled = rf"(?:(?:{alternatives('startled')})[ ,]+)*"
    unsure = rf"(?<=[,.;…!\n-])\s*(?:{startled}(?:{alternatives('hesitates')})(?:[ ]*[,.;…!\n-]+\s*))+"
    tail = rf"(?:(?:{alternatives('puts_right_with')})[ ,]+)*"
    return re.compile(rf"(?:{_BREAK}*(?<!\w){sure}|{unsure}){tail}(?=\w)")


@cache
def _counted_before(language: str) -> re.Pattern[str]:
    """The last number that counts something, with the words of what it counts."""
    number = numerals.pattern(language)
    word = rf"(?!(?:{number})(?!\w){_NO_COUNT})\w+"
    return re.compile(rf"(?<![\w.,/:-])(?P<old>{number}|an?)(?!\w){_NO_COUNT}(?: {word}){{0,{_FEW_WORDS}}}[\s,.;…!-]*$")


@cache
def _counted_behind(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<new>{numerals.pattern(language)})(?!\w){_NO_COUNT}")
