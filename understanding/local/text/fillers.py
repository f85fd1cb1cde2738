"""Words that carry no wish at the edges of a message: "olha, …", "umm …", "… viu", "… kkk", "… 🙏".

Read with the rest they are taken for more than they are: "então, que horas fecha?" for a yes, "quinta 10h, obrigada"
for thanks alone. A message that holds nothing else stays: "opa" greets and "tá" agrees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold

_FILLERS = Path(__file__).with_name("fillers.yaml")
_SMILES = r"[🙏😂🤣😅😆😄😁😃😊☺🙂😉😬🥰😍😘🤗🙈🤭🤪😜🥺❤💕💖🌸✨️🏻🏼🏽🏾🏿]+"
_PARTED = r"[\s,.!;:…-]*+"
_NO_TAG = r"(?<!que )(?<!quanto )(?<!como )(?<!onde )(?<!preco )(?<!ja )(?<!nao )(?<!tudo )(?<!aqui )(?<!horario )"
"""Behind these "tá" is a verb."""
_LONGEST, _MOST = 200, 6
"""Characters looked at behind, and fillers that go at each edge of a message: the time stays bounded."""


def without(text: str, code: str, *, under_way: bool) -> str:
    """The text without what opens its messages and asks kindly behind them. `under_way`: the chat is no new one."""
    return "\n".join(_bare(line, code, under_way) for line in text.split("\n"))


def without_thanks(text: str, code: str) -> str:
    """The text without thanks and laughter at its end; they may be all it says: the caller sees what is left."""
    return _until(text, _thanking(code))


def without_laughter(text: str, code: str) -> str:
    """The text without laughter and smiles at its end."""
    return _until(text, _laughing(code))


def _bare(text: str, code: str, under_way: bool) -> str:
    for _ in range(_MOST):
        found = _opening(code, under_way).match(fold(text))
        if found is None or not _says(text[found.end() :]):
            break
        text = text[found.end() :]
    return _asking(_until(text, _ending(code)), code)


def _until(text: str, ending: re.Pattern[str]) -> str:
    for _ in range(_MOST):
        found = ending.search(fold(text), max(0, len(text) - _LONGEST))
        if found is None or not _says(text[: found.start()]):
            break
        asks = "?" in found.group() and not found.groupdict().get("nod")
        text = text[: found.start()] + ("?" if asks else "")
    return text


def _asking(text: str, code: str) -> str:
    """ "Já ficou marcado ou não": a question."""
    found = _or_not(code).search(fold(text), max(0, len(text) - _LONGEST))
    return f"{text[: found.start()]}?" if found and not _doubts(code).search(fold(text)) else text


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


@cache
def _opening(code: str, under_way: bool) -> re.Pattern[str]:
    opens = _listed("opens", code) + (f"|{_listed('calls', code)}" if under_way else "")
    hesitates, asks = _listed("hesitates", code), alternatives("question_start")
    thanked = rf"(?:{_listed('thanks', code)}) (?=(?:{asks}))"  # "valeu qual o endereço mesmo"
    return re.compile(
        rf"[\s¿¡]*+(?:(?:{hesitates})(?:[\s,.…]+)|(?:{opens}) ?(?:,|\.\.+|…|{_SMILES})[\s,.…]*|{thanked})"
    )


@cache
def _ending(code: str) -> re.Pattern[str]:
    return re.compile(rf"{_PARTED}(?<![\w'])(?:{_kindly(code)})[\s?!.,…]*$")


@cache
def _thanking(code: str) -> re.Pattern[str]:
    glad = rf"(?<![\w'])(?:{_kindly(code)}|{_listed('thanks', code)}|{_listed('laughs', code)})"
    return re.compile(rf"{_PARTED}(?:{glad}|{_SMILES})[\s?!.,…]*$")


@cache
def _laughing(code: str) -> re.Pattern[str]:
    return re.compile(rf"{_PARTED}(?:(?<![\w'])(?:{_listed('laughs', code)})|{_SMILES})[\s?!.,…]*$")


@cache
def _or_not(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\w\w)[\s,]++(?:{_listed('or_not', code)})[\s?!.…]*$")


@cache
def _doubts(code: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_listed('doubts', code)})\b")


def _kindly(code: str) -> str:
    nod = rf"(?P<nod>{_NO_TAG}(?:{_listed('asks_back', code)}) ?\?)"
    nobody = "".join(rf"(?<!\b{word} )" for words in _read()["tells_of"].values() for word in words)
    return rf"{nod}|{_NO_TAG}(?:{_listed('tags', code)})|{nobody}(?:{_listed('called', code)})"


def _listed(kind: str, code: str) -> str:
    return "|".join(_read()[kind][code])


@cache
def _read() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return cast(
        Mapping[str, Mapping[str, Sequence[str]]],
        yaml.load(_FILLERS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader),
    )
