"""How many of what: quantities in digits and words, paired with the products of an order."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NotRequired, TypedDict

from understanding.local.classifier.mentions import Mention, families
from understanding.local.facts import counts, entities, other_counts, parts
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
_NEAR = 25
"""Letters between a number and its thing, at most: "dois sacos daquela ração"."""
_FACTORS: Mapping[str, float] = {"doubles": 2, "triples": 3, "halves": 0.5}
_MODES: Mapping[counts.Sign, Part | None] = {"=": None, "+": "add", "-": "remove"}
"""What a number makes of its thing; one that tells how many there shall be sets it, unless it is only asked about."""
_NO_PRODUCT = (
    "momento|segundo|instante|minuto|minutinho|atendente|horario|pedido|pergunta|duvida|coisa|dia|hora|vez|pessoa|"
    "profissional|servico|data|informacao|problema|time|day|question|person|lado|lugar|sitio|tienda|negocio|loja|opcion|"
    "opcao|consulta|pregunta|preguntit\\w+|perguntinha|persona|cosa|cosita|detalle|asunto|turno|cita|ratit\\w+|segundit\\w+|momentit\\w+|"
    "shop|store|place|thing|option|jeito|forma|manera|way"
)
_TAKEN = re.compile(
    r"(?<=\bthe )\d+(?:[.,]\d+)? ?(?:kg|kilos?|g|ml|l) one\b|"
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
    r"|\b(?:numero|apto?|apartamento|bloco|sala|opcao|option|opcion|item|equipe)\s*#?\d+\b"
    r"|\bcasa\s*#?\d+\b(?! (?:bols|paquet|caj|lat|sac|pacot|unidad|botell|frasc|pelot|bol|raco|arei|aren))"
    r"|(?<=\bthe )(?:(?!and|two|three|four)[a-z]+ ){1,3}one\b(?! (?:more|bag|pack))"
    r"|(?<!just )(?<!only )(?<!need )(?<!make )\b(?:the|last|this|that|which|no|any) one\b"
    rf"|\b(?:un|uma?|una|outr[oa]|otr[oa]|another|an?) (?:{_NO_PRODUCT})\b"
)
_OUT_OF = re.compile(r" (?:de |of |d[ao]s |del )(?:(?:l[ao]s|[ao]s|the|my|those|these|ess[ae]s|es[ao]s) )?")
"""Between two numbers, of which the second is all there are: "una de las dos arenas"."""
_EACH = re.compile(r"\s*(?:de|of|por)? ?(?:cada|each)\b")
_ITS_ARTICLE = re.compile(r"\b(?:uma?|una?|one|an?) $")
"""Before a word of payment or delivery: "faço um pix"."""
_AN_ARTICLE = re.compile(r"(?<!half )\b(?P<article>an?) (?:(?!dozen|couple|pair|bag|pack|box|can|bottle)[a-z]+ ){0,2}$")
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
    alone = len(counted) == 1 and not cues.has("not", folded)  # "na real 4 já dá" takes nothing back
    told = parts.told(folded, [one.mention for one in counted])
    return [
        replace(one, mode=_mode(one, part))
        for one, part in zip(counted, told, strict=True)
        if (part != "old" or alone) and one.value
    ]


def _mode(counted: Quantity, part: Part) -> Part:
    """ "Another" comes on top."""
    if part not in ("set", "old"):
        return part
    return "add" if _ANOTHER.match(fold(counted.text)) else "set"


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
    held: Mapping[str, int] | None = None,
) -> list[OrderLine]:
    """The products of a text with their quantities, in order.

    `matches` and `data`: what `catalogue.find(text)` and `entities.find(text)` gave, if known; `held`: how many
    of each product are ordered already.
    """
    named = catalogue.find(text, language) if matches is None else matches
    products = [match for match in named if match.kind == "product"]
    if not products:
        return []
    folded = fold(text)
    counted = [
        one for one in _countable(folded, _timeless(text, folded), language, data)
        if not _inside(one, named) and not _of_another(folded, one, products)
    ]  # fmt: skip
    things = [Mention(*match.span, "thing", _held(match, held)) for match in products]
    told = parts.told(folded, things)
    linked = _linked(folded, language, named, counted, things, told)
    asked = cues.has("price", folded) or cues.has("wants_to_know", folded)
    lines = [
        _line(match, thing.held, "set" if part == "ask" and "=" in signs and not (asked or thing.held) else part, signs)
        for match, thing, part, signs in zip(products, things, told, linked, strict=True)
    ]  # "could you put me down for 2 bags of litter?"
    return _swapped(lines, held) if _swaps(folded) else lines


def _linked(
    folded: str,
    language: str,
    named: Sequence[Match],
    counted: Sequence[Quantity],
    things: Sequence[Mention],
    told: Sequence[Part],
) -> list[Mapping[counts.Sign, float]]:
    """For each thing what its numbers do to it, "double", "a" and "two of each" among them."""
    numbers = [counts.Number(one.span, one.value) for one in counted]
    articles = [
        each for each in _articles(folded, things, language)
        if not any(_overlap(each.span, one.span) for one in counted)
    ]  # fmt: skip
    links = counts.told(folded, things, told, sorted([*numbers, *_times(folded, named), *articles]))
    linked = [{link.sign: link.value for link in links if link.thing == place} for place in range(len(things))]
    each = next((one for one in counted if _EACH.match(folded, one.span[1])), None)
    return [{"=": each.value, **signs} if each else signs for signs in linked]


def _of_another(folded: str, counted: Quantity, products: Sequence[Match]) -> bool:
    """ "Um abraço": no thing follows, and what does is nothing on sale."""
    near = any(0 <= match.span[0] - counted.span[1] <= _NEAR for match in products)
    return not near and other_counts.counts(folded, counted)


def _times(folded: str, named: Sequence[Match]) -> Iterator[counts.Number]:
    """Words that tell times as many."""
    for cue, times in _FACTORS.items():
        for found in cues.pattern(cue).finditer(folded):
            if not any(_overlap(found.span(), match.span) for match in named):
                yield counts.Number(found.span(), times, times=True)


def _articles(folded: str, things: Sequence[Mention], language: str) -> Iterator[counts.Number]:
    """ "A ball": one."""
    for thing in things if language.startswith("en") else ():
        if found := _AN_ARTICLE.search(folded, 0, thing.start):
            yield counts.Number(found.span("article"), 1)


def _held(match: Match, held: Mapping[str, int] | None) -> int | None:
    """How many of it are ordered already; None: not known."""
    if held is None:
        return None
    return next((held[each] for each in (match.id, *match.alternatives) if each in held), 0)


def _timeless(text: str, folded: str) -> str:
    """The text without the hour at which a thing is left somewhere."""
    at = _LEFT_AT.search(folded)
    return f"{text[: at.start(1)]}    {text[at.end(1) :]}" if at else text


def _line(match: Match, held: int | None, part: Part, linked: Mapping[counts.Sign, float]) -> OrderLine:
    """The line of a thing: a number that says how many there shall be goes before one that comes on top or off."""
    mode: Part = "set" if part == "add" and held == 0 else part  # the same, of what is not ordered yet
    amount: int | None = None
    for sign, meant in _MODES.items():
        if sign in linked and amount is None:
            kept = mode == "ask" or (mode == "add" and not held)
            mode, amount = meant or (mode if kept else "set"), math.ceil(linked[sign])
    line: OrderLine = {"product": match.id, "quantity": amount, "mode": mode, "alternatives": match.alternatives}
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


def _swapped(lines: list[OrderLine], held: Mapping[str, int] | None) -> list[OrderLine]:
    """ "Troca a bolinha pelo shampoo": as many of the one as there were of the other; "uma das golden": one."""
    there = held or {}
    some = [line["quantity"] for line in lines if line["mode"] == "remove" and line["quantity"] is not None]
    off = [
        line["product"] for line in lines
        if line["mode"] == "remove" and line["quantity"] in (None, there.get(line["product"]))
    ]  # fmt: skip
    new = [
        line for line in lines
        if line["mode"] in ("set", "add") and line["quantity"] is None and line["product"] not in there
    ]  # fmt: skip
    if len(some) == len(new) == 1 and not off:
        return [{**line, "quantity": some[0]} if line in new else line for line in lines]
    if len(off) != 1 or len(new) != 1:
        return lines
    return [{**line, "mode": "set", "instead_of": off[0]} if line in new else line for line in lines]


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


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
