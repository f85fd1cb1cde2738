"""What stands before what is meant: "wait, tell me the price first", "scrap that, 11 is better", "you know my nails?",
"I don't want to cancel, just to move it".

The pause asks for no time and nothing is given up, unless what follows asks for time itself or is only why.
"""

from __future__ import annotations

import re
from functools import cache

from domain.ports import Situation
from understanding.local import replies, steps
from understanding.local.facts import fact as facts
from understanding.local.facts.catalogue import Catalogue
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.reply import doubts
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold

_PAUSING, _GOES_ON = 0.25, 0.6
_SAYS_SOMETHING = 3
_BOOKING = {"time", "professional", "service", "same_hour", "earliest"}
_ORDERING = {"product", "payment", "change_for"}
"""What tells, behind words that give up, that it goes on: "em casa" is where it is done instead."""
_ANNOUNCED = re.compile(
    r"(?:(?:oi|ol[aá]|hi|hey|hello|hola|bom dia|boa tarde|boa noite)\W+)*"
    r"(?:(?:you )?(?:know|remember)|(?:(?:voc[eê]s?|vcs?) )?(?:sabe|lembra)m?(?: d?[oa]| d?aquel[ea])?"
    r"|(?:te |se )?acuerda[ns]?(?: de)?|viste)"
    r" (?P<thing>(?:my|that|the|meu|minha|aquel[ea]|mi|el|la) [^?\n]{3,40})\?\s*(?=\S+\s\S+)",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d.,$])(?:[01]?\d|2[0-3])(?::\d\d|h\d*)?(?![\d.,])")
_YES = {"pt-BR": "pode confirmar", "en": "yes, book", "es": "sí, confirma"}
_MOVE = {"pt-BR": "quero remarcar", "en": "I want to reschedule", "es": "quiero reprogramar"}
_ASTONISHED = "ah+|oh+|ih+|eita|opa|hmm+|no+|nao|nah|mas|but|pero|ok|oops|ops|ay|uy"


def without(text: str, situation: Situation, catalogue: Catalogue) -> str:
    """The text without such an opening."""
    text = _one_of_one(_not_to_cancel(_announced(text), situation), situation)
    return _behind_what_goes(_behind_a_pause(text, situation), situation, catalogue)


def _announced(text: str) -> str:
    """ "You know my booking with Ana? Can we push it back": what it is about, and no question."""
    found = _ANNOUNCED.match(text)
    return f"{text[: found.end('thing')]}, {text[found.end() :]}" if found else text


def _not_to_cancel(text: str, situation: Situation) -> str:
    """ "No quiero cancelar, solo necesito cambiar el horario": only the move is meant."""
    denied = _denied().match(fold(text)) if situation.flow is None else None
    rest = text[denied.end() :] if denied else ""
    if denied is None or not _moves().search(fold(rest)):
        return text
    return f"{text[: denied.start('denied')]}{_MOVE[situation.language]}, {rest}"


def _one_of_one(text: str, situation: Situation) -> str:
    """ "Confirma só a escova mesmo": where nothing else is summed up, no change."""
    if situation.asks != "confirm" or situation.flow != "book" or situation.slots.get("more"):
        return text
    found = _only().match(fold(text))
    return _YES[situation.language] + text[found.end("only") :] if found else text


def _behind_a_pause(text: str, situation: Situation) -> str:
    pause = _pause().match(fold(text)) if situation.flow else None
    rest = text[pause.end() :] if pause else ""
    return rest if len(rest.split()) >= _SAYS_SOMETHING and not _pauses(rest, situation) else text


def _pauses(text: str, situation: Situation) -> bool:
    """Whether it asks for time all the same: "wait, let me ask my husband"."""
    if situation.asks == "confirm":
        return replies.judge(text, doubts.summed_up(situation), situation.language).get("hold", 1.0) >= _PAUSING
    return steps.judge(text, situation.language, situation.asks).get("pauses", 1.0) >= _PAUSING


def _behind_what_goes(text: str, situation: Situation, catalogue: Catalogue) -> str:
    """What follows words that give up, where it goes on with what is under way."""
    given_up = _given_up().match(fold(text)) if situation.flow else None
    rest = text[given_up.end() :] if given_up else ""
    return rest if rest and _goes_on(rest, situation, catalogue) else text


def _goes_on(text: str, situation: Situation, catalogue: Catalogue) -> bool:
    said = facts.gather(text, situation.language, situation, catalogue)
    under_way = {situation.slots.get("service"), *(item["product"] for item in situation.slots.get("items") or ())}
    things = [fact for fact in said if fact.kind in ("service", "product")]
    named = [fact.value["product"] if fact.kind == "product" else fact.value for fact in things]
    if any(each not in under_way for each in named if isinstance(each, str)):
        return False  # begun anew
    if any(fact.kind == "time" and fact.purpose != "want" for fact in said):
        return False  # "forget it, I'm busy at 3"
    counts = any(sign.isdecimal() for sign in text) if situation.flow in ORDERING else bool(_HOUR.search(text))
    details = _ORDERING if situation.flow in ORDERING else _BOOKING
    if not counts and not any(fact.kind in details and not fact.negated for fact in said):
        return False
    if situation.asks == "confirm":
        judged = replies.judge(text, doubts.summed_up(situation), situation.language)
        return judged.get("yes", 0.0) + judged.get("change", 0.0) >= _GOES_ON
    return steps.judge(text, situation.language, situation.asks).get("goes_on", 0.0) >= _GOES_ON


@cache
def _denied() -> re.Pattern[str]:
    greets = "oi+|ola|hi|hey|hello|hola|bom dia|boa tarde|boa noite|buenas?(?: \\w+)?|olha|mira|look|so|entao"
    opens = rf"(?:(?:{greets})\W+)*"
    pronoun = r"(?:(?:i|eu|yo|i'm|im|it's|isso) )?"
    it = r"(?: (?:it|that|this|isso|ess[ea]|eso|l[oa]|(?:m[iy]|meu|minha|[oa]|el|la|the) \w+))?"
    only = "so|apenas|somente|just|only|solo|solamente|mas|but|pero|quero|quiero|e|eh|es|para|pra|to"
    then = rf"\s*[,.;!\n]+\s*(?:(?:{only}) )*"
    return re.compile(rf"\W*{opens}(?P<denied>{pronoun}(?:{alternatives('not_cancelling')}){it}{then})(?=\w)")


@cache
def _moves() -> re.Pattern[str]:
    again = "move|mudar|remarcar|trocar|passar|transferir|adiar|antecipar|change|push|shift|cambiar|mover|correr"
    another = (
        r"outr[oa] (?:hora\w*|dia|data)|another (?:time|day|slot)|a different (?:time|day)|otr[oa] (?:hora\w*|dia)"
    )
    return re.compile(rf"{alternatives('moves_own')}|\b(?:{again}|{another})\b")


@cache
def _only() -> re.Pattern[str]:
    opens = r"\W*(?:(?:pode|podes|podem|please|just|entao|sim|isso|si|yes)\W+)*"
    confirms = r"(?:confirm\w*|marc[ae]r?|agend[ae]r?|reserv\w+|book)"
    only = r"(?P<only> (?:so|somente|apenas|just|only|solo|solamente))"
    return re.compile(rf"{opens}{confirms}{only} (?:[oa]|the|el|la|my|meu|minha|mi) ")


@cache
def _given_up() -> re.Pattern[str]:
    opens = rf"(?:(?:{_ASTONISHED}|wait|espera|pera|e|y|and|oh well|ta|bom|bueno|well)\W+)*"
    given_up = rf"(?:{alternatives('gives_up')}|{alternatives('lets_go')})"
    about = r"(?: (?:ess[ea]|isso|a historia|o negocio|de|d[oa]s?|about|the|that|lo de|el|la|eso)\b(?: \w+){0,4})?"
    return re.compile(rf"\W*{opens}{given_up}{about}\s*[,.!;…]+\s*(?=\w)")


@cache
def _pause() -> re.Pattern[str]:
    waits = rf"(?:wait(?: a (?:sec\w*|minute|moment))?|(?:{alternatives('waits')}))"
    return re.compile(rf"\W*(?:(?:{_ASTONISHED})\W+)*{waits}(?:\s+(?:nah?|no|nao|ai))?\s*[,.!…\n]+\s*")
