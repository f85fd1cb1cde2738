"""Turns a message into tokens of the date grammar, each knowing where it stands in the original text."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from understanding.local.dates.lexicon import AMOUNT, Lexicon, Phrase
from understanding.local.dates.spans import Clock, Days, Stretch


class Token(NamedTuple):
    """One word, number or recognised expression. `kind` is a letter of lexicon.KINDS or of grammar's results."""

    kind: str
    start: int
    end: int
    number: int = 0
    name: str = ""
    clock: Clock | None = None
    days: Days | None = None
    stretch: Stretch | None = None
    instant: datetime | None = None


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    phrases: tuple[Phrase, ...] = ()
    token: Token | None = None
    glued: bool = False


_UNITS = (
    r"kgs?|g|gr|grs|gramas?|gramos?|grams?|quilos?|kilos?|lbs?|oz|ml|mls|l|lts?|litros?|liters?|cm|mm|m|m2|km|kms|metros?|%|x|vezes|veces|times|"
    r"reais|real|contos?|pila|mil|unidades?|un|und|unds|pcs?|dolares|dollars?|bucks|usd|brl|mxn|ars|pesos?|euros?|soles"
)
# What is cut into halves and quarters: "1/4 de frango", "2/3 cup".
_SHARED = (
    r"of|cups?|inch|inches|pounds?|lbs?|pints?|tsps?|tbsps?|off|price|d[eoa]\s(?!manha|tarde|noite|madrug|janei|fever|marco|abril|maio|ju[nl]ho|agosto|setem|outub|novem|dezem)[a-z]{3,}|kgs?|quilos?|kilos?|xicaras?|copos?|"
    r"pacotes?|paquetes?|litros?|horas?|hours?|tazas?|vasos?|pulgadas?|polegadas?|sacos?|porcao|porcion|dia|periodo"
)
_MONTHS = r"jan|ene|fe[bv]|ma[riy]|a[bpv]r|ju[nl]|a[gu][ogu]|sep|set|o[uc]t|nov|de[cz]|dic"
_ITEM = re.compile(
    rf"""
    (?P<word>(?!r\$|us?\$)[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?)(?:'s\b)?
  | (?P<junk>
        (?:r\$|us\$|u\$s|[$€£\#])\s?[0-9][0-9.,]*
      | \+[0-9][0-9\s().-]{{6,18}}[0-9]
      | \([0-9]{{2,4}}\)\s?[0-9][0-9\s-]{{5,10}}[0-9]
      | [0-9]{{3}}\.[0-9]{{3}}\.[0-9]{{3}}-[0-9]{{2}}
      | [0-9]{{3}}[-.\s][0-9]{{3}}[-.\s][0-9]{{2,4}}\b
      | [0-9]{{3,5}}[-\s][0-9]{{4}}\b(?![/-])
      | [0-9]{{5}}-?[0-9]{{3}}\b
      | \b24/7\b
      | [0-9]+(?:[.,][0-9]+)?(?:\s?a\s?[0-9]+)?\s?(?:{_UNITS})(?![a-z0-9])
      | [1-9]/[2-9]\s(?=(?:{_SHARED})\b)
    )
  | (?P<iso>20[0-9]{{2}}-[01]?[0-9]-[0-3]?[0-9])(?![0-9])
  | (?P<date>[0-3]?[0-9]/[0-3]?[0-9](?:/(?:20)?[0-9]{{2}})?(?![0-9/])
      | [0-3]?[0-9]([.-])[01]?[0-9]\g<sep>(?:20)?[0-9]{{2}}(?![0-9])
      | (?:[0-3]?[0-9]-0[1-9]|(?:0[1-9]|1[3-9]|2[0-9]|3[01])-1[0-2])(?![0-9:h]|\s?[ap]m))
  | (?P<clock>(?P<hour>[01]?[0-9]|2[0-4])
      (?: (?:\s?[:h]\s?|\.(?=[0-5][0-9]\s?(?:hr?s?|[ap]\.?m)\b))(?P<minute>[0-5][0-9])(?::[0-5][0-9])?
            (?:\s?(?P<half>[ap]\.?\s?m\b\.?|(?<=[0-9])[ap]\b)|\s?(?:horas?|hrs?|hs|h|min|m)(?![a-z]))?(?![a-z0-9])
        | \s?(?:hrs?|hs|h)(?![a-z0-9])(?:\s?(?P<half2>[ap]\.?\s?m\b\.?))?
        | \s?(?P<half3>am|pm|[ap]\.\s?m\b\.?)(?![a-z0-9]) ))
  | (?P<packed>(?:1?[0-9]|2[0-3])[0-5][0-9](?:\s?[ap]m|(?<=[0-9]{{4}})(?:hr?s?|\s(?:hours|hs)))(?![a-z0-9]))
  | (?P<ish>(?P<about>1?[0-9])-?ish)(?![a-z0-9])
  | (?P<dotted>(?:[0-2]?[0-9]|3[01])\.[0-5][0-9])(?![0-9]|[.,][0-9])
  | (?P<decimal>[0-9]+(?:[.,][0-9]+)+)
  | (?P<ordinal>(?P<nth>[0-9]{{1,2}})(?:\.?[ºª°]|st|nd|rd|th|r[oa]|er|d[oa]|[oa])(?![a-z0-9])(?P<feira>[\s-]?feira)?)
  | (?P<year>(?:19|20)[0-9]{{2}})(?![0-9a-z])
  | (?P<number>[0-9]{{1,2}})(?:(?![0-9a-z])|(?=(?:{_MONTHS})[a-z]{{0,7}}\b))
  | (?P<digits>[0-9][0-9a-z]*)
  | (?P<end>[.!?;…]+)
  | (?P<soft>[,\n()]+)
  | (?P<dash>-+)
  | (?P<mark>[^\s'])
    """.replace(r"([.-])", r"(?P<sep>[.-])").replace(r"\g<sep>", "(?P=sep)"),
    re.VERBOSE,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20}|(?<![\w.])@[a-z_][\w.]{1,60}"
)
_MARKS = {"|": ",", "~": "-", "/": "o"}
_DASHES = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘`´", "'")
# Letters, marks and pictures that fold to exactly one character each.
_EVEN = re.compile(r"[\0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u2bff\U0001f300-\U0001faff]*")


def _plain(character: str) -> str:
    if character in _DASHES:
        return _DASHES[character]
    if character.isspace():
        return "\n" if character in "\n\u2028\u2029" else " "
    decomposed = unicodedata.normalize("NFD", character.lower())
    return "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf"))


_FOLDED = {code: _plain(chr(code)) for code in (*range(0x250), *range(0x2010, 0x205F)) if _EVEN.fullmatch(chr(code))}


def fold(text: str) -> tuple[str, list[int] | None]:
    """Lower case without accents, and where each folded character came from (None when nothing moved)."""
    if text.isascii():
        return text.lower(), None
    if _EVEN.fullmatch(text):
        return text.translate(_FOLDED), None
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for plain in _plain(character):
            folded.append(plain)
            origins.append(position)
    return "".join(folded), origins


def tokens(folded: str, lexicon: Lexicon) -> list[Token]:
    """The message as grammar tokens, phrases joined, number words read."""
    if "@" in folded or "www." in folded or "//" in folded:
        folded = _ADDRESS.sub(lambda address: "x" * len(address.group()), folded)
    words = _words(folded, lexicon)
    found: list[Token] = []
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word.glued and found and found[-1].kind not in ".,;-":
            found.append(Token("-", word.start, word.start))
        if word.token is not None:
            found.append(word.token)
        elif not word.phrases:
            found.append(Token(".", word.start, word.end, 0, word.text))
        else:
            token, used = _longest(words, position - 1)
            position += used - 1
            if not (token.kind == "O" and found and found[-1].kind == "n"):
                found.append(token)
    return _joined_numbers(found)


def _longest(words: list[_Word], position: int) -> tuple[Token, int]:
    """The longest phrase that begins with this word."""
    first = words[position]
    for parts, kind, number in first.phrases:
        size = len(parts)
        if size == 1:
            return Token(kind, first.start, first.end, number, first.text), 1
        last = position + size - 1
        if (
            last < len(words)
            and words[position + 1].text == parts[1]
            and (size == 2 or tuple(word.text for word in words[position + 2 : last + 1]) == parts[2:])
        ):
            return Token(kind, first.start, words[last].end, number, " ".join(parts)), size
    return Token(".", first.start, first.end, name=first.text), 1


def _joined_numbers(found: list[Token]) -> list[Token]:
    """Reads "vinte e cinco" and "twenty five" as one number."""
    if not any(token.kind == "N" and token.number in (20, 30, 40, 50) for token in found):
        return found
    joined: list[Token] = []
    for token in found:
        joined.append(token)
        for link in (1, 2):
            tens = joined[-1 - link] if len(joined) > link else None
            if (
                tens is not None
                and tens.kind == "N" == token.kind
                and tens.number in (20, 30, 40, 50)
                and 0 < token.number < 10
                and not (tens.name.isdigit() or token.name.isdigit())
                and (link == 1 or joined[-2].kind == "e")
            ):
                joined[-1 - link :] = [Token("N", tens.start, token.end, tens.number + token.number, tens.name)]
                break
    return joined


def _words(folded: str, lexicon: Lexicon) -> list[_Word]:
    found: list[_Word] = []
    glued = False
    for match in _ITEM.finditer(folded):
        kind, (start, end) = match.lastgroup or "mark", match.span()
        if kind == "word":
            end = match.end("word")
            found.extend(_read(match["word"], start, end, glued and bool(found), lexicon))
        elif (
            kind == "dash" and start > 0 and end < len(folded) and folded[start - 1].isalpha() and folded[end].isalpha()
        ):
            glued = True
            continue
        elif not (kind == "end" and found and _abbreviated(found[-1], match, lexicon)):
            if kind == "ish":  # "3ish" is "around 3"
                found.append(_Word("", start, start, (), Token("a", start, start)))
            found.append(_Word(match.group(), start, end, (), _numeric(match, lexicon)))
        glued = False
    return found


def _read(word: str, start: int, end: int, glued: bool, lexicon: Lexicon) -> list[_Word]:
    meant = lexicon.aliases.get(word)
    if meant is None:
        entry = lexicon.look_up(word)
        return [_Word(entry.text, start, end, entry.phrases, None, glued)]
    entries = [lexicon.look_up(part) for part in meant]
    # Only the last stands for the word's letters: no two pieces of a message may overlap.
    return [
        _Word(entry.text, start, end if entry is entries[-1] else start, entry.phrases, None, glued)
        for entry in entries
    ]


def _abbreviated(last: _Word, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the full stop belongs to "seg." rather than ending a sentence."""
    return match.group() == "." and last.end == match.start() and last.text in lexicon.abbreviations


def _numeric(found: re.Match[str], lexicon: Lexicon) -> Token:
    (start, end), text = found.span(), found.group()
    match found.lastgroup:
        case "clock" | "packed" as how:
            return Token("H", start, end, name=text, clock=_clock(found) if how == "clock" else _packed(text))
        case "date" | "iso":
            return Token("T", start, end, name=text)
        case "ordinal":
            return _ordinal(found, lexicon)
        case "number" | "year" | "ish" as how:
            figures = found["about"] if how == "ish" else text
            return Token("Y" if how == "year" else "N", start, end, int(figures), figures)
        case "dotted":
            hour, minute = (int(part) for part in text.split("."))
            clock = Clock(hour, minute, hour > 12 or text[0] == "0") if hour < 24 else None
            return Token("x", start, end, name=text, clock=clock)
        case "junk" | "digits" as how:
            kind = "9" if how == "digits" and len(text) in (3, 4) and text.isdigit() else "."
            return Token(kind, start, end, AMOUNT if how == "junk" else 0, text)
        case "end" | "soft" | "dash" as how:
            return Token({"end": ";", "soft": ",", "dash": "-"}[how], start, end)
    return Token(_MARKS.get(text, "."), start, end)


def _ordinal(match: re.Match[str], lexicon: Lexicon) -> Token:
    number, start, end = int(match["nth"]), match.start(), match.end()
    feminine = match.group()[len(match["nth"])] in "aª" and match.group()[-1] in "aª"
    if lexicon.feira and 2 <= number <= 6 and (match["feira"] or feminine):
        return Token("W" if match["feira"] else "w", start, end, number - 2, match.group())
    return Token("O", start, end, number, match.group())


def _clock(match: re.Match[str]) -> Clock:
    hour, minute = int(match["hour"]), match["minute"]
    half = match["half"] or match["half2"] or match["half3"]
    if half and 1 <= hour <= 12:
        return Clock(hour % 12 + (12 if half[0] == "p" else 0), int(minute) if minute else None, True)
    sure = hour == 0 or hour > 12 or match["hour"][0] == "0" or ("h" in match.group() and hour >= 7)
    return Clock(hour, int(minute) if minute else None, sure)


def _packed(text: str) -> Clock:
    """ "330pm", "1530h"."""
    figures = "".join(character for character in text if character.isdigit())
    hour, minute = int(figures[:-2]), int(figures[-2:])
    if hour <= 12 and ("am" in text or "pm" in text):
        return Clock(hour % 12 + (12 if "p" in text else 0), minute, True)
    return Clock(hour, minute, hour == 0 or hour > 12 or figures[0] == "0")
