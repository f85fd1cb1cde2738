"""`prosa eval --record` and `--replay`: a dialogue with a model plays the same without one, or says that it cannot."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from evals.main import run
from evals.options import Options
from evals.twins.openai_server import Commands, Failure, OpenAiServer, Text
from understanding.endpoint import Endpoint
from understanding.providers import Config

KEY = "sk-nobody-may-read-this"
DIALOGUE = """\
id: with a model
business: studio-aurora
clock: 2026-03-10T10:00:00-03:00
understander: model
turns:
  - user: "quinta às dez, aquilo que te contei"
    expect: {intent: book, asks: confirm, reply: {contains: ["manicure"]}}
  - user: "fecha comigo"
    expect: {tools: {called: [book_appointment]}}
end: {bookings: [{service: manicure, start: "2026-03-12T10:00"}]}
"""
WISH = Commands(
    {"name": "start", "flow": "book"},
    {"name": "fill", "slot": "service", "value": "manicure"},
    {
        "name": "fill",
        "slot": "time",
        "value": [{"kind": "moment", "start": "2026-03-12T10:00", "grain": "hour", "text": "quinta às dez"}],
    },
)
YES = Commands({"name": "affirm"})


@pytest.fixture
def twin() -> Iterator[OpenAiServer]:
    """An endpoint in a thread of its own: `run` has the main thread's loop."""
    server, started, loop = OpenAiServer(), threading.Event(), asyncio.new_event_loop()

    async def serve() -> None:
        async with server:
            started.set()
            await stopped.wait()

    stopped = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    with ExitStack() as stack:
        stack.callback(loop.close)
        stack.callback(thread.join)
        stack.callback(lambda: loop.call_soon_threadsafe(stopped.set))
        thread.start()
        started.wait(10)
        yield server


@pytest.fixture
def lines() -> list[str]:
    """What a run prints."""
    return []


@pytest.fixture
def played(tmp_path: Path, postgres: str, lines: list[str]) -> Callable[..., int]:
    """`played("text of a dialogue", replay=…)`: the exit code."""

    def play(text: str, **options: object) -> int:
        (tmp_path / "dialogue.yaml").write_text(text, encoding="utf-8")
        lines.clear()
        paths = [tmp_path / "dialogue.yaml"]
        return run(paths, replace(Options(server=postgres), **options), lines.append)  # type: ignore[arg-type]

    return play


@pytest.fixture
def tapes(tmp_path: Path, twin: OpenAiServer, played: Callable[..., int]) -> Path:
    """A folder with the recording of DIALOGUE."""
    twin.script(WISH, YES)
    assert played(DIALOGUE, record=tmp_path / "tapes", model=asked(twin)) == 0
    return tmp_path / "tapes"


def asked(twin: OpenAiServer) -> Config:
    return Config((Endpoint("openai", "twin", twin.url, KEY),), retries=0)


def test_a_recorded_dialogue_plays_the_same_without_a_model(tapes: Path, played: Callable[..., int]) -> None:
    assert played(DIALOGUE) == 1  # the local understander does not know what was told
    assert played(DIALOGUE, replay=tapes) == 0
    assert played(DIALOGUE, replay=tapes, repeat=2, jobs=2) == 0


def test_a_replay_asks_no_model_that_is_configured(tapes: Path, played: Callable[..., int], twin: OpenAiServer) -> None:
    before = len(twin.requests)
    assert played(DIALOGUE, replay=tapes, model=asked(twin)) == 0
    assert len(twin.requests) == before


def test_a_recording_holds_neither_keys_nor_prompts(tapes: Path) -> None:
    (path,) = tapes.iterdir()
    text = path.read_text(encoding="utf-8")
    assert KEY not in text
    assert "You read what customers write" not in text
    told = json.loads(text)
    assert told["dialogue"] == "with a model"
    assert [one["said"] for one in told["answers"]] == [
        ["quinta às dez, aquilo que te contei"],
        ["fecha comigo"],
    ]


def test_what_is_not_recorded_fails_the_dialogue_and_says_so(
    tapes: Path, played: Callable[..., int], lines: list[str]
) -> None:
    longer = DIALOGUE.replace("end:", '  - user: "oi"\nend:')  # the local understander would do
    assert played(longer, replay=tapes) == 1
    assert any("dialogue.yaml:10 turn 3: turn 3, understand 1: no recording" in line for line in lines)
    assert any("record it again" in line for line in lines)


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ('"fecha comigo"', '"sim"', "turn 2, understand 1: recorded for other words"),
        ("understand-", "understand-0", "recorded with prompt understand-0"),
        ('"answers"', '"answer"', "is no recording of this dialogue"),
        ("with a model", "of another", "is no recording of this dialogue"),
    ],
)
def test_a_recording_that_counts_no_more_fails_the_dialogue(
    tapes: Path, played: Callable[..., int], lines: list[str], said: str, instead: str, told: str
) -> None:
    (path,) = tapes.iterdir()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(said, instead), encoding="utf-8")
    assert text != path.read_text(encoding="utf-8")
    assert played(DIALOGUE, replay=tapes) == 1
    assert any(told in line and "record it again" in line for line in lines)


def test_unrelated_changes_need_no_new_recording(tapes: Path, played: Callable[..., int], tmp_path: Path) -> None:
    businesses = tmp_path / "businesses"
    businesses.mkdir()
    for path in (Path(__file__).parents[2] / "businesses").iterdir():
        text = path.read_text(encoding="utf-8").replace("name: Lia", "name: Bia").replace('"35.00"', '"36.00"')
        (businesses / path.name).write_text(text, encoding="utf-8")
    later = DIALOGUE.replace("clock: 2026-03-10T10:00", "clock: 2026-03-10T16:20").replace(
        "turns:", "tags: [new]\nturns:"
    )
    assert played(later, replay=tapes, businesses=businesses) == 0


def test_recordings_nobody_asks_for_are_told_and_harm_nothing(
    tapes: Path, played: Callable[..., int], lines: list[str]
) -> None:
    (tapes / "gone.json").write_text("{}", encoding="utf-8")
    shorter = DIALOGUE.partition('  - user: "fecha comigo"')[0]
    assert played(shorter, replay=tapes) == 0
    stale = [line for line in lines if line.startswith("stale recording: ")]
    assert len(stale) == 2
    assert stale[0].endswith("turn 2, understand 1: nobody asks for it any more")
    assert stale[1].endswith("gone.json: no such dialogue")


def test_a_dialogue_that_asks_no_model_any_more_loses_its_recording(
    tapes: Path, played: Callable[..., int], twin: OpenAiServer
) -> None:
    assert played(DIALOGUE, record=tapes, understander="local", model=asked(twin)) == 1
    assert list(tapes.iterdir())  # it was not asked to be one of a model
    quiet = DIALOGUE.replace("understander: model", "understander: cascade").split("turns:")[0]
    assert played(quiet + "turns: [{user: oi}]\n", record=tapes, model=asked(twin)) == 0
    assert not list(tapes.iterdir())


def test_a_model_that_fails_leaves_nothing_to_record_and_says_so(
    tmp_path: Path, twin: OpenAiServer, played: Callable[..., int], lines: list[str]
) -> None:
    twin.script(Failure(500), YES)
    assert played(DIALOGUE, record=tmp_path / "tapes", model=asked(twin)) == 1
    assert any("nothing to record, the model failed: ModelError" in line for line in lines)


def test_each_noise_has_a_recording_of_its_own(tmp_path: Path, twin: OpenAiServer, played: Callable[..., int]) -> None:
    twin.script(WISH, YES, WISH, YES)
    tapes = tmp_path / "tapes"
    assert played(DIALOGUE, record=tapes, noises=("accents",), model=asked(twin), jobs=1) == 0
    assert sorted(path.name for path in tapes.iterdir()) == ["with_a_model.accents.json", "with_a_model.json"]
    assert played(DIALOGUE, replay=tapes, noises=("accents",)) == 0


def test_replies_worded_by_a_model_are_recorded_too(
    tmp_path: Path, twin: OpenAiServer, played: Callable[..., int]
) -> None:
    spoken = """\
id: spoken
business: studio-aurora
clock: 2026-03-10T10:00:00-03:00
voice: true
turns:
  - user: "qual o endereço?"
    expect: {reply: {contains: ["Rua das Acácias, 120", "te esperamos"]}}
"""
    twin.script(Text("Te esperamos na Rua das Acácias, 120, Vila Madalena, São Paulo!"))
    assert played(spoken, record=tmp_path / "tapes", model=asked(twin)) == 0
    assert played(spoken, replay=tmp_path / "tapes") == 0


BY_HAND = """\
with a model:
  - commands:
      - {name: start, flow: book}
      - {name: fill, slot: service, value: manicure}
      - {name: fill, slot: time, value: [{kind: moment, start: "2026-03-12T10:00", grain: hour, text: quinta}]}
  - commands: [{name: affirm}]
"""


def test_answers_written_by_hand_are_recorded_as_a_models_are(
    tmp_path: Path, played: Callable[..., int], lines: list[str]
) -> None:
    hand, tapes = tmp_path / "hand", tmp_path / "tapes"
    hand.write_text(BY_HAND, encoding="utf-8")
    assert played(DIALOGUE, record=tapes, by_hand=hand) == 0
    assert played(DIALOGUE, replay=tapes) == 0
    hand.write_text(BY_HAND + "  - text: hm\n", encoding="utf-8")
    assert played(DIALOGUE, record=tapes, by_hand=hand) == 1
    assert any("answers by hand: 1 more than were asked for" in line for line in lines)
    hand.write_text(BY_HAND.partition("  - commands: [{name: affirm}]")[0], encoding="utf-8")
    assert played(DIALOGUE, record=tapes, by_hand=hand) == 1
    assert any("no answer more is written by hand" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [{txt: hm}]", "a.0.txt"),
        ("a: [{text: hm, refused: hm}]", "exactly one of"),
        ("a: [", "YAML"),
        ("- a", "dict"),
    ],
)
def test_a_file_by_hand_that_cannot_be_read_is_refused(
    tmp_path: Path, played: Callable[..., int], text: str, told: str
) -> None:
    hand = tmp_path / "hand"
    hand.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told):
        played(DIALOGUE, record=tmp_path, by_hand=hand)


@pytest.mark.parametrize("options", [{}, {"replay": Path("tapes")}, {"repeat": 2}])
def test_recording_that_makes_no_sense_is_refused(
    tmp_path: Path, twin: OpenAiServer, played: Callable[..., int], options: dict[str, object]
) -> None:
    model = asked(twin) if options else None
    with pytest.raises(ConfigurationError, match="--record"):
        played(DIALOGUE, record=tmp_path, model=model, **options)
