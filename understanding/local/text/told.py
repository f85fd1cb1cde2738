"""A Spanish verb in every form that tells somebody to do it: "quítemela", "sacale el champú", "¿me la quitan?".

Who is spoken to (tú, vos, usted, ustedes, vosotros) and the pronouns, hung on or put before, change the word, not what
is wanted. A cue names the family once, as "{quitar|sacar}", and `spelled_out` puts all its forms there.
"""

from __future__ import annotations

import re
from functools import cache

from understanding.local.text.inflection import joined

_FAMILY = re.compile(r"\{([a-zñ]+(?:\|[a-zñ]+)*)\}")
_PRONOUN = "(?:me|nos|te|se|les?|os)"
_BEFORE = rf"(?:{_PRONOUN} )?(?:l[oa]s? )?"
_BEHIND = rf"{_PRONOUN}?(?:l[oa]s?)?"
_TELLING = {
    "ar": "a(?:r|s|n|is|d|ra[sn]?|ria[sn]?)?",
    "er": "e(?:r|s|n|is|d|ra[sn]?|ria[sn]?)?",
    "ir": "(?:es?|en|i(?:r|s|d|ra[sn]?|ria[sn]?))",
}
_WISHING = {"ar": "e[sn]?", "er": "a[sn]?", "ir": "a[sn]?"}
_STRESSED = {"cerrar": "cierr", "mover": "muev", "conseguir": "consig"}
"""The stem where it carries the stress: "ciérrelo", beside "cerralo"."""
_IRREGULAR = {
    "poner": "pon(?:ga[sn]?)?",
    "hacer": "haz|haga[sn]?",
    "traer": "trai(?:ga[sn]?)?",
    "incluir": "incluy(?:e[sn]?|a[sn]?)",
}


def spelled_out(pattern: str) -> str:
    """The pattern with each family's forms in its place."""
    return _FAMILY.sub(lambda found: _family(found[1]), pattern)


@cache
def _family(verbs: str) -> str:
    forms = "|".join(form for verb in verbs.split("|") for form in _forms(verb))
    return rf"{_BEFORE}(?:{forms}){_BEHIND}"


def _forms(verb: str) -> list[str]:
    stem, ending = verb[:-2], verb[-2:]
    stems = dict.fromkeys((stem, _STRESSED.get(verb, stem)))
    told = [f"{each}{_TELLING[ending]}" for each in stems]
    if verb in _IRREGULAR:
        return [*told, _IRREGULAR[verb]]
    return [*told, *(joined(each, _WISHING[ending]) for each in stems)]
