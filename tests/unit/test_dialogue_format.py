"""A dialogue file means what it says: everything else in it is an error with file, line and key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from domain.business import Business
from evals import coverage
from evals.main import DIALOGUES
from evals.reading import Script, read, read_all
from evals.words import found
from tools.toolbox import TOOLS

GOOD = """\
id: a-booking
business: studio-aurora
clock: 2026-03-10T10:00:00-03:00
tags: [p17, 28, book]
seed:
  bookings:
    - {customer: "5511900000001", service: escova, professional: ana, start: "2026-03-11T15:00"}
turns:
  - user: "oi, você tem horário amanhã?"
    after: 1h30m
    expect:
      asks: service
      tools: {called: [book_appointment]}
  - user: ["uma escova", {button: "sim"}]
  - user: {duplicate_of: 1}
  - agent: {claim: true}
  - system: {stock: {}}
end:
  bookings: []
"""

WRONG = [
    ("asks: service", "aks: service", 12, "turns[0].expect.aks", "unknown key"),
    ("asks: service", "asks: servic", 12, "turns[0].expect.asks", "'service', 'time'"),
    ("id: a-booking\n", "", 1, "id", "missing"),
    ("clock: 2026-03-10T10:00:00-03:00", "clock: 2026-03-10T10:00:00", 3, "clock", "timezone"),
    ("business: studio-aurora", "business: studio-borealis", 2, "business", "there is no business 'studio-borealis'"),
    ("service: escova, p", "service: escovas, p", 7, "seed.bookings[0].service", "there is no 'escovas'"),
    ('customer: "5511900000001"', "customer: 5511900000001", 7, "seed.bookings[0].customer", "valid string"),
    ("clock: 2026-03-10T10:00:00-03:00", "clock: 1773000000", 3, "clock", "a time such as"),
    ('"2026-03-11T15:00"', '"2026-03-11"', 7, "seed.bookings[0].start", "a time such as"),
    ('"2026-03-11T15:00"', '"2026-03-11T15:00Z"', 7, "seed.bookings[0].start", "timezone"),
    ("after: 1h30m", "after: 90", 10, "turns[0].after", "a span such as"),
    ("after: 1h30m", "after: soon", 10, "turns[0].after", "a span such as"),
    ("called: [book_appointment]", "caled: [book_appointment]", 13, "turns[0].expect.tools.caled", "unknown key"),
    ('{button: "sim"}', '{buton: "sim"}', 14, "turns[1].user[1].buton", "unknown key"),
    ('{button: "sim"}', '{button: "sim", list: a}', 14, "turns[1].user[1]", "exactly one of"),
    ('["uma escova", {button: "sim"}]', "[]", 14, "turns[1].user", "at least one message"),
    ("{duplicate_of: 1}", "{duplicate_of: 3}", 15, "turns[2].user.duplicate_of", "an earlier turn"),
    ("claim: true", "claim: 1", 16, "turns[3].agent.claim", "true"),
    (
        "agent: {claim: true}",
        "agent: {claim: true}\n    user: oi",
        16,
        "turns[3]",
        "exactly one of user, agent, system",
    ),
    (
        "system: {stock: {}}",
        "system: {tool_times_out: book}",
        17,
        "turns[4].system.tool_times_out",
        "there is no 'book'",
    ),
    ("stock: {}}", "stock: {}}\n    meanwhile: oi", 17, "turns[4]", "meanwhile goes with user or agent"),
    (
        "{duplicate_of: 1}",
        "oi\n    meanwhile: {duplicate_of: 3}",
        16,
        "turns[2].meanwhile.duplicate_of",
        "an earlier turn",
    ),
    ("stock: {}", "stock: {bola: 3}", 17, "turns[4].system.stock.bola", "there is no 'bola'"),
    ("bookings: []", "bookings:", 19, "end.bookings", "has no value"),
    ("bookings: []", "bookings: []\n  bookings: []", 20, "end.bookings", "stands twice"),
    ("bookings: []", "bookings: [{service: escova, room: 3}]", 19, "end.bookings[0].room", "unknown key"),
    ("bookings: []", "bookings: 0", 19, "end.bookings", "tuple"),
    ("bookings: []", "bookings: [", 20, "(file)", "not YAML"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "dialogue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def only(path: Path, businesses: Mapping[str, Business]) -> Script:
    scripts, problems = read(path, businesses)
    assert problems == []
    (script,) = scripts
    return script


def test_a_good_dialogue_is_read_with_the_line_of_each_turn(tmp_path: Path, businesses: Mapping[str, Business]) -> None:
    script = only(written(tmp_path, GOOD), businesses)
    assert script.lines == (9, 14, 15, 16, 17)
    assert script.dialogue.turns[0].after == timedelta(hours=1, minutes=30)
    assert [message.kind for message in script.dialogue.turns[1].user or ()] == ["text", "button"]
    assert script.dialogue.tags == ("p17", "28", "book")


@pytest.mark.parametrize(("said", "instead", "line", "key", "detail"), WRONG)
def test_what_is_misspelt_missing_or_of_another_type_is_told_with_file_line_and_key(
    tmp_path: Path, businesses: Mapping[str, Business], said: str, instead: str, line: int, key: str, detail: str
) -> None:
    assert said in GOOD
    path = written(tmp_path, GOOD.replace(said, instead, 1))
    scripts, problems = read(path, businesses)
    assert scripts == []
    assert len(problems) == 1, [str(problem) for problem in problems]
    assert str(problems[0]).startswith(f"{path}:{line}: {key}: ")
    assert detail in problems[0].detail


def test_a_bad_document_does_not_hide_the_good_ones_of_its_file(
    tmp_path: Path, businesses: Mapping[str, Business]
) -> None:
    bad = GOOD.replace("asks: service", "aks: service")
    scripts, problems = read(written(tmp_path, f"{GOOD}---\n{bad}---\n{GOOD}"), businesses)
    assert len(scripts) == 2
    assert [problem.line for problem in problems] == [12 + GOOD.count("\n") + 1]


@pytest.mark.parametrize("text", ["", "---\n", "- a list\n", "just words\n"])
def test_a_file_without_a_dialogue_is_an_error(tmp_path: Path, businesses: Mapping[str, Business], text: str) -> None:
    scripts, problems = read(written(tmp_path, text), businesses)
    assert scripts == []
    assert problems


def test_a_missing_file_is_an_error(tmp_path: Path, businesses: Mapping[str, Business]) -> None:
    scripts, problems = read_all([tmp_path / "nowhere.yaml"], businesses)
    assert scripts == []
    assert "cannot be read" in problems[0].detail


@pytest.mark.parametrize(
    ("wanted", "text", "there"),
    [
        ("nao, OBRIGADO", "Então: Não,  obrigado!", True),
        ("15:15", "às 15:45", False),
        ("/R\\$ ?\\d+,00/", "custa R$ 90,00", True),
        ("/^marcado/", "Não marcado", False),
        ("/terca|segunda/", "De terça a sábado", True),
        ("/terça/", "De terça a sábado", True),
    ],
)
def test_words_are_compared_without_case_accents_and_width(wanted: str, text: str, there: bool) -> None:
    assert found(wanted, text) is there


def test_a_point_that_cannot_be_shown_is_told_with_its_reason() -> None:
    assert "  60 cannot have one: the engine sends no reminders" in str(coverage.measure([])).splitlines()


def test_coverage_counts_points_by_number_and_flows_by_name(tmp_path: Path, businesses: Mapping[str, Business]) -> None:
    covered = coverage.measure([only(written(tmp_path, GOOD), businesses).dialogue])
    assert covered.points == (17, 28)
    assert len(covered.missing) == 61
    assert "book" not in covered.flows_without
    assert "reschedule" in covered.flows_without


def test_our_dialogues_have_names_of_their_own_and_name_only_tools_that_exist(
    businesses: Mapping[str, Business],
) -> None:
    scripts, problems = read_all([DIALOGUES], businesses)
    assert problems == []
    names = [script.name for script in scripts]
    assert sorted(set(names)) == sorted(names)
    named = {
        tool
        for script in scripts
        for turn in script.dialogue.turns
        for tool in (*turn.expect.tools.called, *turn.expect.tools.not_called)
    }
    assert named <= set(TOOLS)
