"""The classifier of steps as a subject: what a reply to a question for one more detail does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from understanding.local import steps
from understanding.local.classifier import weights
from understanding.local.classifier.reply_features import features_midway
from understanding.local.text.language import LOCALES
from understanding.local.training import utterances
from understanding.local.training.assess import answered, confusions, curve, winner
from understanding.local.training.subjects import Judged, Kept, Subject
from understanding.local.training.utterances import Utterance

_PRECISION = 0.95
_LOCALE = {locale[:2]: locale for locale in LOCALES}
_OF_INTENTS = {
    "affirm": "goes_on",
    "forget": "gives_up",
    "wait": "pauses",
    "human": "human",
    "who_are_you": "asks",
    **dict.fromkeys(("thanks", "smalltalk"), "talk"),
}
"""Intents whose messages are the same reply to whatever is asked for."""
_OF_REPLIES = {"yes": "goes_on", "hold": "pauses", "change": "goes_on", "question": "asks"}
"""Replies to a summary that are the same where a detail is asked for."""


def _beside() -> list[Utterance]:
    to_a_summary = [one for one in utterances.replies() if one.to == "summary"]
    return [
        one._replace(label=labels[one.label], to="")
        for told, labels in ((utterances.messages(), _OF_INTENTS), (to_a_summary, _OF_REPLIES))
        for one in told
        if one.label in labels
    ]


def _seen(reply: Utterance) -> set[str]:
    return features_midway(reply.text, reply.to, _LOCALE[reply.language])


def _curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Of each label's chance."""
    return {
        label: curve([(one.chances[label], one.utterance.label == label) for one in judged]) for label in steps.STEPS
    }


def _report(judged: Sequence[Judged]) -> str:
    """Accuracy in each language, how many of each step are heard surely, and the commonest confusions."""
    lines = [line for language in sorted(_LOCALE) for line in _told(judged, language)]
    wrong = ((one.utterance.label, winner(one.chances)[0], one.utterance.text) for one in judged if not _right(one))
    return "\n".join([*lines, *confusions(wrong)])


def _told(judged: Sequence[Judged], language: str) -> Iterator[str]:
    own = [one for one in judged if one.utterance.language == language]
    if not own:
        return
    yield f"steps, {language}: {len(own)}, {sum(map(_right, own)) / len(own):.1%} right"
    for label in steps.STEPS:
        pairs = [(one.chances[label], one.utterance.label == label) for one in own]
        heard = answered(pairs, _PRECISION) * _PRECISION / sum(right for _, right in pairs)
        yield f"    {label}: {heard:.1%} heard at a precision of {_PRECISION:.0%}"


def _right(judged: Judged) -> bool:
    return winner(judged.chances)[0] == judged.utterance.label


SUBJECT = Subject(
    weights.STEPS, utterances.steps, _beside, utterances.with_slips, _seen, Kept(45_000, least=6), _curves, _report
)
