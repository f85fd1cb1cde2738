"""Which language a conversation is in. Sticky: only a clear, longer message in another language changes it.

Short texts ("ok", "thanks", "manicure") say nothing sure, and brand names or loanwords are no reason to switch.
A message is judged by words that only one of the languages has, and by its letters and endings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from understanding.local.text.words import fold

LOCALES = ("pt-BR", "en", "es")

_CLEAR = 2.0
_MARGIN = 2.0
_FEWEST_WORDS = 3
_WORD = re.compile(r"[a-zñ']+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS: Mapping[str, frozenset[str]] = {
    "pt": _words(
        """nao voce voces vc vcs quero queria gostaria posso pode podem tem tenho temos uma um uns com sem meu minha
        meus minhas seu sua pra pro pras pros ao aos da do das dos na nas nos em num numa amanha hoje
        ontem horario obrigado obrigada bom boa bem tudo oi ola eu ele ela eles elas isso esse essa
        aquele aqui ai la e eh esta estou tava foi vou vai vamos ir fazer faz fazem fica ficam ficou onde
        quando quanto quantos qual quais quem porque mas ou ja ainda tambem mais muito depois cedo tarde
        noite manha semana dia preco valor custa aceita aceitam entrega entregam endereco pedido cade
        quer marcar desmarcar remarcar agendar cortar cabelo unha banho cachorro gato racao pagar cartao
        dinheiro falar atendente alguem preciso sabado domingo segunda terca quarta quinta sexta vaga
        abre abrem fecha fecham moca gente tchau ate hj amn pq tb blz vlw obg qto sim mesmo mudar trocar
        cancelar comprar pedir manda mandar chegou chegar saiu que para por favor me te se nos o os as
        algum alguma precisa precisam disso nisso deste desta dele dela cancela desmarca remarca marca"""
    ),
    "es": _words(
        """quiero quisiera gustaria puedo puede pueden puedes tengo tiene tienen tienes una un unos unas con sin mi
        mis tu tus su el la los las lo del al en y o hoy ayer manana horario gracias buenos buenas dias
        tardes noches hola yo usted ustedes ella ellos eso ese esa esto aqui ahi alli es esta estan estoy
        fue voy va vamos hacer hace hacen donde cuando cuanto cuantos cual cuales quien quienes porque
        pero ya todavia aun tambien mas muy despues temprano tarde noche semana dia precio cuesta vale
        aceptan acepta envio envian entregan direccion pedido cita turno reservar reserva agendar cortar
        pelo cabello unas bano perro gato comida pagar tarjeta efectivo dinero hablar alguien necesito
        sabado domingo lunes martes miercoles jueves viernes abren cierran hay dame quedan ubicados llega
        llego busco servicios productos tienda envian hacemos venden ofrecen tarjeta cuotas gratis alguna
        algun hasta desde somos son tarde cambiar cancelar comprar pedir manda si algo nada otro otra me
        te se nos les que para por favor"""
    ),
    "en": _words(
        """the a an i i'm i'd i'll i've you your you're he she it it's we they is are am was were be been do does
        did don't doesn't have has had can can't could would will won't should want wanna need like to
        for with without of on in at from by and or but not my me our this that these those there here
        what when where who which how why much many any some today tomorrow yesterday morning afternoon
        evening tonight week day time hi hello hey thanks thank please yes book booking appointment
        schedule reschedule haircut cut hair dog cat food price cost open close deliver delivery order
        address located pay card cash talk speak someone person make get change move cancel buy send
        sorry good available accept take need sell offer services products near parking store shop salon
        support supports integrate integrates works feature features product company team demo trial free blocks
        still available open how's what's where's monday tuesday wednesday thursday friday saturday
        sunday"""
    ),
}
_SHARED = {word for word in _WORDS["pt"] if word in _WORDS["es"]} | {
    "a",
    "me",
    "no",
    "on",
    "do",
    "in",
    "o",
    "as",
    "e",
    "la",
}
_LETTERS: Mapping[str, re.Pattern[str]] = {
    "pt": re.compile(r"[ãõç]|lh|nh|[aeio]u\b|ção|ções|ê|à"),
    "es": re.compile(r"[ñ¿¡]|ción|\bll|ue[nrsl]|ie[nrs]"),
    "en": re.compile(r"\bth|ing\b|'[st]\b|sh|ght|ck|wh|oo|ee"),
}
_WORD_WEIGHT, _SHARED_WEIGHT, _LETTER_WEIGHT = 1.0, 0.25, 0.4


def detect(text: str, current: str, default: str, allowed: Sequence[str] = LOCALES) -> str:
    """The conversation's language after this message, one of `allowed`.

    `current` is its language so far, "" when nothing is known yet; `default` is the business's. Short or mixed messages
    keep what is.
    """
    kept = current if current in allowed else (default if default in allowed else allowed[0])
    words = _WORD.findall(fold(text).replace("’", "'"))
    if len(words) < _FEWEST_WORDS:
        return kept
    found = {locale: evidence(text, locale) for locale in allowed}
    best = max(found, key=found.__getitem__)
    clear = found[best] >= max(_CLEAR, _MARGIN * found[kept] + 0.5)
    return best if clear else kept


def evidence(text: str, locale: str) -> float:
    """How much in a text speaks for a language: about one for every word only that language has."""
    bare = locale[:2]
    known = _WORDS[bare]
    words = [word.replace("ñ", "n") for word in _WORD.findall(fold(text))]
    weight = sum(_SHARED_WEIGHT if word in _SHARED else _WORD_WEIGHT for word in words if word in known)
    letters = len(_LETTERS[bare].findall(text.lower()))
    return weight + _LETTER_WEIGHT * min(letters, 4)
