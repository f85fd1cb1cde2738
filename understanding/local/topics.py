"""What a clause is about: the classifier's word, checked against the facts and the flow under way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from domain.commands import Ask
from domain.ports import Situation
from understanding.local.clauses import Clause
from understanding.local.facts import Fact
from understanding.local.words import fold, split

QUESTIONS = ("prices", "hours", "address", "payment", "delivery", "catalog", "faq", "out_of_scope", "stock", "why")
_BOOKING = {"book", "reschedule", "cancel_booking", "lead"}
_ORDERING = {"order", "change_order"}
_SURE, _LIKELY = 0.72, 0.35

_OPENING = re.compile(
    r"\b(?:abr[ei]|abrem|abre|abrir|fecha[mr]?|funciona\w*|abert[oa]s?|expediente|horario de (?:atendimento|funcionamento)|open\w*|close[sd]?|abren|cierran|abiert[oa]s?)\b"
)
_NOW = re.compile(
    r"\b(?:agora|neste momento|nesse momento|right now|now|ahora)\b|\b(?:ta|tao|esta|estao|are you|estan) (?:abert|open|abiert|atendendo)"
)
_PRICE = re.compile(
    r"\b(?:quanto (?:custa|e|eh|fica|sai|ta|esta|cobra\w*|vale|seria)|qto|preco\w*|valor(?:es)?|custa|how much|price\w*|cost\w*|cuanto (?:cuesta|vale|sale|es)|precios?)\b"
)
_WHY = re.compile(
    r"\b(?:por ?que|pq|pra que|para que|why|para que)\b.*\b(?:precis\w*|quer\w*|pergunt\w*|need|want|necesit\w*|saber|isso)\b|^por que\W*$|^why\W*$"
)
_DURATION = re.compile(r"\b(?:quanto tempo|demora|dura(?:cao)?|leva quanto|how long|cuanto (?:dura|tarda|demora))\b")
_HOLIDAY = re.compile(r"\b(?:feriados?|holidays?|festivos?)\b")
_WHO = re.compile(
    r"\b(?:quem (?:atende|trabalha|faz|corta|sao)|quais? (?:sao )?(?:os |as )?(?:profissiona\w+|cabelei\w+|manicures?)|who (?:works|does|cuts)|quien(?:es)? (?:atiende|trabaja|hace)\w*)\b"
)
_STOCK = re.compile(
    r"\b(?:tem|tens|voces tem|vcs tem|vende[ms]?|estoque|disponivel|do you (?:have|sell)|in stock|tienen|hay|venden)\b"
)
_OFFERED = re.compile(
    r"^(?:e |and |y )?(?:(?:ai |la )?(?:voces?|vcs?|vc|do you|ustedes)\s+)?(?:(?:tambem|also|tambien)\s+)?"
    r"(?:faz(?:em)?|fazes|oferece[mn]?|trabalha[mn]? com|do|offer|hacen|ofrecen)\b"
)
_SAID_AGAIN = re.compile(r"\b(?:tudo bem|td bem|como vai|como (?:voce|vc) esta|how are you|que tal|como estas)\b")
_KINDS = (
    ("how_are_you", _SAID_AGAIN),
    ("who_are_you", re.compile(r"\b(?:quem e voce|vc e (?:um )?(?:robo|bot)|voce e (?:um |uma )?(?:robo|bot|pessoa|humano)|are you (?:a )?(?:bot|robot|human)|who are you|eres (?:un )?(?:robot|bot)|qual (?:o )?seu nome)\b")),
    ("laugh", re.compile(r"(?:^|\s)(?:k{2,}|(?:rs){1,}|(?:ha){2,}|(?:he){2,}|(?:ja){2,}|lol)\b")),
    ("compliment", re.compile(r"\b(?:adorei|amei|gostei|otimo|excelente|maravilh\w+|parabens|legal|show|top|great|awesome|love|genial|perfecto)\b")),
)  # fmt: skip
_ARTICLES = frozenset({"", "o", "a", "um", "uma", "os", "as", "de", "the", "an", "el", "la", "un", "una"})
_FUNCTION_WORDS = frozenset(
    ["quanto", "quantos", "custa", "custam", "qual", "quais", "preco", "precos", "valor", "valores", "e", "o", "a", "os", "as", "de", "do", "da", "dos", "das", "um", "uma", "por", "para", "pra", "no", "na", "nos", "nas", "me", "passa", "passar", "diz", "dizer", "fala", "falar", "saber", "queria", "gostaria", "quero", "poderia", "pode", "posso", "tabela", "lista", "voces", "vcs", "vc", "tem", "ter", "fica", "sai", "ta", "esta", "eh", "seria", "cobra", "cobram", "faz", "fazem", "favor", "servico", "servicos", "produto", "produtos", "ai", "oi", "como", "que", "com", "isso", "esse", "essa", "so", "ver", "mostra", "mostrar", "informar", "seus", "suas", "seu", "sua", "todos", "todas", "cada", "mais", "ou", "em", "ate", "qto", "catalogo", "cardapio", "menu", "opcoes", "disponiveis", "vende", "vendem", "oferecem", "atende", "how", "much", "is", "are", "the", "what", "price", "prices", "cost", "costs", "for", "your", "list", "of", "do", "you", "have", "can", "i", "get", "and", "it", "tell", "show", "please", "services", "products", "cuanto", "cuesta", "cuestan", "vale", "precio", "los", "las", "el", "la", "lo", "que", "tienen", "sus", "su", "lista", "y", "una", "un", "son", "es", "media", "faixa", "hoje", "agora", "horario", "horarios", "amanha", "vai", "ser", "total", "tudo", "ficaria", "ficam"]
)


def corrected(
    clause: Clause, said: Sequence[Fact], ranked: Sequence[tuple[str, float]], situation: Situation
) -> tuple[str | None, float]:
    """The intent that stands after looking at facts and context, with its confidence; None when the clause adds nothing."""
    folded = fold(clause.text)
    name, confidence = ranked[0] if ranked else ("out_of_scope", 0.0)
    if situation.flow is None and situation.asks == "none" and _bare(clause, said):
        return "unclear", 0.3
    explicit = _explicit(folded, said, situation)
    if explicit is not None:
        return explicit, 0.95
    if situation.flow and _fits(said, situation) and _yields(name, confidence, clause, folded, said):
        return "inform", max(confidence, 0.8)
    if name in ("affirm", "deny") and confidence >= _LIKELY:
        return name, confidence
    if situation.flow is None and said and (implied := _implied(said, situation, name, confidence)):
        return implied, max(confidence, 0.6)
    if confidence >= _LIKELY or _related(name, said):
        return name, confidence
    if said and situation.flow:
        return "inform", 0.7
    return "unclear", confidence


def _explicit(folded: str, said: Sequence[Fact], situation: Situation) -> str | None:
    """Words that leave no doubt."""
    kinds = {fact.kind for fact in said}
    if situation.flow and _WHY.search(folded):
        return "why"
    if _WHO.search(folded):
        return "professionals"
    if _DURATION.search(folded) and ("service" in kinds or situation.slots.get("service")):
        return "duration"
    if _PRICE.search(folded) and "order" not in kinds:
        return "delivery" if re.search(r"\b(?:entrega|frete|delivery|envio)\b", folded) else "prices"
    if situation.flow is None and _OFFERED.search(folded) and "service" in kinds and "time" not in kinds:
        return "catalog"
    if _OPENING.search(folded) and not {"service", "product"} & kinds:
        return "hours"
    return None


def _fits(said: Sequence[Fact], situation: Situation) -> bool:
    """Whether the facts are ones the flow under way can take."""
    kinds = {fact.kind for fact in said}
    if situation.flow in _BOOKING:
        return bool(kinds & {"time", "service", "professional", "name", "email"})
    if situation.flow in _ORDERING:
        return bool(kinds & {"product", "zone", "address", "payment", "delivery", "change_for"})
    return situation.flow in ("cancel_order", "order_status") and "order" in kinds


def _yields(name: str, confidence: float, clause: Clause, folded: str, said: Sequence[Fact]) -> bool:
    """Whether the intent gives way to the facts: it is about the same task, or not sure enough to change the subject."""
    if name in (
        "affirm",
        "deny",
        "inform",
        "book",
        "reschedule",
        "order",
        "change_order",
        "greet",
        "smalltalk",
        "thanks",
        "wait",
    ):
        return True
    if name in ("human", "opt_out", "complaint", "forget"):
        return confidence < _SURE
    if name in ("delivery", "payment", "address", "catalog", "hours"):
        return not clause.asks and not folded.startswith(
            ("qual", "quais", "como", "onde", "tem ", "voces", "vcs", "aceita", "what", "how", "where", "do you")
        )
    return confidence < _SURE and not (clause.asks and name in QUESTIONS)


def _implied(said: Sequence[Fact], situation: Situation, name: str, confidence: float) -> str | None:
    """Facts that alone tell what is wanted: a service with a time is booked, a product with a quantity is ordered."""
    kinds = {fact.kind for fact in said if not fact.negated}
    if name in QUESTIONS and name != "out_of_scope" and confidence >= _LIKELY:
        return None
    counted = any(fact.kind == "product" and fact.value["quantity"] for fact in said)
    if (
        name in ("order", "book", "reschedule", "cancel_booking", "my_bookings", "cancel_order", "order_status", "change_order")
        and confidence >= _LIKELY
    ):
        return None
    if situation.asks == "clarify" and kinds & {"service", "product"}:
        return "book" if "service" in kinds else "order"
    if counted:
        return "order"
    if "time" in kinds and situation.business.services and (kinds & {"service", "professional"} or confidence < _SURE):
        return "book"
    if kinds & {"service", "product"} and confidence < _SURE:
        return "unclear"
    return None


def _bare(clause: Clause, said: Sequence[Fact]) -> bool:
    """A thing's name and nothing else."""
    things = [fact for fact in said if fact.kind in ("service", "product")]
    if len(things) != 1 or len(said) != 1 or clause.asks or (things[0].kind == "product" and things[0].value["quantity"]):
        return False
    start, end = things[0].start - clause.start, things[0].end - clause.start
    rest = fold(clause.text[:start] + " " + clause.text[end:]).split()
    return all(word.strip(",.!") in _ARTICLES for word in rest)


def _related(name: str, said: Sequence[Fact]) -> bool:
    kinds = {fact.kind for fact in said}
    return (name == "book" and "service" in kinds) or (name == "order" and "product" in kinds)


def smalltalk_kind(text: str) -> str:
    """Which kind of talk it is."""
    folded = fold(text)
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), "other")


def question(name: str, clause: Clause, said: Sequence[Fact], situation: Situation) -> Ask:
    """The question with what it speaks of: the named things, else what the flow under way is about."""
    folded = fold(clause.text)
    about: dict[str, Any] = {"text": clause.text.strip()}
    for fact in said:
        if fact.kind == "service":
            about.setdefault("service", []).extend(fact.value if isinstance(fact.value, list) else [fact.value])
        elif fact.kind == "product":
            ids = [fact.value["product"], *fact.value["alternatives"]] if fact.value["product"] else fact.value["alternatives"]
            about.setdefault("product", []).extend(ids)
        elif fact.kind in ("professional", "zone"):
            about[fact.kind] = fact.value
        elif fact.kind == "time" and fact.value["start"] and fact.value["has_date"]:
            about["day"] = fact.value["start"][:10]
    if name in ("prices", "duration") and not about.keys() & {"service", "product"} and situation.slots.get("service"):
        about["service"] = [situation.slots["service"]]
    if name == "hours" and _NOW.search(folded):
        about.pop("day", None)
        about["now"] = True
    if name == "hours" and _HOLIDAY.search(folded):
        about["holiday"] = True
    if name in ("prices", "catalog", "stock") and not about.keys() & {"service", "product"} and _names_something(folded):
        about["unlisted"] = True
    topic = "faq" if name == "out_of_scope" else name
    if topic == "catalog" and about.get("product") and (_STOCK.search(folded) or clause.asks):
        topic = "stock"
    return Ask(topic, about)


def _names_something(folded: str) -> bool:
    """Whether a noun is left that no catalogue knows."""
    return any(word.text.isalpha() and len(word.text) > 2 and word.text not in _FUNCTION_WORDS for word in split(folded))
