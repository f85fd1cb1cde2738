"""A message in a model's words is sent only when every number, price, date, name and link of the template survives."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.business import load_all
from graph.fidelity import faithful

BUSINESSES = load_all(Path(__file__).parents[2] / "businesses")
SALON = BUSINESSES["studio-aurora"]
TODAY = date(2026, 3, 10)
SUMMARY = "Marina, fica assim: Corte feminino com Ana na quarta-feira, 11/03, às 15:15, por R$ 90,00. Posso confirmar?"


def sent(template: str, worded: str) -> bool:
    return faithful(template, worded, SALON, TODAY)


@pytest.mark.parametrize(
    ("template", "worded"),
    [
        (SUMMARY, SUMMARY),
        (
            SUMMARY,
            "Então, Marina: Corte feminino com Ana na quarta-feira, 11/03, às 15:15, por R$ 90,00. Posso confirmar?",
        ),
        ("Qual dia fica melhor para você?", "Me conta: qual dia fica melhor para você?"),
        ("Não encontrei nenhum horário na sexta.", "Poxa, na sexta não achei nenhum horário."),
        (
            "Your booking is confirmed for Wednesday at 15:15.",
            "All set! Wednesday at 15:15, your booking is confirmed.",
        ),
        ("Mais em https://exemplo.com.br/manual?x=1", "Dá uma olhada: https://exemplo.com.br/manual?x=1"),
    ],
)
def test_other_words_for_the_same_are_sent(template: str, worded: str) -> None:
    assert sent(template, worded)


@pytest.mark.parametrize(
    ("why", "template", "worded"),
    [
        ("a number changes", SUMMARY, SUMMARY.replace("15:15", "15:30")),
        ("a price goes", SUMMARY, SUMMARY.replace(", por R$ 90,00", "")),
        ("a price is rounded", "São R$ 89,90.", "São R$ 90,00."),
        ("a price comes in words", "Fica em R$ 90,00.", "Fica em R$ 90,00, ou oitenta reais à vista."),
        ("a currency goes", "Custa R$ 90,00 o corte.", "Custa 90,00 o corte."),
        ("a weekday changes", SUMMARY, SUMMARY.replace("quarta-feira", "quinta-feira")),
        ("two times change places", "Terça às 10:00 ou quarta às 11:00?", "Quarta às 10:00 ou terça às 11:00?"),
        ("a day comes in", "Te espero às 15:15.", "Te espero amanhã às 15:15."),
        ("the customer's name goes", SUMMARY, SUMMARY.replace("Marina, fica", "Querida, fica")),
        ("a professional changes", SUMMARY, SUMMARY.replace("Ana", "Bruno")),
        ("a stranger comes in", "Já volto com a resposta.", "Já volto com a resposta, Claudete."),
        ("a service changes", "Corte feminino: R$ 90,00.", "Coloração: R$ 90,00."),
        ("a link changes", "Veja https://exemplo.com.br/a", "Veja https://exemplo.com.br/b"),
        ("a link comes in", "Veja no nosso perfil.", "Veja no nosso perfil: www.exemplo.com.br"),
        ("a refusal becomes a yes", "Não temos horário na sexta.", "Temos horário na sexta."),
        ("a yes becomes a refusal", "Temos horário na sexta.", "Não temos horário na sexta."),
        ("it claims what is only asked", "Posso marcar?", "Pronto, está marcado! Tudo bem?"),
        ("it offers a discount", "O corte sai por R$ 90,00.", "O corte sai por R$ 90,00, com desconto."),
        ("it is free now", "A entrega sai hoje.", "A entrega sai hoje e é grátis."),
        ("the question goes", "Posso confirmar?", "Vou confirmar."),
        ("the question is no longer last", "Certo. Qual horário prefere?", "Qual horário prefere? Certo, combinado."),
        ("it is another language", "Qual dia fica melhor para você?", "Which day would be best for you?"),
        ("it is empty", "Tudo bem?", " "),
        ("it goes on and on", "Tudo bem?", "Tudo bem? " + "Que bom falar com você hoje, seja bem-vinda? " * 3),
        ("it brings markup", "Anotei aqui.", "Anotei aqui <b>mesmo</b>."),
        ("it brings an unseen letter", "Anotei aqui.", "Anotei\u200b aqui."),
        ("it shows its rules", "Anotei aqui.", "Anotei aqui, como manda o prompt."),
    ],
)
def test_anything_else_is_not(why: str, template: str, worded: str) -> None:
    assert not sent(template, worded), why


prices = st.decimals(1, 9999, places=2).map(lambda price: f"R$ {price:.2f}".replace(".", ","))
clocks = st.times().map(lambda clock: f"{clock:%H:%M}")
days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(lambda day: f"{day:%d/%m}")
people = st.sampled_from([person.name for person in SALON.professionals])
services = st.sampled_from([service.name for service in SALON.services])
links = st.from_regex(r"https://[a-z]{3,8}\.com\.br/[a-z0-9]{1,8}", fullmatch=True)
TALK = ("olha", "então", "aqui", "fica", "assim", "para você", "com carinho", "tudo bem", "isso mesmo", "certinho")
talk = st.lists(st.sampled_from(TALK), max_size=8).map(" ".join)


@st.composite
def messages(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """The facts of a message, and the words between them."""
    kinds = draw(st.lists(st.sampled_from((prices, clocks, days, people, services, links)), min_size=1, max_size=4))
    return [draw(kind) for kind in kinds], [draw(talk) for _ in range(len(kinds) + 1)]


def joined(facts: list[str], words: list[str]) -> str:
    parts = [words[0]]
    for fact, word in zip(facts, words[1:], strict=True):
        parts += [fact, word]
    return "tá, " + " ".join(part for part in parts if part) + " viu"


@given(messages(), st.data())
def test_no_fact_is_ever_lost_changed_or_added(message: tuple[list[str], list[str]], data: st.DataObject) -> None:
    facts, words = message
    template = joined(facts, words)
    assert sent(template, template)
    place = data.draw(st.integers(0, len(facts) - 1), label="which fact")
    other = data.draw(st.one_of(prices, clocks, days, people, services, links), label="in its place")
    without = joined([*facts[:place], "", *facts[place + 1 :]], words)
    changed = joined([*facts[:place], other, *facts[place + 1 :]], words)
    added = joined([*facts, other], [*words, ""])
    assert not sent(template, without)
    assert not sent(template, added)
    assert sent(template, changed) == (other == facts[place])


@given(st.text(max_size=160))
def test_whatever_a_model_writes_no_figure_or_link_of_its_own_gets_out(worded: str) -> None:
    template = "Fica em R$ 90,00 na quarta-feira, 11/03, às 15:15. Mais em https://exemplo.com.br/a"
    if sent(template, worded):
        assert re.findall(r"\d+", worded) == re.findall(r"\d+", template)
        assert "https://exemplo.com.br/a" in worded
