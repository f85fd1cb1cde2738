"""What a container stands for in an order under way: "só um saco" of the food, "one bag and six balls"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from domain.ports import Situation
from understanding.local.facts.match import Match
from understanding.local.text import numerals
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold

Span = tuple[int, int]
_HELD: dict[str, tuple[str, ...]] = {
    "sac(?:o|a|k)s?|saquinhos?|bolsas?|bolsitas?|bags?|costal(?:es|ito)?|bultos?": ("kg", "g"),
    "pacot(?:e|inho)s?|pcts?|packs?|packets?|packages?|paquet(?:e|ito|ico)s?": ("g", "kg"),
    "frasc?o?s?|frasqu?i(?:nh|t)os?|vidros?|garrafas?|bottles?|botellas?": ("ml", "l"),
}
"""Containers, and the measures of what comes in them, the likelier first."""
_SIZE = re.compile(r"\d ?(kg|g|ml|l)\b")
_OF = re.compile(
    r"(?:\s+(?:mais|mas|more|extra|grandes?|pequen[ao]s?|menos|less))*\s+(?:of|de|del|d[ao]s?)\s+"
    r"(?!l[ao]s?\b|ell[ao]s|el[ae]s|th(?:em|ose|at))\w"
)
_SUPPOSED = re.compile(r"\b(?:se|si|if|caso) [^.;!?\n]*\?")
"""A question about what may happen: "e se um dos sacos chegar furado?"."""


def named(text: str, matches: Sequence[Match], situation: Situation) -> list[Match]:
    """The things in the basket that are told by what they come in, where nothing else names them."""
    basket = [item["product"] for item in situation.slots.get("items") or ()]
    folded = fold(text)
    if situation.flow not in ("order", "change_order") or not basket or _SUPPOSED.search(folded):
        return []
    products = [match for match in matches if match.kind == "product"]
    sizes = {each.id: _size(each.name) for each in situation.business.products}
    found: list[Match] = []
    for (start, end), measures in _told(folded, situation.language):
        if any(match.span[0] < end and start < match.span[1] for match in matches) or _of_another(
            folded, end, products
        ):
            continue
        counted = [one for one in products if one.span[1] <= start and not _ends(folded, one, start)]
        if any(sizes.get(one.id) in measures for one in counted) or _of_what_is_new(products, start, basket):
            continue  # "arena, mandame dos bolsas", "I forgot the treats. Three packs"
        left = [each for each in basket if each not in {one.id for one in [*products, *found]}]
        if (meant := _meant(left, sizes, measures, situation.slots.get("spoken"))) is not None:
            found.append(Match("product", meant, 1.0, (start, end), text[start:end]))
    return found


def _of_what_is_new(products: Sequence[Match], start: int, basket: Sequence[str]) -> bool:
    """Whether the last thing named before is not ordered yet."""
    before = [one for one in products if one.span[1] <= start]
    return bool(before) and {before[-1].id, *before[-1].alternatives}.isdisjoint(basket)


def _told(folded: str, language: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Every container that is counted or pointed at."""
    for found in _containers(language).finditer(folded):
        held = next(measures for words, measures in _HELD.items() if re.fullmatch(words, found["container"]))
        yield found.span("container"), held


@cache
def _containers(language: str) -> re.Pattern[str]:
    pointed = rf"(?:{alternatives('determiners')}|{numerals.pattern(language)}|\d+ ?x|an|another|outr[oa]|otr[oa])"
    small = r"(?:only|single|more|mais|mas|menos|less|so|sol[oa]|unic[oa]|extra|just|apenas)"
    return re.compile(rf"(?<!\w){pointed}\s+(?:{small}\s+)*(?P<container>{'|'.join(_HELD)})\b")


def _of_another(folded: str, end: int, products: Sequence[Match]) -> bool:
    """ "One bag of golden", "a bag golden": of what it says."""
    beside = any(0 <= match.span[0] - end <= 1 for match in products)
    return beside or _OF.match(folded, end) is not None


def _ends(folded: str, product: Match, start: int) -> bool:
    """Whether the product is counted itself, or another is named in between."""
    return re.search(r"\b(?:e|y|and|mas|pero|but)\b|[.;!?\n]", folded[product.span[1] : start]) is not None


def _meant(basket: Sequence[str], sizes: dict[str, str], measures: Sequence[str], spoken: str | None) -> str | None:
    for measure in measures:
        fitting = [each for each in basket if sizes.get(each) == measure]
        if len(fitting) > 1:
            return spoken if spoken in fitting else None
        if fitting:
            return fitting[0]
    return None


def _size(name: str) -> str:
    found = _SIZE.search(fold(name))
    return found[1] if found else ""


def hidden(text: str, found: Sequence[Match]) -> str:
    """The text, these containers no longer containers but things."""
    for match in found:
        text = f"{text[: match.span[0]]}{'x' * len(match.text)}{text[match.span[1] :]}"
    return text
