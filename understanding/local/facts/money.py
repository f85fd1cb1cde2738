"""Money in a customer's words: amounts, the note that is paid with, the change for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from understanding.local.facts.entity import Entity, cut
from understanding.local.text import cues, numerals

_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?|\d{1,6}(?:[.,]\d{2})?"
_SPOKEN = r"(?:two|three|five) hundred|[a-z]+(?: (?:e|y|and) [a-z]+){0,2}"
_AMOUNT = rf"(?:r\$ ?|\$ ?)?(?P<amount>{_DIGITS})(?!\d|[.,]\d)"
_MONEY = re.compile(
    rf"(?:r\$|us\$|\$) ?(?P<amount>{_DIGITS})|"
    rf"(?<![\d.,])(?P<counted>{_DIGITS}) ?(?:reais|real|contos?|pilas?|dollars?|bucks|pesos|euros)\b|"
    rf"\b(?P<spoken>{_SPOKEN}) (?:reais|contos)\b"
)
_CHANGE = re.compile(
    r"\b(?:troco|change|cambio|vuelto)\s+(?:de|para|pra|pro|pros|p/|p|for|from|of)\s+"
    r"(?:(?:uma?|a|un) )?(?:nota de |note of |billete de )?"
    rf"(?:{_AMOUNT}|(?P<spoken>{_SPOKEN}))|"
    r"\b(?:pag(?:o|ar|arei) com|nota de|pay with|pago con)\s+(?:uma nota de |un billete de |a )?(?:r\$ ?|\$ ?)?"
    rf"(?P<counted>{_DIGITS})(?![\d.,])|"
    r"\b(?:(?:cash|efectivo|dinheiro),? (?:com|con|with)|(?:billete|nota|note|bill) (?:de|of)) "
    r"(?:uma nota de |a |una? )?(?:r\$ ?|\$ ?)?"
    rf"(?P<noted>{_DIGITS})(?![\d.,])|\ba (?P<bill>{_DIGITS}|hundred|fifty|twenty)(?:[ -]reais)? (?:note|bill)\b"
)
_NOTES = {
    "hundred": 100, "cien": 100, "cem": 100, "fifty": 50, "cincuenta": 50, "cinquenta": 50, "two hundred": 200,
    "duzentos": 200, "doscientos": 200, "three hundred": 300, "trezentos": 300, "trescientos": 300, "five hundred": 500,
    "quinhentos": 500, "quinientos": 500,
}  # fmt: skip
_A_NOTE = re.compile(
    rf"(?<![\d.,])(?:r\$ ?)?(?P<note>[1-9]0|[1-9]\d?[05]0|[12]000|{'|'.join(sorted(_NOTES, key=len, reverse=True))})\b"
    r"(?![.,]\d| ?(?:kg|g|gr|ml|l|cm|x|h|hs|am|pm|min\w*|horas?|hours?|sacos?|pacotes?|bags?|packs?|bolsas?|unidades?|"
    r"units?)\b)"
)


def amount(text: str, language: str = "pt-BR") -> str | None:
    """An amount of money as "1234.50", from "1.234,50", "50" or folded words."""
    if text in _NOTES:
        return f"{_NOTES[text]}.00"
    if not text[:1].isdecimal():
        number = numerals.value(text, language)
        return None if number is None else f"{number:.2f}"
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        text = text.replace(".", "")
    return f"{Decimal(text):.2f}"


def change(folded: str, text: str, language: str) -> Iterator[Entity]:
    """The note that change is wanted for: "troco pra 100"."""
    for found in _CHANGE.finditer(folded):
        value = _amount_of(found, language)
        if value:
            yield cut("change_for", value, found, text)


def money(folded: str, text: str, language: str, taken: Sequence[Entity]) -> Iterator[Entity]:
    """Amounts told as such: "50 reais"."""
    for found in _MONEY.finditer(folded):
        value = _amount_of(found, language)
        free = all(found.end() <= other.span[0] or other.span[1] <= found.start() for other in taken)
        if value and free:
            yield cut("money", value, found, text)


def note(folded: str, text: str, cash: bool, taken: Sequence[Entity]) -> Iterator[Entity]:
    """ "Cash but all I've got is a 200": the note, where change or paying with the only one is spoken of.

    `cash`: that word is said; `taken`: what else has numbers, an address.
    """
    for found in _A_NOTE.finditer(folded):
        inside = any(other.span[0] <= found.start() < other.span[1] for other in taken)
        if not inside and cues.has("pays_with" if cash else "pays_with_only", folded):
            yield cut("change_for", f"{_NOTES.get(found['note']) or int(found['note'])}.00", found, text)
            return


def _amount_of(found: re.Match[str], language: str) -> str | None:
    groups = found.groupdict()
    return amount(
        groups.get("amount")
        or groups.get("counted")
        or groups.get("noted")
        or groups.get("bill")
        or groups.get("spoken")
        or "",
        language,
    )
