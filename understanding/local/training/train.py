"""Trains the classifiers and exports them as plain weights. Development only: the server never imports this.

`prosa nlu train` trains and writes the weights in `classifier/` and, of the words it saw, `text/ordinary_counts.json`
and `text/assenting_words.json`.
`prosa nlu train --check` tells whether what is committed was made from these utterances, features and rules.
`prosa nlu report` prints cross-validated figures.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from understanding.local.classifier import weights
from understanding.local.text import assenting, ordinary, tongues
from understanding.local.training import (
    fitting,
    of_acts,
    of_counts,
    of_edits,
    of_messages,
    of_names,
    of_pauses,
    of_replies,
    of_steps,
    of_times,
    of_topics,
    utterances,
)
from understanding.local.training.assess import cross_validate
from understanding.local.training.subjects import Kept, Subject
from understanding.local.training.utterances import Utterance

SUBJECTS = (
    *(each.SUBJECT for each in (of_messages, of_replies, of_steps, of_topics, of_edits)),
    *of_counts.SUBJECTS,
    of_times.SUBJECT,
    of_acts.SUBJECT,
    of_names.SUBJECT,
    of_pauses.SUBJECT,
)


def train() -> str:
    """Writes the weights; returns the report."""
    words = json.dumps(word_counts(utterances.messages()), ensure_ascii=False, indent=0)
    ordinary.COUNTS.write_text(words + "\n", encoding="utf-8")
    agreed = json.dumps(yes_words(), ensure_ascii=False, indent=0)
    assenting.WORDS.write_text(agreed + "\n", encoding="utf-8")
    assenting.forget()
    ordinary.forget()
    tongues.forget()  # the rules' votes hang on them
    return "\n\n".join(map(learn, SUBJECTS))


def report() -> str:
    """Cross-validated figures; writes nothing."""
    return "\n\n".join(subject.report(cross_validate(subject)) for subject in SUBJECTS)


def is_fresh() -> bool:
    """Whether the committed weights and counts were made from what is here."""
    if not ordinary.COUNTS.exists() or not all(map(_is_fresh, SUBJECTS)):
        return False
    kept = {
        language: {"folded": ordinary.counts(language), "accented": ordinary.accented(language)}
        for language in ordinary.LANGUAGES
    }
    agreed = assenting.WORDS.exists() and frozenset(yes_words()) == assenting.words()
    return agreed and word_counts(utterances.messages()) == kept


def yes_words() -> list[str]:
    """The words of every yes that is learnt from."""
    subject = of_replies.SUBJECT
    return assenting.collected(one.text for one in subject.everything if one.label == "yes")


def word_counts(everything: list[Utterance]) -> dict[str, dict[str, dict[str, int]]]:
    """Language → what `ordinary` keeps of its utterances' words."""
    return {
        language: ordinary.count([one.text for one in everything if one.language == language])
        for language in ordinary.LANGUAGES
    }


def data_hash(subject: Subject) -> str:
    """Changes when the utterances, what the server sees of them, or the fitting itself change."""
    digest = hashlib.sha256(
        repr((subject.kept, subject.fewest, subject.evenness, subject.strength, subject.by_rarity)).encode()
    )
    for module in (fitting, utterances, weights):
        digest.update(inspect.getsource(module).encode())
    for one in subject.everything:
        digest.update(json.dumps([*one, sorted(subject.seen(one))]).encode())
    return digest.hexdigest()


def export(
    path: Path,
    pipeline: Any,
    made_of: str,
    curves: Mapping[str, tuple[float, float]],
    kept: Kept,
) -> None:
    """Writes the strongest features as one byte a weight."""
    import numpy

    vectorizer, rarity, classifier = (step for _, step in pipeline.steps)
    names = vectorizer.get_feature_names_out()
    rare = rarity.idf_ if rarity.use_idf else numpy.ones(len(names))
    table = fitting.SHARPNESS * classifier.coef_.T * rare[:, None]
    strongest = numpy.abs(table).max(axis=1) * numpy.exp(-kept.shared * rare)
    chosen = numpy.sort(numpy.argsort(-strongest)[: kept.most])
    limit = float(numpy.quantile(numpy.abs(table[chosen]).max(axis=1), 0.995))
    small = numpy.clip(numpy.rint(table[chosen] / limit * 127), -127, 127)
    small = numpy.where(numpy.abs(small) < kept.least, 0, small) + weights.OFFSET
    squared = numpy.clip(numpy.rint(rare[chosen] ** 2 * weights.RARITY_SCALE), 1, 255)
    rows = numpy.column_stack([small, squared]).astype(numpy.uint8)
    data = {
        "hash": made_of,
        "labels": classifier.classes_.tolist(),
        "bias": [round(fitting.SHARPNESS * float(value), 4) for value in classifier.intercept_],
        "scale": limit / 127,
        "curves": curves,
        "features": weights.packed("\n".join(names[chosen]).encode()),
        "rows": weights.packed(rows.tobytes()),
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def learn(subject: Subject) -> str:
    """Writes one subject's weights; returns its report."""
    judged = cross_validate(subject)
    pipeline = fitting.fit(subject.everything, subject)
    export(subject.weights, pipeline, data_hash(subject), subject.curves(judged), subject.kept)
    return subject.report(judged)


def _is_fresh(subject: Subject) -> bool:
    return subject.weights.exists() and weights.load(subject.weights).data_hash == data_hash(subject)


if __name__ == "__main__":
    sys.stdout.write(train() + "\n")
