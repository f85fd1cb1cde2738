"""Days, hours and numbers written otherwise: "quinta" as "5ª feira", "15h" as "15:00", "os dois" as "os 2"."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

_DAYS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "pt": {
        "ter[çc]a": ("terça-feira", "3ª feira", "terça feira"),
        "quarta": ("quarta-feira", "4ª feira", "quarta feira"),
        "quinta": ("quinta-feira", "qui", "5ª feira", "quinta feira"),
        "sexta": ("sexta-feira", "sex", "6ª feira", "sexta feira"),
        "s[áa]bado": ("sab", "sáb", "sabadão"),
    },
    "en": {
        "monday": ("mon",), "tuesday": ("tues", "tue"), "wednesday": ("wed", "weds"),
        "thursday": ("thurs", "thu"), "friday": ("fri", "Fri"), "saturday": ("sat", "Sat"),
    },
    "es": {
        "lunes": ("lun", "día lunes"), "mi[ée]rcoles": ("mié", "mie"), "jueves": ("jue", "día jueves"),
        "viernes": ("vie", "día viernes"), "s[áa]bado": ("sab", "sáb"),
    },
}  # fmt: skip
_DIGITS: Mapping[str, Mapping[str, str]] = {
    "pt": {"dois": "2", "duas": "2", "três": "3", "tres": "3", "quatro": "4", "cinco": "5"},
    "en": {"two": "2", "three": "3", "four": "4", "five": "5"},
    "es": {"dos": "2", "tres": "3", "cuatro": "4", "cinco": "5"},
}
_HOUR = re.compile(r"\b(\d{1,2}) ?h(\d\d)?\b")
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d\d))? ?([ap])m\b", re.IGNORECASE)


def otherwise(text: str, code: str, chance: random.Random) -> str:
    """The text with these forms. A day of every week ("sextas"), a feast and an hour in words stay."""
    for day, forms in _DAYS[code].items():
        text = re.sub(rf"(?<!\w){day}(?![\w-]|\s?-?\s?feira)", chance.choice(forms), text, flags=re.IGNORECASE)
    numbers = _DIGITS[code]
    counted = rf"\b({'|'.join(numbers)})\b(?! (?:da|de la|in the) \w|[- ]feira)"
    text = re.sub(counted, lambda found: numbers[found[1].lower()], text, flags=re.IGNORECASE)
    hour = _CLOCK if code == "en" else _HOUR
    return hour.sub(lambda found: _told(found, code, chance), text)


def _told(found: re.Match[str], code: str, chance: random.Random) -> str:
    hour, minutes = int(found[1]), found[2] or "00"
    if code == "en":
        half, hour = found[3].lower(), hour % 12 + (12 if found[3] in "pP" else 0)
        tail = f":{minutes}" if found[2] else ""
        return chance.choice([f"{found[1]}{tail} {half}.m.", f"{found[1]}{tail}{half.upper()}M", f"{hour}:{minutes}"])
    exact = [f"{hour}:{minutes}", f"{hour}h{minutes}"]
    return chance.choice(exact if found[2] else [*exact, f"{hour} horas", f"{hour}hs", f"{hour} h"])
