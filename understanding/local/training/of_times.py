"""The classifier of what times are for as a subject: learns from marked messages in `times.<language>.yaml`.

State of the chat → messages, each time in them marked with what it is for: "{has quinta} não dá, tem {want sexta}?".
`want` is when it shall be, `not` when it shall not, `has` the time of what stands or was summed up, `after` and
`before` bound when it can be, `aside` is anything else. Today is Tuesday 10 March 2026, 10:00; Thursday 12 at 15:00
stands or was summed up, of two also Friday 13 at 10:00; offered were 9:00, 9:45 and 10:30 of Thursday.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

import yaml

from understanding.local import dates
from understanding.local.classifier import purposes
from understanding.local.classifier.purposes import State, Time, features, seen_in
from understanding.local.facts.purposes import set_phrases, timed
from understanding.local.text.words import fold
from understanding.local.training.assess import shares, uncalibrated
from understanding.local.training.subjects import Kept, Subject
from understanding.local.training.utterances import Utterance

_FILES = sorted(Path(__file__).parent.glob("times.*.yaml"))
_MARK = re.compile(r"\{(want|not|has|after|before|aside) ([^{}]*)\}")
_STATE = re.compile(r"\[(\w+)\] ")
_ZONE = ZoneInfo("America/Sao_Paulo")
_NOW = datetime(2026, 3, 10, 10, tzinfo=_ZONE)
_THURSDAY, _FRIDAY = datetime(2026, 3, 12, 15, tzinfo=_ZONE), datetime(2026, 3, 13, 10, tzinfo=_ZONE)
_OFFERED = tuple(datetime(2026, 3, 12, *at, tzinfo=_ZONE) for at in ((9, 0), (9, 45), (10, 30)))
_STARTS: Mapping[State, tuple[datetime, ...]] = {
    "offered": _OFFERED, "summary": (_THURSDAY,), "one": (_THURSDAY,), "two": (_THURSDAY, _FRIDAY),
    "moving": (_THURSDAY,),
}  # fmt: skip
_ASKED: tuple[State, ...] = ("day", "offered", "summary", "moving")
_HOURS = {day: [(time(9), time(19))] for day in range(1, 6)}
_FIRST = "^"


class Marked(NamedTuple):
    """A message without its marks, folded, with its times and what each is for; "" where no one mark tells."""

    folded: str
    state: State
    times: list[Time]
    purposes: list[str]


@cache
def marked(line: str, language: str) -> Marked:
    """Reads "[state] message with {want marks}"."""
    head = _STATE.match(line)
    if head is None or head[1] not in get_args(State):
        raise ValueError(f"no state before a message on times: {line}")
    state: State = head[1]  # type: ignore[assignment]
    text, marks, end = "", list[tuple[int, int, str]](), head.end()
    for found in _MARK.finditer(line, head.end()):
        text += line[end : found.start()]
        marks.append((len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        end = found.end()
    text += line[end:]
    starts = _STARTS.get(state, ())
    anchor = starts[0] if starts else None
    times = dates.find(text, _NOW, language, _HOURS, anchor=anchor, asked=state in _ASKED)
    told = set_phrases(fold(text), [each.span for each in times], language)
    return Marked(fold(text), state, timed(times, told, starts), [_purpose(each.span, marks) for each in times])


def _purpose(span: tuple[int, int], marks: list[tuple[int, int, str]]) -> str:
    told = {purpose for start, end, purpose in marks if start < span[1] and span[0] < end}
    return told.pop() if len(told) == 1 else ""


def _times() -> list[Utterance]:
    """Every time: its marked message, what it is for, and which of the message's times it is."""
    return [
        Utterance(line, purpose, language, str(which))
        for path in _FILES
        for language in (path.suffixes[0].removeprefix("."),)
        for state, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for line in (f"[{state}] {text}" for text in lines)
        for which, purpose in enumerate(marked(line, language).purposes)
        if purpose
    ]


def _seen(one: Utterance) -> set[str]:
    message, which = marked(one.text, one.language), int(one.to)
    before = message.purposes[which - 1] if which else _FIRST
    return features(seen_in(message.folded, message.times), message.times, which, before, message.state)


SUBJECT = Subject(
    purposes.TIMES, _times, list, list, _seen, Kept(20_000), uncalibrated, partial(shares, what="times"), fewest=2
)
