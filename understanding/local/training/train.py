"""Trains the classifiers and exports them as plain weights. Development only: the server never imports this.

`prosa nlu train` trains and writes the weights in `classifier/` and, of the words it saw, `text/ordinary_counts.json`.
`prosa nlu train --check` tells whether what is committed was made from these utterances, features and rules.
`prosa nlu report` prints cross-validated figures.
"""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from understanding.local import topics
from understanding.local.classifier import mentions, weights
from understanding.local.text import ordinary, tongues
from understanding.local.training import assess, fitting, of_edits, of_topics, utterances

FEATURES_KEPT = 66_000


def train() -> str:
    """Writes `weights.json`; returns the report."""
    everything = utterances.read()
    words = json.dumps(word_counts(everything), ensure_ascii=False, indent=0)
    ordinary.COUNTS.write_text(words + "\n", encoding="utf-8")
    ordinary.forget()
    tongues.forget()  # the rules' votes hang on them
    judged = assess.cross_validate(everything)
    export(weights.WEIGHTS, fitting.fit(everything), data_hash(), assess.curves(judged), FEATURES_KEPT)
    learnt = of_edits.fit(of_edits.samples(of_edits.sentences()))
    export(mentions.EDITS, learnt, of_edits.data_hash(), {}, of_edits.FEATURES_KEPT)
    return f"{assess.report(judged)}\n{of_edits.report()}\n{_learn_topics()}"


def report() -> str:
    """Cross-validated figures; writes nothing."""
    intents = assess.report(assess.cross_validate(utterances.read()))
    return f"{intents}\n{of_edits.report()}\n{of_topics.report(of_topics.cross_validate())}"


def is_fresh() -> bool:
    """Whether the committed weights and counts were made from what is here."""
    exported = weights.WEIGHTS.exists() and ordinary.COUNTS.exists()
    if not exported or weights.load().data_hash != data_hash() or not (of_edits.is_fresh() and of_topics.is_fresh()):
        return False
    kept = {
        language: {"folded": ordinary.counts(language), "accented": ordinary.accented(language)}
        for language in ordinary.LANGUAGES
    }
    return word_counts(utterances.read()) == kept


def word_counts(everything: list[utterances.Utterance]) -> dict[str, dict[str, dict[str, int]]]:
    """Language → what `ordinary` keeps of its utterances' words."""
    return {
        language: ordinary.count([one.text for one in everything if one.language == language])
        for language in ordinary.LANGUAGES
    }


def data_hash() -> str:
    """Changes when the utterances, what the server sees of them, the rules' votes or the fitting itself change."""
    digest = hashlib.sha256()
    for module in (fitting, utterances, weights):
        digest.update(inspect.getsource(module).encode())
    for one in utterances.read():
        digest.update(json.dumps([*one, sorted(fitting.seen(one))]).encode())
    return digest.hexdigest()


def export(
    path: Path,
    pipeline: Any,
    made_of: str,
    curves: Mapping[str, tuple[float, float]],
    most: int,
    shared: float = 0.0,
    least: int = 0,
) -> None:
    """Writes at most so many of the strongest features as one byte a weight.

    `shared` puts features that many texts share before stronger ones; weights below `least` are written as none.
    """
    import numpy

    vectorizer, rarity, classifier = (step for _, step in pipeline.steps)
    names = vectorizer.get_feature_names_out()
    table = fitting.SHARPNESS * classifier.coef_.T * rarity.idf_[:, None]
    strongest = numpy.abs(table).max(axis=1) * numpy.exp(-shared * rarity.idf_)
    kept = numpy.sort(numpy.argsort(-strongest)[:most])
    limit = float(numpy.quantile(numpy.abs(table[kept]).max(axis=1), 0.995))
    small = numpy.clip(numpy.rint(table[kept] / limit * 127), -127, 127)
    small = numpy.where(numpy.abs(small) < least, 0, small) + weights.OFFSET
    squared = numpy.clip(numpy.rint(rarity.idf_[kept] ** 2 * weights.RARITY_SCALE), 1, 255)
    rows = numpy.column_stack([small, squared]).astype(numpy.uint8)
    data = {
        "hash": made_of,
        "labels": classifier.classes_.tolist(),
        "bias": [round(fitting.SHARPNESS * float(value), 4) for value in classifier.intercept_],
        "scale": limit / 127,
        "curves": curves,
        "features": "\n".join(names[kept]),
        "rows": base64.b64encode(zlib.compress(rows.tobytes(), 9)).decode(),
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _learn_topics() -> str:
    """Writes the weights of the topics; returns the report."""
    judged = of_topics.cross_validate()
    learnt = of_topics.fit([*of_topics.questions(), *of_topics.beside()])
    export(
        topics.WEIGHTS,
        learnt,
        of_topics.data_hash(),
        of_topics.curves(judged),
        of_topics.FEATURES_KEPT,
        of_topics.SHARED,
        of_topics.LEAST,
    )
    return of_topics.report(judged)


if __name__ == "__main__":
    sys.stdout.write(train() + "\n")
