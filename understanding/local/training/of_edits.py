"""The classifier of the parts that things play in an order: learns from marked sentences, writes `edits.json`."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from understanding.local.classifier import mentions, weights
from understanding.local.classifier.mentions import features, hidden
from understanding.local.training import fitting, marked
from understanding.local.training.marked import EDITS, Marked

FEATURES_KEPT = 8_000
_FOLDS = 4
_FEWEST = 2
_FIRST = "^"

Sample = tuple[set[str], str]


def sentences() -> list[Marked]:
    """Every marked sentence, in a fixed order."""
    return [one for path in EDITS for one in marked.read(path)]


def samples(sentences: Sequence[Marked]) -> list[Sample]:
    """What the server sees of each mention, with the part it plays."""
    found: list[Sample] = []
    for one in sentences:
        seen = hidden(one.text, one.mentions)
        for which, part in enumerate(one.parts):
            found.append((features(seen, which, one.parts[which - 1] if which else _FIRST), part))
    return found


def fit(learnt: Sequence[Sample]) -> Any:
    """A scikit-learn pipeline over the features the server sees."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    pipeline = make_pipeline(
        CountVectorizer(analyzer=_as_they_are, binary=True, min_df=_FEWEST),
        TfidfTransformer(),
        LinearSVC(C=fitting.STRENGTH, tol=1e-3, max_iter=2000, random_state=0),
    )
    return pipeline.fit([found for found, _ in learnt], [part for _, part in learnt])


def report() -> str:
    """Cross-validated: how many mentions are given their part, and each part's share."""
    everything = sentences()
    judged: Counter[tuple[str, str]] = Counter()
    for fold in range(_FOLDS):
        trained = fit(samples([one for place, one in enumerate(everything) if place % _FOLDS != fold]))
        unseen = samples([one for place, one in enumerate(everything) if place % _FOLDS == fold])
        judged.update(zip((part for _, part in unseen), trained.predict([found for found, _ in unseen]), strict=True))
    right = sum(count for (part, guess), count in judged.items() if part == guess)
    shares = (
        f"{part} {judged[part, part] / sum(count for (true, _), count in judged.items() if true == part):.1%}"
        for part in sorted({part for part, _ in judged})
    )
    return f"parts of an order: {judged.total()} mentions, {right / judged.total():.1%} right ({', '.join(shares)})"


def data_hash() -> str:
    """Changes when the sentences, what the server sees of them, or the fitting itself change."""
    digest = hashlib.sha256()
    for module in (fitting, mentions, weights):
        digest.update(inspect.getsource(module).encode())
    for found, part in samples(sentences()):
        digest.update(json.dumps([part, sorted(found)]).encode())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether the committed weights were made from what is here."""
    return mentions.EDITS.exists() and weights.load(mentions.EDITS).data_hash == data_hash()


def _as_they_are(found: set[str]) -> set[str]:
    return found
