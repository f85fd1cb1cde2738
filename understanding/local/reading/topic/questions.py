"""What a question is about, and which kind of talk a clause is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from domain.business import WEEKDAYS
from domain.commands import Ask
from domain.ports import Situation
from understanding.local.facts import extremes, quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.reading.topic import house, so_many, sorts
from understanding.local.text import announcing, trades
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import alternatives, has, pattern, words
from understanding.local.text.words import fold, split

_FOR_WHOM = re.compile(
    r"\W*(?:pra|para|de|do|pro|p|for)(?: (?:o|a|um|uma|meu|minha|my|the|un|una|mi))? (?P<whom>[a-z]{4,})"
)
_A_DAY = timedelta(days=1)
_OTHER_NOUNS = ("hours_noun", "address_noun", "payment_noun")
TALK = ("how_are_you", "who_are_you", "laugh", "compliment")


def smalltalk_kind(text: str) -> str:
    """Which kind of talk it is."""
    folded = fold(text)
    if announcing.asks_somehow(folded):
        return "go_ahead"
    return house.kind(folded) or next((kind for kind in TALK if has(kind, folded)), "other")


def question(name: str, clause: Clause, said: Sequence[Fact], situation: Situation) -> Ask:
    """The question with what it speaks of: the named things, else what the flow under way is about."""
    folded, today = fold(clause.text), situation.now.date().isoformat()
    if (quoted := so_many.asked(clause, said, situation, priced=name == "prices")) is not None:
        return quoted
    said = [fact for fact in said if not (name == "catalog" and fact.role == "hint")]  # "vocês extraem siso?"
    about = {"text": _worded(name, clause, situation), **spoken_of(said)}
    named = about.keys() & {"service", "product"}
    if extreme := extremes.kind(folded):
        about["extreme"] = extreme
    if not named:
        about |= _spoken_of_before(name, folded, about, situation)
    if name == "catalog" and "service" in named and not _beyond(clause, said):
        about.pop("text")  # nothing is asked that only a passage would know
    if "product" in named and (_another_kind(clause, said) or any(_near(fact) for fact in said)):
        about["unlisted"] = True
    if name == "prices" and (lines := _counted(said)):
        about["items"] = lines
    if name == "delivery":
        about |= _brought(folded, about, said, situation)
    if name == "hours":
        about |= _opening_days(folded, about, today)
    if "now" in about:
        about.pop("day", None)
    stocked = name == "catalog" and about.get("product") and (has("stock", folded) or clause.asks)
    return Ask({"out_of_scope": "faq"}.get(name, "stock" if stocked else name), about)


def _spoken_of_before(name: str, folded: str, about: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    """What a question that names no thing is about."""
    alone = "trade" not in about and "extreme" not in about  # of one thing none is the cheapest
    if name in ("prices", "duration") and alone and (own := under_way(situation)):
        return {"service": [own], **({"ends": True} if name == "duration" and has("ends_when", folded) else {})}
    if name in ("prices", "duration") and (choice := situation.slots.get("service_choice")) and has("of_each", folded):
        return {"service": list(choice)}
    if name == "professionals" and "professional" not in about:
        return _attending(folded, situation) or (_performed(situation) if has("who_does_it", folded) else {})
    if name == "catalog" and has("serves", folded) and "trade" not in about:
        served = sorts.meant_for(folded, situation.business, only_services=True)
        return served or _unnamed(name, folded, situation)
    return _unnamed(name, folded, situation) if name in ("prices", "duration", "catalog", "stock") else {}


def _attending(folded: str, situation: Situation) -> dict[str, Any]:
    """ "Quem vai me atender?", of the service under way."""
    own = under_way(situation)
    if own and has("who_else", folded):
        return {"service": [own]}
    return {"service": [own], "attends": True} if own and has("will_attend", folded) else {}


def _brought(folded: str, about: Mapping[str, Any], said: Sequence[Fact], situation: Situation) -> dict[str, Any]:
    """Whether it is asked of another place than those served, how long it takes, and whether it can be fetched."""
    place = pattern("elsewhere").search(folded) if "zone" not in about else None
    elsewhere = place is not None and not place.group().endswith(("chegar", "llegar", "aqui", "here"))
    told = {
        "elsewhere": elsewhere,
        "how_long": has("duration", folded) or has("arrival", folded),
        "pickup": any(fact.kind == "delivery" and fact.value == "pickup" for fact in said),
    }
    asked: dict[str, Any] = {name: True for name, is_told in told.items() if is_told}
    return {**asked, **_to_the_same(folded, {**about, **asked}, situation)}


def _to_the_same(folded: str, about: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    """ "Quanto tempo demora?", after "entregam no Centro?"."""
    zone = situation.topic.get("zone") if situation.topic.get("asked") == "delivery" else None
    goes_on = zone and not about.keys() & {"zone", "elsewhere", "day"} and not has("delivery_fee", folded)
    return {"zone": zone} if goes_on else {}


def _worded(name: str, clause: Clause, situation: Situation) -> str:
    """The question's own words; of "preso no trânsito, chego 11:15" those about being late."""
    folded = fold(clause.text)
    late = pattern("runs_late").search(folded) if name == "faq" and situation.business.services else None
    return clause.text[late.start() : late.end()] if late else clause.text[connective(folded) :].strip()


def _opening_days(folded: str, about: Mapping[str, Any], today: str) -> dict[str, Any]:
    """Which opening hours are asked for: of the next holiday, of every Saturday, right now."""
    if has("holiday", folded):
        return {"holiday": True}
    weekdays = [each for each in WEEKDAYS if has(f"habitual_{each}", folded)]
    if weekdays and (not about.get("day") or has("both_days_of_it", folded) or _habitual(weekdays, folded)):
        return {"weekdays": weekdays}
    return {"now": True} if has("now", folded) and about.get("day", today) == today else {}


def _habitual(weekdays: Sequence[str], folded: str) -> bool:
    """ "How late are you open on a Saturday?": every one of them, unlike "no sábado"."""
    first = pattern(f"habitual_{weekdays[0]}").search(folded)
    return first is not None and has("every_such_day", folded[: first.start()])


def sizes_told(folded: str, situation: Situation) -> list[str]:
    """ "E ela vem com quantos quilos?": the product spoken of, when its name tells the size."""
    if not has("how_big", folded):
        return []
    spoken = situation.topic.get("product") or [situation.slots.get("spoken")]
    named = [situation.business.product(str(each)) for each in spoken]
    return [each.id for each in named if each and any(letter.isdecimal() for letter in each.name)]


def _performed(situation: Situation) -> dict[str, Any]:
    """ "Quem faz?", of the service being arranged or just asked about."""
    own = under_way(situation)
    spoken = [own] if own else list(situation.topic.get("service") or ())
    return {"service": spoken} if spoken else {}


def under_way(situation: Situation) -> str | None:
    """The service being arranged, or the procedure somebody is called for."""
    procedure = situation.slots.get("procedure")
    told = next((service.id for service in situation.business.services if service.name == procedure), None)
    return situation.slots.get("service") or told


def _all_that_stand(folded: str, situation: Situation) -> dict[str, Any]:
    """ "Quanto fica tudo?", of several appointments that stand."""
    services = list(dict.fromkeys(str(one["service"]) for one in situation.standing))
    meant = len(services) > 1 and situation.flow is None and not situation.topic.get("service")
    return {"service": services} if meant and has("every_one", folded) else {}


def _meant(name: str, folded: str, situation: Situation) -> dict[str, Any]:
    """ "Quanto fica?", of what was spoken of before."""
    if name == "stock" and (spoken := situation.slots.get("spoken")):
        return {"product": [spoken]}
    if (name == "catalog" and not has("stock", folded)) or has("whole_list", folded):
        return {}
    if name in ("prices", "stock") and (choice := situation.slots.get("choice")):
        return {"product": list(choice["products"])}  # "quanto custa cada?", asked which
    asked = {kind: situation.topic[kind] for kind in ("service", "product") if situation.topic.get(kind)}
    if spoken := situation.slots.get("spoken"):
        asked = asked or {"product": [spoken]}
    booked = situation.own.get("service")
    return asked or ({"service": [booked]} if booked and name in ("prices", "duration") else {})


def _unnamed(name: str, folded: str, situation: Situation) -> dict[str, Any]:
    """What a question without a known thing is about: one of what was spoken of, something that is not here, a list."""
    if name == "stock" and (sized := sizes_told(folded, situation)):
        return {"product": sized}
    if has("points_back", folded) and (spoken := _meant(name, folded, situation)):
        return spoken
    if name in ("stock", "catalog") and has("basket_how_many_left", folded) and (own := _in_hand(situation)):
        return {"product": own}
    if name == "catalog" and has("what_is_done", folded):
        return {}
    if name == "prices" and (told := _of_one(folded, situation) or _all_that_stand(folded, situation)):
        return told
    cue = {"duration": "duration", "prices": "price", "catalog": "stock", "stock": "stock"}.get(name)
    beside = pattern(cue).sub(" ", folded) if cue else folded
    beside = pattern("more_or_less").sub(" ", beside)
    for noun in _OTHER_NOUNS if name == "prices" else ():
        beside = pattern(noun).sub(" ", beside)
    if name == "prices" and situation.slots.get("choice"):
        for one in quantities.find(beside, situation.language):  # "quanto fica dois sacos?", asked which food
            beside = blanked(beside, *one.span)
    known = "of_the_list" if name in ("catalog", "prices") and has("all_there_is", folded) else None
    stands = situation.own or situation.speaks_of_order
    known = "of_what_stands" if stands and has("of_what_stands", folded) else known
    if not _names_something(beside, known):
        return _meant(name, folded, situation)
    return (_for_them(beside, situation) if name == "catalog" else {}) or {"unlisted": True}


def _in_hand(situation: Situation) -> list[str]:
    """ "Quantas vocês têm?", while ordering: of what is to be chosen, or was spoken of last."""
    chosen = list(situation.slots.get("choice", {}).get("products", ()))
    spoken = [each for each in (situation.slots.get("spoken"),) if each]
    return chosen or list(situation.topic.get("product") or ()) or spoken


def _for_them(folded: str, situation: Situation) -> dict[str, Any]:
    """ "O que vocês têm pra gatos?", not "casinha pra gatos"."""
    rest = pattern("for_whom").sub(" ", folded)
    if rest == folded or _names_something(rest, "of_the_list"):
        return {}
    return sorts.meant_for(folded, situation.business)


def _of_one(folded: str, situation: Situation) -> dict[str, Any]:
    """ "Quanto é cada um?", "how much is one?": each thing of the basket, or the one spoken of last."""
    basket = [item["product"] for item in situation.slots.get("items", ())]
    if not has("unit_price", folded):
        return {}
    if basket:
        last = [situation.slots.get("spoken") or basket[-1]]
        return {"product": basket if has("of_each", folded) else last}
    return {kind: situation.topic[kind] for kind in ("service", "product") if situation.topic.get(kind)}


def _beyond(clause: Clause, said: Sequence[Fact]) -> bool:
    """Whether a noun is left beside the things named."""
    rest = clause.rest([(fact.start, fact.end) for fact in said])
    return any(word.isalpha() and len(word) > 2 for word in rest - words("function_words") - words("fillers"))


def _another_kind(clause: Clause, said: Sequence[Fact]) -> bool:
    """ "Ração pra coelho": foods there are, but none for rabbits."""
    behind = [fact.end - clause.start for fact in said if fact.kind == "product" and fact.value["alternatives"]]
    found = _FOR_WHOM.match(fold(clause.text), behind[-1]) if behind else None
    return found is not None and found["whom"] not in trades.known() and _names_something(found["whom"])


def _near(fact: Fact) -> bool:
    """ "Golden filhote": of that make there is only one for adults."""
    return fact.kind == "product" and bool(fact.value.get("near"))


def _counted(said: Sequence[Fact]) -> list[dict[str, Any]]:
    """ "Quanto fica 2 golden?": the basket to quote; empty unless every product is one and some are counted."""
    lines = [fact.value for fact in said if fact.kind == "product" and not fact.negated]
    if not any(line["quantity"] for line in lines) or any(line["alternatives"] for line in lines):
        return []
    return [{"product": line["product"], "quantity": line["quantity"] or 1} for line in lines]


@cache
def _connectives() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{alternatives('and')}|{alternatives('but')})[\s,]+)+")


def connective(folded: str) -> int:
    """How long "aliás," or "e" before a question is."""
    found = _connectives().match(folded)
    return found.end() if found else 0


def spoken_of(said: Sequence[Fact]) -> dict[str, Any]:
    """What a question is about: services and products by id, a professional, a zone, a day."""
    about: dict[str, Any] = {}
    for fact in said:
        if fact.kind == "service":
            about.setdefault("service", []).extend(fact.value if isinstance(fact.value, list) else [fact.value])
        elif fact.kind == "product":
            named = [fact.value["product"]] if fact.value["product"] else []
            about.setdefault("product", []).extend([*named, *fact.value["alternatives"]])
        elif fact.kind == "unlisted":
            about |= {"trade": fact.value, "unlisted": True}
        elif fact.kind in ("professional", "zone", "insurance"):
            about[fact.kind] = fact.value
        elif fact.kind == "time" and fact.value["start"] and fact.value["has_date"] and _is_day(fact.value):
            about["day"] = fact.value["start"][:10]
    return about


def _is_day(time: Mapping[str, Any]) -> bool:
    """Whether a time speaks of one day, not of "seg a sex", a week or a month."""
    if time["grain"] not in ("minute", "hour", "day"):
        return False
    if time["kind"] != "interval" or not time["end"]:
        return True
    return datetime.fromisoformat(time["end"]) - datetime.fromisoformat(time["start"]) <= _A_DAY


def _names_something(folded: str, known: str | None = None) -> bool:
    """Whether a noun is left that no catalogue knows; `known`: a cue whose words are none either."""
    return any(
        word.text.isalpha()
        and len(word.text) > 2
        and word.text not in words("function_words")
        and not (known and pattern(known).fullmatch(word.text))
        for word in split(folded)
    )
