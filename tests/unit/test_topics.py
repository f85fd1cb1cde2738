"""Questions in words nobody taught: what they are about, and the business's text that answers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from domain.business import Business, Passage, load
from domain.ports import no_topics
from tools.passages import Passages, passages_of
from understanding.local import topics
from understanding.local.classifier import weights
from understanding.local.training import of_topics, train, utterances

_BUSINESSES = Path(__file__).parents[2] / "businesses"
_UNSEEN: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_topics.yaml").read_text(encoding="utf-8")
)
_NEAR: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("near_misses.yaml").read_text(encoding="utf-8")
)
_TOLD = {
    "studio-aurora": {
        "payment": "payment", "parking": "parking", "children": "kids", "lateness": "late", "wifi": "wifi",
        "cancellation_policy": "cancellation", "gift_card": "gift", "products_used": "products",
        "animals_inside": "pets",
    },
    "pet-feliz": {
        "payment": "payment", "delivery": "delivery", "exchange": "exchange", "vaccines": "vaccine",
        "pickup_of_pets": "taxi",
    },
    "clinica-sorriso": {"insurance": "insurance", "pain": "pain", "first_visit": "evaluation"},
    "cryptolock": {"what_is_it": "what", "what_does_it_stop": "blocks", "price_basis": "price"},
}  # fmt: skip
"""Which passage of a business is about which topic."""
_BESIDE = {"instalments", "change", "delivery_fee", "delivery_time", "warranty", "second_person", "home_visit"}
"""Topics so near to one of these that a text about it may tell of them too."""


@pytest.fixture(params=sorted(_UNSEEN))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_two_of_three_unseen_questions_find_their_text_and_hardly_any_another(language: str) -> None:
    told = [(found, right) for found, right in _answered(language) if right]
    assert sum(found == right for found, right in told) / len(told) >= 0.67
    assert sum(found not in ("", right) for found, right in told) / len(told) <= 0.025


def test_questions_that_no_text_answers_hardly_ever_find_one(language: str) -> None:
    found = [bool(found) for found, right in _answered(language) if not right]
    assert sum(found) / len(found) <= 0.025


def test_few_questions_that_only_share_words_with_a_text_are_answered_by_it(language: str) -> None:
    asked = [(_passages(name), line) for name, lines in _NEAR[language].items() for line in lines]
    found = [line for shop, line in asked if shop.search(line, language)]
    assert len(found) / len(asked) <= 0.2, found


def test_what_is_said_before_a_question_is_not_what_is_asked() -> None:
    shop = _passages("pet-feliz")
    assert shop.search("ele tomou a vacina da raiva ontem, dói muito?", "pt-BR") == []
    assert shop.search("não tenho carro, vocês buscam o cachorro em casa?", "pt-BR")[0][0].id == "taxi"


def test_chatter_and_tasks_find_no_text(language: str) -> None:
    shops = [_passages(name) for name in _TOLD]
    found = [line for line in _UNSEEN[language][topics.NONE] for shop in shops if shop.search(line, language)]
    assert len(found) <= 2, found


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("how many days do I have to exchange a closed product?", "exchange"),
        ("in case i end up with the wrong item can i swap it?", "exchange"),
        ("¿y ahí mismo ponen vacunas?", "vaccine"),
        ("my driver's off sick, would one of you collect the poodle?", "taxi"),
    ],
)
def test_a_text_is_found_by_what_is_asked_about_whatever_the_words(question: str, passage: str) -> None:
    assert [found.id for found, _ in _passages("pet-feliz").search(question, "pt-BR", 1)] == [passage]


def test_instalments_are_told_by_the_text_about_payment() -> None:
    assert _passages("studio-aurora").search("dá pra parcelar em 3 vezes?", "pt-BR")[0][0].id == "payment"


def test_another_treatments_pain_is_not_told() -> None:
    clinic = _passages("clinica-sorriso")
    assert clinic.search("clareamento é dolorido?", "pt-BR")[0][0].id == "pain"
    assert clinic.search("implante é dolorido?", "pt-BR") == []
    assert clinic.search("e dói?", "pt-BR", of="Clareamento")[0][0].id == "pain"
    assert clinic.search("e dói?", "pt-BR", of="Implante") == []


def test_a_text_about_no_known_topic_is_found_by_its_words() -> None:
    salon = load(_BUSINESSES / "studio-aurora.yaml")
    mirror = Passage(id="mirror", question="Vocês vendem espelho de mão?", answer="Sim, na recepção.", language="pt-BR")
    known = passages_of(salon.model_copy(update={"faq": (*salon.faq, mirror)}), topics.about)
    assert known.search("vendem espelhos de mão aí?", "pt-BR")[0][0].id == "mirror"


def test_where_nobody_tells_topics_the_words_still_find_a_text() -> None:
    words_only = passages_of(load(_BUSINESSES / "studio-aurora.yaml"), no_topics)
    assert words_only.search("onde posso parar o carro?", "pt-BR")[0][0].id == "parking"


def test_the_committed_weights_are_small_and_were_learnt_from_what_is_here() -> None:
    assert weights.load(weights.TOPICS).data_hash == train.data_hash(of_topics.SUBJECT), "run `prosa nlu train`"
    assert weights.TOPICS.stat().st_size < 1_800_000


def test_none_of_the_unseen_questions_was_learnt() -> None:
    learnt = {(one.language, one.text) for one in utterances.questions()}
    apart = [(language, line) for told in (_UNSEEN, _NEAR) for language in told for lines in told[language].values()
             for line in lines]  # fmt: skip
    assert not learnt & set(apart)


def _answered(language: str) -> Iterator[tuple[str, str]]:
    """The passage found, and the right one ("": none), for each question to each business."""
    for name, told in _TOLD.items():
        shop = _passages(name)
        for topic, lines in _UNSEEN[language].items():
            for line in lines if topic not in _BESIDE else ():
                found = shop.search(line, language, 1)
                yield (found[0][0].id if found else ""), told.get(topic, "")


def _passages(name: str) -> Passages:
    return passages_of(_business(name), topics.about)


def _business(name: str) -> Business:
    return load(_BUSINESSES / f"{name}.yaml")
