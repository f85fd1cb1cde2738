"""Whether the words before a thing order it, add to it or take it off ("só um", "mais dois", "tira a areia")."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from understanding.local.text import cues, numerals

Mode = Literal["set", "add", "remove"]
Span = tuple[int, int]

_INSTEAD = (
    r"em vez d[aoe]s?|ao inves d[aoe]s?|no lugar d[aoe]s?|instead of|rather than|en (?:vez|lugar) del?|"
    r"nao (?:e|eh|sao|eram)|no son"
)
_SWAP = (
    r"troc\w+|substitu\w+|sustitu\w+|reempla\w+|swap\w*|replac\w+|switch\w*|exchange|"
    r"(?:mud|cambi|chang)\w*(?= (?:[oa]s?|el|l[ao]s?|the|my|m[ei]us?|minhas?) (?:\w+ ){1,3}"
    r"(?:por|pel[oa]s?|pr[ao]s?|para|to|for|with|into|a) (?!\d))"
)
_BROUGHT = (
    r"[^,.;!?\n]{0,60}?\b(?:(?:round|around|over|by|off)(?! (?:my|the|this|that) (?:order|list|basket|cart))|"
    r"(?:at|to|for|with) (?:mine|ours|my (?:place|house|home|door|mum|mom|gran)|us|me|our))\b"
)
"""Behind "drop": a thing dropped off somewhere is brought, not left out."""
_REMOVE = (
    r"tir(?:a|ar|e|em|o)|remov\w+|exclu\w+|apag\w+|retir(?:a|ar|e)(?= (?:[ao]s?|\d+|uma?|dois|duas) )|"
    r"desist\w+ d[aoe]s?|esquec\w+ (?:d?[aoe]s?)(?= )|forget (?:about )?the|never ?mind the|olvid\w+ (?:el|l[ao]s?)|"
    r"nao (?:quero|vou querer|precisa|preciso)(?: mais)?(?: d[aoe]s?)?|quit(?:a|ar|e)|sac(?:a|ar|ame)|"
    r"take (?:off|out|away)|take(?= (?:\w+ ){1,4}(?:off|out|away)\b)|"
    rf"drop(?! (?:it|them|off|by|at|in|me|us)\b)(?!{_BROUGHT})|"
    r"do ?n[o']?t want|no quiero|menos|"
    r"(?:sem|sin|without)(?! (?:pressa|falta|problemas?|duvidas?|troco|erro|compromisso|demora|apuro|prisa|dudas?|"
    r"cambio|vuelto|fail|delay|change|problems?)\b)"
)
_LACKS = (
    r"(?:fiquei|ficamos|ficou|estou|estamos|esta|ta|to|tou|tava|tamos?|ando|qued(?:e|o|amos)|estoy|i'm|we're|am|are|"
    r"is|was) (?:\w+ )?(?:sem|sin|without)"
)
_ADD = (
    r"mais|adicion\w+|acrescent\w+|inclu[aiy]\w*|outr[oa]s?|tambem|tambien|add|another|more|plus|agreg\w+|a[nñ]ad\w+|"
    r"otr[oa]s?"
)
_SET = (
    r"quero|queria|so|apenas|somente|coloc\w+|bota\w*|poe|deix\w+|fica|mud[ae]r?|manda\w*|vou querer|seri?am?|"
    r"aument\w+|diminu\w+|reduz\w*|sobe|sub(?:ir|a)|baix\w+|passa|faz|me ve|me da|traz|separa|"
    r"want|only|just|make it|leave|raise|increase|reduce|give me|get me|send|"
    r"quiero|solo|deja|dame|mandame|ponme|que sean|sub[ei]\w*|por|for"
)
_ARTICLE = re.compile(
    r"\s*(?:(?:[oa]s?|d[oa]s?|um|uma|the|an?|my|meus?|minhas?|el|l[ao]s?|una?|mis?|ess[ea]s?|these|those) )?"
)
_NAMED_BEFORE = re.compile(r"(?:^|\s)l[oa]s? [a-zñ]+$|[a-zñ]l[oa]s?$")
"""Spanish "quítamela", "no me lo pongas": the thing is named before the verb, which governs none behind it."""
_AFTER = re.compile(r"\s*(?!nada )(?:[a-zñ]+ )?(?:a mais|de mais|more|mas|extra)\b")


class Modes:
    """The verbs of one message. A verb governs what follows it until another one comes."""

    def __init__(self, folded: str, language: str) -> None:
        self._folded = folded
        self.taken_back: list[Span] = []
        self._verbs: list[tuple[Span, Mode | Literal["swap", "this"]]] = []
        for found in _verbs(language).finditer(folded):
            self._take(found)

    def _take(self, found: re.Match[str]) -> None:
        old = "old" if found["old"] else "former"
        if found[old]:
            self.taken_back.append(found.span(old))
            self._verbs.append((found.span(), "set"))
        elif found["swap"] or found["instead"]:
            self._verbs.append((found.span(), "swap"))
        elif found["this"]:
            self._verbs.append((found.span(), "this"))
        elif found["remove"] and _NAMED_BEFORE.search(found["remove"]):
            self._verbs.append((found.span(), "set"))
        else:
            mode: Mode = "remove" if found["remove"] else "add" if found["add"] else "set"
            self._verbs.append((found.span(), mode))

    def at(self, span: Span) -> Mode:
        """How the thing at `span` is meant."""
        if _AFTER.match(self._folded, span[1]):
            return "add"
        if _off_behind().match(self._folded, span[1]):
            return "remove"
        for (start, end), mode in reversed(self._verbs):
            close = _ARTICLE.fullmatch(self._folded[end : span[0]]) is not None
            if start > span[0] or (mode == "this" and not close):
                continue
            if mode == "swap" or mode == "this":  # "troca a areia por bolinha": only what directly follows is taken off
                return "remove" if close else "set"
            return mode
        return "set"

    @property
    def swaps(self) -> bool:
        """Whether one thing is to be in another's place."""
        return any(mode == "swap" for _, mode in self._verbs)


@cache
def _off_behind() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:{cues.alternatives('off_behind')})\s*(?=$|[,.;!?\n])")


@cache
def _verbs(language: str) -> re.Pattern[str]:
    number = numerals.pattern(language)
    this = cues.alternatives("takes_off_this") + (r"|no(?: more)?" if language.startswith("en") else "")
    remove = f"{_REMOVE}|{cues.alternatives('takes_off')}"
    add, puts = _ADD, _SET
    if language.startswith("es"):
        add = f"{cues.alternatives('adds')}|{_ADD}|mas"
        puts = f"{cues.alternatives('puts_in')}|{_SET}"
    return re.compile(
        rf"\b(?:{_INSTEAD}) (?P<old>{number})\b|\bde (?P<former>{number})(?= (?:para|pra|a|por) (?:{number})\b)"
        rf"|\b(?P<instead>{_INSTEAD})\b|\b(?P<swap>{_SWAP})\b|\b(?:{_LACKS})\b|\b(?P<remove>{remove})\b|\b(?P<this>{this})\b|\b(?P<add>{add})\b"
        rf"|\b(?P<set>{puts}|(?:com|con|with)(?= (?:{number})\b))\b"
    )
