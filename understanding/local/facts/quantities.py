"""How many of what: quantities in digits and words, paired with the products of an order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NotRequired, TypedDict

from understanding.local.classifier.mentions import Mention, families
from understanding.local.facts import entities, made_so_many, parts
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.match import Match
from understanding.local.facts.parts import Part
from understanding.local.text import cues, numerals
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold, singular

Span = tuple[int, int]

_DOZENS = {"duzia": 12, "dozen": 12, "docena": 12, "par": 2, "pair": 2, "couple": 2}
_ONE = (
    "an?(?= (?:couple|pair|dozen))|un(?= par\\b)|una(?= docena)|outr[oa]|otr[oa]|"
    "another(?! (?:\\d|two|three|four|five|six|seven|eight|nine|ten|couple|pair|dozen))"
)
_ANOTHER = re.compile(r"outr|otr|another")
_HALF = "meia (?:duzia|dz)|half[ -](?:a[ -])?dozen|media docena|1/2 (?:duzia|docena|dozen)"
_UNITS = listed(
    """
    saco pacote unidade un und unid caixa bolsa bag pack box unit paquete caja lata pote frasco can jar saquinho peca
    pct vidro bottle botella bolsita paquetito paquetico bote botecito cajita saquito sobre frasquito unidad pieza
    sack packet package tub tin carton pouch sachet piece pacotinho caixinha frasquinho potinho garrafa galao balde
    sache saca costal costalito bulto funda fundita talego atado
    """
)
_SIZED = "(?:more|extra|other|big|large|small|little|mas|grandes?|pequen[oa]s?)"
_ALSO_SPANISH = "|".join(sorted(numerals.SPANISH_ONLY))
_SPANISH_NOUN = re.compile(
    r"\s(?:bolsas|bolsitas|paquetes|paquetitos|cajas|cajitas|latas|botes|botellas|unidades|piezas|pelotas|pelotitas|"
    r"sobres)\b"
)
_LARGEST = 999
_TAKES_BACK = {"no", "rather", "swap", "off", "sorry"}
_NO_PRODUCT = (
    "momento|segundo|instante|minuto|minutinho|atendente|horario|pedido|pergunta|duvida|coisa|dia|hora|vez|pessoa|"
    "profissional|servico|data|informacao|problema|time|day|question|person|lado|lugar|sitio|tienda|negocio|loja|opcion|"
    "opcao|consulta|pregunta|preguntit\\w+|perguntinha|persona|cosa|cosita|detalle|asunto|turno|cita|ratit\\w+|segundit\\w+|momentit\\w+|"
    "shop|store|place|thing|option|jeito|forma|manera|way"
)
_TAKEN = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:kgs?|g|gr|ml|l|lt|litros?|quilos?|kilos?|gramas?|cm|m|mm|%|reais|real)\b"
    r"|\d{1,2}\s*(?:h|hs|hrs|horas?|am|pm|min|minutos?|minutes?|o'clock)(?:\s*\d{2})?\b|\d{1,2}:\d{2}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\b(?:dia|dias|day)\s+\d{1,2}\b"
    r"|\b(?:cada|each|every) (?:uma?|una?|uno|one)\b"
    r"|\d{1,2} (?:de |of )?(?:jan|fev|feb|mar|abr|apr|mai|may|jun|jul|ago|aug|set|sep|out|oct|nov|dez|dec|ene|dic)"
    r"|\b\w+[ -](?:horas?|minutos?|minutes?|hours?|reais|dias?|vez(?:es)?|semanas?|meses|mes)\b"
    r"|\b\w+[ -]?(?:a[nñ](?:o|it[oa]|inho)s?|years?|yrs?|months?|weeks?|yo|y[/.]o|mesecitos|mesinhos)\b"
    r"|\d[\d().-]{6,}\d|\d+[.,]\d+|\d{4,}|\d+[ºª°]"
    r"|\bas \d{1,2}\s*(?:$|[,.!?]|da |e meia|em ponto|pra |para )"
    r"|\b\w+ (?:e meia |y media )?(?:da (?:manha|tarde|noite|madrugada)|de la (?:manana|tarde|noche|madrugada)|"
    r"in the (?:morning|afternoon|evening)|at night)\b"
    r"|\b(?:em |ate )\d+ ?x\b|\d+ ?x sem juros"
    r"|\b(?:numero|apto?|apartamento|casa|bloco|sala|opcao|option|opcion|item|equipe)\s*#?\d+\b"
    r"|(?<=\bthe )(?:(?!and|two|three|four)[a-z]+ ){1,3}one\b(?! (?:more|bag|pack))"
    r"|(?<!just )(?<!only )(?<!need )(?<!make )\b(?:the|last|this|that|which|no|any) one\b"
    rf"|\b(?:un|uma?|una|outr[oa]|otr[oa]|another|an?) (?:{_NO_PRODUCT})\b"
)
_BETWEEN = re.compile(r"[^\S\n]*(?:(?!(?:e|y|and|com|sem) )[a-zñ]+[^\S\n]+){0,3}")
_OF_OTHERS = re.compile(
    r" (?:de|of|del|d[ao]s?) (?!(?:l[ao]s?|ell[ao]s?|el[ae]s?|es[ao]s?|it|th(?:em|at|ose|ese|is)|each|cada|novo)\b)\w"
)
_NOTHING_BEHIND = re.compile(
    r"\s*(?:$|[.,;!?\n]|(?:por favor|porfa|please|pf|pra mim|ai|then|entao|entonces|e|y|and)\b)"
)
_OUT_OF = re.compile(r" (?:de |of |d[ao]s |del )(?:(?:l[ao]s|[ao]s|the|my|those|these|ess[ae]s|es[ao]s) )?")
"""Between two numbers, of which the second is all there are: "una de las dos arenas"."""
_EACH = re.compile(r"\s*(?:de|of|por)? ?(?:cada|each)\b")
_ANOTHER = re.compile(r"\b(?:another|outr[oa]s?|otr[oa]s?)(?: \w+){0,2}$")
_ITS_ARTICLE = re.compile(r"\b(?:uma?|una?|one|an?) $")
"""Before a word of payment or delivery: "faço um pix"."""
_LEFT_AT = re.compile(r"\b(?:leave|keep|put|make|set|stay|hold)\b[^.;!?\n]*( at )(?=\w+\W*$)")
_AT_TIME = re.compile(r"\b(?:às|ás|até|at|a las|depois das|antes das)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, and the part they play. `unit` is a container said beside the number."""

    value: int
    span: Span
    text: str
    unit: str | None
    mode: Part

    @property
    def mention(self) -> Mention:
        """The container as a thing of its own, else the number."""
        start, end = self.span
        return Mention(end - len(self.text.split()[-1]), end, "thing") if self.unit else Mention(start, end, "number")


class OrderLine(TypedDict):
    """One product of an order as said; `quantity` None when no number was said, `instead_of` the one it replaces.

    `near`: what was said fits neither the product nor its alternatives quite.
    """

    product: str
    quantity: int | None
    mode: Part
    alternatives: tuple[str, ...]
    instead_of: NotRequired[str]
    near: NotRequired[bool]


def is_container(word: str) -> bool:
    """Whether a folded word is what things come in: "pacotes", "bags"."""
    return word in _UNITS or singular(word) in _UNITS


def find(text: str, language: str = "pt-BR", data: Sequence[entities.Entity] | None = None) -> list[Quantity]:
    """The quantities of a text: no sizes, prices, times, dates, phones, addresses or values taken back.

    `data`: what `entities.find(text)` gave, if known.
    """
    folded = fold(text)
    counted = _countable(folded, text, language, data)
    if (total := _total(folded, counted)) is not None:
        return [total]
    told = parts.told(folded, [one.mention for one in counted])
    return [
        replace(one, mode="add" if part == "set" and _ANOTHER.match(fold(one.text)) else part)
        for one, part in zip(counted, told, strict=True)
        if part != "old" and one.value
    ]


def _total(folded: str, counted: Sequence[Quantity]) -> Quantity | None:
    """ "Two more, so nine altogether": what it comes to says it all."""
    told = [one for one in counted if cues.pattern("in_total").match(folded[one.span[1] :])]
    return replace(told[0], mode="set") if len(told) == 1 else None


def replacing(text: str, language: str) -> int | None:
    """The number that takes another's place: 2 in "três não, duas tá bom"."""
    standing = find(text, language)
    several = len(_countable(fold(text), text, language, None)) > len(standing) == 1
    return standing[0].value if several and standing[0].mode == "set" else None


def order_lines(
    text: str,
    language: str,
    catalogue: Catalogue,
    matches: Sequence[Match] | None = None,
    data: Sequence[entities.Entity] | None = None,
) -> list[OrderLine]:
    """The products of a text with their quantities, in order.

    `matches` and `data`: what `catalogue.find(text)` and `entities.find(text)` gave, if known.
    """
    named = catalogue.find(text, language) if matches is None else matches
    products = [match for match in named if match.kind == "product"]
    if not products:
        return []
    folded = fold(text)
    counted = [one for one in _countable(folded, _timeless(text, folded), language, data) if not _inside(one, named)]
    things = {match.span: Mention(*match.span, "thing") for match in products}
    beside = [one.span for one in _before(folded, products, counted).values()]
    loose = {one.span: one.mention for one in counted if one.span not in beside}
    mentions = sorted([*things.values(), *loose.values()])
    told = dict(zip(mentions, parts.told(folded, mentions), strict=True))
    modes = {span: told[mention] for span, mention in {**loose, **things}.items()}
    if _listed(folded, products, counted):
        modes = {span: "set" if mode == "old" else mode for span, mode in modes.items()}
    modes |= _of_others(folded, products, counted, modes)
    free = [replace(one, mode=modes.get(one.span, "set")) for one in counted if modes.get(one.span) != "old"]
    old = [span for span, mode in modes.items() if mode == "old"]
    for start, end in old:  # "3 em vez de 2 golden" counts three
        folded = folded[:start] + " " * (end - start) + folded[end:]
    chosen = _paired(folded, products, free)
    left = [one for one in free if one not in chosen.values()]
    later = _counted_later(folded, products, left, chosen)
    if len(products) == 1 and (old or (chosen and modes[products[0].span] == "remove")):
        later = _instead(products[0], left, old, chosen) or later
    if len(products) == 1 and (total := _total(folded, counted)) is not None:
        modes[products[0].span], later = "set", {products[0].span: total}
    numbers = {match.span: chosen[match.span].span[0] for match in products if match.span in chosen}
    modes |= {span: "set" for span, start in numbers.items() if made_so_many.is_made(folded, span[1], start)}
    lines = [_line(match, modes[match.span], chosen.get(match.span), later.get(match.span)) for match in products]
    return _swapped(lines) if _swaps(folded) else lines


def _timeless(text: str, folded: str) -> str:
    """The text without the hour at which a thing is left somewhere."""
    at = _LEFT_AT.search(folded)
    return f"{text[: at.start(1)]}    {text[at.end(1) :]}" if at else text


def _listed(folded: str, products: Sequence[Match], counted: Sequence[Quantity]) -> bool:
    """ "Areia 3 e bifinho 1": each thing has its number, and no word takes one back."""
    taken_back = any(not _TAKES_BACK.isdisjoint(families(word)) for word in re.findall(r"[^\W\d_]+", folded))
    return len(products) == len(counted) > 1 and not taken_back


def _of_others(
    folded: str, products: Sequence[Match], counted: Sequence[Quantity], modes: Mapping[Span, Part]
) -> dict[Span, Part]:
    """ "Another bag of golden": beside those there are already."""
    others = {
        span for span, one in _before(folded, products, counted).items() if _ANOTHER.search(folded, 0, one.span[1])
    }
    return {span: "add" for span in others if modes[span] == "set"}


def _line(match: Match, mode: Part, counted: Quantity | None, later: Quantity | None) -> OrderLine:
    quantity = later or counted
    if counted and mode == "set" and _ANOTHER.match(fold(counted.text)):
        mode = "add"
    if quantity and quantity.mode in ("add", "remove"):
        mode = quantity.mode
    elif later:
        mode = "set"
    amount = quantity.value if quantity else None
    line: OrderLine = {
        "product": match.id,
        "quantity": amount,
        "mode": mode,
        "alternatives": match.alternatives,
    }
    return {**line, "near": True} if match.near else line


def _countable(folded: str, text: str, language: str, data: Sequence[entities.Entity] | None) -> list[Quantity]:
    """Every number that may count things, not yet knowing what part it plays."""
    known = entities.find(text, language) if data is None else data
    taken = [found.span() for found in _TAKEN.finditer(folded)]
    taken += [entity.span for entity in known if entity.kind != "delivery"]
    taken += [found.span() for each in known if (found := _ITS_ARTICLE.search(folded, 0, each.span[0]))]
    counted = list(_counted(folded, text, language))
    whole = [
        second.span for first, second in pairwise(counted) if _OUT_OF.fullmatch(folded[first.span[1] : second.span[0]])
    ]
    taken += whole
    return [
        quantity
        for quantity in counted
        if not any(_overlap(quantity.span, other) for other in taken)
        and quantity.value <= _LARGEST
        and not _AT_TIME.search(text, 0, quantity.span[0])
    ]


def _inside(quantity: Quantity, named: Sequence[Match]) -> bool:
    return any(_overlap(quantity.span, match.span) for match in named)


def _swaps(folded: str) -> bool:
    """Whether one thing is to be in another's place."""
    return any(not {"swap", "rather"}.isdisjoint(families(word)) for word in re.findall(r"[^\W\d_]+", folded))


def _instead(
    product: Match, left: Sequence[Quantity], old: Sequence[Span], chosen: Mapping[Span, Quantity]
) -> dict[Span, Quantity]:
    """ "Em vez de 2 golden, 3", "põe 2 bolinhas em vez de 3": where one number takes another's place, it is all."""
    again = [one for one in left if one.mode == "set"] or ([chosen[product.span]] if old and chosen else [])
    return {product.span: replace(again[0], mode="set")} if again else {}


def _counted_later(
    folded: str, products: Sequence[Match], free: Sequence[Quantity], chosen: Mapping[Span, Quantity]
) -> dict[Span, Quantity]:
    """ "Acabou a ração de gato, me vê 2 pacotes", "arena, mandame dos": of the product named before them."""
    counted: dict[Span, Quantity] = {}
    for quantity in free:
        before = next((match for match in reversed(products) if match.span[1] <= quantity.span[0]), None)
        if before is None or before.span in chosen or _names_more(folded, quantity):
            continue
        ordered = quantity.unit or (
            _ordered().search(folded, before.span[1], quantity.span[0])
            and _NOTHING_BEHIND.match(folded, quantity.span[1])
        )
        if ordered and not _asked_about(folded, before, quantity):
            counted.setdefault(before.span, quantity)
    return counted


def _names_more(folded: str, quantity: Quantity) -> bool:
    """ "2 sacos de cimento": packs of something that is not here."""
    return _OF_OTHERS.match(folded, quantity.span[1]) is not None


def _asked_about(folded: str, named: Match, counted: Quantity) -> bool:
    """ "Tem areia? se tiver quero 2": the product is first asked about."""
    sentence = re.split(r"[.!?\n]", folded[: named.span[0]])[-1]
    asked = "?" in folded[named.span[1] : counted.span[0]]
    return asked or cues.has("wants_to_know", sentence) or cues.has("price", sentence)


@cache
def _ordered() -> re.Pattern[str]:
    """What ends in a verb that orders: "mandame", "could you send me"."""
    return re.compile(rf"(?:{cues.alternatives('orders')})(?: (?:{cues.alternatives('orders_just')}))* *$")


def _swapped(lines: list[OrderLine]) -> list[OrderLine]:
    """ "Troca a bolinha pelo shampoo": as many of the one as there were of the other."""
    off = [line["product"] for line in lines if line["mode"] == "remove" and line["quantity"] is None]
    if len(off) != 1:
        return lines
    uncounted = [line for line in lines if line["mode"] == "set" and line["quantity"] is None]
    return [{**line, "instead_of": off[0]} if line in uncounted else line for line in lines]


def _counted(folded: str, text: str, language: str) -> Iterator[Quantity]:
    """Every number with the dozen and container after it, not yet knowing what it counts."""
    for found in _pattern(language).finditer(folded):
        said = found["number"] or ""
        if said in numerals.SPANISH_ONLY - numerals.table(language).keys() and not _is_spanish(folded, found):
            continue
        value = 6 if found["half"] else _one_or_more(said, language)
        times = next((count for word, count in _DOZENS.items() if (found["dozen"] or "").startswith(word)), 1)
        unit = singular(found["unit"]) if found["unit"] else None
        yield Quantity(value * times, found.span(), text[found.start() : found.end()], unit, "set")


def _one_or_more(said: str, language: str) -> int:
    value = numerals.value(said, language) or numerals.value(said, "es")
    return 1 if value is None else value  # "another"


def _is_spanish(folded: str, found: re.Match[str]) -> bool:
    """ "Dos bolsas", "mandame dos" among Portuguese or English words: nothing else can be meant."""
    behind = found["dozen"] or _SPANISH_NOUN.match(folded, found.end("number"))
    return bool(behind) or cues.has("orders_in_spanish", folded[: found.start()].rstrip())


@cache
def _pattern(language: str) -> re.Pattern[str]:
    units = "|".join(sorted((f"{unit}(?:e?s)?" for unit in _UNITS), key=len, reverse=True))
    a_bag = rf"an?(?= (?:{_SIZED} )?(?:{units})\b)|" if language.startswith("en") else ""
    number = rf"{a_bag}{numerals.pattern(language)}|{_ALSO_SPANISH}|{_ONE}"
    return re.compile(
        rf"(?<![\w.,/:-])(?:x ?)?(?:(?P<half>{_HALF})|(?P<number>{number}))"
        r"(?: ?x)?(?!\w)(?: (?P<dozen>duzias?|dozens?|docenas?|par(?:es)?|pairs?|couples?)\b)?"
        rf"(?: (?:{_SIZED} )?(?:of |de )?(?P<unit>{units})\b)?"
    )


def _paired(folded: str, products: Sequence[Match], free: Sequence[Quantity]) -> dict[Span, Quantity]:
    """Product span → its quantity: the one before it ("2 golden"), or else the one after it ("golden x2")."""
    chosen = _before(folded, products, free)
    left = [one for one in free if one not in chosen.values()]
    for match in products:
        after = next((one for one in left if one.span[0] >= match.span[1]), None)
        near = after and match.span not in chosen and made_so_many.counts(folded, match.span[1], after.span[0])
        if after and near and not _names_more(folded, after):
            chosen[match.span] = after
            left.remove(after)
    each = next((one for one in free if _EACH.match(folded, one.span[1])), None)
    if each:
        return {match.span: each for match in products} | {
            span: quantity for span, quantity in chosen.items() if quantity is not each
        }
    return chosen


def _before(folded: str, products: Sequence[Match], free: Sequence[Quantity]) -> dict[Span, Quantity]:
    left = [] if _all_behind(products, free) else list(free)
    chosen: dict[Span, Quantity] = {}
    for match in products:
        before = [one for one in left if one.span[1] <= match.span[0]]
        if before and _BETWEEN.fullmatch(folded, before[-1].span[1], match.span[0]):
            chosen[match.span] = before[-1]
            left.remove(before[-1])
    return chosen


def _all_behind(products: Sequence[Match], free: Sequence[Quantity]) -> bool:
    """ "Golden 2 shampoo 3": each number stands behind its thing."""
    edges = [edge for match, one in zip(products, free, strict=False) for edge in (match.span[0], one.span[0])]
    return len(products) == len(free) > 1 and edges == sorted(edges)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
