"""Every environment knob, typed and frozen. A bad value stops the start, named with what is allowed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, PostgresDsn, RedisDsn, SecretStr, TypeAdapter, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.business import ModelProvider
from domain.errors import ConfigurationError

Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+\S*$")]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Price = Annotated[Decimal, Field(ge=0)]

_PROVIDERS: tuple[ModelProvider, ...] = get_args(ModelProvider)
_OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be asked, and its price in BRL for a million tokens."""

    provider: ModelProvider
    name: str | None
    address: str
    key: SecretStr | None = None
    price_input: Decimal = Decimal(0)
    price_output: Decimal = Decimal(0)


class Settings(BaseSettings):
    """What the environment and `.env` say. Field names are the keys in lower case; see `.env.example`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    # Where things are
    database_url: SecretStr | None = Field(None, description="postgresql://… ; unset: an embedded Postgres")
    redis_url: SecretStr | None = Field(None, description="redis://… ; unset: what may be lost lives in the process")
    prosa_host: str = Field("127.0.0.1", description="the address to listen on; 0.0.0.0 in a container")
    port: int = Field(8000, ge=0, le=65535, description="the port to listen on; 0 takes a free one")
    prosa_home: Path = Field(Path(".prosa"), description="where the embedded Postgres and generated secrets live")
    prosa_businesses: Path = Field(
        Path(__file__).parent / "businesses", description="the folder of the business files loaded at start"
    )
    public_url: Address | None = Field(None, description="the address customers and providers see, https://…")

    # Who may enter
    secret_key: SecretStr | None = Field(
        None, min_length=1, description="signs tokens and encrypts state; unset: made once and kept in PROSA_HOME"
    )
    admin_email: str = Field("admin@localhost", pattern=r"^[^@\s]+@[^@\s]+$", description="the first administrator")
    admin_password: SecretStr | None = Field(
        None, min_length=1, description="of the first administrator; unset: made once and kept in PROSA_HOME"
    )
    token_minutes: int = Field(480, gt=0, description="how long an access token is good for")

    # How it behaves
    prosa_clock: datetime | None = Field(None, description="an ISO time with its offset: the clock starts there")
    reply_pause_seconds: float = Field(1.0, ge=0, le=60, description="silence that ends a customer's burst of messages")
    mark_read: bool = Field(
        False, description="whether customers see that the bot reads and is typing: one request more a turn"
    )
    max_history_messages: int = Field(40, ge=4, le=400, description="messages a conversation's state remembers")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="the least that is logged")

    # How much at once
    pool_size: int = Field(10, ge=2, le=500, description="database connections of one process")
    turn_concurrency: int = Field(200, ge=1, le=5000, description="conversations one process thinks about at once")
    delivery_concurrency: int = Field(20, ge=1, le=1000, description="messages one process sends at once")
    lease_seconds: Seconds = Field(10, description="after this long without a heartbeat another worker takes over")
    uncertain_grace_seconds: Seconds = Field(
        60, description="how long a status webhook may settle whether an unanswered send arrived"
    )

    # WhatsApp Cloud API
    whatsapp_access_token: SecretStr | None = Field(None, description="sends messages")
    whatsapp_verify_token: SecretStr | None = Field(None, description="answers the webhook handshake")
    app_secret: SecretStr | None = Field(None, description="the Meta app's secret: checks webhook signatures")
    graph_api_url: Address = Field("https://graph.facebook.com", description="the Graph API's base")
    graph_api_version: str = Field("v26.0", pattern=r"^v\d+\.\d+$", description="the Graph API's version")

    # Twilio and WAHA
    twilio_account_sid: str | None = Field(None, description="the account that sends")
    twilio_auth_token: SecretStr | None = Field(None, description="sends, and checks webhook signatures")
    twilio_api_url: Address = Field("https://api.twilio.com", description="Twilio's base")
    waha_url: Address | None = Field(None, description="where WAHA runs")
    waha_api_key: SecretStr | None = Field(None, description="sends through WAHA")
    waha_hmac_key: SecretStr | None = Field(None, description="checks WAHA's webhook signatures")

    # The models: any of them through its OpenAI-compatible endpoint. Prices are BRL for a million tokens.
    understander: Literal["local", "cascade", "model"] | None = Field(
        None, description="who reads messages; unset: cascade when a model is configured, else local"
    )
    model_providers: Annotated[tuple[ModelProvider, ...], NoDecode] = Field(
        _PROVIDERS, description="the order they are asked in; those without key and model are left out"
    )
    model_budget_brl_per_day: Decimal | None = Field(
        None, ge=0, description="what models may cost a business a day; unset: no limit"
    )
    model_cache_seconds: float = Field(
        600, ge=0, le=86_400, description="how long an answer serves the same question again; 0: never"
    )
    openai_api_key: SecretStr | None = Field(None, description="of OpenAI, or any OpenAI-compatible endpoint")
    openai_base_url: Address | None = Field(None, description="that endpoint; unset: OpenAI")
    openai_model: str | None = Field(None, description="the model's name")
    openai_price_input: Price = Field(Decimal(0), description="what its input costs")
    openai_price_output: Price = Field(Decimal(0), description="what its output costs")
    openai_temperature: float = Field(
        0.0, ge=0, le=2, description="how freely a model words replies; 0: they go out as they are"
    )
    openai_timeout_seconds: Seconds = Field(
        10, description="after this long, all providers together, the local understander goes on"
    )
    groq_api_key: SecretStr | None = Field(None, description="of Groq")
    groq_base_url: Address = Field("https://api.groq.com/openai/v1", description="its endpoint")
    groq_model: str | None = Field(None, description="the model's name there")
    groq_price_input: Price = Field(Decimal(0), description="what its input costs")
    groq_price_output: Price = Field(Decimal(0), description="what its output costs")
    gemini_api_key: SecretStr | None = Field(None, description="of Gemini")
    gemini_base_url: Address = Field(
        "https://generativelanguage.googleapis.com/v1beta/openai", description="its OpenAI-compatible endpoint"
    )
    gemini_model: str | None = Field(None, description="the model's name there")
    gemini_price_input: Price = Field(Decimal(0), description="what its input costs")
    gemini_price_output: Price = Field(Decimal(0), description="what its output costs")
    local_model_url: Address | None = Field(None, description="a server of your own, such as http://localhost:11434/v1")
    local_model: str | None = Field(None, description="the model's name there")

    @field_validator("database_url", "redis_url")
    @classmethod
    def _is_a_url(cls, value: SecretStr | None, info: object) -> SecretStr | None:
        if value is None:
            return None
        kind, example = (
            (PostgresDsn, "postgresql://user:password@host:5432/name")
            if getattr(info, "field_name", "") == "database_url"
            else (RedisDsn, "redis://host:6379/0")
        )
        try:
            TypeAdapter(kind).validate_python(value.get_secret_value())
        except ValidationError as error:
            raise ValueError(f"an address like {example}") from error
        return value

    @field_validator("prosa_clock")
    @classmethod
    def _has_an_offset(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time with its offset, such as 2026-03-10T10:00:00-03:00")
        return value

    @field_validator("model_providers", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        """A list as people write one in an environment: with commas."""
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def models(self) -> tuple[Model, ...]:
        """The models that can be asked, in order: those with a name, and a key or a server that may want none."""
        prices = self.openai_price_input, self.openai_price_output
        openai = Model("openai", self.openai_model, self.openai_base_url or _OPENAI, self.openai_api_key, *prices)
        prices = self.groq_price_input, self.groq_price_output
        groq = Model("groq", self.groq_model, self.groq_base_url, self.groq_api_key, *prices)
        prices = self.gemini_price_input, self.gemini_price_output
        gemini = Model("gemini", self.gemini_model, self.gemini_base_url, self.gemini_api_key, *prices)
        local = Model("local", self.local_model, self.local_model_url or "")
        keyless = {"openai": self.openai_base_url, "local": self.local_model_url}
        ready = {one.provider: one for one in (openai, groq, gemini, local) if one.key or keyless.get(one.provider)}
        return tuple(ready[name] for name in dict.fromkeys(self.model_providers) if name in ready and ready[name].name)

    @property
    def understands_by(self) -> Literal["local", "cascade", "model"]:
        """Who reads the customers' messages, the default resolved."""
        return self.understander or ("cascade" if self.models else "local")

    @property
    def address(self) -> str:
        """Where a browser finds this process: the public address when one is set."""
        host = "localhost" if self.prosa_host in ("127.0.0.1", "0.0.0.0") else self.prosa_host  # noqa: S104
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    def key(self) -> str:
        """The secret key; generated once into PROSA_HOME/secret when the environment has none."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return _kept_once(self.prosa_home / "secret", lambda: secrets.token_urlsafe(48))

    def first_password(self) -> str:
        """The first administrator's password; generated once into PROSA_HOME/admin-password when not set."""
        if self.admin_password is not None:
            return self.admin_password.get_secret_value()
        return _kept_once(self.prosa_home / "admin-password", lambda: secrets.token_urlsafe(12))


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Reads the environment, then `.env` for what it does not say.

    Raises ConfigurationError naming the key, its value (never a secret's) and what is allowed.
    """
    try:
        found = Settings(_env_file=env_file)
    except ValidationError as error:
        raise _explained(error, env_file) from error
    if found.understander in ("cascade", "model") and not found.models:
        raise ConfigurationError(
            "environment",
            "UNDERSTANDER",
            found.understander,
            "local, or set OPENAI_MODEL and OPENAI_API_KEY (or another provider's) too",
        )
    return found


def _explained(error: ValidationError, env_file: Path | None) -> ConfigurationError:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    key = name.upper()
    in_environment = any(present.upper() == key for present in os.environ)
    field = Settings.model_fields.get(name)
    secret = field is not None and "SecretStr" in str(field.annotation)
    message = str(first["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    value = "(hidden)" if secret else first.get("input")
    return ConfigurationError("environment" if in_environment else str(env_file), key, value, message)


def _kept_once(path: Path, make: Callable[[], str]) -> str:
    """Reads a generated secret, or makes it. Two processes starting at once end with the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(make() + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8").strip()
