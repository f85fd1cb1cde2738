"""How good a classifier is on texts it has not seen: cross-validation, calibration, coverage, confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from understanding.local.classifier.calibration import odds
from understanding.local.training.fitting import chances, fit
from understanding.local.training.subjects import Judged, Subject

_FOLDS = 4
_SEED = 7


def cross_validate(subject: Subject) -> list[Judged]:
    """Judges every utterance by a classifier trained on other texts and what is beside them."""
    from sklearn.model_selection import StratifiedGroupKFold

    utterances, beside = subject.utterances(), subject.beside()
    judged: list[Judged] = []
    kinds = [f"{one.language} {one.label}" for one in utterances]
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for learnt, unseen in folds.split(kinds, kinds, [one.text for one in utterances]):
        pipeline = fit([*(utterances[place] for place in learnt), *beside], subject)
        asked = [utterances[place] for place in unseen]
        judged += [Judged(*pair) for pair in zip(asked, chances(pipeline, asked), strict=True)]
    return judged


def winner(found: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest label and its chance."""
    return max(found.items(), key=lambda pair: pair[1])


def curve(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and height of the curve that turns a chance into how often it was right."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression().fit([[odds(chance)] for chance, _ in pairs], [right for _, right in pairs])
    return round(float(fitted.coef_[0][0]), 4), round(float(fitted.intercept_[0]), 4)


def answered(pairs: Iterable[tuple[float, bool]], precision: float) -> int:
    """How many can be answered, surest first, with at least this share right."""
    right, best = 0, 0
    for number, (_, hit) in enumerate(sorted(pairs, key=lambda pair: -pair[0]), 1):
        right += hit
        if right / number >= precision:
            best = number
    return best


def shares(judged: Sequence[Judged], what: str) -> str:
    """How many are told rightly, and of each label."""
    every = Counter(one.utterance.label for one in judged)
    right = Counter(one.utterance.label for one in judged if winner(one.chances)[0] == one.utterance.label)
    each = (f"{label} {right[label] / every[label]:.1%}" for label in sorted(every))
    return f"{what}: {len(judged)}, {right.total() / len(judged):.1%} right ({', '.join(each)})"


def uncalibrated(_: Sequence[Judged]) -> Mapping[str, tuple[float, float]]:
    """No curves: the likeliest label is taken, however likely."""
    return {}


def confusions(wrong: Iterable[tuple[str, str, str]], shown: int = 25) -> list[str]:
    """The commonest of (true, guessed, text), with some of their texts."""
    counts: dict[tuple[str, str], list[str]] = {}
    for true, guessed, text in wrong:
        counts.setdefault((true, guessed), []).append(text)
    ranked = sorted(counts.items(), key=lambda pair: -len(pair[1]))[:shown]
    return [f"{true} → {guessed}: {len(texts)} ({' · '.join(texts[:4])})" for (true, guessed), texts in ranked]
