"""What only the question before it makes clear: "e a pedicure?", "e no centro?", "masculino", "quero essa"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.commands import Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import extremes, other_counts, quantities, things
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import announced, pointed
from understanding.local.reading.fills import fills
from understanding.local.reading.topic import so_many
from understanding.local.reading.topic.implied import ordered_right_before
from understanding.local.reading.topic.questions import connective, question, spoken_of
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause, split
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold

_PAUSE = re.compile(r"[,;:]|\s(?:e|y|and)\s")
_COMMA = 2  # letters between a subject and its question
_THINGS = {"service", "product"}
_OF_THINGS = {"prices", "duration", "stock", "catalog", "professionals"}
_OF_LISTS = {"prices", "stock", "catalog"}
_PLACES = {"zone", "delivery"}
_OF_A_BOOKING = {"time", "professional", "earliest", "anybody", "same_person"}
_FEW, _SHORT, _LONG = 2, 4, 9
_OTHER_QUESTIONS = ("duration", "who", "with_whom_it_is", "opening", "arrival", "why", "where")
_DETAILS = {"time", "professional", "delivery", "payment", "address", "zone", "change_for", "name"}


def asked_again(clause: Clause, said: Sequence[Fact], situation: Situation) -> Ask | None:
    """The last question asked again of something else; None when the clause stands by itself."""
    asked = situation.topic.get("asked")
    opened = connective(fold(clause.text)) > 0
    curious = has("only_curious", fold(clause.text))
    asks = clause.asks or (bool(situation.topic.get("just")) and (curious or not has("wishes", fold(clause.text))))
    if situation.flow and not (asked and asks and opened):
        return None
    spoken_of_before = situation.topic or situation.slots.get("spoken")
    if not spoken_of_before and not any(fact.kind == "zone" for fact in said):
        return None
    if any(has(cue, fold(clause.text)) for cue in _OTHER_QUESTIONS) or _takes(clause, said):
        return None
    priced = asked in _OF_LISTS and clause.asks
    if (quoted := so_many.asked(clause, said, situation, priced=priced)) is not None:
        return quoted
    kinds = {fact.kind for fact in said}
    short = clause.asks or len(clause.text.split()) <= _SHORT  # "also please unsubscribe me" asks nothing
    if (
        asked == "faq"
        and opened
        and short
        and not said
        and not has("price", fold(clause.text))
        and situation.flow is None
    ):
        return Ask("faq", {"text": clause.text[connective(fold(clause.text)) :].strip()})
    if asked == "delivery" and not said and pattern("another_place").fullmatch(fold(clause.text).strip(" ,.!?¿")):
        return Ask("delivery", {"text": clause.text.strip(), "elsewhere": True})
    rest = clause.rest([(fact.start, fact.end) for fact in said])
    left = rest - words("fillers") - words("articles") - words("and") - words("elliptic")
    if curious:  # "e da mão, só pra ter uma ideia"
        left -= set(" ".join(pattern("only_curious").findall(fold(clause.text))).split())
    if left and (kinds or len(left) > _FEW or not opened or asked not in _OF_LISTS):
        return None
    topic = _about(asked, kinds, situation, said, elliptical=clause.asks or opened)
    points_back = any(has(cue, fold(clause.text)) for cue in ("how_big", "points_back"))
    if topic is None and left and not points_back and not has("price", fold(clause.text)):
        return Ask(str(asked), {"text": clause.text.strip(), "unlisted": True})
    return _of_the_same(question(topic, clause, said, situation), situation) if topic else None


def _takes(clause: Clause, said: Sequence[Fact]) -> bool:
    """ "Quero a areia", "dos de la de gato": what was listed is taken, not asked about again."""
    named = [fact for fact in said if fact.kind == "product"]
    if not named or clause.asks or has("price", fold(clause.text)) or has("wants_to_know", fold(clause.text)):
        return False
    counted = any(fact.value["quantity"] for fact in named)
    return counted or ordered_right_before(fold(clause.text), named[0].start - clause.start)


def _of_the_same(ask: Ask, situation: Situation) -> Ask:
    """ "E o Bruno?", "e na sexta?", after "a Ana trabalha sábado?": of the day, or the person, asked about."""
    if ask.topic != "professionals":
        return ask
    kinds = ("professional",) if ask.about.get("service") else ("professional", "day")
    before = {kind: situation.topic[kind] for kind in kinds if situation.topic.get(kind)}
    return Ask(ask.topic, {**before, **ask.about})


def leads_on(
    clause: Clause, inside: Sequence[Fact], behind: Clause, said: Sequence[Fact], situation: Situation
) -> bool:
    """Whether a clause only says what the one behind it is about, or that it puts something right."""
    if not inside and announced.changes_mind(fold(clause.text)):
        return True
    chooses = situation.asks in ("service", "items")  # "hidratação, quanto fica?": chosen, and its price asked
    return not chooses and _is_subject(clause, inside, behind, said)


def _is_subject(clause: Clause, inside: Sequence[Fact], behind: Clause, said: Sequence[Fact]) -> bool:
    """ "E a ração de filhote, quanto é?": what the question right behind it asks about, and no wish."""
    named = {fact.kind for fact in inside}
    if named == {"time"}:
        return _is_day_asked_about(clause, inside, behind, said)
    again = any(fact.kind in _THINGS and behind.start <= fact.start < behind.end for fact in said)
    if not named or not named <= _THINGS or again or clause.asks or clause.yes or clause.no:
        return False
    if behind.start - clause.end > _COMMA or not any(has(cue, fold(behind.text)) for cue in ("price", "duration")):
        return False
    counted = any(fact.kind == "product" and fact.value["quantity"] for fact in inside)
    rest = clause.rest([(fact.start, fact.end) for fact in inside])
    return not counted and rest <= words("fillers") | words("articles") | words("and") | words("elliptic")


def _is_day_asked_about(clause: Clause, inside: Sequence[Fact], behind: Clause, said: Sequence[Fact]) -> bool:
    """ "Dia 3 de abril é feriado, vocês vão abrir?": the day whose hours the question right behind it asks for."""
    timed = any(fact.kind == "time" and behind.start <= fact.start < behind.end for fact in said)
    if timed or clause.asks or not behind.asks or not has("is_somebody_there", fold(behind.text)):
        return False
    if any(fact.value["has_time"] for fact in inside) or behind.start - clause.end > _COMMA:
        return False
    folded = fold(clause.text)
    return not any(has(cue, folded) for cue in ("books", "wishes", "moves_own", "cannot_come", "cancels"))


def _about(
    asked: str | None, kinds: set[str], situation: Situation, said: Sequence[Fact], *, elliptical: bool
) -> str | None:
    """What these facts alone ask, after that question."""
    if "zone" in kinds and kinds <= _PLACES and situation.business.delivery:
        return "delivery" if elliptical or asked == "delivery" else None
    if kinds & _THINGS and kinds <= {*_THINGS, "professional"} and asked in _OF_THINGS:
        return asked if elliptical or _narrows(situation, said) else None
    if asked == "professionals" and elliptical:
        person = kinds == {"professional"} or (kinds == {"time"} and situation.topic.get("professional"))
        return "professionals" if person or kinds == {"professional", "time"} else None
    return "hours" if kinds == {"time"} and asked == "hours" and elliptical else None


def _narrows(situation: Situation, said: Sequence[Fact]) -> bool:
    """ "Masculino", after the prices of both haircuts."""
    told, now = situation.topic, spoken_of(said)
    return any(len(told.get(kind, ())) > len(now.get(kind, ())) > 0 and set(now[kind]) <= set(told[kind])
               for kind in _THINGS)  # fmt: skip


def taken(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command] | None:
    """ "Quero essa", "pode pedir", "a mais barata": what was just asked about is wanted."""
    asks = clause.asks and not has("please_bring", fold(clause.text))
    if situation.flow is not None or asks or any(fact.kind not in _DETAILS for fact in said):
        return None
    places = [(fact.start - clause.start, fact.end - clause.start) for fact in said]
    bare = _without(fold(clause.text), places)
    folded = " ".join(bare.split())
    if _takes_the_quoted(fold(clause.text), situation):
        told = [fact for fact in said if fact.kind != "time"]  # "as 3" is no hour
        return [*(_chosen(folded, situation) or ()), *fills(told, situation, flow=None)]
    if some := _some_of_it(bare, situation):
        return [*some, *fills(said, situation, flow=None)]
    if not has("this_one", folded) and not (extremes.kind(folded) and clause.please):
        return None
    chosen = _chosen(folded, situation)
    return [*chosen, *fills(said, situation, flow=None)] if chosen else None


def picked(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "A de gato, por favor", "vou de golden", "golden then": the one of those just listed that is taken."""
    named = [fact for fact in said if fact.kind == "product" and not fact.negated]
    alone = situation.flow is None and situation.topic.get("fresh") and not situation.topic.get("service")
    if not alone or clause.asks or not named or any(fact.kind not in ("product", *_DETAILS) for fact in said):
        return []
    folded = fold(clause.text)
    asks = any(has(cue, folded) for cue in ("price", "wants_to_know", "question_start")) or connective(folded) > 0
    if asks or not _narrows(situation, said):
        return []
    takes = clause.please or clause.yes or has("basket_goes_for", folded)
    rest = clause.rest([(fact.start, fact.end) for fact in said])
    small = words("fillers") | words("articles") | words("takes") | words("beside_a_choice") | words("behind_a_count")
    listed = situation.topic.get("asked") in ("stock", "catalog")
    left = [word for word in rest - small if not families(word) and not has("assent", word)]
    return [Start("order"), *fills(said, situation, flow="order")] if takes or (listed and not left) else []


def wanted_at_once(clause: Clause, situation: Situation) -> list[Command]:
    """ "Quero", right after it was told what there is of one product: that one, not a mere yes."""
    asked: Sequence[str] = situation.topic.get("product") or () if situation.topic.get("fresh") else ()
    told = len(asked) == 1 or bool(situation.topic.get("fresh") and situation.topic.get("items"))
    alone = situation.flow is None and situation.asks == "none" and not situation.options and told
    if not alone or clause.asks or not pattern("wants_that").fullmatch(fold(clause.text).strip(" .,!")):
        return []
    return _chosen(fold(clause.text), situation) or []


def _takes_the_quoted(folded: str, situation: Situation) -> bool:
    """ "Quero as 3", after what three of them come to."""
    quoted: Sequence[dict[str, Any]] = situation.topic.get("items") or [] if situation.topic.get("fresh") else []
    pointed_at = pattern("basket_those_many").search(folded) if len(quoted) == 1 else None
    if pointed_at is None or not (has("orders", folded) or has("takes_along", folded)):
        return False
    number = pointed_at.group().split()[-1]
    told = int(number) if number.isdecimal() else numerals.value(number, situation.language)
    return bool(told == quoted[0]["quantity"])


def _some_of_it(folded: str, situation: Situation) -> list[Command]:
    """ "Dame 2 de esos", "two bags then": so many of the products just asked about."""
    products: Sequence[str] = situation.topic.get("product") or ()
    if not products or situation.topic.get("service"):
        return []
    if (extreme := extremes.kind(folded)) is not None:  # "quero 2 da mais barata"
        products = extremes.picked(products, folded, situation.business)
        folded = pattern(extreme).sub(lambda found: " " * len(found.group()), folded)
    counted = [one for one in quantities.find(folded, situation.language) if not other_counts.counts(folded, one)]
    if len(counted) != 1:
        return []
    points = has("points_back", folded) and has("orders", folded)
    if not points and not pointed.only_counts(*_part_of(folded, counted[0])):
        return []
    return [Start("order"), Fill("items", [{**_line(products[0], counted[0].value), "alternatives": products[1:]}])]


def _part_of(folded: str, counted: quantities.Quantity) -> tuple[str, quantities.Quantity]:
    """ "Me vê quatro, busco aí e pago no pix": the words between the pauses, where the number stands."""
    start = max((found.end() for found in _PAUSE.finditer(folded, 0, counted.span[0])), default=0)
    behind = _PAUSE.search(folded, counted.span[1])
    part = folded[start : behind.start() if behind else len(folded)]
    return part, replace(counted, span=(counted.span[0] - start, counted.span[1] - start))


def narrowed(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command] | None:
    """ "Masculino. sábado 11h", after "corte feminino ou masculino?": one of them is wanted; "sábado 11h": either."""
    services = list(situation.topic.get("service") or ())
    if situation.flow is not None or situation.asks != "clarify" or not services or _wants_to_know(clause):
        return None
    if any(fact.kind not in _OF_A_BOOKING for fact in said):
        return None
    chosen = _telling(clause, services, situation) if len(services) > 1 else None
    times = [fact for fact in said if fact.kind in ("time", "earliest") and not fact.negated]
    rest = clause.rest([(fact.start, fact.end) for fact in said])
    if chosen is None and not (times and rest <= words("fillers") | words("articles")):
        return None
    wanted = chosen or (services if len(services) > 1 else services[0])
    return [Start("book"), Fill("service", wanted), *fills(said, situation, flow="book")]


def of_those_asked_about(text: str, commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "Ele é porte grande. Marca sábado às 11h", after "quanto tá o banho?": the one of them that is told."""
    services = list(situation.topic.get("service") or ())
    told = any(isinstance(each, Fill) and each.slot in ("service", "last") for each in commands)
    if Start("book") not in commands or told or len(services) < _FEW or situation.slots.get("service"):
        return list(commands)
    chosen = {_telling(clause, services, situation) for clause in split(text, situation.language)} - {None}
    place = list(commands).index(Start("book")) + 1
    named = [Fill("service", chosen.pop())] if len(chosen) == 1 else []
    return [*commands[:place], *named, *commands[place:]]


def _wants_to_know(clause: Clause) -> bool:
    folded = fold(clause.text)
    return clause.asks or any(has(cue, folded) for cue in ("price", "duration"))


def _telling(clause: Clause, services: Sequence[str], situation: Situation) -> str | None:
    """The one of several services that a word which tells them apart names."""
    lexicon = things.lexicon(situation.business)
    named = {thing.id: thing.concepts for thing in things.of(situation.business, lexicon) if thing.id in services}
    opening = " ".join(clause.text.split()[:_LONG])  # "o masculino, pro meu marido, que o cabelo dele …"
    spoken = {token.concept for token in things.tokens(opening, lexicon)}
    shared = frozenset.intersection(*named.values()) if named else frozenset()
    fitting = [identity for identity, concepts in named.items() if spoken & (concepts - shared)]
    return fitting[0] if len(fitting) == 1 else None


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _chosen(folded: str, situation: Situation) -> list[Command] | None:
    """The flow that what was asked about begins, with it."""
    if items := situation.topic.get("items"):
        lines = [_line(item["product"], item["quantity"]) for item in items]
        zone = situation.topic.get("zone")
        return [Start("order"), Fill("items", lines), *([Fill("zone", zone)] if zone else [])]
    if products := extremes.picked(situation.topic.get("product", ()), folded, situation.business):
        first, *others = products
        return [Start("order"), Fill("items", [{**_line(first, None), "alternatives": tuple(others)}])]
    if services := extremes.picked(situation.topic.get("service", ()), folded, situation.business):
        return [Start("book"), Fill("service", services if len(services) > 1 else services[0])]
    return None


def _line(product: str, quantity: int | None) -> dict[str, Any]:
    return {"product": product, "quantity": quantity, "mode": "set", "alternatives": ()}
