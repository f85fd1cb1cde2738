"""The lines of an order as a message means them, looked at beside what is in the basket."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import containers, entities, extremes, left_over, quantities, sizes, swaps
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.match import Match
from understanding.local.facts.quantities import OrderLine
from understanding.local.text import cues, numerals
from understanding.local.text.words import fold

_GOING = {"off", "no", "less", "gone", "anymore", "swap", "rather", "down"}
_VERB_AND_ARTICLE = 2
_END = re.compile(r"[.;!?\n]")
_WORD = re.compile(r"[^\W\d_]+")

Line = tuple[OrderLine, Match]


def told(
    text: str, matches: Sequence[Match], catalogue: Catalogue, data: Sequence[entities.Entity], situation: Situation
) -> Iterator[Line]:
    """Each product named, by itself or by what it comes in, with its line."""
    held = containers.named(text, matches, situation)
    matches = sorted([*matches, *held], key=lambda one: one.span)
    products = [match for match in matches if match.kind == "product"]
    if not products:
        return
    folded, there = fold(text), {item["product"]: item["quantity"] for item in situation.slots.get("items") or ()}
    left = left_over.unsaid(containers.hidden(text, held), products, situation)
    matches = [match for match in matches if left[match.span[0] : match.span[1]].strip()]
    products = [match for match in products if match in matches]
    lines = _of_what_was_named(quantities.order_lines(left, situation.language, catalogue, matches, data))
    standing = situation.ordered if situation.flow is None else ()
    known, going = {*there, *(item["product"] for one in standing for item in one["items"])}, -1
    for line, match in zip(lines, products, strict=False):
        line = _picked(swaps.of_the_sort(line, match, catalogue, situation), match, folded, there, situation)
        line = _going(line, folded, match, data, situation)
        line = _beside(line, there.get(line["product"]), fold(left), folded[: match.span[0]])
        if line["product"] in known and _goes_too(line, folded, going, match):
            line = {**line, "mode": "remove"}
        going = match.span[1] if line["mode"] == "remove" and not line["quantity"] else -1
        yield (swaps.in_its_place(line, folded, catalogue, situation) if len(products) == 1 else line), match


def _of_what_was_named(lines: Sequence[OrderLine]) -> Iterator[OrderLine]:
    """ "We've run out of cat food: one of the food, please": words that fit several mean the one named before them."""
    named: list[str] = []
    for line in lines:
        meant = [each for each in named if each in (line["product"], *line["alternatives"])]
        if line["alternatives"] and line["quantity"] and not line.get("near") and len(meant) == 1:
            line = {**line, "product": meant[0], "alternatives": ()}
        elif not line["alternatives"] and line["quantity"] is None:
            named.append(line["product"])
        yield line


def _picked(line: OrderLine, match: Match, folded: str, there: Mapping[str, int], situation: Situation) -> OrderLine:
    """ "The cheapest food", "make the litter 4"."""
    if line["alternatives"] and extremes.kind(folded):
        chosen, *others = extremes.picked([match.id, *match.alternatives], folded, situation.business)
        return {**line, "product": chosen, "alternatives": tuple(others)}
    product = situation.business.product(line["product"]) if not line["quantity"] else None
    if product and not line["alternatives"] and (count := sizes.packs(folded, match.span, fold(product.name))):
        return {**line, "quantity": count}
    if match.id in there and not line["quantity"] and (count := sizes.meant_as_count(folded, match.span)):
        return {**line, "quantity": count, "mode": "set"}
    return line


def _going(
    line: OrderLine, folded: str, match: Match, data: Sequence[entities.Entity], situation: Situation
) -> OrderLine:
    """While nothing is ordered nothing can go, and "perdón, digo 3" takes nothing off, unless a word beside it does."""
    if line["mode"] == "remove" and cues.has("out_of_it", folded[: match.span[0]]):
        return {**line, "mode": "set"}  # "meu gato tá sem ração"
    if line["mode"] != "remove" or (situation.flow is not None and not line["quantity"]):
        return line
    for one in data:
        if one.kind == "delivery":  # "can you drop it off?"
            folded = f"{folded[: one.span[0]]}{' ' * len(one.text)}{folded[one.span[1] :]}"
    folded = cues.pattern("has_it_brought").sub(lambda found: " " * len(found.group()), folded)  # "que me los lleven"
    end = _END.search(folded, match.span[1])
    told = _END.split(folded[: match.span[0]])[-1] + " " + folded[match.span[1] : end.start() if end else len(folded)]
    near = told if situation.flow is None and line["quantity"] else folded
    return line if _takes_off(near, situation.language) else {**line, "mode": "set"}


def _takes_off(folded: str, language: str) -> bool:
    """Whether a word takes something off, refuses it or puts another in its place.

    A Portuguese "no" tells where, and Spanish "sacos" are bags as well as what somebody takes out.
    """
    words = (word for word in _WORD.findall(folded) if word != "no" or not language.startswith("pt"))
    words = (word for word in words if not quantities.is_container(word))
    told = (set(families(word)) for word in words)
    return any(_GOING & kinds and "on" not in kinds for kinds in told)  # "esqueci o shampoo" puts it in


def _beside(line: OrderLine, there: int | None, folded: str, before: str) -> OrderLine:
    """The line of what is in the basket already: all there shall be of it, twice as many, or no more than it."""
    if there is None:
        return line
    if line["mode"] != "remove" and cues.has("not_that_one", before):
        return {**line, "mode": "remove", "quantity": None}  # "não é areia, é shampoo"
    if cues.has("doubles", folded):
        return {**line, "quantity": 2 * there, "mode": "set"}
    if line["mode"] == "keep" and line["quantity"]:
        return {**line, "mode": "set"}  # "3 balls can stay"
    if line["mode"] == "add" and line["quantity"] and _is_all(line["quantity"], there, folded):
        return {**line, "mode": "set"}
    if line["mode"] == "add" and not line["quantity"] and _the().search(before):
        return {**line, "mode": "keep"}  # "yes, add the bag"
    if line["mode"] in ("set", "keep", "ask") and not line["quantity"] and _told_to_go(before):
        return {**line, "mode": "remove"}
    return line


def _goes_too(line: OrderLine, folded: str, going: int, match: Match) -> bool:
    """ "Tira a areia e a bolinha": of what is there, one that goes and an "and" before it."""
    loose = going >= 0 and line["mode"] == "set" and not line["quantity"]
    return loose and _joined().fullmatch(folded, going, match.span[0]) is not None


def _told_to_go(before: str) -> bool:
    """ "Então tire o champô": a verb that takes off stands right before the thing, and no "no" before the verb."""
    words = _WORD.findall(_END.split(before)[-1])
    if len(words) < _VERB_AND_ARTICLE or not _the().search(before):
        return False
    verb, refused = families(words[-2]), words[-3:-2]
    return "off" in verb and "on" not in verb and not any("no" in families(word) for word in refused)


def _is_all(quantity: int, there: int, folded: str) -> bool:
    """ "Dejame una sola bolsa", "perdón, digo dos": so many in all, where nothing says that they come on top."""
    told = {family for word in _WORD.findall(folded) for family in families(word)}
    if told & {"on", "more"}:
        return False
    return _puts_right().search(folded) is not None or (quantity < there and cues.has("only_so_many", folded))


@cache
def _the() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{cues.alternatives('definite')}) $")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:e|and|y|nem|ni|nor|or|&|\+)\s+(?:(?:{cues.alternatives('definite')})\s+)?")


@cache
def _puts_right() -> re.Pattern[str]:
    """A number right behind words that put something right."""
    return re.compile(rf"(?:{cues.alternatives('puts_right')})[\s,.!…-]+(?:an?|{numerals.spoken()}|\d+)\b")
