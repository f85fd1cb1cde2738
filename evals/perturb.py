"""Noise as customers make it: typos, missing accents, abbreviations, capitals, one thought in several messages, words
around what is meant, days and numbers written otherwise, no commas.

The same dialogue is always disturbed in the same way: its id, the kind of noise and a number decide. What a customer
gives away to be kept as it stands (the street of an order) is not disturbed: nobody could know what it had been.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from evals import fillers, forms, shorthand
from evals.bursts import in_parts
from evals.format import Dialogue, Message, Turn
from evals.keyboard import mistyped, mistyped_once
from evals.words import plain

Noise = Callable[[str], Sequence[str]]
_COMMA, _BLANKS = re.compile(r"(?<!\d)[,.;]+(?!\d)"), re.compile(r" {2,}")


def disturbed(dialogue: Dialogue, kind: str, seed: int = 0) -> Dialogue | None:
    """The dialogue with the customer's texts written less well. None when this noise finds nothing to disturb in it.

    Taps, captions and transcripts stay.
    """
    chance = random.Random(f"{dialogue.id}:{kind}{seed or ''}")
    noise = NOISES[kind](dialogue, chance)
    turns = tuple(_turn(turn, noise) for turn in dialogue.turns)
    if turns == dialogue.turns and kind == "typos":
        turns = _at_least_one(dialogue, chance)
    return None if turns == dialogue.turns else dialogue.model_copy(update={"turns": turns})


def _turn(turn: Turn, noise: Noise) -> Turn:
    noisy = {"user": _messages(turn.user, noise), "meanwhile": _messages(turn.meanwhile, noise)}
    return turn.model_copy(update={key: messages for key, messages in noisy.items() if messages})


def _messages(messages: Sequence[Message] | None, noise: Noise) -> tuple[Message, ...]:
    return tuple(
        changed
        for message in messages or ()
        for changed in ([Message(text=text) for text in noise(message.text)] if message.text else [message])
    )


def _at_least_one(dialogue: Dialogue, chance: random.Random) -> tuple[Turn, ...]:
    """A typo in the first text that can have one."""
    keep, done = _kept(dialogue), False

    def once(text: str) -> Sequence[str]:
        nonlocal done
        wrong = text if done else mistyped_once(text, chance, keep)
        done = done or wrong != text
        return [wrong]

    return tuple(_turn(turn, once) for turn in dialogue.turns)


def _kept(dialogue: Dialogue) -> frozenset[str]:
    """The words of addresses that orders are expected to hold."""
    return frozenset(word for text in _addresses(dialogue) for word in re.findall(r"\w+", plain(text)))


def _addresses(dialogue: Dialogue) -> Iterator[str]:
    for row in dialogue.end.orders or ():
        if row.delivery is not None and row.delivery.address:
            yield row.delivery.address


# ── the kinds ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _typos(dialogue: Dialogue, chance: random.Random) -> Noise:
    keep = _kept(dialogue)
    return lambda text: [mistyped(text, chance, keep)]


def _accents(dialogue: Dialogue, chance: random.Random) -> Noise:
    """None at all, as on a keyboard that has none."""

    def bare(text: str) -> Sequence[str]:
        parted = unicodedata.normalize("NFD", text)
        return [unicodedata.normalize("NFC", "".join(each for each in parted if not unicodedata.combining(each)))]

    return bare


def _abbreviations(dialogue: Dialogue, chance: random.Random) -> Noise:
    habit, keep = shorthand.habit(chance), _kept(dialogue)
    return lambda text: [shorthand.shortened(text, habit, keep)]


def _case(dialogue: Dialogue, chance: random.Random) -> Noise:
    """All capitals, none, or only the first: another way than the text is written in."""

    def other(text: str) -> Sequence[str]:
        ways = [way for way in (text.upper(), text.lower(), text.capitalize()) if way != text]
        return [chance.choice(ways)] if ways else [text]

    return other


def _split(dialogue: Dialogue, chance: random.Random) -> Noise:
    return lambda text: in_parts(text, chance)


def _fillers(dialogue: Dialogue, chance: random.Random) -> Noise:
    code = _language(dialogue)
    return _outside_addresses(dialogue, lambda text: fillers.surrounded(text, code, chance))


def _forms(dialogue: Dialogue, chance: random.Random) -> Noise:
    code = _language(dialogue)
    return _outside_addresses(dialogue, lambda text: forms.otherwise(text, code, chance))


def _commas(dialogue: Dialogue, chance: random.Random) -> Noise:
    """Commas and full stops left out, as most people do on a phone; question marks stay."""
    return _outside_addresses(dialogue, lambda text: _BLANKS.sub(" ", _COMMA.sub(" ", text)).strip() or text)


def _language(dialogue: Dialogue) -> str:
    texts = [message.text for turn in dialogue.turns for message in turn.user or () if message.text]
    return fillers.language(texts, (dialogue.locale or "pt")[:2])


def _outside_addresses(dialogue: Dialogue, change: Callable[[str], str]) -> Noise:
    """The noise, but for messages that hold an address an order is to hold."""
    keep = _kept(dialogue)
    return lambda text: [text if keep & set(re.findall(r"\w+", plain(text))) else change(text)]


NOISES: dict[str, Callable[[Dialogue, random.Random], Noise]] = {
    "typos": _typos,
    "accents": _accents,
    "abbreviations": _abbreviations,
    "case": _case,
    "split": _split,
    "fillers": _fillers,
    "forms": _forms,
    "commas": _commas,
}
