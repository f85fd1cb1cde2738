"""Which of the products on offer, and how many of each: "duas da primeira", "a de gato, 2", "é pra filhote", "las dos".

The clause is read part by part; each part picks among what is offered, or tells how many of what was picked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from domain.commands import Command, Fill, Reject, Start
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import extremes, quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.parts import blanked
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.vocabulary import UNITS
from understanding.local.text.words import fold, split

_JOINT = re.compile(r"(?<!\d)[,;.:!\n]+|[,;.:!\n]+(?!\d)|(?<=\s)(?:e|y|and|mais|plus|\+|&)(?=\s)")
_ORDINAL = re.compile(
    r"\b(?:(?:opcao|option|opcion|numero|number|item) )?"
    r"(?:(?P<last>ultim[ao]|last)|(?P<place>primeir[ao]|primer[ao]?|first|segund[ao]|second|terceir[ao]|tercer[ao]?|third|"
    r"quart[ao]|cuart[ao]|fourth))(?! ?-?feira)(?: (?:opcao|opcion|option|one))?\b"
    r"|\b(?:opcao|option|opcion|numero|number|item) (?P<number>\d)\b|(?<![\w,.])(?P<digit>\d)[ªaº](?!\w)"
)
_PLACES = {"pri": 1, "fir": 1, "seg": 2, "sec": 2, "ter": 3, "thi": 3, "qua": 4, "cua": 4, "fou": 4}
_PRICE = re.compile(r"(?<![\w,.])(?P<whole>\d{2,4})(?:[,.](?P<cents>\d{2}))?(?!\w)")
_SIZE = re.compile(r"(\d+(?:,\d+)?) ?(kg|g|ml|l)\b")
_GRAMS = {"kg": 1000.0, "g": 1.0, "l": 1000.0, "ml": 1.0}
_LEFT_OVER, _STORY = 1, 8
_DETAILS = ("payment", "change_for", "delivery", "zone", "address")
_OF_AN_ORDER = ("tells", "product", *_DETAILS)
_ELSEWHERE = ("service", "professional", "order")
_REFUSALS = ("not_this", "gives_up", "not_it", "price", "why")


@dataclass(slots=True)
class _Pick:
    """What one part picks: the products it leaves, and how many. `every`: all of them are wanted.

    `told`: by whom it is for, which may take a sentence; `spare`: how many words of it were not understood.
    """

    ids: list[str] = field(default_factory=list)
    count: int | None = None
    every: bool = False
    told: bool = False
    spare: int = 0


def chooses(situation: Situation) -> bool:
    """Whether products are to choose from: "2 do primeiro e 1 do segundo" tells no order of wishes."""
    asked = situation.topic.get("product") or () if situation.flow is None else ()
    return bool(situation.slots.get("choice")) or len(asked) > 1


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The lines that answer which of the products; empty when the clause says something else."""
    folded = fold(clause.text)
    offered = _offered(folded, said, situation)
    if len(offered) < 2 or clause.no or not _answers(clause, folded, said):
        return []
    others = [fact for fact in said if fact.kind in _DETAILS or _is_other(fact, offered)]
    beside = fills(others, situation, flow=situation.flow)
    told_apart = any(fact.kind in ("tells", "position") for fact in said)
    if not told_apart and has("nothing_but", folded) and any(fact.kind == "product" for fact in others):
        return [Reject(None), *beside]  # "quero só areia então"
    parts = [_picked(part, clause, said, offered, situation) for part in _parts(clause.text)]
    if sum(part.spare for part in parts) > (_STORY if any(part.told for part in parts) else _LEFT_OVER):
        return []
    picks = _joined(parts)
    if not picks:
        return _count_put_right(parts, folded, situation)
    lines = [line for pick in picks for line in _lines(pick)]
    if len(lines) == 1 and lines[0]["quantity"] is None and not situation.slots.get("choice") and situation.flow:
        return []  # "a primeira" of all that is sold is the option shown
    begun = [Start("order")] if situation.flow is None else []
    return [*begun, Fill("items", lines), *beside]


def _offered(folded: str, said: Sequence[Fact], situation: Situation) -> list[str]:
    """The products to choose from; or those just asked about, of which one is told by its place or taken alone."""
    if situation.flow in ORDERING:
        return list(situation.slots.get("choice", {}).get("products", ())) or _on_the_list(folded, situation)
    asked = [] if situation.topic.get("service") else list(situation.topic.get("product") or ())
    dated = any(fact.kind == "time" and fact.value["has_date"] for fact in said)  # "quero marcar pra segunda"
    if situation.flow is not None or not situation.topic.get("fresh") or dated or has("books", folded):
        return []
    named = any(fact.kind == "product" and not _is_other(fact, asked) for fact in said)
    alone = named and has("nothing_but", folded) and not has("price", folded)
    told = any(fact.kind == "tells" for fact in said)
    told = told and (has("every_of_them", folded) or has("basket_goes_for", folded))  # "las dos de perro"
    return asked if alone or told or _ORDINAL.search(folded) else []


def _on_the_list(folded: str, situation: Situation) -> list[str]:
    """Everything on sale, shown to choose from: of that only a place on the list tells which."""
    if situation.asks != "items" or not _ORDINAL.search(folded):
        return []
    return [str(each["id"]) for each in situation.options if situation.business.product(str(each["id"]))]


def _count_put_right(parts: Sequence[_Pick], folded: str, situation: Situation) -> list[Command]:
    """ "Na verdade 3", of the two foods that were asked for."""
    counted = [part.count for part in parts if part.count is not None]
    before = situation.slots.get("choice", {}).get("quantity")
    if len(counted) == 1 and has("only_so_many", folded):
        return [Fill("quantity", counted[0])]  # "um só", of the food that is still to be chosen
    return [Fill("quantity", counted[0])] if before and len(counted) == 1 and has("actually", folded) else []


def behind(commands: Sequence[Command], situation: Situation) -> dict[str, Any] | None:
    """The slots once these commands have chosen among what was offered: "a mais em conta. quero 3" counts it."""
    offered = situation.slots.get("choice", {}).get("products", ())
    for command in reversed(commands):
        if not isinstance(command, Fill) or command.slot not in ("items", "option"):
            continue
        chosen = _option(command.value, situation) if command.slot == "option" else _only(command.value)
        if chosen in offered:
            kept = {name: value for name, value in situation.slots.items() if name != "choice"}
            items = [*kept.get("items", ()), {"product": chosen, "quantity": 1}]
            return {**kept, "items": items, "spoken": chosen}
    return None


def _option(value: Any, situation: Situation) -> str | None:
    options = [str(option["id"]) for option in situation.options]
    if isinstance(value, str):
        return value
    place = value - 1 if value > 0 else value
    return options[place] if -len(options) <= place < len(options) else None


def _only(lines: Sequence[dict[str, Any]]) -> str | None:
    return str(lines[-1]["product"]) if lines and not lines[-1].get("alternatives") else None


def _answers(clause: Clause, folded: str, said: Sequence[Fact]) -> bool:
    """Whether the clause may be an answer at all: no question, no refusal, nothing of another matter."""
    if clause.asks or any(has(cue, folded) for cue in _REFUSALS) or any(fact.negated for fact in said):
        return False
    return not any(fact.kind in _ELSEWHERE for fact in said)


def _is_other(fact: Fact, offered: Sequence[str]) -> bool:
    """Whether it is a product that is not among those on offer."""
    return fact.kind == "product" and not {fact.value["product"], *fact.value["alternatives"]} & set(offered)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for joint in _JOINT.finditer(text.lower()):
        if text[start : joint.start()].strip():
            yield start, joint.start()
        start = joint.end()
    if text[start:].strip():
        yield start, len(text)


def _picked(
    span: tuple[int, int], clause: Clause, said: Sequence[Fact], offered: list[str], situation: Situation
) -> _Pick:
    """What a part picks and counts."""
    start, end = span
    part = fold(clause.text)[start:end]
    inside = [replace(each, start=each.start - clause.start - start, end=each.end - clause.start - start)
              for each in said if start <= each.start - clause.start < end and each.kind in _OF_AN_ORDER]  # fmt: skip
    left = part
    for fact in inside:
        left = blanked(left, fact.start, min(len(left), fact.end))
    pick, left = _by_words(part, left, inside, offered, situation)
    told = [fact.start for fact in inside if fact.kind == "tells"]
    counted = [one for one in quantities.find(left, situation.language) if not _counts_animals(part, one, told)]
    named = next((fact.value["quantity"] for fact in inside if fact.kind == "product"), None)
    pick.count = named if named and pick.ids else counted[0].value if len(counted) == 1 else None
    if pick.count == len(pick.ids) > 1 and has("every_of_them", part):
        pick.every, pick.count = True, None
    pick.told, pick.spare = bool(told and pick.ids), len(_spare(left, situation.language))
    return pick


def _by_words(
    part: str, left: str, inside: Sequence[Fact], offered: list[str], situation: Situation
) -> tuple[_Pick, str]:
    """What the words of a part pick, and what is left of it without them."""
    for cue in ("first_of_them", "every_of_them", "any_of_them", "middle_one", "largest", "smallest"):
        found = pattern(cue).search(left)
        if found and (ids := _by_cue(cue, found.group(), _told(inside, offered), offered, situation)):
            every = cue in ("first_of_them", "every_of_them")
            return _Pick(ids, every=every), blanked(left, *found.span())
    if (extreme := extremes.kind(left)) is not None:
        found = pattern(extreme).search(left)
        ids = extremes.picked(_told(inside, offered) or offered, left, situation.business)
        return _Pick(ids), blanked(left, *found.span()) if found else left
    if (placed := _placed(part, offered)) is not None:
        place, ids = placed
        return _Pick(ids), blanked(left, *place.span())
    if (priced := _priced(left, offered, situation)) is not None:
        price, ids = priced
        return _Pick(ids), blanked(left, *price.span())
    return _Pick(_told(inside, offered)), left


def _by_cue(cue: str, said: str, told_of: list[str], offered: list[str], situation: Situation) -> list[str]:
    if cue == "first_of_them":
        numbers = [numerals.value(word, situation.language) or numerals.value(word, "es") for word in said.split()]
        return offered[: max(number or 0 for number in numbers)]
    if cue == "every_of_them":
        among = told_of or offered
        return among if len(among) == 2 else []
    if cue == "any_of_them":
        return extremes.picked(told_of or offered, "mais barata", situation.business)
    if cue == "middle_one":
        return [offered[len(offered) // 2]] if len(offered) % 2 else []
    sized = {each: size for each in offered if (size := _size(each, situation)) is not None}
    if told_of or len(sized) < 2:
        return []  # "a big dog"
    choose = max if cue == "largest" else min
    return [choose(sized, key=lambda each: sized[each])]


def _told(inside: Sequence[Fact], offered: list[str]) -> list[str]:
    """The products that every telling word of a part leaves."""
    told = [fact.value for fact in inside if fact.kind == "tells"]
    if not told:
        told = [[line["product"], *line["alternatives"]] for line in (f.value for f in inside if f.kind == "product")]
    left = [each for each in offered if all(each in ids for ids in told)]
    return left if len(left) < len(offered) else []


def _placed(part: str, offered: list[str]) -> tuple[re.Match[str], list[str]] | None:
    found = _ORDINAL.search(part)
    if found is None:
        return None
    number = found["number"] or found["digit"]
    place = int(number) if number else _PLACES[found["place"][:3]] if found["place"] else len(offered)
    return (found, [offered[place - 1]]) if 0 < place <= len(offered) else None


def _priced(part: str, offered: list[str], situation: Situation) -> tuple[re.Match[str], list[str]] | None:
    """ "A de 74,50", "the 89 one"."""
    for found in _PRICE.finditer(part):
        said = found["whole"] + (f".{found['cents']}" if found["cents"] else "")
        prices = {each: product.price for each in offered if (product := situation.business.product(each))}
        ids = [each for each, price in prices.items() if said in (str(price), str(int(price)))]
        if len(ids) == 1:
            return found, ids
    return None


def _size(identity: str, situation: Situation) -> float | None:
    product = situation.business.product(identity)
    found = _SIZE.search(fold(product.name)) if product else None
    return float(found[1].replace(",", ".")) * _GRAMS[found[2]] if found else None


def _counts_animals(part: str, counted: quantities.Quantity, animals: Sequence[int]) -> bool:
    """ "Tenho 2 gatos": how many there are of those it is for."""
    return any(not part[counted.span[1] : place].strip() for place in animals if place >= counted.span[1])


def _spare(left: str, language: str) -> list[str]:
    """The words that neither pick, count nor order."""
    small = _small() | frozenset(numerals.table(language))
    rest = pattern("orders").sub(" ", left)
    return [
        word.text for word in split(rest)
        if word.text[0].isalpha() and word.text not in small and not has("assent", word.text)
        and not quantities.is_container(word.text) and not families(word.text)
    ]  # fmt: skip


@cache
def _small() -> frozenset[str]:
    known = ("fillers", "articles", "takes", "and", "behind_a_count", "elliptic", "beside_a_choice")
    return frozenset(UNITS).union(*(words(cue) for cue in known))


def _joined(parts: Sequence[_Pick]) -> list[_Pick]:
    """The picks with the numbers told before or behind them."""
    picks: list[_Pick] = []
    ahead: int | None = None
    for part in parts:
        if part.ids:
            picks.append(part)
            if part.count is None and not part.every:
                part.count, ahead = ahead, None
        elif part.count is not None and picks and picks[-1].count is None:
            picks[-1].count = part.count
        elif part.count is not None:
            ahead = part.count
    return _agreed(picks)


def _agreed(picks: list[_Pick]) -> list[_Pick]:
    """ "É cachorro, adulto": where one pick leaves several, the others say which of them."""
    open_ones = [pick for pick in picks if len(pick.ids) > 1 and not pick.every]
    for pick in open_ones:
        for other in picks:
            both = [each for each in pick.ids if each in other.ids]
            if other is not pick and both and not other.every:
                other.ids, other.count = both, other.count if other.count is not None else pick.count
                return _agreed([each for each in picks if each is not pick])
    return picks


def _lines(pick: _Pick) -> list[dict[str, Any]]:
    if pick.every:
        return [{"product": each, "quantity": pick.count or 1, "mode": "set", "alternatives": ()} for each in pick.ids]
    first, *others = pick.ids
    return [{"product": first, "quantity": pick.count, "mode": "set", "alternatives": tuple(others)}]
