"""The intent classifier as a subject: what a message wants."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.local import intents
from understanding.local.classifier import rules, weights
from understanding.local.classifier.features import features, voted
from understanding.local.training import utterances
from understanding.local.training.assess import answered, confusions, curve, winner
from understanding.local.training.subjects import Judged, Kept, Subject
from understanding.local.training.utterances import Utterance

_PRECISIONS = (0.95, 0.98, 0.99)


def _seen(utterance: Utterance) -> set[str]:
    return features(utterance.text) | voted(rules.vote(utterance.text, utterance.language))


def _curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Of the winners of `rank` and of `classify`."""
    fine = [(_fine(one), _true(one)) for one in judged]
    return {
        "fine": curve([(chance, label == true) for (label, chance), true in fine]),
        "folded": curve([(_folded(one)[1], _right(one)) for one in judged]),
    }


def _report(judged: Sequence[Judged]) -> str:
    """Accuracy and coverage at fixed precision in each language, and the commonest confusions."""
    lines = []
    for language in sorted({one.utterance.language for one in judged}):
        chosen = [one for one in judged if one.utterance.language == language]
        right = sum(_right(one) for one in chosen) / len(chosen)
        fine = sum(_fine(one)[0] == _true(one) for one in chosen) / len(chosen)
        lines.append(
            f"{language}: {len(chosen)} utterances, {right:.1%} right, {fine:.1%} with the finer intents apart"
        )
        pairs = [(_folded(one)[1], _right(one)) for one in chosen]
        told = (f"{answered(pairs, precision) / len(chosen):.1%} at {precision:.0%}" for precision in _PRECISIONS)
        lines.append(f"    answered at a precision: {', '.join(told)}")
    wrong = ((_true(one), _folded(one)[0], one.utterance.text) for one in judged if not _right(one))
    return "\n".join([*lines, *confusions(wrong)])


def _fine(judged: Judged) -> tuple[str, float]:
    """The winner of `rank`."""
    return winner(intents.told(judged.chances))


def _folded(judged: Judged) -> tuple[str, float]:
    """The winner of `classify`."""
    return winner(intents.folded(intents.told(judged.chances)))


def _true(judged: Judged) -> str:
    """The intent `rank` should name."""
    return intents.LEARNED_APART.get(judged.utterance.label, judged.utterance.label)


def _right(judged: Judged) -> bool:
    """Whether `classify` would name the right intent."""
    return _folded(judged)[0] == intents.FINER.get(_true(judged), _true(judged))


SUBJECT = Subject(
    weights.INTENTS, utterances.messages, list, utterances.with_slips, _seen, Kept(66_000), _curves, _report
)
