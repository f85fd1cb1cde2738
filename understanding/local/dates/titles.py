"""Rules for titles and nouns before nouns: "the series Wednesday", "Sunday Cafe", "Halloween masks", "night guard"."""

from __future__ import annotations

from itertools import pairwise

from understanding.local.dates.lexicon import AMOUNT, BOOKS, FESTIVE
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()

_WORKS = frozenset(
    (
        *("movie", "film", "series", "song", "band", "album", "dvd", "cd", "novel", "vinyl", "poster", "soundtrack"),
        *(
            "documentary",
            "filme",
            "serie",
            "seriado",
            "musica",
            "banda",
            "disco",
            "livro",
            "novela",
            "pelicula",
            "peli",
        ),
        *("cancion", "libro"),
    )
)
_TITLED_ROLES = "[WwMPHFDTx]"


@rules(rf"{_TITLED_ROLES}(?:P|N|7)?[tEs]?[.lA*]", rf"[.lA](?:\.[de])?{_TITLED_ROLES}")
def work(match: Match) -> list[Token] | None:
    """ "Martes 13 la película", "The Day After Tomorrow dvd", "música Segunda Feira"."""
    first, last = match.all[0], match.all[-1]
    if last.kind in ".lA*":
        return match.nothing() if last.name.removeprefix("the ") in _WORKS else None
    return match.nothing() if first.name in _WORKS and not match.language("en") and match.titled(last) else None


@rules(r"[WFPSH4](?=[.lA])")
def house(match: Match) -> list[Token] | None:
    """ "Sunday Cafe", "Friday's restaurant", "Midnight Sun", "Morning Glory leggings": by their capitals."""
    said, noun, before = match.all[0], match.around(1), match.around(-1)
    if not match.language("en") or before.kind in "iIaGBuXCLJWDd" or said.name.startswith(("in ", "at ")):
        return None
    if said.kind == "W" and noun.kind == "A":
        return match.nothing() if match.possessive(said) or match.titled(noun) else None
    proper = not match.free(1) and not noun.number and match.titled(said) and match.titled(noun)
    return match.nothing() if proper and said.kind in "PH" else None


_SHORT = 3
# Nouns that make a weekend no days: "weekend bag"; those of the night are too many to name.
_OF_WEEKEND = ("hours", "bag", "bags", "rate", "rates", "price", "prices", "surcharge", "warrior", "trip", "menu")


@rules(r"[FPSHM](?=[.lUc])")
def noun_before_noun(match: Match) -> list[Token] | None:
    """ "Halloween masks", "midnight snack", "weekend hours", where "on Halloween" is a day."""
    said, noun, before = match.all[0], match.around(1), match.around(-1)
    if not match.language("en") or before.kind in "iIaGBuXCLWDdNOJ" or noun.number == AMOUNT:
        return None
    if said.kind in "HM":
        compound = not match.free(1) and not noun.number and len(noun.name) > _SHORT and before.kind in ";,t"
        return match.nothing() if compound and (said.kind == "M" or said.name == "midnight") else None
    if said.kind == "S":
        return match.nothing() if noun.name in _OF_WEEKEND else None
    if noun.kind == "U" or (said.kind == "P" and said.name != "night"):
        return None
    attributive = (
        noun.kind == "l"
        or (said.kind == "F" and noun.kind == "c")
        or (not match.free(1) and noun.number in (0, FESTIVE))
    )
    return match.nothing() if attributive else None


@rules(r"(?P<have>\.)N\.(?:J?[dt]{0,2})[WSUP7]")
def wish(match: Match) -> list[Token] | None:
    """ "Have a fab weekend", "have a nice rest of the week": a wish, where "do you have a free Friday" asks."""
    said, article, kind = match.all[0], match.all[1], match.all[2]
    asks = match.around(-1).name in ("you", "we", "i") or kind.name in ("free", "slot", "available")
    return match.nothing() if said.name == "have" and article.name == "a" and not asks else None


@rules(r"W(?=\.\.)")
def special_of_day(match: Match) -> list[Token] | None:
    """ "Friday fish special": what is sold then."""
    kind, sold = match.around(1), match.around(2)
    compound = not kind.number and not match.free(1) and sold.number == FESTIVE and match.around(-1).kind in ";,t"
    return match.nothing() if compound and match.language("en") else None


# Portuguese weekdays that are ordinals, farms and bars too.
_ESTATES = ("quinta", "segunda", "sexta", "quarta")


@rules(r"(?P<w>W)d(?P<of>\.)")
def estate(match: Match) -> list[Token] | None:
    """ "Vinho Quinta do Crasto"."""
    of = match["of"]
    proper = match["w"].name in _ESTATES and match.titled(match["w"]) and match.titled(of) and not of.number
    return match.nothing() if proper and match.language("pt") else None


# Statements of how things are: "it's fine now", "what do I do now".
_STATES = ("it", "he", "she", "that", "they", "what", "where", "why")
_DONE = ("hago", "hacemos", "faco", "fazemos", "fazer", "hacer")  # "o que eu faço agora"
_GRASPS = ("see", "get", "get it", "understand", "know", "remember", "gotcha")
_ASKS_FOR_TIME = ("free", "available", "open", "have", "slot", "slots", "come", "book", "works")


@rules(r"~(?=[;,]|$)")
def as_it_is(match: Match) -> list[Token] | None:
    """ "It's fine now", "I'm not sure now", "oh, I see now", "e agora?": no instant to meet at."""
    start = max((place + 1 for place, token in enumerate(match.before) if token.kind == ";"), default=0)
    sentence = match.before[start:]
    if not sentence:
        return None
    first, *others = sentence
    if match.language("pt", "es"):
        done = any(token.name in _DONE for token in sentence) and any(
            token.name in ("que", "o que") for token in sentence
        )
        return match.nothing() if done or (not others and first.kind == "e") else None
    asks = any(token.name in _ASKS_FOR_TIME for token in sentence) or sentence[-1].kind == "a"
    negative = first.name in ("i", "i'm") and any(token.kind == "n" for token in others)
    grasped = any(one.name == "i" and next_.name in _GRASPS for one, next_ in pairwise(sentence))
    stated = first.name in _STATES or negative or grasped
    return match.nothing() if stated and not asks else None


@rules(r"(?:^|(?<=;))@(?=[.n])")
def right_now_it_is(match: Match) -> list[Token] | None:
    """ "Right now it just blinks red", "agora mesmo não lembro"."""
    after = match.around(1)
    stated = after.kind == "n" or (not match.free(1) and after.number != BOOKS)
    return match.nothing() if match.all[0].clock is None and stated else None
