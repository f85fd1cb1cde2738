"""The lines of an order as a message means them, looked at beside what is in the basket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.ports import Situation
from understanding.local.facts import containers, entities, extremes, quantities, ranks, sizes, swaps
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.match import Match
from understanding.local.facts.quantities import OrderLine
from understanding.local.text import cues
from understanding.local.text.words import fold

Line = tuple[OrderLine, Match]


def told(
    text: str, matches: Sequence[Match], catalogue: Catalogue, data: Sequence[entities.Entity], situation: Situation
) -> Iterator[Line]:
    """Each product named, by itself or by what it comes in, with its line."""
    packed = containers.named(text, matches, situation)
    matches = sorted([*matches, *packed, *ranks.named(text, matches, situation)], key=lambda one: one.span)
    products = [match for match in matches if match.kind == "product"]
    if not products:
        return
    folded, there = fold(text), {item["product"]: item["quantity"] for item in situation.slots.get("items") or ()}
    unpacked = containers.hidden(text, packed)
    standing = situation.ordered if situation.flow is None else ()
    known = {item["product"]: item["quantity"] for one in standing for item in one["items"]} | there
    unknown = not known and cues.has("of_an_order", folded)  # "drop the shampoo from my order"
    held = None if unknown else known
    lines = _of_what_was_named(quantities.order_lines(unpacked, situation.language, catalogue, matches, data, held))
    for line, match in _once(zip(lines, products, strict=True)):
        line = _picked(swaps.of_the_sort(line, match, catalogue, situation), match, folded, there, situation)
        yield (swaps.in_its_place(line, folded, data, catalogue, situation) if len(products) == 1 else line), match


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    """ "1 golden e 1 premier, não 2 golden": of a thing named twice, what tells a number goes before what does not."""
    every = list(lines)
    for place, (line, match) in enumerate(every):
        again = [other for at, (other, _) in enumerate(every) if at != place and other["product"] == line["product"]]
        if line["alternatives"] or not any(_outdoes(other, line) for other in again):
            yield line, match


def _outdoes(other: OrderLine, line: OrderLine) -> bool:
    """Whether the one tells so surely how many there shall be that the other tells no more."""
    if other["mode"] == line["mode"] == "remove":  # "swap one of the goldens, the puppy can't eat the adult one"
        return bool(other["quantity"]) and not line["quantity"]
    counted = bool(other["quantity"]) and other["mode"] in ("set", "add")
    return counted and (not line["quantity"] or line["mode"] in ("remove", "keep", "ask"))


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
