"""Rules for what is said out of politeness or to sell: "morning!", "ótimo sábado", "chá da tarde", "claim now"."""

from __future__ import annotations

from understanding.local.dates.lexicon import ADVERTISES, FESTIVE, GREETS
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()


@rules(r"\.[tN]?(?:[WwFSDpP]|U(?!N))", r"\.[dr]t?[WDP]")
def wished(match: Match) -> list[Token] | None:
    """ "Ótimo sábado!", "boa semana"; "almoço de domingo", "chá da tarde", "creme para a noite"."""
    first, said = match.all[0], match.all[-1]
    if match.all[1].kind == "r":
        return match.nothing() if first.number == FESTIVE and said.kind == "P" else None
    if first.number == FESTIVE and match.all[1].kind == "d":
        return match.nothing()
    of_it = said.kind == "P" and said.name.startswith(("da ", "de ", "of ", "pra ", "para "))
    if first.number == FESTIVE and of_it and len(match.all) == 2:
        return match.nothing()
    opens = (
        match.around(-1).kind in ";,e"
        or match.around(-1).name in _HAVE
        or match.around(-1).start < 0
        or match.all[1].kind == "N"
    )
    return match.nothing() if first.number == GREETS and opens else None


_HAVE = ("pasen", "pasa", "pase", "ten", "tengan", "tengas", "tenga", "tenham", "tenha", "have", "passem")
# Parts of the day that greet; "noche" is "buenas noches" in full.
_GREETINGS = ("morning", "morn", "mornings", "afternoon", "evening", "night", "arvo", "noite", "tarde")
_HELLO = ("hi", "hiya", "hello", "hey", "yo", "good", "oi", "ola", "opa", "eai", "hola")
# What goes on after a greeting, where "morning is fine" answers.
_OPENINGS = frozenset(
    (
        *("can", "could", "do", "are", "how", "what", "when", "where", "have", "hi", "hello", "any", "all", "everyone"),
        *("queria", "gostaria", "vcs", "voces", "tudo", "tudo bem", "td", "pessoal", "gente", "galera", "meninas"),
    )
)
_ANSWER = 3  # up to so many words after the comma "morning, please" may still be an answer


@rules(r"P(?=[;,.!]|$)")
def greeting(match: Match) -> list[Token] | None:
    """ "Morning!", "evening folks", "Morning, can I book a cut?"; a time where one was asked for."""
    part, after = match.all[0], match.around(1)
    said_before = any(token.kind != "," and token.name not in _HELLO for token in match.before)
    if part.name not in _GREETINGS or said_before or (match.setting.asked and not _tells_another(match)):
        return None
    if after.kind == ";":
        cheered = "!" in after.name or after.name.endswith(")")
        return match.nothing() if cheered or match.before else None
    if after.kind == "!" and after.name in _OPENINGS:
        return match.nothing()  # "morning any chance of a cut"
    if after.kind == ".":
        alone = match.language("en") and after.number in (0, GREETS)
        alone = alone and (match.around(2).kind in ";," or match.around(2).name in _PEOPLE)
        return match.nothing() if alone or after.name in _OPENINGS else None
    told = match.around(2)
    long = len(match.after) > _ANSWER + 1 and told.kind == "." and told.name not in _POLITE
    return match.nothing() if long or told.name in _OPENINGS else None


def _tells_another(match: Match) -> bool:
    """ "Morning! Friday at 4 please", "morning :) could I …": what is asked for comes behind the greeting."""
    following = match.after
    shouted = match.around(1).kind in ";." and len(following) > _ANSWER
    return shouted or any(token.kind in "WDH" for token in following)


_PEOPLE = ("people", "folks", "team", "ladies", "guys", "girls", "all", "everyone", "friends", "lovelies")
_POLITE = (
    "please",
    "pls",
    "plz",
    "if",
    "if possible",
    "preferably",
    "ideally",
    "maybe",
    "por favor",
    "se",
    "but",
    "mas",
)


@rules(r"(?<![^;,])[.l][.td*]{0,3}[~@D](?=[;,.]|$)")
def slogan(match: Match) -> list[Token] | None:
    """ "Claim your prize now!", "aproveite agora", "order now"."""
    verb, said = match.all[0], match.all[-1]
    if match.around(1).kind == "." and (said.kind != "D" or match.around(1).name != "only"):
        return None
    sells = verb.number == ADVERTISES or (verb.name in ("buy", "order") and len(match.all) == 2 and said.kind != "D")
    return match.nothing() if sells else None
