"""The classifier of the parts that things play in an order as a subject: learns from marked sentences."""

from __future__ import annotations

from functools import cache, partial

from understanding.local.classifier import mentions
from understanding.local.classifier.mentions import features, hidden
from understanding.local.training.assess import shares, uncalibrated
from understanding.local.training.marked import EDITS, Marked, lines, marked
from understanding.local.training.subjects import Kept, Subject
from understanding.local.training.utterances import Utterance

_FIRST = "^"
_read = cache(marked)


def sentences() -> list[Marked]:
    """Every marked sentence, in a fixed order."""
    return [_read(line) for path in EDITS for line in lines(path)]


def _mentions() -> list[Utterance]:
    """Every mention: its marked sentence, the part it plays, and which of the sentence's mentions it is."""
    return [
        Utterance(line, part, path.suffixes[0].removeprefix("."), str(which))
        for path in EDITS
        for line in lines(path)
        for which, part in enumerate(_read(line).parts)
    ]


def _seen(mention: Utterance) -> set[str]:
    one, which = _read(mention.text), int(mention.to)
    return features(hidden(one.text, one.mentions), which, one.parts[which - 1] if which else _FIRST)


SUBJECT = Subject(
    mentions.EDITS, _mentions, list, list, _seen, Kept(8_000), uncalibrated,
    partial(shares, what="parts of an order's things"), fewest=2,
)  # fmt: skip
