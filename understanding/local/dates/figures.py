"""Numbers, clock times, dates and marks as they are written: "15h30", "11/03", "R$ 50", "2ª"."""

from __future__ import annotations

import re

from understanding.local.dates.lexicon import AMOUNT
from understanding.local.dates.spans import Clock
from understanding.local.dates.tokens import Token

_UNITS = (
    r"kgs?|g|gr|grs|gramas?|gramos?|grams?|quilos?|kilos?|lbs?|oz|ml|mls|l|lts?|litros?|liters?|cm|mm|m|m2|km|kms|metros?|%|x|vezes|veces|times|"
    r"feet|foot|ft|inch(?:es)?|yards?|miles?|pounds?|quid|each|a\s(?:piece|lit(?:re|er)|kilo)|cada(?:\s(?:uno|una|um|uma))?|reais|real|contos?|pila|mil|unidades?|un|und|unds|pcs?|dolares|dollars?|bucks|usd|brl|mxn|ars|pesos?|euros?|soles"
)
# What is cut into halves and quarters: "1/4 de frango", "2/3 cup".
_SHARED = (
    r"of|cups?|inch|inches|pounds?|lbs?|pints?|tsps?|tbsps?|off|price|d[eoa]\s(?!manha|tarde|noite|madrug|janei|fever|marco|abril|maio|ju[nl]ho|agosto|setem|outub|novem|dezem)[a-z]{3,}|kgs?|quilos?|kilos?|xicaras?|copos?|"
    r"pacotes?|paquetes?|litros?|horas?|hours?|tazas?|vasos?|pulgadas?|polegadas?|sacos?|porcao|porcion|dia|periodo"
)
_MONTHS = r"jan|ene|fe[bv]|ma[riy]|a[bpv]r|ju[nl]|a[gu][ogu]|sep|set|o[uc]t|nov|de[cz]|dic"
ITEM = re.compile(
    rf"""
    (?P<word>(?!r\$|us?\$)[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?)(?:'s\b)?
  | (?P<end>[:;=]-?[)(](?![0-9])|[.!?;…]+)
  | (?P<soft>[,\n)][,\n()]*|\((?![0-9])[,\n()]*)
  | (?P<junk>
        (?:r\$|us\$|u\$s|[$€£\#])\s?[0-9][0-9.,]*
      | \+[0-9][0-9\s().-]{{6,18}}[0-9]
      | \([0-9]{{2,4}}\)\s?[0-9][0-9\s-]{{5,10}}[0-9]
      | [0-9]{{3}}\.[0-9]{{3}}\.[0-9]{{3}}-[0-9]{{2}}
      | [0-9]{{3}}[-.\s][0-9]{{3}}[-.\s][0-9]{{2,4}}\b
      | [0-9]{{3,5}}[-\s][0-9]{{4}}\b(?![/-])
      | [0-9]{{5}}-?[0-9]{{3}}\b
      | \b24/7\b
      | [0-9]+(?:[./-][0-9]+)*-[a-z](?![a-z0-9])
      | [0-9]+(?:-[0-9]+){{2}}-(?:[a-z]{{1,2}}|[a-z]{{0,3}}[0-9]+[a-z]{{0,3}})(?![a-z0-9:])
      | [0-3]?[0-9][./-][01]?[0-9][./-]19[0-9]{{2}}\b
      | [0-9]+(?:[.,][0-9]+)?(?:\s?a\s?[0-9]+)?\s?(?:{_UNITS})(?![a-z0-9])
      | [1-9]/[2-9]\s(?=(?:{_SHARED})\b)
    )
  | (?P<length>(?P<hours>[0-9]{{1,2}})[.,](?P<tenths>[0-9])\s?(?:hours?|horas?|hrs?|hs|h)(?![a-z0-9]))
  | (?P<iso>20[0-9]{{2}}-[01]?[0-9]-[0-3]?[0-9])(?![0-9])
  | (?P<date>[0-3]?[0-9]/[0-3]?[0-9](?:/(?:20)?[0-9]{{2}})?(?![0-9/])
      | (?:0?[1-9]|1[0-2])/20[0-9]{{2}}(?![0-9/])
      | [0-3]?[0-9]\s/\s(?:0[1-9]|1[0-2])(?![0-9/])
      | [0-3]?[0-9]([.-])[01]?[0-9]\g<sep>(?:20)?[0-9]{{2}}(?![0-9]|-[0-9])
      | (?:[0-3]?[0-9]-0[1-9]|(?:0[1-9]|1[3-9]|2[0-9]|3[01])-1[0-2])(?![0-9:h]|\s?[ap]m))
  | (?P<clock>(?P<hour>[01]?[0-9]|2[0-4])
      (?: (?:\s?(?:[:h]|h:)\s?|\.(?=[0-5][0-9]\s?(?:hr?s?|[ap]\.?m)\b))(?P<minute>[0-5][0-9])(?::[0-5][0-9])?
            (?:\s?(?P<half>[ap]\.?\s?m\b\.?|(?<=[0-9])[ap]\b)|\s?(?:horas?|hrs?|hs|h|min|m)(?![a-z])|-?ish)?(?![a-z0-9])
        | \s?(?:hrs?|hs|h)(?![a-z0-9])(?:\s?(?P<half2>[ap]\.?\s?m\b\.?))?
        | \s?(?P<half3>am|pm|[ap]\.\s?m\b\.?)(?![a-z0-9]) ))
  | (?P<packed>(?:1?[0-9]|2[0-3])[0-5][0-9](?:\s?[ap]m|(?<=[0-9]{{4}})(?:hr?s?|\s(?:hours|h(?:r)?s)))(?![a-z0-9]))
  | (?P<ish>(?P<about>1?[0-9])-?ish)(?![a-z0-9])
  | (?P<dotted>(?:[0-2]?[0-9]|3[01])\.[0-5][0-9])(?![0-9]|[.,][0-9])
  | (?P<decimal>[0-9]+(?:[.,][0-9]+)+)
  | (?P<ordinal>(?P<nth>[0-9]{{1,2}})(?:\.?[ºª°]|st|nd|rd|th|r[oa]|er|d[oa]|[oa])(?![a-z0-9])(?P<feira>[\s-]?feira)?)
  | (?P<year>(?:19|20)[0-9]{{2}})(?![0-9a-z])
  | (?P<number>[0-9]{{1,2}})(?:(?![0-9a-z])|(?=(?:{_MONTHS})[a-z]{{0,7}}\b))
  | (?P<digits>[0-9][0-9a-z]*)
  | (?P<dash>-+)
  | (?P<mark>[^\s'"*_“”«»])
    """.replace(r"([.-])", r"(?P<sep>[.-])").replace(r"\g<sep>", "(?P=sep)"),
    re.VERBOSE,
)

_PAUSES = {"end": ";", "soft": ",", "dash": "-"}
_MARKS = {"~": "-", "/": "o", "%": ".", "+": ".", "=": ".", "@": "a", "&": "e"}


def figure(found: re.Match[str], feira: bool) -> Token:
    """The token of what `ITEM` matched. `feira`: "2ª" may be a Monday, as in Portuguese."""
    (start, end), text = found.span(), found.group()
    if pause := _PAUSES.get(found.lastgroup or ""):
        return Token(pause, start, end, name=text)
    match found.lastgroup:
        case "clock" | "packed" as how:
            return Token("H", start, end, name=text, clock=_clock(found) if how == "clock" else _packed(text))
        case "date" | "iso":
            return Token("T", start, end, name=text)
        case "length":  # "2.5 hours"
            return Token("R", start, end, int(found["hours"]) * 60 + int(found["tenths"]) * 6, text)
        case "ordinal":
            return _ordinal(found, feira)
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
    # A picture or an odd mark parts what it stands between, as a comma does.
    return Token(_MARKS.get(text, "," if not text.isalnum() else "."), start, end)


def _ordinal(match: re.Match[str], feira: bool) -> Token:
    number, start, end = int(match["nth"]), match.start(), match.end()
    feminine = match.group()[len(match["nth"])] in "aª" and match.group()[-1] in "aª"
    if feira and 2 <= number <= 6 and (match["feira"] or feminine):
        return Token("W" if match["feira"] else "w", start, end, number - 2, match.group())
    return Token("O", start, end, number, match.group())


def _clock(match: re.Match[str]) -> Clock:
    hour, minute = int(match["hour"]), match["minute"]
    half = match["half"] or match["half2"] or match["half3"]
    if half and 1 <= hour <= 12:
        return Clock(hour % 12 + (12 if half[0] == "p" else 0), int(minute) if minute else None, True)
    sure = hour == 0 or hour > 12 or match["hour"][0] == "0" or ("h" in match.group().removesuffix("ish") and hour >= 7)
    return Clock(hour, int(minute) if minute else None, sure)


def _packed(text: str) -> Clock:
    """ "330pm", "1530h"."""
    figures = "".join(character for character in text if character.isdigit())
    hour, minute = int(figures[:-2]), int(figures[-2:])
    if hour <= 12 and ("am" in text or "pm" in text):
        return Clock(hour % 12 + (12 if "p" in text else 0), minute, True)
    return Clock(hour, minute, hour == 0 or hour > 12 or figures[0] == "0")
