"""What the place in an order stands for: "tira o primeiro item", "the second one, make it two", "saca la última"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts.match import Match
from understanding.local.text.cues import pattern, words
from understanding.local.text.words import fold, split

_PLACES = {"rank_first": 0, "rank_second": 1, "rank_third": 2, "rank_last": -1}
_SEVERAL = 2
_EDITS = {"off", "gone", "no", "down", "up", "be", "leave", "swap", "less", "more", "only", "put"}


def named(text: str, matches: Sequence[Match], situation: Situation) -> list[Match]:
    """The things in the basket that are told by their place in it, where no choice waits and nothing names them."""
    basket = [item["product"] for item in situation.slots.get("items") or ()]
    if situation.flow not in ("order", "change_order") or len(basket) < _SEVERAL or situation.slots.get("choice"):
        return []
    found = list(_told(fold(text), text, matches, basket))
    return found if found and _edits(fold(text), [one.span for one in found]) else []


def _edits(folded: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether anything is to be done with it: alone, "the second one" chooses from what was offered."""
    beside = (word for word in split(folded) if not any(start <= word.start < end for start, end in places))
    return any(word.text.isdecimal() or not _EDITS.isdisjoint(families(word.text)) for word in beside)


def _told(folded: str, text: str, matches: Sequence[Match], basket: Sequence[str]) -> Iterator[Match]:
    for cue, place in _PLACES.items():
        for found in pattern(cue).finditer(folded):
            start, end = found.span()
            beside = any(match.span[0] <= end + 1 and start < match.span[1] for match in matches)
            if place < len(basket) and not beside and _stands_alone(folded[end:]):
                yield Match("product", basket[place], 1.0, (start, end), text[start:end])


def _stands_alone(behind: str) -> bool:
    """Whether no noun follows: "the first, make it four", not "the first week"."""
    said = split(behind.split("\n")[0])
    if not said or not behind[: said[0].start].isspace():
        return True
    word = said[0].text
    return not word[0].isalpha() or bool(families(word)) or word in words("fillers") | words("function_words")
