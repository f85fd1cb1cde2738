"""`prosa eval` from outside: what it plays, what it notices, what it exits with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import ConfigurationError
from evals import expect, seeding, world
from evals.format import Dialogue, End
from evals.main import run
from evals.model import Mind
from evals.options import Options
from persistence.database import Database
from understanding.local.reader import LocalUnderstander

Play = Callable[..., int]

HEAD = "id: tried\nbusiness: studio-aurora\nclock: 2026-03-10T10:00:00-03:00\n"
BOOKING = (
    HEAD
    + """\
tags: [book]
customer: {phone: "5511987654321", name: Marina}
seed:
  bookings:
    - {customer: "5511900000001", service: manicure, professional: carla, start: "2026-03-12T09:00"}
    - {customer: "5511987654321", service: pedicure, professional: carla, start: "2026-03-13T09:00"}
turns:
  - user: "quero marcar manicure quinta às 10h"
    expect: {intent: book, asks: confirm, replies: 1, owner: bot, reply: {contains: ["R$ 35,00"]}}
  - user: {button: "Sim"}
    expect: {tools: {called: [book_appointment]}, asks: none}
end:
  bookings:
    - {service: manicure, professional: carla, start: "2026-03-12T10:00", end: "2026-03-12T10:40", status: confirmed}
    - {service: pedicure}
  orders: []
  handoffs: 0
  outbox: {count: 2, undelivered: 0}
"""
)


@pytest.fixture
def lines() -> list[str]:
    """What a run prints."""
    return []


@pytest.fixture
def played(tmp_path: Path, postgres: str, lines: list[str]) -> Play:
    """`played("text of a file", repeat=2)`: the exit code."""

    def play(*texts: str, **options: object) -> int:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
        return run([tmp_path], replace(Options(server=postgres), **options), lines.append)  # type: ignore[arg-type]

    return play


def test_a_dialogue_that_holds_exits_0_and_one_that_cannot_be_read_2(played: Play, lines: list[str]) -> None:
    assert played(BOOKING) == 0
    assert played(BOOKING, BOOKING.replace("asks: none", "aks: none")) == 2
    assert any("1.yaml:14: turns[1].expect.aks: unknown key" in line for line in lines)
    assert any(line.startswith("1 of 1 passed") for line in lines)


FALSE = [
    ("intent: book", "intent: order", "intent: expected order"),
    ("asks: confirm", "asks: time", "asks: expected time, is confirm"),
    ("replies: 1", "replies: 2", "replies: expected 2, were 1"),
    ("owner: bot", "owner: agent", "owner: expected agent, is bot"),
    ('contains: ["R$ 35,00"]', 'contains: ["R$ 36,00"]', "does not contain"),
    ('contains: ["R$ 35,00"]', "not_contains: [/sim/]", "reply: contains"),
    ("called: [book_appointment]", "not_called: [book_appointment]", "book_appointment was called"),
    ("called: [book_appointment]", "called: [place_order]", "place_order was not called"),
    ('start: "2026-03-12T10:00"', 'start: "2026-03-12T10:15"', "bookings: expected"),
    ("    - {service: pedicure}\n", "", "bookings: expected"),
    ("    - {service: pedicure}\n", "    - {service: pedicure}\n    - {service: pedicure}\n", "bookings: expected"),
    ("orders: []", "orders: [{payment: pix}]", "orders: expected"),
    ("handoffs: 0", "handoffs: 1", "handoffs: expected 1, were 0"),
    ("count: 2", "count: 3", "outbox.count: expected 3, is 2"),
    ("undelivered: 0", "undelivered: 1", "outbox.undelivered: expected 1, is 0"),
]


def test_every_expectation_can_fail(played: Play, lines: list[str]) -> None:
    assert all(said in BOOKING for said, _, _ in FALSE)
    wrong = [
        BOOKING.replace(said, instead, 1).replace("id: tried", f"id: false-{n}")
        for n, (said, instead, _) in enumerate(FALSE)
    ]
    assert played("---\n".join(wrong)) == 1
    report = "\n".join(lines)
    assert f"0 of {len(FALSE)} passed" in report
    for number, (said, instead, detail) in enumerate(FALSE):
        told = report.split(f"FAIL  false-{number}\n")[-1].split("\nFAIL  ")[0]
        assert detail in told, (said, instead, told)
        assert "customer: quero marcar manicure" in told  # the transcript so far


async def test_a_row_of_another_customer_that_changes_fails_the_dialogue(
    database_url: str, database: Database, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    dialogue = Dialogue.model_validate(yaml.safe_load(BOOKING))
    business, lent = businesses[dialogue.business], world.Lent(database_url, database)
    async with world.opened(lent, dialogue, business, Mind(LocalUnderstander()), clock) as here:
        await seeding.seed(here, dialogue.seed)
        assert await expect.at_end(End(), here) == []
        await seeding.book(here, "5511900000001", "escova", "ana", datetime.fromisoformat("2026-03-12T09:00"))
        assert await expect.at_end(End(), here) == ["rows of other customers changed"]


PEOPLE = (
    HEAD
    + """\
turns:
  - user: "oi"
  - system: {provider_down: true}
  - agent: {claim: true}
    expect: {owner: agent, replies: 0}
  - agent: {reply: "Oi, aqui é a Paula"}
    expect: {replies: 1, reply: {contains: ["paula"]}}
  - user: "não, obrigada"
    expect: {replies: 0, owner: agent}
  - agent: {note: "nada"}
  - system: {restart: true}
  - agent: {return: true}
    expect: {owner: bot}
"""
)


def test_agents_work_as_over_rest_and_a_provider_that_is_down_gets_its_letters_later(played: Play) -> None:
    assert played(PEOPLE + "end: {handoffs: 0, outbox: {count: 2, undelivered: 1}}\n") == 0
    back = "  - system: {provider_down: false}\n"
    assert played(PEOPLE + back + "end: {handoffs: 0, outbox: {count: 2, undelivered: 0}}\n") == 0


def test_an_agent_who_notes_without_a_claim_fails_the_dialogue(played: Play, lines: list[str]) -> None:
    assert played(HEAD + "turns:\n  - user: oi\n  - agent: {note: Oi}\n") == 1
    assert any("claim it first" in line for line in lines)


PHONE = (
    HEAD
    + """\
turns:
  - user: "quero falar com um atendente"
    expect: {owner: queue, replies: 1}
  - agent: {reply: "Oi, aqui é a Paula, do celular"}
    expect: {owner: agent, replies: 0}
  - user: "oi Paula! sexta às 10h tem?"
    expect: {owner: agent, replies: 0}
  - agent: {return: true}
    expect: {owner: bot}
"""
)


def test_an_answer_nobody_claimed_comes_from_the_business_phone_and_silences_the_bot(played: Play) -> None:
    assert played(PHONE + "end: {outbox: {count: 1, undelivered: 0}}\n") == 0
    unasked = PHONE.replace("quero falar com um atendente", "oi").replace("owner: queue", "owner: bot")
    assert played(unasked + "end: {outbox: {count: 1, undelivered: 0}}\n") == 0


WORLD = (
    HEAD
    + """\
turns:
  - user: "quero uma escova com a Ana amanhã às 14h"
    expect: {asks: confirm}
  - system: {slot_taken: {professional: ana, start: "2026-03-11T14:00", service: escova}}
  - user: {button: "sim"}
    expect: {tools: {called: [book_appointment]}, asks: time}
  - user: {reaction: "👍"}
    expect: {replies: 0}
  - user: {duplicate_of: 1}
    expect: {replies: 0}
end: {bookings: []}
"""
)


def test_the_world_changes_under_a_conversation_and_what_comes_twice_is_answered_once(played: Play) -> None:
    assert played(WORLD) == 0


MODEL = (
    HEAD
    + """\
understander: model
turns:
  - system: {model_down: true}
  - user: "quero marcar manicure quinta às 10h"
    expect: {intent: book, asks: confirm}
  - system: {model_returns: '{"commands": [{"name": "affirm"}]}'}
  - user: "bora fechar isso daí"
    expect: {tools: {called: [book_appointment]}}
  - system: {model_returns: "I would rather talk about cats"}
  - user: "quais são os preços?"
    expect: {intent: prices}
end: {bookings: [{service: manicure}]}
"""
)


def test_a_model_fails_and_answers_on_command(played: Play) -> None:
    assert played(MODEL) == 0


MEANWHILE = (
    HEAD
    + """\
turns:
  - user: "quero uma escova com a Ana amanhã às 14h"
    expect: {asks: confirm}
  - user: {button: "sim"}
    meanwhile: ["melhor às 15h", "pode ser?"]
    expect: {replies: 1, asks: confirm, tools: {not_called: [book_appointment]}, reply: {contains: ["15:00"]}}
end: {bookings: [], outbox: {count: 2}}
"""
)


def test_what_comes_while_the_bot_works_is_answered_with_what_was_there(played: Play, lines: list[str]) -> None:
    assert played(MEANWHILE) == 0
    late = MEANWHILE.replace('user: {button: "sim"}', "user: {duplicate_of: 1}").replace("id: tried", "id: late")
    assert played(late) == 1
    assert any("meanwhile: no turn was under way" in line for line in lines)


TIMES_OUT = (
    HEAD
    + """\
turns:
  - user: "quero uma escova com a Ana amanhã às 14h"
  - system: {tool_times_out: {book_appointment: 1}}
  - user: {button: "sim"}
    expect: {replies: 1, owner: bot, tools: {called: [book_appointment]}}
  - user: "quero uma manicure quinta às 14h"
  - system: {tool_times_out: book_appointment}
  - user: {button: "sim"}
    expect: {replies: 1, owner: queue, tools: {called: [request_person], not_called: [book_appointment]}}
end: {bookings: [{service: escova}], handoffs: 1}
"""
)


def test_a_tool_that_gives_no_answer_leaves_nothing_and_is_tried_again_or_handed_over(played: Play) -> None:
    assert played(TIMES_OUT) == 0


def test_dialogues_are_repeated_disturbed_picked_and_reported(played: Play, tmp_path: Path, lines: list[str]) -> None:
    junit = tmp_path / "out" / "junit.xml"
    other = BOOKING.replace("id: tried", "id: other")
    assert played(BOOKING, other, repeat=2, noises=("case", "accents"), only="tried", junit=junit, jobs=3) == 0
    titles = ["tried [1 of 2]", "tried [2 of 2]", "tried [case]", "tried [accents]"]
    assert [case.get("name") for case in ElementTree.parse(junit).iter("testcase")] == titles
    assert any(line.startswith("4 of 4 passed") for line in lines)


def test_a_run_tells_machines_what_it_tells_people(played: Play, tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "out" / "run.json"
    wrong = BOOKING.replace("id: tried", "id: wrong").replace("asks: none", "asks: time")
    assert played(BOOKING, wrong, "id: half", repeat=2, noises=("case", "split"), json=path) == 2
    assert "pass^2: 1 of 2 (50.0%)" in lines
    assert "  case    1 of 2 (50.0%)" in lines
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["passed"], told["played"], len(told["problems"])) == (4, 8, 3)
    assert told["pass_all_repeats"] == {"k": 2, "passed": 1, "dialogues": 2}
    assert told["noise"]["case"] == {"played": 2, "passed": 1}
    failure = next(one for one in told["results"] if one["id"] == "wrong")["failures"][0]
    assert failure == {"place": "turn 2", "line": 13, "detail": "asks: expected time, is none"}


def test_noise_that_changes_nothing_is_no_pass(played: Play, lines: list[str]) -> None:
    assert played(HEAD + "turns: [{user: oi}]\n", noises=("accents",)) == 0
    assert "  accents  0 of 0, 1 left as they are" in lines


def test_a_run_tells_which_edges_it_did_not_walk(played: Play, tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "run.json"
    handed = PEOPLE.replace("id: tried", "id: handed") + "end: {}\n"
    assert played(BOOKING, handed, LISTED, edges=True, json=path) == 0
    told = json.loads(path.read_text(encoding="utf-8"))["edges"]
    assert told["undeclared"] == []
    missing = {tuple(edge) for edge in told["missing"]}
    assert not missing & {
        ("graph", "__start__", "human"),
        ("graph", "human", "human"),
        ("graph", "human", "__end__"),
        ("book", "start", "confirm"),
        ("book", "confirm", "end"),
        ("my_bookings", "start", "end"),
    }
    assert {("graph", "human", "understand"), ("book", "start", "service"), ("order", "start", "items")} <= missing
    assert "    cancel_order    start → confirm, end" in "\n".join(lines).splitlines()


LISTED = HEAD.replace("tried", "listed") + 'turns: [{user: "quais são os meus horários marcados?"}]\n'


def test_noise_nobody_knows_is_refused(played: Play) -> None:
    with pytest.raises(ConfigurationError, match="--perturb"):
        played(BOOKING, noises=("shouting",))


def test_nothing_to_play_is_not_a_pass(played: Play) -> None:
    assert played(BOOKING, only="nobody has this name") == 2
