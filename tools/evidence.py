"""How surely a passage answers a question: the votes of its topic and of its words, as one chance.

The weights were fitted once on questions whose topics were told by a classifier that had not learnt them, each put to
every demo business: what is asked of a passage, what is asked of none, and what only shares its words.
"""

from __future__ import annotations

import math

ENOUGH = 0.45
"""The chance from which an answer is given: of a thousand questions that no passage answers, some fifteen get one."""
ENOUGH_OF_A_PART = 0.7
"""The same for one sentence of several: what it is about may be told by the others."""

_TOPIC, _ANOTHER, _WORDS, _LENGTH, _START = 1.4, -0.5, 1.22, 0.78, -2.43
_FAINTEST = 0.02
_UNLIKELY = 0.2
"""Less sure of the topic, the words must tell it."""
_MANY = 8


def chance(topic: float, another: float, words: float, length: int) -> float:
    """How likely a passage answers (0–1).

    `topic` is how surely the question is about the passage's topic, `another` about any other, `words` how well their
    concepts fit (each 0–1); `length` is the number of words asked: the more are said, the more a vote tells.
    """
    if topic < _UNLIKELY and not words:
        return 0.0
    votes = _TOPIC * _odds(topic) + _ANOTHER * _odds(another) + _WORDS * words
    return 1 / (1 + math.exp(-(votes + _LENGTH * math.log(1 + min(length, _MANY)) + _START)))


def _odds(sure: float) -> float:
    kept = min(max(sure, _FAINTEST), 1 - _FAINTEST)
    return math.log(kept / (1 - kept))
