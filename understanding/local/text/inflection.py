"""The forms a word takes in a message: "pintar" as "pintei", "pintando", "pintarme"; "uña" as "uñitas"."""

from __future__ import annotations

from collections.abc import Iterator

_PT_AR = "ar o a as am amos ando ei ou aram ava avam aria e em ado ada ados adas asse armos aremos arei"
_ES_AR = "ar o a as an amos ando e aron aba aban aria en es ado ada ados adas ara aran aremos are"
_PT_IR = "ir e em i iu iram ia indo ido ida idos idas imos iria isse a am"
_ES_IR = "ir o e en es i io ieron ia iendo endo ido ida idos idas imos iria a an"
_PT_ER = "er o e em i eu eram ia endo ido ida idos idas emos eria esse a am"
_ES_ER = "er o e en es i io ieron ia iendo ido ida idos idas emos eria a an"
_ENDINGS = {
    ("pt", "ar"): _PT_AR, ("pt", "ir"): _PT_IR, ("pt", "er"): _PT_ER,
    ("es", "ar"): _ES_AR, ("es", "ir"): _ES_IR, ("es", "er"): _ES_ER,
}  # fmt: skip
_CLITICS = (
    "me", "te", "se", "le", "les", "lo", "la", "los", "las", "nos", "melo", "mela", "melos", "melas", "selo", "sela",
)  # fmt: skip
_HARDENED = {"c": "qu", "g": "gu", "z": "c"}  # "retoco", but "retoque"
_VOWELS = "aeiou"


def verb(word: str, language: str) -> Iterator[str]:
    """The forms of a regular verb, given its infinitive without accents."""
    if language == "en":
        yield from _english(word)
        return
    stem, ending = word[:-2], word[-2:]
    forms = [joined(stem, each) if ending == "ar" else stem + each for each in _ENDINGS[language, ending].split()]
    yield from forms
    if language == "es":
        gerund, told, wished = ("ando", "a", "e") if ending == "ar" else ("iendo", "e", "a")
        bearing = (word, stem + gerund, stem + told, joined(stem, wished), joined(stem, wished + "n"))
        yield from (each + clitic for each in bearing for clitic in _CLITICS)
        if "ñ" in word:  # only where it is no other word: "tenes" is not "teñes"
            yield from (_unaccented(word + clitic) for clitic in ("", *_CLITICS))


def noun(word: str, language: str) -> Iterator[str]:
    """A noun, its plural where `words.singular` does not undo it, and its diminutives."""
    yield word
    if language == "en":
        if word.endswith("y"):
            yield word[:-1] + "ies"
        return
    if language == "es" and "ñ" in word and len(word) > len("uña"):
        yield _unaccented(word)
    stem = word[:-1] if word[-1] in _VOWELS else word
    last = word[-1] if word[-1] in "oa" else "o"
    if language == "pt":
        yield from (joined(stem.removesuffix("i"), "inh" + last), word + "zinho", word + "zinha")
    elif word[-1] in "oa":  # "pelotita", in Colombia and the Caribbean "pelotica", in Andalusia "pelotilla"
        yield from (joined(stem, f"{each}{last}") for each in ("it", "ic", "ill", "ecit"))
        yield from (word + "cito", word + "cita")
    else:
        yield from (word + "cito", word + "cita", joined(stem, "ito"), joined(stem, "ita"))


def adjective(word: str, language: str) -> Iterator[str]:
    """A Portuguese or Spanish adjective of both genders, with what makes it smaller and greater: "chiquitita"."""
    stem = word[:-1]
    both = [stem + last for last in ("oa" if word[-1] == "o" else word[-1])]
    yield from both
    small, great = (("inh",), ("ao", "ona")) if language == "pt" else (("it", "ill", "ecit", "az"), ("ote", "ota"))
    yield from (joined(stem, each + last) for each in (*small, "issim", "isim") for last in "oa")
    yield from (stem + each for each in great)
    if language == "pt":
        yield from (each + "zinh" + last for each in both for last in "oa")
    elif "ñ" in word:
        yield from adjective(_unaccented(word), language)


def _english(word: str) -> Iterator[str]:
    """ "Trim, trims, trimmed, trimming"."""
    stem = word[:-1] if word.endswith("e") else word
    short = sum(letter in _VOWELS for letter in word) == 1
    doubled = short and word[-1] not in f"{_VOWELS}wxyh" and word[-2:-1] in tuple(_VOWELS)
    if doubled:
        stem = word + word[-1]
    third = word + ("es" if word.endswith(("sh", "ch", "x", "ss")) else "s")
    yield from (word, third, stem + "ed", stem + "ing", word + "ing")
    if word.endswith("y") and word[-2:-1] not in tuple(_VOWELS):
        yield from (word[:-1] + "ied", word[:-1] + "ies")


def joined(stem: str, ending: str) -> str:
    """Stem and ending as they are spelled together."""
    if ending[0] in "ei" and stem[-1] in _HARDENED and ending not in ("io",):
        return stem[:-1] + _HARDENED[stem[-1]] + ending
    return stem + ending


def _unaccented(word: str) -> str:
    return word.replace("ñ", "n")
