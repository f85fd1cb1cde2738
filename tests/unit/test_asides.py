"""What is said beside the matter decides nothing: astonishment, thanks, a calm story with a sad word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Affirm, Ask, Cancel, Command, Deny, Human, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_BUSINESSES = load_all(Path("businesses"))
_LOCAL = LocalUnderstander()
_NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
_LINE = {"product": "bola", "quantity": 2}
_BOOKED = {"service": "corte-feminino", "start": "2026-03-11T15:00:00-03:00", "professional": "ana"}
_STEPS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "nothing under way": ("studio-aurora", {}),
    "time": ("studio-aurora", {"asks": "time", "flow": "book", "slots": {"service": "corte-feminino"}}),
    "service": ("studio-aurora", {"asks": "service", "flow": "book"}),
    "booking to confirm": ("studio-aurora", {"asks": "confirm", "flow": "book", "slots": _BOOKED}),
    "items": ("pet-feliz", {"asks": "items", "flow": "order", "slots": {"items": [_LINE]}}),
    "order to confirm": (
        "pet-feliz",
        {
            "asks": "confirm",
            "flow": "order",
            "slots": {"items": [_LINE], "delivery": "pickup", "payment": "pix"},
        },
    ),
    "name": ("clinica-sorriso", {"asks": "name", "flow": "lead"}),
}


def _read(text: str, step: str = "nothing under way", language: str = "pt-BR") -> tuple[Command, ...]:
    business, at = _STEPS[step]
    history = [{"role": "customer", "text": "…"}]
    return _LOCAL.understand(text, Situation(_BUSINESSES[business], _NOW, language, history=history, **at)).commands


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(
            (text, "pt-BR")
            for text in ("poxa", "puxa vida", "nossaaa", "ué", "hmm", "xi", "caramba", "eita!", "vixe", "putz")
        ),
        *((text, "en") for text in ("damn", "oops", "wow", "hmm", "oh dear", "what a shame", "ugh")),
        *((text, "es") for text in ("vaya", "uy", "caray", "madre mía", "qué lástima", "ah", "epa")),
    ],
)
def test_astonishment_neither_drops_nor_decides_anything(text: str, language: str, step: str) -> None:
    assert _read(text, step, language) == (Smalltalk("other"),)


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(
            (text, "pt-BR")
            for text in ("brogada viu", "vlw viu", "tks", "ah tá, obrigada!", "ah entendi, valeu", "ata obg")
        ),
        *((text, "en") for text in ("oh ok thanks", "ah i see, thanks!", "ta very much", "thx", "got it, thank you")),
        *((text, "es") for text in ("ah vale, gracias", "ah ok, muchas gracias", "graciass", "ya veo, gracias")),
    ],
)
def test_thanks_are_thanks_in_every_step_and_never_a_yes(text: str, language: str, step: str) -> None:
    assert _read(text, step, language) == (Smalltalk("thanks"),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("perfeito, obrigada", "pt-BR"),
        ("certo, obrigado", "pt-BR"),
        ("great, thanks", "en"),
        ("perfecto, gracias", "es"),
    ],
)
def test_a_yes_with_thanks_stays_a_yes(text: str, language: str) -> None:
    assert Affirm() in _read(text, "booking to confirm", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("brigada, era só isso", "pt-BR"),
        ("só isso mesmo, obrigado", "pt-BR"),
        ("valeu, por hoje é só", "pt-BR"),
        ("that's all, thanks", "en"),
        ("thanks, that was it", "en"),
        ("gracias, eso era todo", "es"),
        ("nada más, gracias", "es"),
    ],
)
def test_whoever_says_that_was_all_is_said_goodbye_to(text: str, language: str) -> None:
    assert _read(text, language=language) == (Smalltalk("goodbye"),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "pt-BR") for text in ("não é isso", "não era isso que eu perguntei", "isso não", "nada disso")),
        *((text, "en") for text in ("not that", "that's not it", "that's not what I asked")),
        *((text, "es") for text in ("eso no", "no es eso", "no era lo que pedí")),
    ],
)
def test_not_that_asks_what_then(text: str, language: str) -> None:
    assert _read(text, language=language) == (Unclear(()),)
    assert Deny() in _read(text, "booking to confirm", language)


@pytest.mark.parametrize("step", ["time", "booking to confirm", "order to confirm"])
@pytest.mark.parametrize("text", ["esquece", "deixa pra lá", "n quero mais", "dxa pra la"])
def test_who_says_so_drops_what_is_under_way(text: str, step: str) -> None:
    assert Cancel() in _read(text, step)


@pytest.mark.parametrize("text", ["xpto flrb", "asdfgh", "qwrt zxcv", "hjkl", "blorp zgn"])
@pytest.mark.parametrize("step", ["booking to confirm", "order to confirm"])
def test_gibberish_is_no_yes(text: str, step: str) -> None:
    assert [type(command) for command in _read(text, step)] == [Unclear]


@pytest.mark.parametrize("step", ["nothing under way", "time"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("minha avó faleceu e queria arrumar o cabelo dela", "pt-BR"),
        ("tô triste, terminei o namoro, quero mudar o visual", "pt-BR"),
        ("tive uma alergia ano passado, tem produto sem formol?", "pt-BR"),
        ("o outro salão estragou meu cabelo, vocês conseguem arrumar?", "pt-BR"),
        ("me sinto péssima com esse cabelo, quero cortar", "pt-BR"),
        ("dia péssimo hoje, posso ir mais tarde?", "pt-BR"),
        ("meu filho se machucou e não posso ir amanhã", "pt-BR"),
        ("que vergonha, esqueci meu horário", "pt-BR"),
        ("my grandma passed away and I need my hair done for the funeral", "en"),
        ("I had an allergic reaction last year, do you have ammonia free color?", "en"),
        ("another salon ruined my hair, can you fix it?", "en"),
        ("sorry I'm late, terrible traffic", "en"),
        ("mi abuela falleció y quería arreglarle el pelo", "es"),
        ("tuve una alergia el año pasado, tienen tinte sin amoníaco?", "es"),
        ("en otra peluquería me quemaron el pelo, hacen hidratación?", "es"),
        ("qué vergüenza, me olvidé la hora del turno", "es"),
    ],
)
def test_a_calm_story_with_a_sad_word_is_no_complaint(text: str, language: str, step: str) -> None:
    assert not any(isinstance(command, Human) for command in _read(text, step, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("meu cachorro voltou machucado do banho de vocês", "pt-BR"),
        ("vocês estragaram meu cabelo!", "pt-BR"),
        ("tive alergia ao produto que vocês passaram ontem", "pt-BR"),
        ("faz meses que tô com a gengiva sangrando", "pt-BR"),
        ("me sinto enganada por vocês, que vergonha", "pt-BR"),
        ("que atendimento péssimo, e olha que meu dia já tava ruim", "pt-BR"),
        ("you ruined my hair", "en"),
        ("I feel awful about your service, I want my money back", "en"),
        ("me atendieron pésimo", "es"),
        ("quiero que me devuelvan la plata", "es"),
    ],
)
def test_anger_and_danger_still_call_a_person(text: str, language: str) -> None:
    assert [type(command) for command in _read(text, language=language)] == [Human]


@pytest.mark.parametrize("text", ["comprei errado\nposso trocar?", "peguei a ração errada\ndá pra trocar?"])
def test_something_bought_by_mistake_is_asked_about(text: str) -> None:
    business = _BUSINESSES["pet-feliz"]
    commands = _LOCAL.understand(text, Situation(business, _NOW, "pt-BR")).commands
    assert any(isinstance(command, Ask | Start) for command in commands)
    assert not any(isinstance(command, Human) for command in commands)
