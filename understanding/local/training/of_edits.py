"""The classifier of the parts that things play in an order as a subject: learns from marked sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from understanding.local.classifier import mentions
from understanding.local.classifier.mentions import features, hidden
from understanding.local.training.assess import winner
from understanding.local.training.marked import EDITS, Marked, lines, marked
from understanding.local.training.subjects import Judged, Kept, Subject
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


def _as_they_are(mentions: Sequence[Utterance]) -> list[Utterance]:
    return list(mentions)


def _no_curves(_: Sequence[Judged]) -> Mapping[str, tuple[float, float]]:
    """The likeliest part is taken, however likely."""
    return {}


def _report(judged: Sequence[Judged]) -> str:
    """How many mentions are given their part, and each part's share."""
    everything = Counter(one.utterance.label for one in judged)
    right = Counter(one.utterance.label for one in judged if winner(one.chances)[0] == one.utterance.label)
    shares = (f"{part} {right[part] / everything[part]:.1%}" for part in sorted(everything))
    return f"parts of an order: {len(judged)} mentions, {right.total() / len(judged):.1%} right ({', '.join(shares)})"


SUBJECT = Subject(
    mentions.EDITS, _mentions, list, _as_they_are, _seen, Kept(8_000), _no_curves, _report, fewest=2
)  # fmt: skip
