"""One more of the same for somebody else: "e uma pra minha irmã logo depois"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Affirm, Command, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold, split

_OTHER_WISHES = ("price", "moves_to", "moves_own", "cancels", "has_booked")

_DETERMINED = re.compile(r"\b(?:o|a|el|la|the|my|meu|minha|mi|esse|essa|este|esta|this|that)\s+$")
_TWO = 2
_ONESELF = listed("eu mim comigo i me myself yo mí conmigo")


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The booking for the second person: beside the one under way, or like the one just made; empty otherwise."""
    folded = fold(clause.text)
    booked = situation.flow is None and situation.anchor is not None
    if booked and (behind := _right_behind(folded, said, situation)):
        return behind
    arranged = situation.flow == "book" and situation.slots.get("service")
    if arranged and _is_for_somebody_else(_without_its_name(folded, clause, said, situation)):
        return [*_of_their_kind(said, situation), Fill("for_another", True)]
    if not (booked or arranged) or has("price", folded):
        return []
    if not has("one_more_for", folded) and not has("comes_too", folded):
        return []
    if any(fact.kind in ("service", "product") and not (arranged and _under_way(fact, situation)) for fact in said):
        return []
    if arranged:
        return _beside(folded, said, situation)
    times = [fact for fact in said if fact.kind in ("time", "professional", "same_hour")]
    behind = [Fill("shift", "later")] if _follows(folded) and not times else []
    told = (Fill("last", True), Fill("for_another", True), *fills(times, situation, flow="book"))
    return [Start("book"), *told, *behind, *(_at_that_hour(folded) if not times else ())]


def _without_its_name(folded: str, clause: Clause, said: Sequence[Fact], situation: Situation) -> str:
    """ "La manicure no es para mí, es para mi esposo", of a manicure: without its name."""
    for fact in said:
        if _under_way(fact, situation) and fact.role != "hint":
            start = fact.start - clause.start
            before = _DETERMINED.sub("", folded[:start])
            folded = f"{before}{folded[fact.end - clause.start :].lstrip()}"
            break
    return folded.strip(" .,!?")


def _is_for_somebody_else(folded: str) -> bool:
    """Whether a clause says no more than whom the appointment is for, or for whom it is not."""
    if pattern("is_for_another").fullmatch(folded) is not None:
        return True
    told = len(pattern("another_one").findall(folded))
    left = {word.text for word in split(pattern("another_one").sub(" ", folded)) if word.text[0].isalnum()}
    nobody_here = told > 1 or (told == 1 and not left.isdisjoint(words("booking_not_oneself")))
    return nobody_here and left <= words("booking_not_oneself") | words("booking_for_whom")


def _under_way(fact: Fact, situation: Situation) -> bool:
    """ "Minha amiga quer cortar também", of a women's cut: the same, by a word that fits others too."""
    ids = fact.value if isinstance(fact.value, list) else [fact.value]
    return fact.kind == "service" and situation.slots.get("service") in ids


def _of_their_kind(said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "É pro meu marido", of a women's cut: the same for men; a manicure stays what it is."""
    current = situation.business.service(str(situation.slots["service"]))
    told = [situation.business.service(fact.value) for fact in said if fact.kind == "service" and fact.value]
    kind = [each.id for each in told if each and current and each.name.split()[0] == current.name.split()[0]]
    return [Fill("service", each) for each in kind[:1] if current and each != current.id]


def _beside(folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """Somebody more beside the booking under way: an hour told to the times offered is the customer's own."""
    at_once = has("comes_along", folded) or any(fact.kind in ("same_hour", "together") for fact in said)
    times = [fact for fact in said if fact.kind == "time" and not fact.negated]
    if times and situation.asks == "confirm":
        told = {"service": situation.slots["service"], "time": [fact.value for fact in times], "for_another": True}
        return [Fill("more", [told])]
    own = fills([fact for fact in said if fact.kind in ("time", "professional")], situation, flow="book")
    return [*own, Fill("people", 2), *([Fill("together", True)] if at_once else [])]


def for_another(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """The booking as somebody else's: "corte pra minha filha", or the answer to an hour that is the customer's own."""
    slots, folded = situation.slots, fold(text)
    if (apart := _one_each(commands, text, situation)) is not None:
        return apart
    asked = situation.flow == "book" and situation.asks == "time" and slots.get("own_in_way")
    if any(isinstance(each, Fill) and each.slot in ("people", "for_another") for each in commands):
        return list(commands)
    meanwhile = situation.just_booked and has("meanwhile_for_me", folded)
    if not (asked or Start("book") in commands) or not (meanwhile or has("another_one", folded)):
        return list(commands)
    if asked:
        told = [each for each in commands if not isinstance(each, Unclear | Affirm | Smalltalk | Start)]
        return [*told, Fill("for_another", True)]
    if any(isinstance(each, Fill) and each.slot == "more" for each in commands):
        return [_of_another(each) for each in commands]
    place = commands.index(Start("book")) + 1
    return [*commands[:place], Fill("for_another", True), *commands[place:]]


def _one_each(commands: Sequence[Command], text: str, situation: Situation) -> list[Command] | None:
    """ "Eu e o marido sexta às 16h, o meu é o feminino e o dele o masculino": two services for two people at once."""
    more = next((each for each in commands if isinstance(each, Fill) and each.slot == "more"), None)
    if more is None or len(more.value) != 1:
        return None
    if Start("book") not in commands and situation.asks != "service":
        return None
    two = Fill("people", 2) in commands or situation.slots.get("people") == _TWO
    each_has_one = has("booking_each_of_two", fold(text)) or (situation.asks == "service" and two)
    if not two and not each_has_one:
        return None
    at_once = each_has_one or Fill("together", True) in commands or _comes_along(text)
    kept = [each for each in commands if each not in (Fill("people", 2), Fill("together", True))]
    return [_of_another(each, together=at_once) if each is more else each for each in kept]


def _comes_along(text: str) -> bool:
    """Whether the customer is one of the two, as no dog's owner is."""
    found = pattern("two_people").search(fold(text))
    return found is not None and bool(_ONESELF & set(text[slice(*found.span())].lower().split()))


def _of_another(command: Command, *, together: bool = False) -> Command:
    """ "Corte às 10 com a Ana e manicure às 10 pra minha filha": what is wanted beside the first is somebody else's."""
    if not isinstance(command, Fill) or command.slot != "more":
        return command
    told = ({"service": each} if isinstance(each, str) else each for each in command.value)
    at_once = {"together": True} if together else {}
    return Fill("more", [{**each, "for_another": True, **at_once} for each in told])


def _follows(folded: str) -> bool:
    """ "Logo depois", "and one for my mom after"."""
    return has("right_behind", folded) or has("after_that", folded.strip(" .,!?"))


def _at_that_hour(folded: str) -> list[Command]:
    """ "Can my friend come at the same time?"."""
    return [Fill("same_hour", True)] if has("comes_along", folded) else []


def _right_behind(folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "E a pedicure logo depois": another service behind what was just booked."""
    told = [fact for fact in said if fact.kind in ("service", "time", "professional") and not fact.negated]
    services = [fact for fact in told if fact.kind == "service"]
    if not services or not _follows(folded) or any(has(cue, folded) for cue in _OTHER_WISHES):
        return []
    timed = any(fact.kind == "time" for fact in told)
    return [Start("book"), *fills(told, situation, flow="book"), *([] if timed else [Fill("shift", "later")])]
