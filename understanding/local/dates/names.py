"""Rules for names that are words for days and months: "livraria Abril", "ask for June", "Ruby Tuesday", "MAIO10"."""

from __future__ import annotations

from understanding.local.dates.lexicon import AMOUNT, BOOKS, FESTIVE, TAKES
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()


@rules(
    r"\*[WwMmF](?!,?[aTHPXd@]|N|,N(?![.c]))",
    r"\*d(?P<of>M)(?!,?[aTHPXNd@])",
    r"^(?P<said>[WMFPSH4])[e.][^;,WMN]{0,5}\*",
)
def person(match: Match) -> list[Token] | None:
    """ "Me chamo Abril", "dona Domingas", "soy amiga de Abril", "Sábado é o nome do meu gato"."""
    of = match.get("of")
    return None if of and not match.titled(of) else match.nothing()


# "With June" and "con Julio" are persons (and "con mayo" a sauce), where "with June 5" would be a day.
_WITH = ("com", "con", "with", "sem", "sin", "without")
# After a month, what only somebody does: "April told me about you", "Julio me atendió".
_DOES = frozenset(
    (
        *("here", "speaking", "calling", "there", "told", "said", "says", "recommended", "referred", "sent", "helped"),
        *("suggested", "mentioned", "asked", "did", "cut", "gave", "called", "served", "attended", "aqui", "falando"),
        *(
            "hablando",
            "me",
            "te",
            "le",
            "nos",
            "dijo",
            "disse",
            "recomendou",
            "indicou",
            "recomendo",
            "atendeu",
            "trabaja",
            "trabalha",
        ),
    )
)


@rules(r"(?P<before>[^;])(?P<name>M)", r"(?P<name>M)(?=[.FG])", r"^(?P<name>M)(?=o\.)")
def called_like_month(match: Match) -> list[Token] | None:
    """ "A Abril vai comigo", "minha filha Abril", "April here", "con Julio"."""
    name, before, after = match["name"], match.get("before") or match.around(-1), match.around(1)
    if after.name in _DOES or (after.kind == "F" and match.titled(name)):
        return match.nothing()
    if after.kind in "dYXC7NOaTHP%" or (match.get("before") is None and match.around(-1).kind in "NO"):
        return match.nothing() if before.name in _WITH and after.kind in "aHP%" else None
    if before.name in _WITH or (after.kind == "G" and match.around(2).kind == "." and not match.free(2)):
        return match.nothing()  # "April from accounting"
    if after.kind == "G":
        return None
    if name.name == "mayo" and _sauce(match, before):
        return match.nothing()
    surrounded = before.kind in ".t" and before.number not in (BOOKS, AMOUNT) and after.kind in ".n"
    article = before.name in ("a", "o", "da", "na", "pela", "está") and not match.language("en")
    article = article and (match.titled(name) or (after.kind == "." and match.language("pt")))
    return match.nothing() if surrounded or (article and match.around(-1).kind not in "MmNO") else None


def _sauce(match: Match, before: Token) -> bool:
    """ "Mayo light, ¿tienen?", "doble mayo", "mayo o mostaza"."""
    after, noun = match.around(1), match.around(2 if match.around(1).kind in "oe" else 1)
    with_noun = noun.kind == "." and not noun.number and len(noun.name) > _SHORT
    if before.start < 0:
        return with_noun
    added = before.kind == "Z" or (before.kind == "." and before.number in (0, TAKES)) or before.name in _ARTICLES
    return added and after.kind not in "YNd"


_SHORT, _LONG = 3, 5
_ARTICLES = ("una", "la")
# Christian names that are months as well, in Spanish.
_CHRISTENED = ("abril", "julio")


@rules(r"(?P<noun>\.)d(?P<name>M)(?![YNd])", r"(?P<name>M)d(?P<place>\.)", r"(?:^|(?<=[;,]))(?P<name>M)(?P<verb>[.I])")
def christened(match: Match) -> list[Token] | None:
    """ "El blog de Abril", "Julio hace barba también?"."""
    name, noun, verb, place = match["name"], match.get("noun"), match.get("verb"), match.get("place")
    if name.name not in _CHRISTENED or not match.titled(name):
        return None
    if place:
        of_house = not place.number and len(place.name) > _LONG and match.around(-1).kind in ";,ts"
        return match.nothing() if of_house else None
    if noun:
        return match.nothing() if not noun.number and noun.name not in _OF_MONTHS else None
    return match.nothing() if verb and verb.name in _WORKS_THERE else None


_OF_MONTHS = ("feriado", "feriados", "factura", "fatura", "mensualidad", "mensalidade", "cuota", "mediados", "meados")
_WORKS_THERE = (
    *("hace", "hizo", "corta", "corto", "atiende", "atendio", "fue", "vino", "cobra", "está", "faz", "fez", "atende"),
    *("foi", "veio", "cortou"),
)


@rules(r"\.[FM]", r"\.dW")
def surname(match: Match) -> list[Token] | None:
    """ "Natália Natal", "Márcio Reis", "livraria Abril", "Bar da Sexta"."""
    first, last = match.all[0], match.all[-1]
    if match.language("en") or first.number or not match.titled(last):
        return None
    named = last.kind == "M" and match.around(1).kind not in "dNOYXC7"
    return match.nothing() if named or match.titled(first) else None


@rules(r"(?<=A)d?(?P<w>W)(?!,?[aTHPXNd@])", r"(?<=[^;])E(?P<w2>W)")
def house(match: Match) -> list[Token] | None:
    """ "Padaria Domingo", "bar da Sexta", "la revista El Jueves": in languages that write days small."""
    titled = match.titled(match.either("w", "w2"))
    titled = titled and (match.get("w") is not None or match.titled(match.all[0]))
    return match.nothing() if titled and not match.language("en") else None


@rules(r"[WwM](?=[.lA])")
def brand(match: Match) -> list[Token] | None:
    """ "Sunday Riley", "padaria Sábado Feliz"."""
    day, after, opens = match.all[0], match.around(1), match.around(-1).start < 0
    titled = match.titled(day) and match.titled(after)
    # English days always have a capital, so that what follows must be no verb; others may have one at the beginning.
    noun = after.kind in "lA" or not match.free(1)
    known = noun if match.language("en") else after.kind == "." and (not opens or day.kind == "M")
    return match.nothing() if titled and known else None


@rules(r"[WFM][N9]", r"l[.d:-]?[wm][N9]", r"m[N9]")
def coupon(match: Match) -> list[Token] | None:
    """ "Código SEXTA10", "MAIO10", "MARCH15"."""
    *_, word, figures = match.all
    if match.kinds[0] == "m" and not match.setting.writing.capital(word.start, word.end):
        return None
    return match.nothing() if word.end == figures.start and figures.name.isdigit() else None


@rules(r"P(?=d\.)", r"(?<=\.)P(?=[;,.]|$)")
def evening(match: Match) -> list[Token] | None:
    """ "Noite do pijama", "movie night"."""
    part = match.all[0]
    if match.around(1).kind == "d":
        return (
            match.nothing()
            if part.name in ("noite", "noche", "tarde") and match.around(2).number in (0, FESTIVE)
            else None
        )
    return match.nothing() if part.name == "night" and not match.around(-1).number else None
