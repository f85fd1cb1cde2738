"""Rules for times of day: "às 3", "15h30", "quinze pras quatro", "3 da tarde", "às 14 ou 15"."""

from __future__ import annotations

from understanding.local.dates import resolve
from understanding.local.dates.lexicon import BOOKS, TAKES
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import PARTS, Clock
from understanding.local.dates.tokens import Token

_ARTICLES = ("a", "an", "um", "un")

# The rules make "@": a time of day.
rules = Rules()


@rules(r"(?<=[#Poe])p|p(?=[oe]{1,2}P|[idEt]{0,2}#)")
def weak_part(match: Match) -> Token | None:
    """ "tarde" is also late, and "cedo" early: parts of the day only beside a day or another part."""
    return match.all[0]._replace(kind="P") if match.free(1) else None


def clock_of(token: Token) -> Clock | None:
    """The time a number or a clock token says."""
    if token.clock is not None:
        return token.clock
    if token.kind == "H":
        return Clock(token.number // 60, token.number % 60 or None, True)
    if token.number > 24:
        return None
    return Clock(token.number, None, token.number == 0 or token.number > 12 or token.name.startswith("0"))


def _read(match: Match, clock: Clock | None) -> Token | None:
    return None if clock is None else match.made("@", clock=clock)


@rules(r"(?P<n>N)(?P<past>G)(?=[NH])")
def minutes_after(match: Match) -> list[Token] | None:
    """ "Twenty after three"."""
    number = match["n"]
    if match["past"].name != "after" or number.number not in (5, 10, 20, 25) or number.name.isdigit():
        return None
    return [number, match["past"]._replace(kind="q")]


@rules(
    r"V[ath]*(?P<h>[NH])(?!U(?!P))",
    r"(?P<n>N)(?P<u>U)?[rkh][at]*(?P<h>[NH])",
    r"(?P<n>N)(?P<u>U)?q[at]*(?P<h>[NH])",
    r"(?P<h>[NH])(?P<v>v)(?P<n>N)(?P<u>U)?",
)
def around_the_hour(match: Match) -> Token | None:
    """ "quinze pras quatro", "half past three", "cuatro menos diez"."""
    clock, minutes = clock_of(match["h"]), match.get("n")
    if clock is None or clock.minute is not None or (clock.hour > 12 and match["h"].kind == "N"):
        return None
    if match["h"].kind == "N" and match.counts_things():
        return None  # "cuarto para dos personas"
    if match.around(-1).name == "from":
        return None  # "move it from 10 to 3pm"
    if match["h"].name in _ARTICLES or (match.all[0].name == "half" and match["h"].kind == "H"):
        return None  # "a quarter of a chicken", "half 3pm", "às 15 pra um corte"
    if match["h"].name in ("uma", "una") and match.around(1).kind == ".":
        return None  # "às 15 pra uma escova"
    if minutes is None:
        return _read(match, resolve.plus_minutes(clock, match.all[0].number))
    unit = match.get("u")
    if not 0 < minutes.number < 31 or minutes.number % 5 or (unit and unit.number):
        return None
    to_the_hour = match.around(-1).kind == "a" or (
        minutes.number > 12 and match.around(-1).kind in ";,#" and match.free(1)
    )
    english_range = any(token.kind == "k" for token in match.all) and minutes.name.isdigit() and not to_the_hour
    if english_range or match.counts_things():
        return None
    past = any(token.kind == "q" for token in match.all)
    return _read(match, resolve.plus_minutes(clock, minutes.number if past else -minutes.number))


@rules(r"(?P<h>[HN])(?P<u>U)?(?P<q>Q)")
def half_hour(match: Match) -> Token | None:
    """ "3 e meia", "meio-dia e meia"."""
    clock, unit = clock_of(match["h"]), match.get("u")
    told = match.around(-1).kind in "ahsGBu#" or match.around(1).kind == "P"
    if clock is None or clock.minute is not None or (unit and not (unit.number == 1 and told)):
        return None
    if match["h"].kind == "N" and (match.counts_things() or (clock.hour == 1 and not told and _portion(match))):
        return None
    return _read(match, clock if match["q"].number == 0 else resolve.plus_minutes(clock, match["q"].number))


def _portion(match: Match) -> bool:
    """ "Uma e meia porção, por favor"."""
    following = match.around(1)
    return following.kind == "." and not following.number and len(following.name) > _SHORT


_SHORT = 3  # "uma e meia tá bom"


@rules(
    r"(?<=[ahGBu])t?(?P<h>N)(?:U?e(?P<e>N)(?P<mu>U)?|(?P<m>N))",
    r"(?P<h>[NH])(?P<u>U)?e(?P<e>N)(?P<mu>U)?",
    r"(?P<h>N)(?P<m>N)",
    r"(?P<h>N)(?P<dash>-)(?P<m>N)",
)
def hour_and_minutes(match: Match) -> Token | None:
    """ "às 3 e 15", "quinze horas e trinta", "three thirty"."""
    clock, minutes = clock_of(match["h"]), match.get("e", "m")
    if clock is None or clock.minute is not None or minutes is None or match.counts_things():
        return None
    dash = match.get("dash")
    if dash and (dash.end > dash.start or minutes.number not in (15, 30, 45)):
        return None  # "ten-twelve"
    if match["h"].name in ("a", "an"):
        return None  # "change for a fifty"
    unit, hour_unit = match.get("mu"), match.get("u")
    introduced = (
        match.around(-1).kind in "ahGBuf"
        or match.around(1).kind in "P%"
        or match["h"].kind == "H"
        or any(t.kind == "U" for t in match.all)
    )
    spelled = match["h"].name.isalpha() and minutes.name.isalpha()
    alone = match.around(-1).kind in ";,#" and match.around(1).kind in ";," and "e" in match.kinds
    spelled = spelled or (alone and minutes.number in (15, 20, 30, 40, 45, 50) and clock.hour > 2)
    if (unit and unit.number) or (hour_unit and hour_unit.number != 1) or not (introduced or spelled):
        return None
    if (
        not 0 < minutes.number < 60
        or (minutes.number % 5 and minutes.number < 24)
        or (match.get("m") and minutes.number < 10)
    ):
        return None
    return _read(match, clock._replace(minute=minutes.number))


@rules(r"(?P<h>[HN])(?P<u>U)?[,i]?(?P<p>[P%])")
def hour_of_part(match: Match) -> Token | None:
    """ "3 da tarde", "8:30 de la noche", "9 in the morning"."""
    clock, unit, part = clock_of(match["h"]), match.get("u"), match["p"].number
    if clock is None or (unit and unit.number != 1) or (match["h"].kind == "N" and clock.hour > 24):
        return None
    shifted = resolve.at_part(clock, part)
    start, end = PARTS[part]
    fits = (0 if start == 6 else start - 2) <= shifted.hour <= end + 2 or (end > 18 and shifted.hour < 5)
    if match["h"].kind == "N" and match["p"].kind == "P" and not (fits and _told(match)):
        return None
    return _read(match, shifted)


def _told(match: Match) -> bool:
    """Whether the number before the part of a day is an hour: "1 da manhã", not "1 de manhã e 1 à noite"."""
    part, before = match["p"].name, match.around(-1)
    if not match.language("pt") or part.startswith(("da ", "do ", "pela ", "fim ", "final ")):
        return True
    return before.kind in "ahfGBu#-sk@" or before.number == BOOKS or match["h"].number > 4


@rules(r"(?P<h>[NH])U?[dD]?(?P<noon>H)", r"(?P<noon>H),?(?P<h>[NH])U?(?=[,;.#]|$)")
def noon_in_figures(match: Match) -> Token | None:
    """ "12 midday", "12h do meio-dia", "meio-dia, 12h"."""
    clocks = clock_of(match["h"]), clock_of(match["noon"])
    twice = all(clock is not None and (clock.hour, clock.minute or 0) == (12, 0) for clock in clocks)
    return _read(match, Clock(12, None, True)) if twice and match["noon"].name != match["h"].name else None


@rules(r"(?P<h>N)d(?P<u>U)")
def twelve_of_the_day(match: Match) -> Token | None:
    """ "12 del día"."""
    noon = match["h"].number == 12 and match["u"].name == "dia" and match.all[1].name == "del"
    return _read(match, Clock(12, None, True)) if noon else None


_WINDS = ("w", "e", "n", "s", "&", "west", "east", "north", "south")  # of streets: "at 250 W 10th"


@rules(r"(?<=[ah])(?P<f>[9Y])")
def packed(match: Match) -> Token | None:
    """ "at 330", "às 1530"."""
    figures = match["f"].name
    if match.counts_things() or match.around(1).name in _WINDS:
        return None
    hour, minute = int(figures[:-2]), int(figures[-2:])
    if hour > 23 or minute > 59 or minute % 5:
        return None
    return _read(match, Clock(hour, minute, hour == 0 or hour > 12 or figures[0] == "0"))


@rules(
    r"(?P<h>H)",
    r"(?<=[ahGBufb-])(?P<x>x)",
)
def written(match: Match) -> Token | None:
    """ "15h", "15:30"; "24h" alone says always open, not midnight."""
    clock = match.all[0].clock
    if clock and clock.hour == 24 and match.around(-1).kind not in "ahu-sek":
        return None
    return _read(match, clock_of(match.all[0]))


@rules(
    r"(?<=[ah])t?(?P<h>N)(?P<u>U)?",
    r"(?<=s)(?P<h>N)(?P<u>U)",
    r"(?<=s)(?P<h>N)",
    r"(?P<h>N)(?P<u>U)",
)
def bare_hour(match: Match) -> Token | None:
    """ "às 3", "à uma hora", "quinze horas"."""
    hour, unit, before = match["h"], match.get("u"), match.around(-1)
    clock = clock_of(hour)
    if clock is None or (unit and (unit.number != 1 or clock.hour == 24)) or (hour.name in ("a", "an") and not unit):
        return None
    if not unit and hour.number == 1 and match.around(1).kind == "." and match.around(1).number == 0:
        return None  # "at one go", "a la una le gustó"
    one = unit or before.name == "a la" or match.accented(before)
    if before.kind == "s" and not (hour.number == 1 and one):
        return None
    if before.kind not in "ahs" and not (13 <= hour.number <= 23 or (unit and _spoken(match, clock))):
        return None
    if before.kind == "a" and hour.number > 12 and before.name not in ("at", "@") and match.language("en") and not unit:
        return None  # "about 20"
    return None if match.counts_things() else _read(match, clock)


def _spoken(match: Match, clock: Clock) -> bool:
    """ "Nove horas", "sexta 3 horas": hours of the day where nothing makes them a length."""
    before, after = match.around(-1), match.around(1)
    if match.language("en") or not match.free(1) or after.kind in "d-skKIG":
        return False
    return before.kind == "#" or (7 <= clock.hour <= 12 and (before.kind in ";,eo" or before.number == BOOKS))


@rules(r"(?P<r>R)(?=P)")
def spoken_half(match: Match) -> Token | None:
    """ "Uma hora e meia da tarde": no length, for the part of the day."""
    minutes = match["r"].number
    return _read(match, Clock(minutes // 60, minutes % 60)) if minutes > 60 else None


@rules(r"(?P<p>P)[,]?[ah]?(?P<at>@)(?![-sku])|(?P<at2>@)[,]?(?P<p2>[P%])")
def clock_and_part(match: Match) -> Token | None:
    """ "de tarde, às 3"."""
    clock, part = match.either("at", "at2"), match.either("p", "p2")
    if clock.clock is None or clock.clock.hour > 12:
        return match.made("@", clock=clock.clock) if clock.clock else None
    return _read(match, resolve.at_part(clock.clock, part.number))


@rules(r"(?<=#)(?P<n>N)(?=[;.r*]|,(?!N)|$|,?oN)")
def hour_beside_day(match: Match) -> Token | None:
    """ "Amanhã 10", "sexta 15"."""
    before, number = match.around(-1), match["n"]
    named = (
        before.name == "weekday"
        and 1 <= number.number <= 23
        and number.name not in ("a", "an", "one", "um", "uma", "un", "una")
    )
    verbs = (match.around(-back) for back in (2, 3, 4))
    verb = next((word.number for word in verbs if word.kind == "." and word.number in (TAKES, BOOKS)), BOOKS)
    if not named or verb == TAKES or not match.free(1):
        return None
    return _read(match, clock_of(number))


@rules(r"(?P<what>[.Et])f(?P<n>N)(?![UcNO,-])")
def hour_of_it(match: Match) -> list[Token] | None:
    """ "O das 3", "la de las 15", "el turno de las 11": one appointment or slot, named by its hour."""
    what, clock, before = match["what"], clock_of(match["n"]), match.around(-1)
    named = what.number == BOOKS if what.kind == "." else before.kind in ";,eo" or before.number in (TAKES, BOOKS)
    if clock is None or match.counts_things() or not (named or (what.kind != "." and before.start < 0)):
        return None
    return [*match.all[:-1], match.all[-1]._replace(kind="@", clock=clock)]


@rules(r"(?P<n>N)")
def hour_where_asked(match: Match) -> Token | None:
    """ "10 tomorrow", "friday early, like 9", "tomorrow for 11", where a time was asked."""
    number, everything = match["n"], [*match.before, *match.after]
    if not match.setting.asked or not 1 <= number.number <= 23 or number.name in (*_ARTICLES, "one", "uma", "una"):
        return None
    kinds = [token.kind for token in everything]
    if not {"#", "&"} & set(kinds) or {"N", "@", "H"} & set(kinds) or match.counts_things():
        return None
    before, after = match.around(-1), match.around(1)
    leads = before.kind in ";,#&ra" or before.name in _ABOUT
    ends = after.kind in ";,#&i" or after.number in (TAKES, BOOKS) or after.name in _WILL_DO
    return _read(match, clock_of(number)) if leads and ends else None


_ABOUT = (
    "say",
    "like",
    "maybe",
    "perhaps",
    "about",
    "tipo",
    "talvez",
    "como",
    "quizas",
    "sei la",
    "ok",
    "k",
    "pon",
    "poe",
)
_WILL_DO = (
    "please",
    "pls",
    "plz",
    "por favor",
    "pf",
    "pfv",
    "porfa",
    "if",
    "se",
    "si",
    "works",
    "is",
    "would",
    "ta",
    "esta",
)


@rules(r"(?<=@)(?:,?o|,(?=N,?o?[N@,]))a?(?P<n>N)(?![UcP%])")
def another_hour(match: Match) -> list[Token] | None:
    """ "Às 14 ou 15", "at 2, 3 or 4"."""
    clock = clock_of(match["n"])
    if clock is None or match.counts_things() or match["n"].name in ("a", "an", "um", "un"):
        return None
    number = match["n"]
    return [*match.all[:-1], Token("@", number.start, number.end, clock=clock)]


@rules(r"(?<![-A-Za-z#])(?P<n>N)(?=(?:,N)*,?o(?P<at>@))", r"(?<=,)(?P<n>N)(?=(?:,N)*,?o(?P<at>@))")
def hour_before_another(match: Match) -> Token | None:
    """ "14, 15 ou 16h", "2 or 3pm"."""
    clock, other = clock_of(match["n"]), match["at"].clock
    if clock is None or other is None or match["n"].name in ("a", "an") or match.around(-1).number == TAKES:
        return None
    nearest = min(resolve.readings(clock), key=lambda meant: abs(meant.minutes - other.minutes))
    return _read(match, nearest if other.sure else clock)
