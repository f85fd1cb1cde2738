"""The topic classifier as a subject: what a question is about."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.local import topics
from understanding.local.classifier import weights
from understanding.local.classifier.features import features
from understanding.local.training import utterances
from understanding.local.training.assess import confusions, curve, winner
from understanding.local.training.subjects import Judged, Kept, Subject
from understanding.local.training.utterances import Utterance

_FEW = 10
"""Of so many messages of other intents, one is learnt too."""
_OF_NO_TOPIC = frozenset({
    "address", "affirm", "book", "cancel_booking", "cancel_order", "catalog", "change_order", "deny", "forget",
    "goodbye", "greet", "human", "my_bookings", "opt_in", "opt_out", "order", "order_status", "repeat", "reschedule",
    "smalltalk", "thanks", "wait",
})  # fmt: skip


def _beside() -> list[Utterance]:
    """Some of the messages that want something else, or nothing."""
    others = utterances.messages()[::_FEW]
    return [one._replace(label=topics.NONE) for one in others if one.label in _OF_NO_TOPIC]


def _seen(question: Utterance) -> set[str]:
    return features(question.text)


def _curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Of the likeliest topic."""
    likeliest = [(winner(one.chances), one.utterance.label) for one in judged]
    return {"winner": curve([(chance, label == true) for (label, chance), true in likeliest])}


def _report(judged: Sequence[Judged]) -> str:
    """How many questions get their topic in each language, and which are taken for which."""
    lines = []
    for language in sorted({one.utterance.language for one in judged}):
        right = [_right(one) for one in judged if one.utterance.language == language]
        lines.append(f"topics, {language}: {len(right)} questions, {sum(right) / len(right):.1%} right")
    wrong = ((one.utterance.label, winner(one.chances)[0], one.utterance.text) for one in judged if not _right(one))
    return "\n".join([*lines, *confusions(wrong, 15)])


def _right(judged: Judged) -> bool:
    return winner(judged.chances)[0] == judged.utterance.label


SUBJECT = Subject(
    weights.TOPICS, utterances.questions, _beside, utterances.with_slips, _seen, Kept(45_000, shared=0.5, least=3),
    _curves, _report, fewest=2, evenness=0.5,
)  # fmt: skip
