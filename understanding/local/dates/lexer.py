"""Turns a message into tokens of the date grammar, each knowing where it stands in the original text."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from understanding.local.dates.lexicon import Lexicon
from understanding.local.dates.resolve import Clock, Days, Stretch


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
    token: Token | None = None
    glued: bool = False


_UNITS = (
    r"kgs?|g|gr|grs|gramas?|gramos?|grams?|quilos?|kilos?|lbs?|oz|ml|mls|l|lts?|litros?|liters?|cm|mm|m|m2|km|kms|metros?|%|x|vezes|veces|times|"
    r"reais|real|contos?|pila|mil|unidades?|un|und|unds|pcs?|dolares|dollars?|bucks|usd|brl|mxn|ars|pesos?|euros?|soles"
)
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
      | 1/[234]\s(?=[a-z]{{2}})
    )
  | (?P<iso>20[0-9]{{2}}-[01]?[0-9]-[0-3]?[0-9])(?![0-9])
  | (?P<date>[0-3]?[0-9]/[0-3]?[0-9](?:/(?:20)?[0-9]{{2}})?(?![0-9/])
      | [0-3]?[0-9]([.-])[01]?[0-9]\g<sep>(?:20)?[0-9]{{2}}(?![0-9])
      | (?:[0-3]?[0-9]-0[1-9]|(?:0[1-9]|1[3-9]|2[0-9]|3[01])-1[0-2])(?![0-9:h]|\s?[ap]m))
  | (?P<clock>(?P<hour>[01]?[0-9]|2[0-4])
      (?: (?:\s?[:h]\s?|\.(?=[0-5][0-9]\s?hr?s?\b))(?P<minute>[0-5][0-9])(?::[0-5][0-9])?
            (?:\s?(?P<half>[ap]\.?\s?m\b\.?)|\s?(?:horas?|hrs?|hs|h|min|m)(?![a-z]))?(?![a-z0-9])
        | \s?(?:hrs?|hs|h)(?![a-z0-9])(?:\s?(?P<half2>[ap]\.?\s?m\b\.?))?
        | \s?(?P<half3>am|pm|[ap]\.\s?m\b\.?)(?![a-z0-9]) ))
  | (?P<dotted>(?:[01]?[0-9]|2[0-3])\.[0-5][0-9])(?![0-9.,])
  | (?P<decimal>[0-9]+(?:[.,][0-9]+)+)
  | (?P<ordinal>(?P<nth>[0-9]{{1,2}})(?:\.?[ºª°]|st|nd|rd|th|r[oa]|er|d[oa]|[oa])(?![a-z0-9])(?P<feira>[\s-]?feira)?)
  | (?P<year>(?:19|20)[0-9]{{2}})(?![0-9a-z])
  | (?P<number>[0-9]{{1,2}})(?![0-9a-z])
  | (?P<digits>[0-9][0-9a-z]*)
  | (?P<end>[.!?;…]+)
  | (?P<soft>[,\n()]+)
  | (?P<dash>-+)
  | (?P<mark>[^\s'])
    """.replace(r"([.-])", r"(?P<sep>[.-])").replace(r"\g<sep>", "(?P=sep)"),
    re.VERBOSE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20}")
_MARKS = {"|": ",", "~": "-", "/": "o"}
_DASHES = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘`´", "'")


def fold(text: str) -> tuple[str, list[int] | None]:
    """Lower case without accents, and where each folded character came from (None when nothing moved)."""
    if text.isascii():
        return text.lower(), None
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for plain in _plain(character):
            folded.append(plain)
            origins.append(position)
    return "".join(folded), origins


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _DASHES:
        return _DASHES[character]
    if character.isspace():
        return "\n" if character in "\n\u2028\u2029" else " "
    decomposed = unicodedata.normalize("NFD", character.lower())
    return "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf"))


def tokens(folded: str, lexicon: Lexicon) -> list[Token]:
    """The message as grammar tokens, phrases joined, number words read."""
    if "@" in folded or "www." in folded or "//" in folded:
        folded = _ADDRESS.sub(lambda address: "x" * len(address.group()), folded)
    words = _words(folded, lexicon)
    found: list[Token] = []
    position = 0
    while position < len(words):
        word = words[position]
        if word.glued and found and found[-1].kind not in ".,;-":
            found.append(Token("-", word.start, word.start))
        if word.token is not None:
            found.append(word.token)
            position += 1
            continue
        token, used = _looked_up(words, position, lexicon)
        if not (token.kind == "O" and found and found[-1].kind == "n"):
            found.append(token)
        position += used
    return _joined_numbers(found)


def _looked_up(words: list[_Word], position: int, lexicon: Lexicon) -> tuple[Token, int]:
    first = words[position]
    text = lexicon.correct(first.text)
    for parts, kind, number in lexicon.phrases.get(text, ()):
        size = len(parts)
        if size == 1 or tuple(word.text for word in words[position + 1 : position + size]) == parts[1:]:
            return Token(kind, first.start, words[position + size - 1].end, number, first.text), size
    return Token(".", first.start, first.end, name=first.text), 1


def _joined_numbers(found: list[Token]) -> list[Token]:
    """Reads "vinte e cinco" and "twenty five" as one number."""
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
        kind, start, end = match.lastgroup or "mark", match.start(), match.end()
        text = match.group()
        if match["word"] is not None:
            text, end = match["word"], match.end("word")
            found.append(_Word(text, start, end, None, glued and bool(found)))
        elif (
            kind == "dash" and start > 0 and end < len(folded) and folded[start - 1].isalpha() and folded[end].isalpha()
        ):
            glued = True
            continue
        elif not (kind == "end" and text == "." and found and found[-1].text in ("av", "r", "pca", "dr", "dra", "sr")):
            found.append(_Word(text, start, end, _numeric(match, lexicon)))
        glued = False
    return found


def _numeric(found: re.Match[str], lexicon: Lexicon) -> Token:
    start, end, text = found.start(), found.end(), found.group()
    match found.lastgroup:
        case "clock":
            return Token("H", start, end, name=text, clock=_clock(found))
        case "date" | "iso":
            return Token("T", start, end, name=text)
        case "ordinal":
            return _ordinal(found, lexicon)
        case "number":
            return Token("N", start, end, int(text), text)
        case "year":
            return Token("Y", start, end, int(text), text)
        case "dotted":
            hour, minute = (int(part) for part in text.split("."))
            return Token("x", start, end, name=text, clock=Clock(hour, minute, hour > 12 or text[0] == "0"))
        case "end" | "soft" | "dash":
            return Token({"end": ";", "soft": ",", "dash": "-"}[found.lastgroup], start, end)
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
