"""What stands around a wish changes nothing of it: fillers, courtesies, laughter; nor do days written otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from domain.business import load
from domain.commands import Affirm, Command, Deny, Smalltalk, Start
from domain.ports import Situation
from understanding.local.dates.in_full import weekdays_in_full
from understanding.local.reader import LocalUnderstander
from understanding.local.text import fillers, spoken

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
BEFORE = {
    "pt": ("olha, ", "então, ", "bom, ", "ah, ", "hum ", "opa, "),
    "en": ("umm ", "well, ", "so, ", "ah, ", "ok so ", "hey, "),
    "es": ("mira, ", "bueno, ", "pues, ", "a ver, ", "eh ", "oye, "),
}
BEHIND = {
    "pt": (" obrigada", ", obrigada", " viu", " tá?", " por gentileza", " kkk", " moça", " 🙏", " se puder"),
    "en": (" thanks", ", thank you", " please", " ok?", " haha", " mate", " 🙏", " if you can", " cheers"),
    "es": (" gracias", ", muchas gracias", " porfa", " si?", " jaja", " amiga", " 🙏", " si es posible"),
}
ASKED = {
    "nothing": {"pt": "manicure quinta 10h", "en": "manicure on Thursday at 10am", "es": "manicura el jueves a las 10"},
    "time": {"pt": "quinta 10h", "en": "Thursday at 10am", "es": "el jueves a las 10"},
    "confirm": {"pt": "sim", "en": "yes", "es": "sí"},
}
HISTORY = ({"role": "customer", "text": "…"},)
_LOCAL = LocalUnderstander()


def _read(text: str, language: str, asked: str = "nothing", **more: object) -> Sequence[Command]:
    salon = load(Path("businesses/studio-aurora.yaml"))
    slots = {"service": "manicure", "professional": "carla"}
    if asked == "confirm":
        slots["start"] = "2026-03-12T10:00:00-03:00"
    flow = {} if asked == "nothing" else {"flow": "book", "asks": asked, "slots": slots}
    here = Situation(salon, NOW, LOCALES[language], history=HISTORY, **{**flow, **more})  # type: ignore[arg-type]
    return [each for each in _LOCAL.understand(text, here).commands if not isinstance(each, Smalltalk)]


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("asked", ASKED)
def test_what_stands_around_a_message_changes_nothing_of_it(asked: str, language: str) -> None:
    plain = ASKED[asked][language]
    meant = _read(plain, language, asked)
    around = [
        *(before + plain for before in BEFORE[language]),
        *(plain + behind for behind in BEHIND[language]),
        *(before + plain + behind for before, behind in zip(BEFORE[language], BEHIND[language], strict=False)),
    ]
    assert {text: _read(text, language, asked) for text in around} == dict.fromkeys(around, meant)


@pytest.mark.parametrize(
    "question", ["então, que horas fecha?", "assim, repete pra mim por favor?", "bom, e o endereço?"]
)
def test_an_opening_word_is_no_yes_to_what_was_summed_up(question: str) -> None:
    assert Affirm() not in _read(question, "pt", "confirm")


@pytest.mark.parametrize("text", ["opa", "tá", "por favor", "kkk", "obrigada", "🙏", "so", "olha", "bom", "valeu"])
def test_a_message_that_holds_nothing_else_stays(text: str) -> None:
    for language in LOCALES:
        assert fillers.without(text, language, under_way=True) == text
        assert fillers.without_thanks(text, language) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("quanto tá?", "quanto tá?"),
        ("quero marcar pra minha amiga", "quero marcar pra minha amiga"),
        ("vou com uma amiga", "vou com uma amiga"),
        ("tem quinta 9h, pfv?", "tem quinta 9h?"),
        ("sim viu\nolha, muda pras 16h por gentileza", "sim\nmuda pras 16h"),
    ],
)
def test_only_what_carries_no_wish_goes(text: str, rest: str) -> None:
    assert fillers.without(text, "pt", under_way=True) == rest


@pytest.mark.parametrize(
    "text", ["vou na moça da galeria, valeu", "ela já conseguiu em outro lugar aqui perto, obrigada"]
)
def test_thanks_by_which_somebody_takes_leave_are_heard(text: str) -> None:
    assert not any(isinstance(each, Start) for each in _read(text, "pt", "time"))


@pytest.mark.parametrize(
    ("language", "text", "full"),
    [
        ("pt", "quinta feira 9h30", "quinta 9h30"),
        ("pt", "não posso 3ª feira, só sex.", "não posso terça, só sexta."),
        ("pt", "cancela a 2ª feira", "cancela a segunda-feira"),
        ("pt", "toda qui às 16h, até qui", "toda quinta às 16h, até quinta"),
        ("pt", "vou ter que sair, um seg", "vou ter que sair, um seg"),
        ("pt", "é a quarta opção", "é a quarta opção"),
        ("en", "thurs at 3 or fri", "Thursday at 3 or Friday"),
        ("en", "I sat in the sun", "I sat in the sun"),
        ("es", "¿y si voy el sab?", "¿y si voy el sábado?"),
        ("es", "voy al mar", "voy al mar"),
    ],
)
def test_weekdays_are_put_in_full(language: str, text: str, full: str) -> None:
    assert weekdays_in_full(text, NOW, language) == full


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("pt", "isso, os 2", "isso, os dois"),
        ("pt", "quinta às 2", "quinta às 2"),
        ("pt", "as 2h30", "as 2h30"),
        ("pt", "tô querendo os 3", "quero os tres"),
        ("pt", "não é quinta é sexta", "não é quinta, é sexta"),
        ("es", "sí, las 2", "sí, las dos"),
        ("es", "a las 2 de la tarde", "a las 2 de la tarde"),
        ("es", "sí, de una", "sí, dale"),
        ("en", "the 2 of us", "the two of us"),
        ("en", "the 2pm slot", "the 2pm slot"),
    ],
)
def test_what_is_written_as_it_is_spoken_is_put_plainly(language: str, text: str, plain: str) -> None:
    assert spoken.plain(text.replace("tô", "to"), language) == plain


@pytest.mark.parametrize(
    "text", ["I want to cancel my booking", "I want my appointment cancelled", "i want to cancel it"]
)
def test_want_is_no_negation(text: str) -> None:
    """ "want" ends as "don't" does."""
    assert Deny() not in _read(text, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("manda ver", "pt"),
        ("show", "pt"),
        ("maravilha", "pt"),
        ("great", "en"),
        ("lovely, thanks", "en"),
        ("genial", "es"),
    ],
)
def test_a_glad_word_agrees_to_a_cancellation_too(text: str, language: str) -> None:
    booking = {"booking": "1", "service": "manicure", "professional": "carla", "start": "2026-03-12T10:00:00-03:00"}
    slots = {"booking": booking}
    assert Affirm() in _read(text, language, "confirm", flow="cancel_booking", slots=slots, standing=[booking])
