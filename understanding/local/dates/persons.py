"""Rules for persons called like a month or a part of the day, which English leaves to what is said of them."""

from __future__ import annotations

from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()

# What is said of a month that may be one to come in: "is June ok?", "April works", where "is June in?" asks for her.
_FITS = frozenset(
    (
        *("ok", "okay", "fine", "good", "great", "perfect", "better", "possible", "works", "work", "best", "be"),
        *("ideal", "easier", "too", "also", "open", "full", "busy", "free", "available", "suits", "sounds", "doable"),
    )
)
_VERBS = ("is", "was", "has", "does", "can", "could", "will", "would")
_ASKING = ("is", "was", "has", "does", "did", "can", "could", "will", "would", "had", "met", "saw", "asked")
_TO_HER = ("tell", "told", "thank", "thanks", "under", "text", "message", "hug", "tip", "miss", "love")
_PRONOUNS = ("she", "he", "her", "him", "his", "hers", "herself", "himself")
_NEAR = 5  # tokens after the name in which a pronoun may stand for it


@rules(r"(?<![iIGBuJOXCLdfbskrnNY])M(?![NOYa7XCdHP%TBu#U-])")
def person_called_like_month(match: Match) -> list[Token] | None:
    """ "Can June do my nails?", "April's work is gorgeous", "I'd prefer April if she's around"."""
    if not match.language("en"):
        return None
    name, before, after = match.all[0], match.around(-1), match.around(1)
    near = [token.name for token in match.after[:_NEAR]]
    if match.possessive(name) or before.name in _TO_HER or any(pronoun in near for pronoun in _PRONOUNS):
        return match.nothing()
    if after.kind == "G":
        return match.nothing() if after.name == "from" and match.around(2).kind in "t." and _noun_near(match) else None
    if after.kind != ".":
        return None
    if after.name in _VERBS:
        return (
            None
            if {match.around(2).name, match.around(3).name} & _FITS or not match.around(2).name
            else match.nothing()
        )
    if before.name in _ASKING:
        return None if after.name in _FITS else match.nothing()
    opens = before.start < 0 or before.kind in ";,"
    acts = not match.free(1) and not after.number and len(after.name) > 3 and after.name.endswith("s")
    return match.nothing() if opens and acts and match.titled(name) else None


def _noun_near(match: Match) -> bool:
    """ "From accounting", "from the front desk": no clock and no day."""
    place = 3 if match.around(2).kind == "t" else 2
    return match.around(place).kind == "." and not match.free(place)


@rules(r"P")
def dawn(match: Match) -> list[Token] | None:
    """ "Dawn said you'd sort me out": the hour has no capital."""
    said = match.all[0]
    return match.nothing() if said.name == "dawn" and match.titled(said) else None
