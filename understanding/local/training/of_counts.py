"""The classifiers of counts and of the rest as subjects: learn from the same marked sentences as the parts."""

from __future__ import annotations

from functools import cache, partial

from understanding.local.classifier.counting import (
    REST,
    SIDES,
    SIGNS,
    features_of_count,
    features_of_rest,
    features_of_sign,
)
from understanding.local.text import numerals
from understanding.local.text.language import LOCALES
from understanding.local.training.assess import shares, uncalibrated
from understanding.local.training.marked import EDITS, lines, marked
from understanding.local.training.subjects import Kept, Subject
from understanding.local.training.utterances import Utterance

_read = cache(marked)
_COUNTING = ("=", "+", "-", "~")
_SIDES = {"<": "<", ">": ">", "0": "none"}
_LOCALE = {locale[:2]: locale for locale in LOCALES}


def _sentences() -> list[tuple[str, str]]:
    return [(line, path.suffixes[0].removeprefix(".")) for path in EDITS for line in lines(path)]


def _numbers() -> list[Utterance]:
    """Every number that has a link: its marked sentence, on which side what it counts is, and which number it is."""
    return [
        Utterance(line, _SIDES[count.link[0]], language, str(which))
        for line, language in _sentences()
        for which, count in enumerate(_read(line).counts)
    ]


def _signs() -> list[Utterance]:
    """Every number that counts a thing of the order, and what it does to it."""
    return [
        Utterance(line, count.link[1], language, str(which))
        for line, language in _sentences()
        for which, count in enumerate(_read(line).counts)
        if count.link[1:] in _COUNTING
        and (place := _place(line, which)) is not None
        and _read(line).mentions[place].held
    ]


def _place(line: str, which: int) -> int | None:
    """Which of the sentence's things a number counts."""
    one = _read(line)
    count = one.counts[which]
    behind = next((place for place, each in enumerate(one.mentions) if each.start >= count.end), len(one.mentions))
    place = behind - 1 if count.link[0] == "<" else behind
    return place if 0 <= place < len(one.mentions) else None


def _rests() -> list[Utterance]:
    return [Utterance(line, rest, language) for line, language in _sentences() if (rest := _read(line).rest)]


def _seen_of_number(one: Utterance) -> set[str]:
    sentence = _read(one.text)
    spans = [(start, end) for start, end, _ in sentence.counts]
    return features_of_count(sentence.text, sentence.mentions, sentence.parts, spans[int(one.to)], spans)


def _seen_of_sign(one: Utterance) -> set[str]:
    sentence, place = _read(one.text), _place(one.text, int(one.to))
    start, end, _ = sentence.counts[int(one.to)]
    number = (start, end, numerals.value(sentence.text[start:end].split()[0], _LOCALE[one.language]) or 1)
    return features_of_sign(sentence.text, sentence.mentions, sentence.parts, number, place or 0)


def _seen_of_rest(one: Utterance) -> set[str]:
    sentence = _read(one.text)
    return features_of_rest(sentence.text, sentence.mentions, sentence.parts)


SUBJECTS = tuple(
    Subject(path, utterances, list, list, seen, Kept(8_000), uncalibrated, partial(shares, what=what), fewest=2)
    for path, utterances, seen, what in (
        (SIDES, _numbers, _seen_of_number, "sides of an order's numbers"),
        (SIGNS, _signs, _seen_of_sign, "signs of an order's numbers"),
        (REST, _rests, _seen_of_rest, "the rest of an order"),
    )
)
