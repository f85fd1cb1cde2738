"""Noise as customers make it: typos, missing accents, abbreviations, capitals, one thought in several messages.

The same dialogue is always disturbed in the same way: the seed is its id and the kind of noise.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

from evals.format import Dialogue, Message, Turn

Noise = Callable[[str, random.Random], Sequence[str]]

_WORD = re.compile(r"[^\W\d_]{5,}")
_BREAK = re.compile(r"(?<=[,.;!?])\s+|\s+(?=(?:e|and|y|mas|but|pero)\s)")
_ONE_TYPO_IN = 5  # long words

_SHORT = {
    "você": "vc", "vocês": "vcs", "também": "tb", "beleza": "blz", "hoje": "hj", "amanhã": "amn", "que": "q",
    "porque": "pq", "quando": "qd", "obrigado": "obg", "obrigada": "obg", "por favor": "pfv", "mensagem": "msg",
    "tudo bem": "td bem", "please": "pls", "you": "u", "tomorrow": "tmrw", "thanks": "thx",
}  # fmt: skip


def disturbed(dialogue: Dialogue, kind: str) -> Dialogue:
    """The dialogue with the customer's texts written less well. Taps, captions and transcripts stay."""
    chance = random.Random(f"{dialogue.id}:{kind}")
    turns = tuple(_turn(turn, NOISES[kind], chance) for turn in dialogue.turns)
    return dialogue.model_copy(update={"turns": turns})


def _turn(turn: Turn, noise: Noise, chance: random.Random) -> Turn:
    if turn.user is None:
        return turn
    messages = [
        changed
        for message in turn.user
        for changed in ([Message(text=text) for text in noise(message.text, chance)] if message.text else [message])
    ]
    return turn.model_copy(update={"user": tuple(messages)})


def _typos(text: str, chance: random.Random) -> Sequence[str]:
    """Two neighbours change places in about every fifth long word; the first and last letter stay."""

    def swapped(found: re.Match[str]) -> str:
        word = found[0]
        if chance.randrange(_ONE_TYPO_IN):
            return word
        place = chance.randrange(1, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return [_WORD.sub(swapped, text)]


def _accents(text: str, chance: random.Random) -> Sequence[str]:
    parted = unicodedata.normalize("NFD", text)
    return [unicodedata.normalize("NFC", "".join(each for each in parted if not unicodedata.combining(each)))]


def _abbreviations(text: str, chance: random.Random) -> Sequence[str]:
    for word, short in _SHORT.items():
        text = re.sub(rf"(?<!\w){word}(?!\w)", short, text, flags=re.IGNORECASE)
    return [text]


def _case(text: str, chance: random.Random) -> Sequence[str]:
    return [chance.choice((text.upper(), text.lower(), text.capitalize()))]


def _split(text: str, chance: random.Random) -> Sequence[str]:
    """A new message after a comma or stop, and before "and" or "but"."""
    parts = [part for part in _BREAK.split(text) if part and part.strip(" ,.;")]
    return parts or [text]


NOISES: dict[str, Noise] = {
    "typos": _typos,
    "accents": _accents,
    "abbreviations": _abbreviations,
    "case": _case,
    "split": _split,
}
