"""Trains the intent classifier and exports it as plain weights. Development only: the server never imports this.

`prosa nlu train` trains and writes `weights.json`, `prosa nlu train --check` tells whether the committed weights were
made from these utterances, features and rules, `prosa nlu report` prints cross-validated figures.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import zlib
from pathlib import Path
from typing import Any

from understanding.local import assess, fitting, utterances, weights

FEATURES_KEPT = 60_000


def train() -> str:
    """Writes `weights.json`; returns the report."""
    everything = utterances.read()
    judged = assess.cross_validate(everything)
    export(fitting.fit(everything), assess.curves(judged))
    return assess.report(judged)


def report() -> str:
    """Cross-validated figures; writes nothing."""
    return assess.report(assess.cross_validate(utterances.read()))


def is_fresh() -> bool:
    """Whether the committed weights were made from what is here."""
    return weights.WEIGHTS.exists() and weights.load().data_hash == data_hash()


def data_hash() -> str:
    """Changes when the utterances, what the server sees of them, the rules' votes or the fitting itself change."""
    digest = hashlib.sha256()
    for name in ("fitting.py", "utterances.py", "weights.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    for one in utterances.read():
        digest.update(json.dumps([*one, sorted(fitting.seen(one))]).encode())
    return digest.hexdigest()


def export(pipeline: Any, curves: dict[str, tuple[float, float]]) -> None:
    """Writes the strongest features as one byte a weight."""
    import numpy

    vectorizer, rarity, classifier = (step for _, step in pipeline.steps)
    names = vectorizer.get_feature_names_out()
    table = fitting.SHARPNESS * classifier.coef_.T * rarity.idf_[:, None]
    kept = numpy.sort(numpy.argsort(-numpy.abs(table).max(axis=1))[:FEATURES_KEPT])
    limit = float(numpy.quantile(numpy.abs(table[kept]).max(axis=1), 0.995))
    small = numpy.clip(numpy.rint(table[kept] / limit * 127), -127, 127) + weights.OFFSET
    squared = numpy.clip(numpy.rint(rarity.idf_[kept] ** 2 * weights.RARITY_SCALE), 1, 255)
    rows = numpy.column_stack([small, squared]).astype(numpy.uint8)
    data = {
        "hash": data_hash(),
        "labels": classifier.classes_.tolist(),
        "bias": [round(fitting.SHARPNESS * float(value), 4) for value in classifier.intercept_],
        "scale": limit / 127,
        "curves": curves,
        "features": "\n".join(names[kept]),
        "rows": base64.b64encode(zlib.compress(rows.tobytes(), 9)).decode(),
    }
    weights.WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(train() + "\n")
