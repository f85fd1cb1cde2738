"""Chat spelling made plain: no accents, slang written out ("vc hj" → "voce hoje"), "oiii" shortened to "oi".

For reading only: what is shown or stored stays as the customer wrote it. `plain` keeps every letter's place, `expand`
does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from understanding.local.text.words import REMEMBERED, fold

_WORD = re.compile(r"[a-z0-9ñ]+")
_STRETCHED = re.compile(r"([a-zñ!?])\1{2,}")

SLANG: dict[str, str] = {
    "vc": "voce", "vcs": "voces", "ce": "voce", "ces": "voces", "c6": "voces", "hj": "hoje", "hje": "hoje",
    "oje": "hoje", "amn": "amanha", "amnh": "amanha", "amanh": "amanha", "ontm": "ontem", "pq": "porque",
    "pqe": "porque", "q": "que", "oq": "o que", "oque": "o que", "tb": "tambem", "tbm": "tambem",
    "blz": "beleza", "blza": "beleza", "flw": "falou", "obg": "obrigado", "obgd": "obrigado",
    "obgda": "obrigada", "obrg": "obrigado", "brigado": "obrigado", "brigada": "obrigada", "vlw": "valeu",
    "kd": "cade", "qto": "quanto", "qnto": "quanto", "qnt": "quanto", "qt": "quanto", "qts": "quantos",
    "qnts": "quantos", "qtas": "quantas", "qdo": "quando", "qnd": "quando", "qndo": "quando",
    "pfv": "por favor", "pfvr": "por favor", "pf": "por favor", "pff": "por favor", "porfa": "por favor",
    "qro": "quero", "kero": "quero", "qria": "queria", "qr": "quer", "qer": "quer", "ql": "qual", "td": "tudo",
    "tds": "todos", "mto": "muito", "mt": "muito", "mta": "muita", "mtas": "muitas", "mtos": "muitos",
    "msg": "mensagem", "msgs": "mensagens", "msm": "mesmo", "ngm": "ninguem", "ng": "ninguem", "alg": "alguem",
    "agr": "agora", "dxa": "deixa", "dps": "depois", "dpois": "depois", "ta": "esta", "to": "estou", "tou": "estou",
    "tao": "estao", "tamo": "estamos", "tava": "estava", "ñ": "nao", "n": "nao", "naum": "nao", "nn": "nao",
    "eh": "e", "pra": "para", "pro": "para o", "pras": "para as", "pros": "para os", "p": "para",
    "cmg": "comigo", "ctg": "contigo", "cm": "com", "c": "com", "s": "sim", "ss": "sim", "hrs": "horas",
    "hr": "hora", "hs": "horas", "dnv": "de novo", "fds": "fim de semana", "bjs": "beijos", "bjos": "beijos",
    "abs": "abracos", "aki": "aqui", "axo": "acho", "xau": "tchau", "tdb": "tudo bem", "vdd": "verdade",
    "ctz": "certeza", "sin": "sim", "add": "adicionar", "nr": "numero", "cel": "celular", "tel": "telefone",
    "whats": "whatsapp", "wpp": "whatsapp", "zap": "whatsapp", "mlr": "melhor", "gnt": "gente",
}  # fmt: skip
"""Portuguese chat words → what they stand for, both without accents."""

SLANG_ES: dict[str, str] = {
    "q": "que", "k": "que", "xq": "porque", "pq": "porque", "xfa": "por favor", "porfa": "por favor",
    "porfis": "por favor", "pls": "por favor", "tb": "tambien", "tmb": "tambien", "tbn": "tambien",
    "dnd": "donde", "cdo": "cuando", "msj": "mensaje", "grax": "gracias", "grcs": "gracias",
    "finde": "fin de semana", "bno": "bueno", "toy": "estoy", "x": "por", "d": "de", "aki": "aqui",
    "kiero": "quiero", "ola": "hola", "wsp": "whatsapp",
}  # fmt: skip
"""The same for Spanish."""

SLANG_EN: dict[str, str] = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plss": "please", "thx": "thanks",
    "tnx": "thanks", "ty": "thank you", "tysm": "thank you", "tmrw": "tomorrow", "tmr": "tomorrow",
    "tomo": "tomorrow", "appt": "appointment", "appts": "appointments", "msg": "message", "wanna": "want to",
    "gonna": "going to", "gotta": "got to", "gimme": "give me", "lemme": "let me", "cuz": "because",
    "bc": "because", "y": "yes", "n": "no", "k": "ok", "idk": "i dont know", "nvm": "never mind",
    "nevermind": "never mind", "btw": "by the way", "asap": "as soon as possible", "sry": "sorry", "im": "i am",
    "ive": "i have", "id": "i would", "whats": "what is", "wheres": "where is", "hows": "how is",
    "thru": "through", "b4": "before", "2day": "today", "2moro": "tomorrow", "rn": "right now",
    "info": "information",
}  # fmt: skip
"""The same for English."""

_AMBIGUOUS = frozenset([
    "to", "pro", "pros", "p", "c", "d", "x", "k", "y", "n", "s", "r", "u", "ur", "id", "im", "tu", "cm", "mt",
    "ta", "tao", "pf", "abs", "add", "cel", "tel",
])  # fmt: skip
"""Words that are slang in one language and ordinary in another: left alone when the language is not known."""

_BY_LANGUAGE = {"pt": SLANG, "es": SLANG_ES, "en": SLANG_EN}
_SHARED = {word: meaning for word, meaning in {**SLANG_EN, **SLANG_ES, **SLANG}.items() if word not in _AMBIGUOUS}


def plain(text: str) -> str:
    """Lower case without any accent, letter for letter: `plain(text)[i]` is the letter `text[i]`."""
    return fold(text).replace("ñ", "n")


@lru_cache(maxsize=REMEMBERED)
def expand(text: str, language: str | None = None) -> str:
    """Plain text with slang written out and stretched letters shortened.

    Without a language only slang that cannot be an ordinary word elsewhere is touched: the same text for every reader.
    """
    table = _BY_LANGUAGE.get((language or "")[:2], _SHARED)
    shortened = _STRETCHED.sub(r"\1", fold(text))
    written_out = _WORD.sub(lambda found: table.get(found.group(), found.group()), shortened)
    return written_out.replace("ñ", "n")
