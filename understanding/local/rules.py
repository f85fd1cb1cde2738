"""Ordered rules: the plain cases of every intent, as patterns over folded text. The first that fits votes.

A rule speaks only where it is nearly always right; everything else is left to the classifier.
"""

from __future__ import annotations

import re

from understanding.local.normalise import expand


def vote(text: str, language: str | None = None) -> str | None:
    """The intent of the first rule that fits, or None."""
    return None
