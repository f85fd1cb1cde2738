"""Fits a classifier: a linear one against the rest for each label. Development only, needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from domain.errors import ProsaError
from understanding.local.training.subjects import Subject
from understanding.local.training.utterances import Utterance

SHARPNESS = 3.0
"""Margins are multiplied by this before they become chances."""


def fit(utterances: Sequence[Utterance], subject: Subject) -> Any:
    """A scikit-learn pipeline over the features the server sees."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    except ImportError as error:
        raise ProsaError("training needs scikit-learn, a development dependency: run `make check` once") from error
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    varied = subject.varied(utterances)
    counts = Counter(one.label for one in varied)
    weight = {label: (len(varied) / len(counts) / count) ** subject.evenness for label, count in counts.items()}
    pipeline = make_pipeline(
        CountVectorizer(analyzer=subject.seen, binary=True, min_df=subject.fewest),
        TfidfTransformer(use_idf=subject.by_rarity),
        LinearSVC(C=subject.strength, tol=1e-3, max_iter=2000, random_state=0, class_weight=weight),
    )
    return pipeline.fit(varied, [one.label for one in varied])


def chances(pipeline: Any, utterances: Sequence[Utterance]) -> list[dict[str, float]]:
    """The chance of each label, for each utterance, as the server computes it."""
    import numpy

    margins = SHARPNESS * pipeline.decision_function(utterances)
    powers = numpy.exp(margins - margins.max(axis=1, keepdims=True))
    whole = powers / powers.sum(axis=1, keepdims=True)
    return [dict(zip(pipeline.classes_.tolist(), row, strict=True)) for row in whole.tolist()]
