"""The environment is read once, and whoever mistypes a knob is told which one and what it may be."""

from __future__ import annotations

import re
import stat
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
    readme = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert readme == example
