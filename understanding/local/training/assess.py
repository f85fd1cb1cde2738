"""How good the intent classifier is on messages it has not seen: cross-validation, calibration, confusions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from understanding.local import intents
from understanding.local.training.fitting import chances, fit
from understanding.local.training.utterances import Utterance

_FOLDS = 4
_SEED = 7
_PRECISIONS = (0.95, 0.98, 0.99)


class Judged(NamedTuple):
    """An utterance and the winners, with their chances, of `rank` and of `classify` trained on others."""

    utterance: Utterance
    fine: tuple[str, float]
    folded: tuple[str, float]

    @property
    def right(self) -> bool:
        """Whether `classify` would name the right intent."""
        return self.folded[0] == intents.FINER.get(self.intent, self.intent)

    @property
    def intent(self) -> str:
        """The intent `rank` should name."""
        return intents.LEARNED_APART.get(self.utterance.intent, self.utterance.intent)


def cross_validate(utterances: Sequence[Utterance]) -> list[Judged]:
    """Judges every utterance by a classifier trained on the other folds."""
    from sklearn.model_selection import StratifiedKFold

    judged: list[Judged] = []
    labels = [f"{one.language} {one.intent}" for one in utterances]
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(labels, labels):
        judged += judge([utterances[place] for place in seen], [utterances[place] for place in unseen])
    return judged


def judge(seen: Sequence[Utterance], unseen: Sequence[Utterance]) -> list[Judged]:
    """Judges some utterances by a classifier trained on others."""
    found = [intents.told(each) for each in chances(fit(seen), unseen)]
    return [Judged(one, _winner(fine), _winner(intents.folded(fine))) for one, fine in zip(unseen, found, strict=True)]


def curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Slope and height of the curves that turn a winner's chance into how often it was right."""
    return {
        "fine": curve([(one.fine[1], one.fine[0] == one.intent) for one in judged]),
        "folded": curve([(one.folded[1], one.right) for one in judged]),
    }


def report(judged: Sequence[Judged]) -> str:
    """Accuracy and coverage at fixed precision in each language, and the commonest confusions."""
    lines = []
    for language in sorted({one.utterance.language for one in judged}):
        chosen = [one for one in judged if one.utterance.language == language]
        right = sum(one.right for one in chosen) / len(chosen)
        fine = sum(one.fine[0] == one.intent for one in chosen) / len(chosen)
        lines.append(
            f"{language}: {len(chosen)} utterances, {right:.1%} right, {fine:.1%} with the finer intents apart"
        )
        told = (f"{_coverage(chosen, precision):.1%} at {precision:.0%}" for precision in _PRECISIONS)
        lines.append(f"    answered at a precision: {', '.join(told)}")
    return "\n".join([*lines, *_confusions(judged)])


def _winner(found: dict[str, float]) -> tuple[str, float]:
    return max(found.items(), key=lambda pair: pair[1])


def curve(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and height of the curve that turns a winner's chance into how often it was right."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression().fit([[intents.odds(chance)] for chance, _ in pairs], [right for _, right in pairs])
    return round(float(fitted.coef_[0][0]), 4), round(float(fitted.intercept_[0]), 4)


def _coverage(judged: Sequence[Judged], precision: float) -> float:
    """The largest share that can be answered, surest first, with at least this share right."""
    right, best = 0, 0
    for answered, one in enumerate(sorted(judged, key=lambda one: -one.folded[1]), 1):
        right += one.right
        if right / answered >= precision:
            best = answered
    return best / len(judged)


def _confusions(judged: Sequence[Judged], shown: int = 25) -> list[str]:
    counts: dict[tuple[str, str], list[str]] = {}
    for one in judged:
        if not one.right:
            counts.setdefault((one.intent, one.folded[0]), []).append(one.utterance.text)
    ranked = sorted(counts.items(), key=lambda pair: -len(pair[1]))[:shown]
    return [f"{true} → {guessed}: {len(texts)} ({' · '.join(texts[:4])})" for (true, guessed), texts in ranked]
