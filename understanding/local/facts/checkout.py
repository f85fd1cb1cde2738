"""How an order is paid and received, in a customer's words: payment, delivery and address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from understanding.local.facts import money
from understanding.local.facts.entity import Entity, cut
from understanding.local.text import cues, numerals, slips

_PAYMENT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pix", re.compile(r"\b(?:pi(?:x+|ks|qs|cs|xi)|px|pi?x(?:z?inho|zao|ada))\b")),
    (
        "card_on_delivery",
        re.compile(
            r"\b(?:cart(?:ao|aum|oes|aozinho)(?: de (?:credito|debito))?|credito|debito|maquin(?:inha|a)|"
            r"(?:credit |debit )?cards?|tarjetas?(?: de (?:credito|debito))?|visa|master ?card|amex|debit|"
            r"credit(?! note)|posnet|datafono)"
            r"(?: (?:na|no momento da) entrega| on delivery| al recibir)?\b"
        ),
    ),
    (
        "cash",
        re.compile(
            r"\b(?:dinheiro(?: vivo)?|(?:em )?especie|cash|(?:en )?efectivo|em notas|"
            r"en metalico|(?:en|con) billetes|al contado|plata en mano|notes and coins)\b"
        ),
    ),
)
_PAID_WITH = {
    "dinheiro": "cash", "efectivo": "cash", "cartao": "card_on_delivery", "tarjeta": "card_on_delivery",
    "debito": "card_on_delivery", "credito": "card_on_delivery",
}  # fmt: skip
_RECEIVED_BY = {"entrega": "delivery", "entregar": "delivery", "retirar": "pickup", "retirada": "pickup"}
_PICKUP = re.compile(
    r"\b(?:retir(?:o|ar|ada|arei|amos|aria|ando)(?! (?:[ao]s?|uma?|\d+|dois|duas) )|"
    r"(?:vou|posso|prefiro|quero|irei) (?:ai |la )?(?:buscar|pegar)|"
    r"(?:pra|para) (?:eu )?(?:buscar|pegar|retirar)|buscarei|"
    r"(?:eu )?busco(?! (?:un[ao]s?|uma?s?|algo|algum\w*|alguna?) ?)|mando (?:buscar|pegar|retirar)|"
    r"(?:passo|passar|pego|pegar|buscar|vou) (?:ai|la|na loja|no balcao|pessoalmente|pra pegar|para pegar|pra buscar)|"
    r"eu (?:mesm[oa] )?pego|no balcao|buscar(?=\s*(?:[,.;]|$))|"
    r"pick(?:ing)?(?: it| them| this| these)?[ -]?up|pickup|"
    r"(?:i'll|i can|i will) (?:come (?:by|get)|grab)|(?:swing|stop|drop|come|pop) by|"
    r"come (?:and |over and |to )?(?:get|grab|collect)|"
    r"collect(?:ing)?(?: it| them)?|"
    r"(?:i|we|he|she|my \w+)(?:'ll| will| can| could|'d rather)? (?:just )?"
    r"(?:come|go|pass|stop by|swing by|pop (?:in|over|by)|"
    r"drop (?:in|by))(?: (?:myself|over|by|in|there|round|down))?(?: and| to) "
    r"(?:get|take|collect|fetch|grab|pick)(?: it| them)?|"
    r"recoj[oa]|recoger(?:l[oa]s?)?|retirarl[oa]s?|(?:l[oa]s? |yo )(?:retiro|busco|recojo)|"
    r"(?:pas[oa]|pasar|voy|ire|ir|vamos|llego|vengo|caigo)(?: yo| yo mism[oa]| nosotros| luego| hoy)? (?:a|hasta|por) "
    r"(?:(?:buscar|recoger|retirar|traer)(?:l[oa]s?)?|(?:la|su|tu) tienda|(?:el|su|tu) local|ahi|ell[oa]s?|el|"
    r"todo|eso|es[oa]s)"
    r"(?: a (?:buscar|recoger|retirar)(?:l[oa]s?)?)?|"
    r"(?:ir|passar|passo|vou|venho|passa|vai|passarei)(?: ai| la| na loja)? (?:(?:e|pra|para|a) )?"
    r"(?:buscar|pegar|pego|retirar|retiro)|"
    r"pas[eo](?: yo)? por ahi|(?:paso|voy|vengo)(?: yo)? (?:buscando|recogiendo|retirando)(?:l[oa]s?)?)\b"
    r"(?: (?:na|en la) (?:loja|tienda))?"
)
_DELIVERY = re.compile(
    r"\b(?:entreg(?:a|ar|uem|ue|am|as)|delivery|deliver(?:ed)?|ship(?:ped)?|a domicilio|domicilio|entregar em casa|"
    r"(?:aqui|la|ca) em casa"
    r"(?! (?:tem|temos|tenho|sao|somos|e|ta|tao|ja|come|comem|mora|fica|eu|nos|a gente)\b)|"
    r"(?<!deixa )(?<!deixe )(?<!deixar )(?:pra|para|p) la|(?:na|pra|para|a) minha casa|a mi casa|"
    r"(?:m[ae]nd|envi|llev|tra[ei])\w*(?: \w+){0,2} a casa|"
    r"to my (?:house|home|place|address|apartment)|"
    r"(?:manda|mandar|mandem|envia|enviar|enviem|leva|levar|levem|traz|trazer|tragam) (?:pra|para|aqui|em|no|na|ate|ai)"
    r"(?: (?:ca|casa|mim|aqui))?|envio|(?:enviar|enviarlo|mandar|mandarlo|llevar|traer) a|"
    r"(?:me )?l[oa]s? (?:envian|mandan|traen|llevan)|me l[oa]s? (?:envien|manden|traigan|lleven)|"
    r"(?:mand|envi|traig|llev)[ea]n?me?l[oa]s?|"
    r"(?:send|bring|drop|ship)(?: me| us)? (?:\w+ ){1,9}over (?:there|here)|"
    r"(?:send|bring|drop|leave|pop|run|fetch) (?:it|them|everything|that) (?:to|over|round|around|here|at my)|"
    r"(?:send|bring|drop|pop|run) (?:it|them|everything|that) off|"
    r"(?:send|bring|drop|pop|run|get)(?: me| us)? (?:\w+ ){1,9}(?:round|around|over)"
    r"(?= (?:at|to|here|there|mine|ours)\b|\s*(?:$|[,.;!?]))|"
    r"(?:round )?(?:at|to) (?:mine|ours)(?! (?:and|or) yours)|round (?:mine|(?:my|our) (?:place|house|gaff|flat|way))|"
    r"(?:at|to) (?:my|our) (?:place|house|home|door|doorstep|apartment|flat|gaff|yard|crib)|"
    r"manda(?:r|m)? (?:tudo )?entregar)\b"
)
_NOT_DELIVERY = re.compile(
    r"\b(?:na|taxa de|on|upon|at|momento da|hora da|contra|valor da|ponto de|frete e|"
    r"(?:when|once|as) (?:you|they|it'?s?|the \w+|it is|he|she)|"
    r"(?:quando|cuando)(?: (?:voces?|vcs?|ustedes|me|l[oa]s?|se|for|forem|o motoboy|el repartidor))*) $"
)
_FOUND = re.compile(
    r"\b(?:tenho|temos|achei|encontrei|acab\w+|sobr\w+|tinha|tem|falta\w*|so|ta|tao|esta|estao|tava|estava|viv\w+|mor[ao]m?|"
    r"fic(?:a|ou|aram|am)|cheg(?:ou|aram)|dorm\w+|com(?:e|em|eu|eram)|adotei|ganhei|deixei|esqueci|vem|veio|apareceu|"
    r"senao|se nao|porque|pq|ja que|pois)\b"
    r"[^,.;!?\n]*$"
)
_STREET = (
    r"(?:rua|r\.|r|avenida|av\.?|alameda|al\.|travessa|tv\.?|praca|estrada|rodovia|rod\.?|largo|viela|"
    r"calle|avda\.?|carrera|pasaje)"
)
_COMPLEMENT = (
    r"(?:\s*[,-]?\s*\b(?:apartamento|apto?|apt|ap|bloco|bl|casa|sala|conjunto|cj|andar|torre|lote|quadra|piso|depto|unit)"
    r"\b\.?\s*(?:\d{1,5}[a-z]?|[a-z])\b)*"
)
_SPOKEN_NUMBER = numerals.spoken()
_HUNDREDS = (
    r"(?:cento|mil|(?:duz|trez|quatroc|quinh|seisc|setec|oitoc|novec)ent[oa]s|ciento|(?:dos|tres|cuatro)cientos)"
)
_NUMBER = (
    r"(?:\s*,\s*|\s+)(?:(?:(?:n[º°o.]{0,2}|nro?\.?|numero|number|num\.?)\s*)?(?:\d{1,5}[a-z]?\b(?!\s*(?:h\b|:|hs\b|horas|de\b))|s/n)|"
    rf"(?:numero|num\.?|number)\s+{_SPOKEN_NUMBER}|{_HUNDREDS}\b(?:(?: e| y)? {_SPOKEN_NUMBER})?)"
)
_NUMBERED = re.compile(rf"\b{_STREET}\s+(?:[\w.'ñ]+\s+){{0,6}}?[\w.'ñ]+{_NUMBER}{_COMPLEMENT}")
_NUMBER_FIRST = re.compile(
    rf"(?<![\d/:])\d{{1,5}}[a-z]?,?\s+{_STREET}\s+(?:d[aeo]s? )?[\w'ñ]+"
    r"(?: (?!(?:no|na|em|in|at|pag\w+|pix|cart\w+)\b)[\w'ñ]+){0,3}"
)
_NAMED_ALONE = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’]+)(?: (?:d[aeo]s? |de la |del )?[A-ZÀ-Þ][\w'’]+){1,4}"
    r",? (?:n[º°o.]{0,2} ?)?\d{1,5}[a-z]?\b(?=\s*(?:[,.\n-]|$))"
)
"""A street without the word for it, as names are written: "Mariana Junqueira 410, Centro"."""
_UNNUMBERED = re.compile(rf"\b{_STREET}\s+[^\n!?]{{3,80}}")
_ENGLISH_STREET = re.compile(
    r"(?<!\d)\d{1,5}\s+(?:[a-z'.]+\s+){1,4}?"
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|way|court|square)\b\.?"
    r"(?:,?\s*(?:apt|apartment|unit|suite|floor)\.?\s*#?\w{1,5})?"
)


def find(folded: str, text: str, language: str, asks: str) -> Iterator[Entity]:
    """Everything said about paying and receiving. Where the bot `asks` for the address or the payment, less will do."""
    addresses = list(_addresses(folded, text, asks))
    named = list(_payments(folded, text))
    change = list(money.change(folded, text, language)) or _note(folded, text, named, addresses, asks == "payment")
    yield from change
    yield from money.money(folded, text, language, change)
    payments = named or (list(_paid_in_a_word(folded, text)) if asks == "payment" else [])
    yield from payments
    if change and not payments:  # only cash gives change
        yield Entity("payment", "cash", change[0].span, change[0].text)
    yield from _delivery(folded, text)
    yield from addresses


def _note(folded: str, text: str, named: Sequence[Entity], addresses: Sequence[Entity], asked: bool) -> list[Entity]:
    """The note that is paid with in cash, where that is named or, `asked` how it is paid, nothing else is."""
    cash = any(each.value == "cash" for each in named)
    return list(money.note(folded, text, cash, addresses)) if cash or (asked and not named) else []


def _paid_in_a_word(folded: str, text: str) -> Iterator[Entity]:
    """ "No plástico", "plata": words that mean a way of paying only where that was asked."""
    for method in ("cash", "card_on_delivery", "pix"):
        for found in cues.pattern(f"means_{method}").finditer(folded):
            yield cut("payment", method, found, text)
            return


def _payments(folded: str, text: str) -> Iterator[Entity]:
    for method, pattern in _PAYMENT:
        for found in pattern.finditer(folded):
            yield cut("payment", method, found, text)
    for slip, method in slips.find(folded, _PAID_WITH):
        yield cut("payment", method, slip, text)


def _delivery(folded: str, text: str) -> Iterator[Entity]:
    for found in _PICKUP.finditer(folded):
        yield cut("delivery", "pickup", found, text)
    for found in _DELIVERY.finditer(folded):
        if not _NOT_DELIVERY.search(folded[: found.start()]) and not _is_there(folded, found):
            yield cut("delivery", "delivery", found, text)
    for slip, method in slips.find(folded, _RECEIVED_BY):
        if not slip.group().startswith(("entreg", "retir")):  # another form of the verb
            yield cut("delivery", method, slip, text)


def _is_there(folded: str, found: re.Match[str]) -> bool:
    """ "Achei um shampoo aqui em casa": where something is, not where it goes."""
    return found.group().endswith("em casa") and _FOUND.search(folded[: found.start()]) is not None


def _addresses(folded: str, text: str, asks: str) -> Iterator[Entity]:
    found = _NUMBERED.search(folded) or _ENGLISH_STREET.search(folded) or _NUMBER_FIRST.search(folded)
    if found is None and asks == "address":
        found = _UNNUMBERED.search(folded)
    if found is None and asks in ("address", "delivery"):
        found = _NAMED_ALONE.search(text)
    if found:
        yield cut("address", text[found.start() : found.end()].strip(" ,.-"), found, text)
