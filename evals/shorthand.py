"""What people shorten when they write in a hurry: "vc tem hj?". Who shortens a word does so each time.

A word that two languages share is shortened only as both do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping

from evals.words import plain

_PORTUGUESE: Mapping[str, tuple[str, ...]] = {
    "você": ("vc",), "vocês": ("vcs",), "também": ("tb", "tbm"), "beleza": ("blz",), "valeu": ("vlw",),
    "hoje": ("hj",), "amanhã": ("amn", "amnh"), "depois": ("dps",), "agora": ("agr",), "não": ("n", "ñ"),
    "que": ("q",), "por que": ("pq",), "porque": ("pq",), "quando": ("qd", "qnd"), "quanto": ("qto", "qnto"),
    "quantos": ("qtos",), "quantas": ("qtas",), "qualquer": ("qlqr", "qq"), "obrigado": ("obg", "obgd"),
    "obrigada": ("obg", "obgda"), "por favor": ("pf", "pfv"), "mensagem": ("msg",), "tudo bem": ("td bem",),
    "tudo": ("td",), "muito": ("mto", "mt"), "mesmo": ("msm",), "comigo": ("cmg",), "gente": ("gnt",), "cadê": ("kd",),
    "quero": ("qro",), "com": ("c/",), "está": ("ta",), "estou": ("to",),
    "aqui": ("aki",), "nada": ("nd",), "horas": ("hrs",), "minutos": ("min",), "telefone": ("tel",),
    "fim de semana": ("fds",), "final de semana": ("fds",), "segunda-feira": ("seg",), "terça-feira": ("ter",),
    "quarta-feira": ("qua",), "quinta-feira": ("qui",), "sexta-feira": ("sex",), "sábado": ("sab",),
    "domingo": ("dom",),
}  # fmt: skip
_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "you": ("u",), "your": ("ur",), "are": ("r",), "please": ("pls", "plz"), "thanks": ("thx",),
    "thank you": ("ty", "thx"), "tomorrow": ("tmrw", "tmr"), "because": ("bc", "cuz"), "with": ("w/",),
    "without": ("w/o",), "and": ("&",), "about": ("abt",), "people": ("ppl",), "message": ("msg",),
    "appointment": ("appt",), "minutes": ("mins",), "okay": ("k",), "monday": ("mon",), "tuesday": ("tue",),
    "wednesday": ("wed",), "thursday": ("thu", "thurs"), "friday": ("fri",), "saturday": ("sat",), "sunday": ("sun",),
}  # fmt: skip
_SPANISH: Mapping[str, tuple[str, ...]] = {
    "por qué": ("xq", "pq"), "también": ("tb", "tmb"), "estoy": ("toy",), "dónde": ("dnd",), "bien": ("bn",),
    "bueno": ("bno",), "mensaje": ("msj",), "teléfono": ("tel",), "con": ("c/",), "lunes": ("lun",),
    "miércoles": ("mié",), "jueves": ("jue",), "viernes": ("vie",),
}  # fmt: skip

_FOR: Mapping[str, tuple[str, ...]] = {"para": ("p/",), "pra": ("p/",)}  # between words; first or last it means "stop"

_SHORT = {**_PORTUGUESE, **_ENGLISH, **_SPANISH}
_LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(_SHORT, key=len, reverse=True))
_WORD = re.compile(
    rf"(?<![\w@./-])(?:{_LONGEST_FIRST})(?![\w@/-]|\.\w)|(?<=\w\s)(?:{'|'.join(_FOR)})(?=\s\w)", re.IGNORECASE
)


def habit(chance: random.Random) -> dict[str, str]:
    """How one person shortens each word."""
    return {word: chance.choice(forms) for word, forms in {**_SHORT, **_FOR}.items()}


def shortened(text: str, forms: Mapping[str, str], keep: Collection[str] = ()) -> str:
    """The text in these short forms. Words of `keep` (without case and accents) stay as they are."""
    return _WORD.sub(lambda word: word[0] if plain(word[0]) in keep else forms[word[0].lower()], text)
