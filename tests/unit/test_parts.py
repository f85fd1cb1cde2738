"""What part each thing plays in an order's message, on sentences of customers that the classifier never saw."""

from __future__ import annotations

from pathlib import Path

import pytest

from understanding.local.facts import parts
from understanding.local.training import marked, of_edits

_ON_TOP = {"add", "set"}
"""Of a thing that is not in the order yet they say the same."""


def told(line: str) -> list[str]:
    one = marked.marked(line)
    return list(parts.told(one.text, one.mentions))


@pytest.mark.parametrize(("language", "floor"), [("pt", 0.87), ("en", 0.85), ("es", 0.87)])
def test_the_parts_of_unseen_sentences_are_told(language: str, floor: float) -> None:
    sentences = list(marked.read(Path(__file__).with_name(f"order_edits.{language}.yaml")))
    judged = [
        (part == guess or {part, guess} == _ON_TOP, f"{one.text!r}: {guess}, not {part}")
        for one in sentences
        for part, guess in zip(one.parts, parts.told(one.text, one.mentions), strict=True)
    ]
    wrong = [line for right, line in judged if not right]
    assert 1 - len(wrong) / len(judged) >= floor, "\n".join(wrong)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("e {- o abajur} nem precisa, tira", ["remove"]),
        ("quíteme {- el florero} y póngame {+ una maceta}", ["remove", "add"]),
        ("then put {+ one} of that also", ["add"]),
        ("mejor {= tres} y sumale {+ un jarrón}", ["set", "add"]),
        ("exagerei {- nas velas}, em vez de {~ quatro} deixa só {= duas}", ["remove", "old", "set"]),
        ("tira {- o vaso}, {. a mesa} fica", ["remove", "keep"]),
        ("what does {? the lamp} cost?", ["ask"]),
    ],
)
def test_each_mention_plays_its_own_part(line: str, expected: list[str]) -> None:
    assert told(line) == expected


def test_the_name_of_a_thing_does_not_matter() -> None:
    lines = ["tira {- a lâmpada} e põe {+ dois rodos}", "tira {- o xisto azul} e põe {+ dois flurbs}"]
    assert [told(line) for line in lines] == [["remove", "add"]] * 2


def test_no_sentence_of_the_tests_is_trained_on() -> None:
    learnt = {one.text for one in of_edits.sentences()}
    unseen = (one.text for path in Path(__file__).parent.glob("order_edits.*.yaml") for one in marked.read(path))
    assert not learnt.intersection(text for text in unseen)
