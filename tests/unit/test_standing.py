"""What stands booked is known to whoever reads: words that name none of the appointments speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Ask, Command, Correct, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_SALON = load_all(Path("businesses"))["studio-aurora"]
_LOCAL = LocalUnderstander()
_NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
_CUT = {"service": "corte-feminino", "professional": "bruno", "start": "2026-03-13T15:00:00-03:00"}


def _read(text: str, language: str, standing: Sequence[dict[str, str]] = (_CUT,)) -> tuple[Command, ...]:
    anchor = datetime.fromisoformat(standing[0]["start"]) if len(standing) == 1 else None
    history = [{"role": "customer", "text": "…"}]
    situation = Situation(_SALON, _NOW, language, history=history, anchor=anchor, standing=standing)
    return _LOCAL.understand(text, situation).commands


def _moves(commands: Sequence[Command]) -> bool:
    timed = any(isinstance(each, Correct) and each.slot == "time" for each in commands)
    return Start("reschedule") in commands or (timed and Start("book") not in commands)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dá pra ser às 16h?", "pt-BR"),
        ("posso ir no sábado?", "pt-BR"),
        ("deixa pra sábado no mesmo horário", "pt-BR"),
        ("could we make it 4pm?", "en"),
        ("same time next day is better for me", "en"),
        ("¿podría ser el sábado?", "es"),
        ("mejor el sábado a las 10", "es"),
    ],
)
def test_another_time_put_to_what_stands_moves_it(text: str, language: str) -> None:
    assert _moves(_read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tem horário sábado às 10?", "pt-BR"),
        ("quero marcar um horário no sábado às 10", "pt-BR"),
        ("I'd like to book Saturday at 10", "en"),
        ("can I come at 10 on Saturday for a manicure too?", "en"),
        ("quiero reservar el sábado a las 10", "es"),
    ],
)
def test_whoever_books_one_more_does_not_move_what_stands(text: str, language: str) -> None:
    assert not _moves(_read(text, language))


@pytest.mark.parametrize(
    ("text", "language", "shift"),
    [
        ("consigo ir mais tarde na sexta?", "pt-BR", "later"),
        ("tem como ser um pouco mais cedo?", "pt-BR", "earlier"),
        ("do you have anything later on Friday?", "en", "later"),
        ("¿se puede un poco antes?", "es", "earlier"),
    ],
)
def test_earlier_or_later_counts_from_what_stands(text: str, language: str, shift: str) -> None:
    assert _read(text, language) == (Start("reschedule"), Fill("shift", shift))


@pytest.mark.parametrize(
    ("text", "language"),
    [("posso pagar mais tarde?", "pt-BR"), ("see you later!", "en"),
     ("can I decide later?", "en"), ("¿abren más temprano el sábado?", "es")],
)  # fmt: skip
def test_later_said_of_something_else_moves_nothing(text: str, language: str) -> None:
    assert not _moves(_read(text, language))


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("pode ser com a Ana?", "pt-BR", "ana"),
        ("pode ser com a ana em vez do bruno?", "pt-BR", "ana"),
        ("posso trocar de profissional?", "pt-BR", "other"),
        ("can Ana do it instead?", "en", "ana"),
        ("could I have somebody else?", "en", "other"),
        ("¿podría ser con otra persona?", "es", "other"),
    ],
)
def test_somebody_else_for_what_stands_calls_no_person_of_the_team(text: str, language: str, who: str) -> None:
    assert _read(text, language) == (Start("reschedule"), Fill("professional", who))


@pytest.mark.parametrize(
    ("text", "language"),
    [("confirmado, estarei aí", "pt-BR"), ("tudo certo pra sexta?", "pt-BR"), ("just confirming Friday at 3", "en"),
     ("who's cutting my hair?", "en"), ("confirmo mi cita del viernes", "es"), ("¿quién me va a atender?", "es")],
)  # fmt: skip
def test_who_confirms_or_asks_who_is_told_what_stands(text: str, language: str) -> None:
    started = [each for each in _read(text, language) if isinstance(each, Start)]
    assert started == [Start("my_bookings")]


@pytest.mark.parametrize(
    ("text", "language"),
    [("não quero mais o corte", "pt-BR"), ("I don't need it anymore", "en"), ("ya no la quiero", "es")],
)
def test_what_stands_and_is_no_longer_wanted_is_to_be_cancelled(text: str, language: str) -> None:
    assert Start("cancel_booking") in _read(text, language)


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [("quanto era mesmo?", "pt-BR", "prices"), ("how much was it again?", "en", "prices"),
     ("quanto tempo demora?", "pt-BR", "duration"), ("¿cuánto dura?", "es", "duration")],
)  # fmt: skip
def test_a_price_or_a_duration_without_a_name_is_that_of_what_stands(text: str, language: str, topic: str) -> None:
    asked = [each for each in _read(text, language) if isinstance(each, Ask)]
    assert [(each.topic, each.about.get("service")) for each in asked] == [(topic, ["corte-feminino"])]


def test_with_two_that_stand_no_price_is_guessed() -> None:
    other = {**_CUT, "service": "manicure", "professional": "carla"}
    asked = [each for each in _read("quanto fica?", "pt-BR", (_CUT, other)) if isinstance(each, Ask)]
    assert set(asked[0].about.get("service", ())) in (set(), {"corte-feminino", "manicure"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("e se eu quiser ir amanhã?", "pt-BR"),
        ("mesma hora mas na quinta", "pt-BR"),
        ("tem vaga hoje à tarde? queria antecipar", "pt-BR"),
        ("any other day this week?", "en"),
        ("same time next week please", "en"),
        ("can't make 3, can do 4", "en"),
        ("¿y si voy el sábado?", "es"),
        ("me gustaría otro día", "es"),
        ("hola, tengo una cita el viernes y quería cambiarla", "es"),
    ],
)
def test_a_time_without_a_service_is_another_one_for_what_stands(text: str, language: str) -> None:
    assert _moves(_read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("adia uma semana", "pt-BR"), ("postpone it by a week please", "en"), ("pásala una semana", "es")],
)
def test_a_week_later_is_told_in_minutes(text: str, language: str) -> None:
    assert _read(text, language)[-2:] == (Start("reschedule"), Fill("postpone", 7 * 24 * 60))


@pytest.mark.parametrize(
    ("text", "language"),
    [("esquece o corte", "pt-BR"), ("não vou mais", "pt-BR"), ("cancela que depois eu vejo outro dia", "pt-BR"),
     ("I need to call it off", "en"), ("bórrala por favor", "es")],
)  # fmt: skip
def test_what_stands_is_given_up_in_many_words(text: str, language: str) -> None:
    assert Start("cancel_booking") in _read(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("sexta 15h né?", "pt-BR"), ("tá de pé sexta?", "pt-BR"), ("é às 15 ou às 16?", "pt-BR"),
     ("¿con Bruno verdad?", "es"), ("¿sigue en pie lo del viernes?", "es")],
)  # fmt: skip
def test_who_only_makes_sure_is_told_what_stands(text: str, language: str) -> None:
    assert Start("my_bookings") in _read(text, language)


@pytest.mark.parametrize(
    ("text", "language", "service"),
    [("dá pra incluir pedicure?", "pt-BR", "pedicure"), ("add a blow dry after the cut", "en", "escova"),
     ("¿puedo agregar un brushing?", "es", "escova")],
)  # fmt: skip
def test_one_more_service_beside_what_stands_is_booked(text: str, language: str, service: str) -> None:
    commands = _read(text, language)
    assert Start("book") in commands
    assert Fill("service", service) in commands


@pytest.mark.parametrize(
    ("text", "language"),
    [("preciso trocar a sexta por outro dia", "pt-BR"), ("I gotta change Friday", "en")],
)
def test_its_own_day_named_alone_is_not_the_new_one(text: str, language: str) -> None:
    commands = _read(text, language)
    assert Start("reschedule") in commands
    assert not any(isinstance(each, Fill) and each.slot == "time" for each in commands)


@pytest.mark.parametrize(
    ("text", "language"),
    [("tô doente hoje, não consigo ir sexta", "pt-BR"), ("sick today, can't come Friday", "en")],
)
def test_who_is_ill_today_does_not_want_to_come_today(text: str, language: str) -> None:
    times = [each for each in _read(text, language) if isinstance(each, Fill | Correct) and each.slot == "time"]
    assert times == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("¿puedo llegar 15:10?", "es"), ("posso chegar às 15h15?", "pt-BR")],
)
def test_a_few_minutes_behind_its_hour_are_late(text: str, language: str) -> None:
    commands = _read(text, language)
    assert not _moves(commands)
    assert any(isinstance(each, Ask) and each.topic == "faq" for each in commands)
