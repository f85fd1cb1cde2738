"""The words that give a message away: one pattern a cue, all languages together, because customers mix them.

The cues lie in `cues_by_subject/*.yaml`: cue → language → patterns on folded text (lower case, no accents), each
matched as whole words unless it begins with "^" or ends with "$". "{quitar|sacar}" are all forms of Spanish verbs that
tell somebody to do it (`told`); "{n't}" is `DOES_NOT`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

from understanding.local.text import told

_WHOLE = re.compile(r"(?:^|(?<= ))[a-zñ]{2,}(?= |$)")
DOES_NOT = r"(?:\w+n't|(?:do|does|did|wo|ca|is|are|was|were|have|has|had|would|could|should|ai)nt)"
"""An English verb with its "not", also as "dont"; "want" and "appointment" refuse nothing."""
_CUES = Path(__file__).with_name("cues_by_subject")


def has(cue: str, folded: str) -> bool:
    """Whether a folded text holds the cue."""
    return pattern(cue).search(folded) is not None


@cache
def pattern(cue: str) -> re.Pattern[str]:
    """The cue as whole words."""
    return re.compile(rf"(?:{alternatives(cue)})")


def alternatives(cue: str) -> str:
    """The cue's patterns joined, each bounded by words."""
    return "|".join(_joined(list(lines), begun) for begun, lines in groupby(_lines(cue), _is_begun))


@cache
def words(cue: str) -> frozenset[str]:
    """The cue's plain words."""
    return frozenset(_lines(cue))


@cache
def known_words() -> frozenset[str]:
    """The words that stand whole in the patterns: words of the languages."""
    lines = (line for cue in _read().values() for each in cue.values() for line in each)
    return frozenset(word for line in lines for word in _WHOLE.findall(line))


def _lines(cue: str) -> list[str]:
    """The cue's patterns; people write "não" as "n" too."""
    lines = (line for each in _read()[cue].values() for line in each)
    return [told.spelled_out(line.replace("{n't}", DOES_NOT).replace("nao ", "n(?:ao)? ")) for line in lines]


def _joined(lines: list[str], begun: bool) -> str:
    """Patterns that follow each other. Where a word begins is looked for once for all: much faster to search."""
    ends = "|".join(each if each.endswith("$") else rf"(?:{each})\b" for each in lines)
    return ends if begun else rf"\b(?:{ends})"


def _is_begun(line: str) -> bool:
    """Whether a pattern begins where the text does."""
    return line.startswith("^")


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = {}
    for file in sorted(_CUES.glob("*.yaml")):
        data |= yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
