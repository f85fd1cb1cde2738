"""What only announces that something is put right: "mudei de ideia", "na verdade", "quer dizer"."""

from __future__ import annotations

import re
from functools import cache

from understanding.local.text.cues import alternatives, pattern


def changes_mind(folded: str) -> bool:
    """ "Mudei de ideia": before what is wanted now it gives nothing up."""
    return pattern("changes_mind").fullmatch(folded.strip(" .,!…-")) is not None


def only_announces(folded: str) -> bool:
    """ "Na verdade", "quer dizer" sent alone: what follows puts something right."""
    return _announcement().fullmatch(folded) is not None


@cache
def _announcement() -> re.Pattern[str]:
    marker = rf"(?:{alternatives('puts_right')}|{alternatives('actually')})"
    return re.compile(rf"[\s,.!…-]*(?:(?:nao|no|ai|ah|pera|opa|ops|oops)[\s,.!…-]+)*(?:{marker}[\s,.:!…-]*)+")
