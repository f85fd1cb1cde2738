"""Fits the intent classifier: a linear one against the rest for each intent. Development only, needs scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.errors import ProsaError
from understanding.local.classifier import rules
from understanding.local.classifier.features import features, voted
from understanding.local.training.utterances import Utterance, with_slips

STRENGTH = 2.0
"""How closely the utterances are followed (C of the linear classifier)."""
SHARPNESS = 3.0
"""Margins are multiplied by this before they become chances."""
_FEWEST = 3


def seen(utterance: Utterance) -> set[str]:
    """What the server sees of an utterance."""
    return features(utterance.text) | voted(rules.vote(utterance.text, utterance.language))


def fit(utterances: Sequence[Utterance]) -> Any:
    """A scikit-learn pipeline over the features the server sees."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    except ImportError as error:
        raise ProsaError("training needs scikit-learn, a development dependency: run `make check` once") from error
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    pipeline = make_pipeline(
        CountVectorizer(analyzer=seen, binary=True, min_df=_FEWEST),
        TfidfTransformer(),
        LinearSVC(C=STRENGTH, tol=1e-3, max_iter=2000, random_state=0),
    )
    varied = with_slips(utterances)
    return pipeline.fit(varied, [one.intent for one in varied])


def chances(pipeline: Any, utterances: Sequence[Utterance]) -> list[dict[str, float]]:
    """The chance of each intent, for each utterance, as the server computes it."""
    import numpy

    margins = SHARPNESS * pipeline.decision_function(utterances)
    powers = numpy.exp(margins - margins.max(axis=1, keepdims=True))
    whole = powers / powers.sum(axis=1, keepdims=True)
    return [dict(zip(pipeline.classes_.tolist(), row, strict=True)) for row in whole.tolist()]
