"""The classifier of what questions are about: learns from `topics/<language>/<topic>.yaml`, writes `topics.json`."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import yaml

from understanding.local import topics
from understanding.local.classifier import weights
from understanding.local.classifier.features import features
from understanding.local.training import assess, fitting, utterances
from understanding.local.training.utterances import Utterance

FEATURES_KEPT = 45_000
SHARED = 0.5
"""How much features that many questions share go before those that weigh much."""
LEAST = 3
"""Weights below this, of 127, are taken for none."""

_STRENGTH = 2.0
_EVENNESS = 0.5
"""How far a topic with few questions counts as much as one with many: 0 not at all, 1 quite."""
_FOLDS = 4
_SEED = 7
_FEWEST = 2
_FEW = 10
"""Of so many messages of other intents, one is learnt too."""
_OF_NO_TOPIC = frozenset({
    "address", "affirm", "book", "cancel_booking", "cancel_order", "catalog", "change_order", "deny", "forget",
    "goodbye", "greet", "human", "my_bookings", "opt_in", "opt_out", "order", "order_status", "repeat", "reschedule",
    "smalltalk", "thanks", "wait",
})  # fmt: skip

Judged = tuple[Utterance, dict[str, float]]


def questions() -> list[Utterance]:
    """Every question with its topic in place of an intent ("none": about none of them), in a fixed order."""
    return [
        Utterance(str(text), path.stem, path.parent.name)
        for path in sorted(utterances.TRAINING.glob("topics/*/*.yaml"))
        for text in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def beside() -> list[Utterance]:
    """Some of the messages that want something else, or nothing: learnt too."""
    others = utterances.read()[::_FEW]
    return [one._replace(intent=topics.NONE) for one in others if one.intent in _OF_NO_TOPIC]


def fit(learnt: Sequence[Utterance]) -> Any:
    """A scikit-learn pipeline over the features the server sees."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    varied = utterances.with_slips(learnt)
    asked = Counter(one.intent for one in varied)
    weight = {topic: (len(varied) / len(asked) / count) ** _EVENNESS for topic, count in asked.items()}
    pipeline = make_pipeline(
        CountVectorizer(analyzer=_seen, binary=True, min_df=_FEWEST),
        TfidfTransformer(),
        LinearSVC(C=_STRENGTH, tol=1e-3, max_iter=2000, random_state=0, class_weight=weight),
    )
    return pipeline.fit(varied, [one.intent for one in varied])


def cross_validate() -> list[Judged]:
    """Each question with the chances of its topics, by a classifier trained on the other folds."""
    from sklearn.model_selection import StratifiedKFold

    asked, others = questions(), beside()
    judged: list[Judged] = []
    kinds = [f"{one.language} {one.intent}" for one in asked]
    for learnt, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(kinds, kinds):
        pipeline = fit([*(asked[place] for place in learnt), *others])
        held = [asked[place] for place in unseen]
        judged += zip(held, fitting.chances(pipeline, held), strict=True)
    return judged


def curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Slope and height of the curve that turns the likeliest topic's chance into how often it was right."""
    winners = [(max(chances.values()), _winner(chances) == one.intent) for one, chances in judged]
    return {"winner": assess.curve(winners)}


def report(judged: Sequence[Judged]) -> str:
    """How many unseen questions get their topic in each language, and which are taken for which."""
    lines = []
    for language in sorted({one.language for one, _ in judged}):
        right = [_winner(chances) == one.intent for one, chances in judged if one.language == language]
        lines.append(f"topics, {language}: {len(right)} questions, {sum(right) / len(right):.1%} right")
    wrong = Counter((one.intent, _winner(chances)) for one, chances in judged if _winner(chances) != one.intent)
    return "\n".join([*lines, *(f"{true} → {guessed}: {count}" for (true, guessed), count in wrong.most_common(15))])


def data_hash() -> str:
    """Changes when the questions, what the server sees of them, or the fitting itself change."""
    digest = hashlib.sha256(repr((_STRENGTH, _EVENNESS, FEATURES_KEPT, SHARED, LEAST, _FEWEST)).encode())
    digest.update(inspect.getsource(weights).encode())
    for one in [*questions(), *beside()]:
        digest.update(json.dumps([*one, sorted(_seen(one))]).encode())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether the committed weights were made from what is here."""
    return topics.WEIGHTS.exists() and weights.load(topics.WEIGHTS).data_hash == data_hash()


def _seen(question: Utterance) -> set[str]:
    return features(question.text)


def _winner(chances: dict[str, float]) -> str:
    return max(chances, key=chances.__getitem__)
