"""The environment is read once, and whoever mistypes a knob is told which one and what it may be."""

from __future__ import annotations

import re
import stat
from decimal import Decimal
from pathlib import Path

import pytest

import settings
from domain.errors import ConfigurationError
from settings import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_variable_everything_has_its_documented_default() -> None:
    found = settings.load(None)
    assert (found.port, found.reply_pause_seconds, found.admin_email) == (8000, 1.0, "admin@localhost")
    assert found.understands_by == "local"
    assert found.address == "http://localhost:8000"


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("PORT", "eighty", "integer"),
        ("PORT", "70000", "65535"),
        ("PROSA_CLOCK", "2026-03-10T10:00:00", "offset"),
        ("UNDERSTANDER", "oracle", "'cascade'"),
        ("REPLY_PAUSE_SECONDS", "-1", "0"),
        ("GRAPH_API_URL", "graph.facebook.com", "https?"),
        ("LOG_LEVEL", "LOUD", "'WARNING'"),
        ("MODEL_PROVIDERS", "skynet", "'groq'"),
        ("MODEL_BUDGET_BRL_PER_DAY", "-3", "0"),
    ],
)
def test_a_bad_value_names_the_key_the_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(ConfigurationError) as caught:
        settings.load(None)
    message = str(caught.value)
    assert key in message
    assert value in message
    assert allowed in message


def test_a_bad_secret_is_named_but_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@localhost/prosa")
    with pytest.raises(ConfigurationError) as caught:
        settings.load(None)
    assert "DATABASE_URL" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_model_is_asked_only_when_one_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTANDER", "cascade")
    with pytest.raises(ConfigurationError, match="OPENAI_MODEL"):
        settings.load(None)
    monkeypatch.setenv("OPENAI_MODEL", "small")
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    assert settings.load(None).understands_by == "cascade"


def test_models_are_asked_in_the_order_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in {
        "MODEL_PROVIDERS": "local, groq,openai",
        "OPENAI_MODEL": "small",
        "OPENAI_API_KEY": "sk-secret",
        "GROQ_MODEL": "fast",
        "GROQ_API_KEY": "gsk-secret",
        "GROQ_PRICE_OUTPUT": "4.20",
        "GEMINI_MODEL": "left out: no key",
        "LOCAL_MODEL": "own",
        "LOCAL_MODEL_URL": "http://localhost:11434/v1",
    }.items():
        monkeypatch.setenv(key, value)
    models = settings.load(None).models
    assert [(one.provider, one.name) for one in models] == [("local", "own"), ("groq", "fast"), ("openai", "small")]
    assert [one.address for one in models[1:]] == ["https://api.groq.com/openai/v1", "https://api.openai.com/v1"]
    assert (models[0].price_output, models[1].price_output) == (Decimal(0), Decimal("4.20"))
    assert "secret" not in repr(models)


def test_a_key_without_a_model_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody else's")
    assert settings.load(None).models == ()


def test_the_env_file_is_read_and_the_environment_goes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nREPLY_PAUSE_SECONDS=0\n")
    monkeypatch.setenv("PORT", "9001")
    found = settings.load(file)
    assert (found.port, found.reply_pause_seconds) == (9001, 0)


def test_a_generated_secret_is_kept_and_only_its_owner_may_read_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROSA_HOME", str(tmp_path / "home"))
    found = settings.load(None)
    assert found.key() == settings.load(None).key()
    assert found.first_password() == settings.load(None).first_password() != found.key()
    for name in ("secret", "admin-password"):
        assert stat.S_IMODE((tmp_path / "home" / name).stat().st_mode) == 0o600


def test_secrets_stay_out_of_the_settings_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "hunter2hunter2")
    assert "hunter2" not in repr(settings.load(None))


def test_every_knob_is_in_the_example_file_and_in_the_readme() -> None:
    example = set(re.findall(r"^# ([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert example == {name.upper() for name in Settings.model_fields}
    rows = re.findall(r"^\| (`[A-Z][A-Z0-9_]+`[^|]*) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)} == example
