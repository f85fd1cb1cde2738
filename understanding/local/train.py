"""Trains the intent classifier and exports it as plain weights. Development only: the server never imports this.

`prosa nlu train` trains and writes `weights.json`, `prosa nlu train --check` tells whether the committed weights were
made from these utterances, features and rules, `prosa nlu report` prints cross-validated figures. Needs scikit-learn.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from domain.errors import ProsaError
from understanding.local import intents, rules, weights
from understanding.local.features import features

HERE = Path(__file__).parent
TRAINING = HERE / "training"
FOLDS = 4
FEATURES_KEPT = 24_000
STRENGTH = 5.0
SEED = 7
_TYPO_LETTERS = "aeiourstnlm"
_GREETINGS = {
    "pt": ("oi, ", "oi ", "olá, ", "bom dia, ", "boa tarde, ", "boa noite ", "oi tudo bem? ", "oi, bom dia! "),
    "en": ("hi, ", "hi ", "hello, ", "hey ", "good morning, ", "good afternoon, "),
    "es": ("hola, ", "hola ", "buenas, ", "buenos días, ", "buenas tardes ", "hola qué tal, "),
}
_NEVER_GREETED = frozenset(("greet", "goodbye", "thanks", "affirm", "deny", "smalltalk", "wait", "repeat", "forget"))


class Utterance(NamedTuple):
    text: str
    intent: str
    language: str


def read_utterances() -> list[Utterance]:
    """Every training utterance, in a fixed order."""
    found = []
    for path in sorted(TRAINING.glob("*/*.yaml")):
        for text in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(Utterance(str(text), path.stem, path.parent.name))
    return found


def data_hash() -> str:
    """Changes when the utterances, what the server sees of them, the rules' votes or the training itself change."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for one in read_utterances():
        seen = sorted(features(one.text))
        digest.update(json.dumps([*one, seen, rules.vote(one.text, one.language)]).encode())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether the committed weights were made from what is here."""
    return weights.WEIGHTS.exists() and weights.load().data_hash == data_hash()


def train() -> str:
    """Writes `weights.json`; returns the report."""
    utterances = read_utterances()
    judged = cross_validate(utterances)
    export(fit(utterances), curves(judged))
    return report(judged)


def augment(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Adds to each utterance a twin with a slip of the finger and, where it fits, one that begins with a greeting."""
    chance = random.Random(SEED)
    more = list(utterances)
    for utterance in utterances:
        more.append(utterance._replace(text=_slip(utterance.text, chance)))
        if utterance.intent not in _NEVER_GREETED:
            greeting = chance.choice(_GREETINGS[utterance.language])
            more.append(utterance._replace(text=greeting + _slip(utterance.text, chance)))
    return more


def fit(utterances: Sequence[Utterance]) -> Any:
    """A scikit-learn pipeline over the same features the server sees."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    except ImportError as error:
        raise ProsaError("training needs scikit-learn, a development dependency: run `make check` once") from error
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(
        CountVectorizer(analyzer=features, binary=True, min_df=3),
        TfidfTransformer(),
        LogisticRegression(C=STRENGTH, max_iter=100, tol=2e-3),
    )
    varied = augment(utterances)
    return pipeline.fit([one.text for one in varied], [one.intent for one in varied])


class Judged(NamedTuple):
    """One utterance as a classifier that never saw it, and the rules, judged it. `raw` is the winner's mixed chance."""

    utterance: Utterance
    winner: str
    raw: float
    case: str


def cross_validate(utterances: Sequence[Utterance]) -> list[Judged]:
    """Judges every utterance by a classifier trained on the other folds."""
    from sklearn.model_selection import StratifiedKFold

    judged: list[Judged] = []
    labels = [f"{one.language} {one.intent}" for one in utterances]
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(labels, labels):
        pipeline = fit([utterances[place] for place in seen])
        held = [utterances[place] for place in unseen]
        chances = pipeline.predict_proba([one.text for one in held])
        for utterance, row in zip(held, chances, strict=True):
            guess = dict(zip(pipeline.classes_.tolist(), row.tolist(), strict=True))
            vote = rules.vote(utterance.text, utterance.language)
            mixed = intents.combine(guess, vote)
            winner = max(mixed, key=mixed.__getitem__)
            judged.append(Judged(utterance, winner, mixed[winner], intents.case_of(guess, vote)))
    return judged


def curves(judged: Sequence[Judged]) -> dict[str, list[tuple[float, float]]]:
    """For each case, mixed chance → share that was right: isotonic, thinned to a dozen knots, never fully sure."""
    from sklearn.isotonic import IsotonicRegression

    fitted = {}
    for case in ("agree", "differ", "alone"):
        chosen = [one for one in judged if one.case == case]
        right = [float(one.winner == one.utterance.intent) for one in chosen]
        isotonic = IsotonicRegression(y_min=0.02, y_max=0.995, out_of_bounds="clip")
        isotonic.fit([0.0, 1.0, *(one.raw for one in chosen)], [0.0, 1.0, *right])
        knots = [place / 16 for place in range(17)]
        fitted[case] = [
            (knot, round(float(value), 4)) for knot, value in zip(knots, isotonic.predict(knots), strict=True)
        ]
    return fitted


def export(pipeline: Any, calibration: dict[str, list[tuple[float, float]]]) -> None:
    """Writes the strongest features as one byte a weight."""
    import numpy

    vectorizer, rarity, regression = (step for _, step in pipeline.steps)
    names = vectorizer.get_feature_names_out()
    table = regression.coef_.T * rarity.idf_[:, None]
    kept = numpy.sort(numpy.argsort(-numpy.abs(table).max(axis=1))[:FEATURES_KEPT])
    limit = float(numpy.quantile(numpy.abs(table[kept]).max(axis=1), 0.995))
    small = numpy.clip(numpy.rint(table[kept] / limit * 127), -127, 127) + weights.OFFSET
    squared = numpy.clip(numpy.rint(rarity.idf_[kept] ** 2 * weights.RARITY_SCALE), 1, 255)
    rows = numpy.column_stack([small, squared]).astype(numpy.uint8)
    data = {
        "hash": data_hash(),
        "labels": regression.classes_.tolist(),
        "bias": [round(float(value), 4) for value in regression.intercept_],
        "scale": limit / 127,
        "curves": calibration,
        "features": "\n".join(names[kept]),
        "rows": base64.b64encode(zlib.compress(rows.tobytes(), 9)).decode(),
    }
    weights.WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def report(judged: Sequence[Judged]) -> str:
    """Accuracy, coverage at fixed precision and the commonest confusions."""
    lines = []
    for language in sorted({one.utterance.language for one in judged}):
        chosen = [one for one in judged if one.utterance.language == language]
        right = sum(one.winner == one.utterance.intent for one in chosen)
        lines.append(f"{language}: {len(chosen)} utterances, cross-validated accuracy {right / len(chosen):.1%}")
        for precision in (0.95, 0.98, 0.99):
            lines.append(f"    coverage at {precision:.0%} precision: {_coverage(chosen, precision):.1%}")
    for case in ("agree", "differ", "alone"):
        chosen = [one for one in judged if one.case == case]
        right = sum(one.winner == one.utterance.intent for one in chosen)
        lines.append(f"{case}: {len(chosen)} utterances, {right / max(1, len(chosen)):.1%} right")
    return "\n".join([*lines, *_confusions(judged)])


def _coverage(judged: Sequence[Judged], precision: float) -> float:
    """The largest share that can be answered, surest first, with at least this share right."""
    calibration = curves(judged)
    ranked = sorted(judged, key=lambda one: -intents.interpolated(calibration[one.case], one.raw))
    right, best = 0, 0
    for answered, one in enumerate(ranked, 1):
        right += one.winner == one.utterance.intent
        if right / answered >= precision:
            best = answered
    return best / len(judged)


def _confusions(judged: Sequence[Judged], shown: int = 25) -> list[str]:
    counts: dict[tuple[str, str], list[str]] = {}
    for one in judged:
        if one.winner != one.utterance.intent:
            counts.setdefault((one.utterance.intent, one.winner), []).append(one.utterance.text)
    ranked = sorted(counts.items(), key=lambda pair: -len(pair[1]))[:shown]
    return [f"{true} → {guessed}: {len(texts)} ({' · '.join(texts[:4])})" for (true, guessed), texts in ranked]


def _slip(text: str, chance: random.Random) -> str:
    """One letter dropped, swapped, doubled or replaced; very short texts stay as they are."""
    if len(text) < 5:
        return text
    place = chance.randrange(1, len(text) - 1)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    slipped = (after, after[:1] + letter + after[1:], letter + letter + after, chance.choice(_TYPO_LETTERS) + after)
    return before + chance.choice(slipped)


if __name__ == "__main__":
    sys.stdout.write(train() + "\n")
