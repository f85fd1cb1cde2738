"""Questions that ask for advice or a comparison are told from wishes, answers and questions a fact answers."""

from __future__ import annotations

import pytest

from understanding.open_questions import is_open, parted

OPEN = (
    "qual ração rende mais pro meu gato castrado e chega hoje?",
    "Qual ração é melhor pra gato castrado",
    "o que vocês recomendam pra um filhote que coça muito",
    "vc me indica algum tratamento pra cabelo ressecado?",
    "queria saber qual produto é mais indicado pra pelo longo",
    "vale a pena fazer hidratação antes da coloração?",
    "esse shampoo é bom pra cachorro idoso?",
    "qual a diferença entre hidratação e escova",
    "o que compensa mais: clareamento ou aparelho?",
    "qual serviço combina com cabelo cacheado?",
    "which food is best for my neutered cat and can it arrive today?",
    "what would you recommend for damaged hair under 100 reais",
    "should I get the conditioning or the coloring first?",
    "is it worth getting the whitening before the braces?",
    "what's the difference between the two foods?",
    "¿qué alimento conviene más para mi gato castrado y llega hoy?",
    "¿cuál es mejor para un cachorro que se rasca?",
    "¿me recomiendan algo para el pelo seco?",
    "cuál es la diferencia entre hidratación y brushing",
    "¿vale la pena hacerse la coloración antes del corte?",
)
SETTLED = (
    "prefiro quinta, é melhor pra mim",
    "quinta às 15h é melhor pra mim, pode ser?",
    "queria um shampoo bom pra filhote",
    "quero a ração que rende mais, manda duas",
    "me vê a melhor ração que vocês têm",
    "qual o melhor horário pra vocês amanhã?",
    "qual é melhor pra você, 15h ou 16h?",
    "qual dia fica melhor pra Ana?",
    "quem indicou foi minha amiga, quero marcar um corte",
    "não recomendo pra ninguém esse lugar",
    "o que mais vocês fazem?",
    "tudo de bom pra vocês",
    "quanto custa a ração golden?",
    "o melhor pra mim é de manhã",
    "Thursday works better for me",
    "what's the best time for Ana tomorrow?",
    "book me whatever is best for her on Friday at 3pm",
    "I want the best food you have, two bags",
    "how much is the blowout?",
    "el jueves me conviene más",
    "el viernes es mejor para mí",
    "¿qué día les conviene más?",
    "quiero la mejor ración que tengan",
    "¿a qué hora abren?",
)


@pytest.mark.parametrize("sentence", OPEN)
def test_advice_and_comparison_are_open_questions(sentence: str) -> None:
    assert is_open(sentence)


@pytest.mark.parametrize("sentence", SETTLED)
def test_wishes_answers_times_and_facts_are_none(sentence: str) -> None:
    assert not is_open(sentence)


def test_a_message_is_parted_into_its_open_questions_and_the_rest() -> None:
    texts = ["oi! quero marcar uma escova amanhã. qual tratamento vocês recomendam pra cabelo seco?", "obrigada"]
    assert parted(texts) == (
        ["qual tratamento vocês recomendam pra cabelo seco?"],
        ["oi!", "quero marcar uma escova amanhã.", "obrigada"],
    )
