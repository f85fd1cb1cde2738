"""What people write around what they mean: "olha, …", "… por favor", "… haha". It changes nothing of it."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from evals.words import plain

_BEFORE: Mapping[str, Sequence[str]] = {
    "pt": ("olha, ", "então, ", "ah, ", "bom, ", "opa, ", "assim, ", "hum "),
    "en": ("well, ", "so, ", "hey, ", "ah, ", "ok so ", "umm "),
    "es": ("mira, ", "oye, ", "bueno, ", "ah, ", "a ver, ", "pues ", "eh "),
}
_BEHIND: Mapping[str, Sequence[str]] = {
    "pt": (" por favor", " pfv", " viu", " tá", " 🙏", " kkk", " moça", " por gentileza", " obrigada", " rs"),
    "en": (" please", " pls", " thanks", " haha", " 🙏", " lol", " if you can", " thank you", " ok?", " cheers"),
    "es": (" por favor", " porfa", " gracias", " jaja", " 🙏", " amiga", " si?", " muchas gracias"),
}
_OF_A_LANGUAGE = {
    "pt": "quero queria pra com nao sim uma um vcs tem meu minha pode amanha oi obrigada entao eu marcar",
    "en": "the i yes my and for please at can you want to is with of do what it hi book",
    "es": "quiero hola el la si con mi una un gracias puedo los las manana tienen y por hay",
}
_ENDS = re.compile(r"[?!.…]*$")


def language(texts: Sequence[str], default: str) -> str:
    """The language somebody writes in: "pt", "en" or "es"; `default` where the words do not tell.

    Counted here: what is tested shall not decide how it is tested.
    """
    said = [word for text in texts for word in plain(text).split()]
    told = {code: sum(word.strip(".,!?") in words.split() for word in said) for code, words in _OF_A_LANGUAGE.items()}
    return max(told, key=lambda code: (told[code], code == default))


def surrounded(text: str, code: str, chance: random.Random) -> str:
    """The text with something before it or behind it."""
    if chance.random() < 0.5 and text[:1].isalpha():
        return chance.choice(_BEFORE[code]) + text[:1].lower() + text[1:]
    ends = _ENDS.search(text)
    words = text[: ends.start()] if ends else text
    return words + chance.choice(_BEHIND[code]) + text[len(words) :] if words[-1:].isalnum() else text
