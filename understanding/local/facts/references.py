"""What a customer points at: an order by its number, a line of the list just shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.local.facts.entity import Entity, cut

_ORDER = re.compile(
    r"\b(?:pedido|encomenda|order|orden)\s*(?P<sign>(?:numero|number|num\.?|n[º°o.]{1,2}|no\.|#)\s*)?#?\s*"
    r"(?P<number>\d{1,9})\b"
    r"(?!\s*(?:x|kg|sacos?|unidades?|h\b|:))|(?<!\w)#\s*(?P<hash>\d{1,9})\b"
)
_DETERMINED = re.compile(r"\b(?:o|do|no|meu|my|the|mi|el|del)\s+$")
_SURE_DIGITS = 3

_MASCULINE = {
    "primeiro": 1,
    "segundo": 2,
    "terceiro": 3,
    "quarto": 4,
    "quinto": 5,
    "sexto": 6,
    "ultimo": -1,
    "penultimo": -2,
}
_FEMININE = {
    "primeira": 1,
    "segunda": 2,
    "terceira": 3,
    "quarta": 4,
    "quinta": 5,
    "sexta": 6,
    "ultima": -1,
    "penultima": -2,
}
_ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_SPANISH = {"primer": 1, "primero": 1, "primera": 1, "tercero": 3, "tercera": 3, "cuarto": 4, "cuarta": 4, "quinto": 5}
_ORDINALS = {**_SPANISH, **_ENGLISH, **_MASCULINE, **_FEMININE}
_WEEKDAYS = frozenset({"segunda", "terca", "quarta", "quinta", "sexta"})  # also ordinals: only beside "opção"

_ANY = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_SURE = "|".join(sorted(set(_ORDINALS) - _WEEKDAYS, key=len, reverse=True))
_CHOICE = r"(?:opcao|opcoes|alternativa|option|opcion|choice|item|da lista|de la lista|one)"
_NOT_CHOICE = (
    r"(?!\s*(?:vez|vezes|time|lugar|semana|dia|pedido|hora|name|order|de (?:janeiro|fevereiro|marco|abril|maio|junho|"
    r"julho|agosto|setembro|outubro|novembro|dezembro))\b)"
)
_POSITIONS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b(?P<ordinal>{_ANY}) {_CHOICE}\b"),
    re.compile(rf"(?<!dia )(?<!de )\b(?:o|a|el|la|the|es?s[ae]|est[ae]|that) (?P<ordinal>{_SURE})\b{_NOT_CHOICE}"),
    re.compile(rf"^\s*(?P<ordinal>{_SURE})\s*[.!]*\s*$"),
    re.compile(rf"\b(?:gostei|curti|amei|adorei|vou|fico|fica|ficar|ficamos) (?:com |d|n)?(?:[oa]|e) "
               rf"(?P<ordinal>{_SURE})\b{_NOT_CHOICE}"),
    re.compile(r"\b(?:opcao|option|opcion|item|alternativa)\s*(?:numero|number|n[º°o.]{1,2})?\s*#?"
               r"(?P<number>\d{1,2})\b"),
    re.compile(r"^\s*(?:quero |prefiro |pode ser |vou de |i want |i'll take |quiero )?"
               r"(?:o|a|el|la|the|numero|number)\s*#?"
               r"(?P<number>\d{1,2})(?:\s*(?:mesmo|por favor|pf|please|obrigad[oa]))?\s*[.!]*\s*$"),
    re.compile(r"(?<!\d)(?P<number>\d{1,2})(?:º|ª|°|st|nd|rd|th)\b(?: (?:opcao|option|one|da lista))?"),
)  # fmt: skip


def find(folded: str, text: str) -> Iterator[Entity]:
    """Order numbers and list positions."""
    orders = list(_orders(folded, text))
    yield from orders
    if not orders:
        yield from _position(folded, text)


def _orders(folded: str, text: str) -> Iterator[Entity]:
    for found in _ORDER.finditer(folded):
        number = found["number"] or found["hash"]
        # "quero fazer um pedido 2 golden" speaks of two bags, not of order 2
        sure = found["hash"] or found["sign"] or len(number) >= _SURE_DIGITS
        if sure or _DETERMINED.search(folded, 0, found.start()):
            yield cut("order", int(number), found, text)


def _position(folded: str, text: str) -> Iterator[Entity]:
    for pattern in _POSITIONS:
        found = pattern.search(folded)
        if found:
            groups = found.groupdict()
            value = _ORDINALS[groups["ordinal"]] if groups.get("ordinal") else int(groups["number"])
            yield cut("position", value, found, text)
            return
