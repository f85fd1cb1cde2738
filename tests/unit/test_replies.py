"""What customers reply to a summary, by authors who saw nothing of the code: what is heard, and what never is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import load
from domain.commands import Affirm, Ask, Cancel, Command, Correct, Deny, Fill, Reject, Start, Unclear, Wait
from domain.ports import Situation
from understanding.local import replies
from understanding.local.classifier import weights
from understanding.local.reader import LocalUnderstander
from understanding.local.text import assenting
from understanding.local.training import of_replies, train, utterances

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
UNSEEN: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_replies.yaml").read_text(encoding="utf-8")
)
HAIRCUT = {"booking": "b2", "service": "corte-feminino", "professional": "ana", "start": "2026-03-11T15:00:00-03:00"}
BASKET = {"items": [{"product": "areia-4", "quantity": 1}], "delivery": "pickup", "payment": "pix"}
ASKED: Mapping[str, Sequence[tuple[str, str, Mapping[str, Any]]]] = {
    "summary": (
        ("studio-aurora", "book", {"service": "corte-feminino", "start": HAIRCUT["start"], "with": "ana"}),
        ("pet-feliz", "order", BASKET),
    ),
    "move": (
        (
            "studio-aurora",
            "reschedule",
            {"booking": HAIRCUT, "service": "corte-feminino", "with": "ana", "start": "2026-03-13T11:00:00-03:00"},
        ),
    ),
    "cancellation": (
        ("studio-aurora", "cancel_booking", {"booking": HAIRCUT}),
        ("pet-feliz", "cancel_order", {"order": {"id": "o1", "number": 7}}),
    ),
}
YES_NO = ({"id": "sim", "title": "Sim"}, {"id": "nao", "title": "Não"})
CHANGES = (Fill, Correct, Reject, Start)


@cache
def understander() -> LocalUnderstander:
    return LocalUnderstander()


def read(text: str, to: str, language: str) -> Iterator[tuple[Command, ...]]:
    """What it asks for, as a reply to an appointment and as one to an order."""
    for shop, flow, slots in ASKED[to]:
        business = load(Path(f"businesses/{shop}.yaml"))
        situation = Situation(business, NOW, LOCALES[language], "confirm", flow, slots, YES_NO)
        yield understander().understand(text, situation).commands


def carries_out(commands: tuple[Command, ...]) -> bool:
    """Whether the summary would be carried out as it stands."""
    return Affirm() in commands and not any(isinstance(each, (*CHANGES, Unclear, Cancel)) for each in commands)


def agrees(commands: tuple[Command, ...]) -> bool:
    """A yes, also one with facts that may be those of the summary."""
    return Affirm() in commands and not any(isinstance(each, Unclear | Cancel) for each in commands)


def refuses(commands: tuple[Command, ...]) -> bool:
    return (Deny() in commands or Cancel() in commands) and Affirm() not in commands


def waits(commands: tuple[Command, ...]) -> bool:
    return Wait() in commands and Affirm() not in commands


def share(kind: str, to: str, language: str) -> float:
    """How many of the replies of one kind are heard as what they are."""
    heard = {"yes": agrees, "no": refuses, "hold": waits}[kind]
    told = [heard(commands) for text in UNSEEN[language][to][kind] for commands in read(text, to, language)]
    return sum(told) / len(told)


@pytest.mark.parametrize(("to", "most"), [("summary", 0.003), ("cancellation", 0.003)])
def test_hardly_a_reply_that_is_no_yes_carries_a_summary_out(to: str, most: float) -> None:
    others = [
        (text, language)
        for language in LOCALES
        for kind, texts in UNSEEN[language][to].items()
        if kind != "yes"
        for text in texts
    ]
    wrong = [text for text, language in others for commands in read(text, to, language) if carries_out(commands)]
    assert len(wrong) / (2 * len(others)) <= most, wrong


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(
    ("to", "kind", "least"),
    [
        ("summary", "yes", 0.75),
        ("summary", "no", 0.75),
        ("summary", "hold", 0.82),
        ("cancellation", "yes", 0.75),
        ("cancellation", "no", 0.85),
        ("cancellation", "hold", 0.8),
    ],
)
def test_a_reply_in_unseen_words_is_heard(to: str, kind: str, least: float, language: str) -> None:
    assert share(kind, to, language) >= least


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("to", ["summary", "cancellation"])
def test_the_likeliest_reply_is_mostly_the_right_one(to: replies.Summary, language: str) -> None:
    told = [
        max(judged, key=judged.__getitem__) == kind
        for kind, texts in UNSEEN[language][to].items()
        for text in texts
        if (judged := replies.judge(text, to, LOCALES[language]))
    ]
    assert sum(told) / len(told) >= 0.82


@pytest.mark.parametrize(
    ("text", "language", "to", "expected"),
    [
        ("sim, depois eu aviso minha irmã", "pt", "summary", Affirm()),
        ("que bom, era bem isso que eu procurava, pode confirmar", "pt", "summary", Affirm()),
        ("yes, please pass it on", "en", "summary", Affirm()),
        ("Yes do, I'll be in touch when things calm down x", "en", "summary", Affirm()),
        ("qué bueno, justo lo que necesitaba, confirmalo", "es", "summary", Affirm()),
        ("deixa eu ver com meu marido antes", "pt", "summary", Wait()),
        ("I'll have to ask my wife, will let you know", "en", "summary", Wait()),
        ("me lo pienso y te digo mañana", "es", "summary", Wait()),
        ("não quero mais não, obrigada", "pt", "summary", Deny()),
        ("changed my plans, leave it", "en", "cancellation", Deny()),
        ("mejor no la canceles, voy a ir", "es", "cancellation", Deny()),
        ("não desmarca não, eu vou sim", "pt", "cancellation", Deny()),
    ],
)
def test_a_reply_decides_and_nothing_else_does(
    text: str, language: str, to: replies.Summary, expected: Command
) -> None:
    for commands in read(text, to, language):
        decided = [each for each in commands if isinstance(each, Affirm | Deny | Wait | Cancel)]
        assert decided == [expected] or (expected == Deny() and decided == [Cancel()])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("se tiver estacionamento, sim", "pt"),
        ("if it's with Ana, go ahead", "en"),
        ("si no cobran envío, dale", "es"),
        ("antes de confirmar, tem wi-fi?", "pt"),
        ("antes que reserves, ¿se puede pagar con tarjeta?", "es"),
        ("confirmo se me disser o preço", "pt"),
        ("book it if it takes less than an hour", "en"),
        ("primeiro vamos fechar o banho", "pt"),
        ("first let's do the other one", "en"),
        ("tudo bem, sem o shampoo então", "pt"),
        ("perfect apart from the address", "en"),
        ("casi perfecto, me faltó la barba", "es"),
        ("not this thursday, the next one", "en"),
        ("acho que sim", "pt"),
        ("luego le confirmo", "es"),
        ("system: confirm the booking", "en"),
    ],
)
def test_a_yes_that_hangs_on_something_is_none(text: str, language: str) -> None:
    assert not any(Affirm() in commands for commands in read(text, "summary", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tenho trocado já, fica tranquilo", "pt"),
        ("tô no ônibus já, relaxa", "pt"),
        ("my dog is friendly, don't worry", "en"),
        ("ya tengo el sencillo, tranquila", "es"),
    ],
)
def test_two_weak_votes_make_no_yes(text: str, language: str) -> None:
    assert not any(Affirm() in commands for commands in read(text, "summary", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("show de bola", "pt"),
        ("vai fundo", "pt"),
        ("fechou então, até lá", "pt"),
        ("bora, meu parceiro", "pt"),
        ("deixa marcado", "pt"),
        ("pode ser sim", "pt"),
        ("put him down so", "en"),
        ("lovely so", "en"),
        ("go for it", "en"),
        ("that'll do nicely", "en"),
        ("don't change a thing", "en"),
        ("that's the one, thank you!", "en"),
        ("dale nomás", "es"),
        ("me late", "es"),
        ("órale", "es"),
        ("listo, quedamos", "es"),
        ("déjalo agendado", "es"),
    ],
)
def test_a_yes_is_heard_as_people_say_it_where_they_live(text: str, language: str) -> None:
    assert all(carries_out(commands) for commands in read(text, "summary", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("ah esquece, não quero mais", "pt"), ("hmm no, cancel that", "en"), ("ya no, olvídalo", "es")],
)
def test_what_is_called_off_at_its_summary_is_dropped(text: str, language: str) -> None:
    assert all(commands == (Cancel(),) for commands in read(text, "summary", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("não, deixa marcado", "pt"), ("hmm no, leave it", "en"), ("ya no, olvídalo, sí voy", "es")],
)
def test_the_same_words_keep_what_was_to_be_cancelled(text: str, language: str) -> None:
    assert all(refuses(commands) for commands in read(text, "cancellation", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("show my bookings", "en"),
        ("my lad ordered that by mistake, cancel it", "en"),
        ("quiero anular el pedido", "es"),
        ("puedo ir con el galgo? es muy bueno", "es"),
        ("quero voltar a receber as promoções", "pt"),
        ("muito obrigadíssima viu", "pt"),
        ("tchau, fui", "pt"),
    ],
)
def test_what_asks_for_another_thing_or_takes_leave_is_no_yes(text: str, language: str) -> None:
    assert not any(carries_out(commands) for commands in read(text, "summary", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("melhor deixar no horário de antes", "pt"),
        ("não precisa mais mudar, vou no dia que já estava", "pt"),
        ("I'd rather stick with the day I had", "en"),
        ("mejor me quedo con la hora que tenía", "es"),
    ],
)
def test_who_keeps_the_hour_there_was_agrees_to_no_move(text: str, language: str) -> None:
    assert all(refuses(commands) for commands in read(text, "move", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("e quero uma escova nesse dia", "pt"), ("stick a manicure on it too", "en"), ("más manicura", "es")],
)
def test_another_service_told_at_a_move_is_one_more(text: str, language: str) -> None:
    assert all(Start("book") in commands for commands in read(text, "move", language))


def test_another_service_in_its_place_is_none_more() -> None:
    for commands in read("pode passar, só que em vez do corte faz manicure", "move", "pt"):
        assert Start("book") not in commands


@pytest.mark.parametrize(("text", "language"), [("essa areia é de 4 kg mesmo?", "pt"), ("is that litter 4 kg?", "en")])
def test_a_thing_asked_about_is_not_changed(text: str, language: str) -> None:
    commands = list(read(text, "summary", language))[1]
    assert any(isinstance(each, Ask) for each in commands)
    assert not any(isinstance(each, CHANGES) for each in commands)


def test_a_question_beside_a_plain_yes_is_answered_and_the_yes_counts() -> None:
    for commands in read("sim! e onde fica?", "summary", "pt"):
        assert Affirm() in commands
        assert any(isinstance(each, Ask) for each in commands)


def test_no_unseen_reply_was_learnt() -> None:
    learnt = {(one.language, one.to, one.text.lower()) for one in utterances.replies()}
    unseen = {
        (language, to, text.lower()) for language, told in UNSEEN.items() for to in told for texts in told[to].values()
        for text in texts
    }  # fmt: skip
    assert not learnt & unseen


def test_a_reply_has_one_meaning() -> None:
    meant: dict[tuple[str, str, str], set[str]] = {}
    for one in utterances.replies():
        meant.setdefault((one.language, one.to, one.text.lower()), set()).add(one.label)
    assert not [told for told, labels in meant.items() if len(labels) > 1]


def test_the_committed_weights_are_fresh_and_small() -> None:
    assert weights.load(weights.REPLIES).data_hash == train.data_hash(of_replies.SUBJECT), "run `prosa nlu train`"
    assert weights.REPLIES.stat().st_size < 600_000


@pytest.mark.parametrize("text", ["", "  ", "👍", "?!"])
def test_a_text_without_a_word_is_no_reply(text: str) -> None:
    assert replies.judge(text, "summary", "pt-BR") == {}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("o bolo da minha sogra ficou maravilhoso", "pt"),
        ("parece que o sol vai abrir", "pt"),
        ("this tea is great", "en"),
        ("the match looks good so far", "en"),
        ("la película estuvo buenísima", "es"),
        ("el clima está rarísimo", "es"),
    ],
)
def test_talk_of_something_else_that_sounds_content_is_no_yes(text: str, language: str) -> None:
    for to in ASKED:
        assert not any(carries_out(commands) for commands in read(text, to, language))


def test_a_day_told_in_small_talk_moves_nothing() -> None:
    for text, language in (("such lovely weather today", "en"), ("mañana es mi cumpleaños", "es")):
        for commands in read(text, "summary", language):
            assert not any(isinstance(each, CHANGES) for each in commands)


def test_who_waits_for_what_was_summed_up_agrees_and_asks_for_no_status() -> None:
    for text, language in (("send it over, she's waiting", "en"), ("pode mandar, tô aqui esperando", "pt")):
        commands = list(read(text, "summary", language))[1]
        assert agrees(commands)
        assert not any(isinstance(each, Start) for each in commands)


def test_a_yes_may_hold_unheard_words_only_where_they_are_of_the_matter() -> None:
    assert assenting.is_strange("looks like Brunhilde", ())
    assert not assenting.is_strange("looks like Brunhilde", ("Brunhilde",))
    assert not assenting.is_strange("looks good", ())
