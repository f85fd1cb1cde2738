"""A letter: of many sentences those count that wish, ask or tell a datum; what else they tell is a story.

"My granddaughter is getting married, I look like a scarecrow. I'd be grateful for a men's cut on Saturday at ten": the
wedding is nobody's appointment and the scarecrow no service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.ports import Situation
from understanding.local.facts.fact import WISHES, Fact
from understanding.local.reading.parts import Part, blanked
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_WORDS, _SENTENCES, _SHORT = 30, 3, 8
_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")
_THINGS = ("service", "product")
_OF_A_WISH = {*_THINGS, "time", "professional", "name", *WISHES}
_ASKS = ("asks_for", "wishes", "books", "orders", "moves_to", "cancels", "moves_own")
_MEANT = (
    "cancels",
    "moves_own",
    "wants_person",
    "needs_no_person",
    "price",
    "duration",
    "opening",
    "where",
)


def put_short(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text without the story; unchanged where it is short, or nothing in it wishes for a thing."""
    if situation.flow is not None or len(text.split()) < _WORDS:
        return text
    parts = list(sentences(text))
    wishing = [each for each in parts if _wishes(each, said)]
    if len(parts) < _SENTENCES or not wishing:
        return text
    told = {fact.kind for fact in said if any(each.holds(fact) for each in wishing)}
    for each in parts:
        inside = [fact for fact in said if each.holds(fact)]
        if each not in wishing and _is_story(each, inside, told):
            name = next((fact.end for fact in inside if fact.kind == "name"), each.start)  # who writes is no story
            told_until = each.start + len(text[each.start : each.end].rstrip(" .!?…\n"))
            text = blanked(text, name, max(name, told_until))
    return text


def without_story(text: str, said: list[Fact], short: str, left: list[Fact]) -> tuple[str, list[Fact]]:
    """The shorter text and its facts, unless what it leaves out told which of several is meant: "ela é pequena"."""
    open_now = [set(fact.value) for fact in left if fact.kind == "service" and isinstance(fact.value, list)]
    sure = {fact.value for fact in said if fact.kind == "service" and isinstance(fact.value, str)}
    return (text, said) if any(sure & each for each in open_now) else (short, left)


def sentences(text: str) -> Iterator[Part]:
    """The sentences of a text, in order."""
    start = 0
    for end in [*_END.finditer(text), None]:
        stop = end.end() if end else len(text)
        if text[start:stop].strip():
            yield Part(start, stop, fold(text[start:stop]).strip(), asks=bool(end) and "?" in text[start:stop])
        start = stop


def _wishes(sentence: Part, said: Sequence[Fact]) -> bool:
    """Whether a sentence wishes for something that is named in it."""
    named = any(sentence.holds(fact) and fact.kind in _THINGS and fact.role != "hint" for fact in said)
    return named and any(has(cue, sentence.words) for cue in _ASKS)


def _is_story(sentence: Part, inside: Sequence[Fact], told: set[str]) -> bool:
    """Whether a sentence neither asks nor wishes nor tells what the wish leaves open."""
    kinds = {fact.kind for fact in inside}
    asks = sentence.asks or ("name" not in kinds and pattern("question_start").match(sentence.words))
    if asks or pattern("greeting").match(sentence.words):
        return False
    of_others = bool(kinds & set(_THINGS)) and bool(told & set(_THINGS))
    leaves_open = kinds - told - {"name", *WISHES}
    if len(sentence.words.split()) > _SHORT and not has("asks_for", sentence.words):
        leaves_open -= {"professional"}  # "a friend of Lurdes, whom Carla does every week"
    return (
        kinds <= _OF_A_WISH
        and (of_others or not leaves_open)
        and not any(has(cue, sentence.words) for cue in _MEANT)
        and not (has("opts_out", sentence.words) and has("messages", sentence.words))  # "ele não para de cavar"
    )
