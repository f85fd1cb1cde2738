"""A business: what it offers, when it is open, what it charges. Read once from YAML, never changed while running."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from domain.errors import ConfigurationError

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PaymentMethod = Literal["pix", "card_on_delivery", "cash"]
ModelProvider = Literal["openai", "groq", "gemini", "local"]

_SPAN = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


class Part(BaseModel):
    """A piece of a business file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _commas_in_braces(cls, value: object) -> object:
        """Gives the text after a comma back: YAML reads `{name: Ração 2,5 kg}` as two keys, "5 kg" without value."""
        if not isinstance(value, dict):
            return value
        whole: dict[object, object] = {}
        last: object = None
        for key, told in value.items():
            before = whole.get(last)
            if told is None and key not in cls.model_fields and isinstance(before, str):
                decimal = before[-1:].isdigit() and str(key)[:1].isdigit()
                whole[last] = f"{before}{',' if decimal else ', '}{key}"
            else:
                whole[key], last = told, key
        return whole


class Span(Part):
    """An opening or break within one day, local time, `start` before `end`."""

    start: time
    end: time


def _span(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _SPAN.match(value)
    if not found:
        raise ValueError('a span like "09:00-19:00"')
    hour, minute, until_hour, until_minute = (int(part) for part in found.groups())
    if (hour, minute) >= (until_hour, until_minute):
        raise ValueError("a span that starts before it ends")
    return {"start": time(hour, minute), "end": time(until_hour, until_minute)}


DaySpan = Annotated[Span, BeforeValidator(_span)]


class Channels(Part):
    """The accounts by which providers know this business."""

    class WhatsApp(Part):
        phone_number_id: str

    class Twilio(Part):
        number: str

    class Waha(Part):
        session: str

    whatsapp: WhatsApp | None = None
    twilio: Twilio | None = None
    waha: Waha | None = None

    def accounts(self) -> dict[str, str]:
        """Channel name → account, for the channels this business has."""
        found: dict[str, str] = {}
        if self.whatsapp:
            found["whatsapp"] = self.whatsapp.phone_number_id
        if self.twilio:
            found["twilio"] = self.twilio.number
        if self.waha:
            found["waha"] = self.waha.session
        return found


class Persona(Part):
    """Who the bot says it is."""

    name: str
    tone: str = ""


class Service(Part):
    """Something booked by time. A `price` of None is told only after an evaluation."""

    id: str
    name: str
    minutes: int = Field(gt=0)
    price: Decimal | None = None
    aliases: tuple[str, ...] = ()


class Professional(Part):
    """Somebody who performs services. One appointment at a time, none in `breaks` and on `days_off`."""

    id: str
    name: str
    services: tuple[str, ...]
    breaks: tuple[DaySpan, ...] = ()
    days_off: tuple[Weekday, ...] = ()


class Product(Part):
    """Something sold by the piece. `stock` is what the first seed puts on the shelf."""

    id: str
    name: str
    price: Decimal
    stock: int = Field(ge=0)
    aliases: tuple[str, ...] = ()


class Zone(Part):
    """A part of town delivered to, for a fee, in so many minutes."""

    name: str
    fee: Decimal
    minutes: int


class Delivery(Part):
    """How orders leave. `free_above` and `minimum_order` count for deliveries, not for pickup."""

    pickup: bool = True
    minimum_order: Decimal = Decimal(0)
    free_above: Decimal | None = None
    zones: tuple[Zone, ...] = ()


class Payment(Part):
    """How customers may pay for orders."""

    methods: tuple[PaymentMethod, ...]


class BookingRules(Part):
    """How far ahead and how late customers may book and cancel. `by: agent` means a person books, the bot collects."""

    slot_minutes: int = Field(15, gt=0)
    minimum_notice_minutes: int = Field(60, ge=0)
    horizon_days: int = Field(60, gt=0)
    cancel_until_minutes: int = Field(0, ge=0)
    by: Literal["bot", "agent"] = "bot"


class Lead(Part):
    """What the bot asks before a person goes on: facts by name, in this order; `lead.*` in locales/ words them."""

    ask: tuple[str, ...]


class Passage(Part):
    """One question and its answer, in one language."""

    id: str
    question: str
    answer: str
    language: str = ""


class HandoffRules(Part):
    """What calls a person at once: a keyword, a mood (-1 to 1) below the limit. And what is said outside hours."""

    keywords: tuple[str, ...] = ()
    sentiment_below: float = -0.5
    message_outside_hours: str | None = None


class ModelRules(Part):
    """Which model providers read for this business, in this order (none named: all that the settings configure), and
    what they may cost it a day, in BRL (not said: what the settings say)."""

    providers: tuple[ModelProvider, ...] = ()
    budget_per_day: Decimal | None = Field(None, ge=0)


class Business(Part):
    """One tenant."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    name: str
    locale: str = "pt-BR"
    languages: tuple[str, ...] = ()
    timezone: str = "America/Sao_Paulo"
    currency: str = "BRL"
    channels: Channels = Channels()
    persona: Persona
    hours: Mapping[Weekday, tuple[DaySpan, ...]]
    holidays: tuple[date, ...] = ()
    address: str | None = None
    booking: BookingRules | None = None
    services: tuple[Service, ...] = ()
    professionals: tuple[Professional, ...] = ()
    products: tuple[Product, ...] = ()
    delivery: Delivery | None = None
    payment: Payment | None = None
    lead: Lead | None = None
    faq: tuple[Passage, ...] = ()
    knowledge: tuple[Passage, ...] = ()
    handoff: HandoffRules = HandoffRules()
    model: ModelRules = ModelRules()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("an IANA time zone such as America/Sao_Paulo") from error
        return value

    @field_validator("knowledge", mode="before")
    @classmethod
    def _flatten_languages(cls, value: object) -> object:
        """A passage in several languages becomes one passage a language."""
        if not isinstance(value, list):
            return value
        flat: list[object] = []
        for entry in value:
            if isinstance(entry, dict) and "question" not in entry:
                flat += [
                    {"id": entry.get("id"), "language": language, **texts}
                    for language, texts in entry.items()
                    if language != "id" and isinstance(texts, dict)
                ]
            else:
                flat.append(entry)
        return flat

    @model_validator(mode="after")
    def _references_exist(self) -> Business:
        known = {service.id for service in self.services}
        for professional in self.professionals:
            unknown = set(professional.services) - known
            if unknown:
                raise ValueError(f"professionals.{professional.id}.services names unknown {sorted(unknown)}")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The business's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The locales it answers in by its own wish, its own first."""
        return tuple(dict.fromkeys((self.locale, *self.languages)))

    def service(self, service_id: str) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)

    def product(self, product_id: str) -> Product | None:
        return next((product for product in self.products if product.id == product_id), None)

    def professional(self, professional_id: str) -> Professional | None:
        return next((person for person in self.professionals if person.id == professional_id), None)

    def performers(self, service_id: str) -> tuple[Professional, ...]:
        """Who performs a service."""
        return tuple(person for person in self.professionals if service_id in person.services)

    def names(self) -> Iterator[str]:
        """Every name and other name of what is offered, who works here and where is delivered."""
        for service in self.services:
            yield from (service.name, *service.aliases)
        for product in self.products:
            yield from (product.name, *product.aliases)
        yield from (person.name for person in self.professionals)
        yield from (zone.name for zone in (self.delivery.zones if self.delivery else ()))

    def opening(self, day: date) -> tuple[Span, ...]:
        """The day's openings, local time; empty when closed or a holiday."""
        if day in self.holidays:
            return ()
        return tuple(self.hours.get(WEEKDAYS[day.weekday()], ()))

    def is_open(self, instant: datetime) -> bool:
        """Whether the doors are open at `instant` (aware)."""
        local = instant.astimezone(self.zone)
        return any(span.start <= local.time() < span.end for span in self.opening(local.date()))

    def next_opening(self, instant: datetime) -> datetime | None:
        """The next time the doors open at or after `instant`, within a month."""
        local = instant.astimezone(self.zone)
        for offset in range(32):
            day = local.date() + timedelta(days=offset)
            for span in self.opening(day):
                start = datetime.combine(day, span.start, self.zone)
                if start >= local:
                    return start
        return None


def load(path: Path) -> Business:
    """Reads one business file.

    Raises ConfigurationError naming file, key, value and what is allowed.
    """
    try:
        # libyaml's parser: the pure Python one refuses a plain "Aceita convênio?" inside braces.
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(str(path), "(file)", type(error).__name__, "a readable YAML file") from error
    if not isinstance(data, dict):
        raise ConfigurationError(str(path), "(file)", data, "a mapping of keys")
    try:
        return Business.model_validate(data)
    except ValidationError as error:
        raise _explained(path, error) from error


def load_all(folder: Path) -> dict[str, Business]:
    """Reads every `*.yaml` of a folder, by id. Two businesses may not own the same account."""
    businesses: dict[str, Business] = {}
    owners: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.yaml")):
        business = load(path)
        if business.id in businesses:
            raise ConfigurationError(str(path), "id", business.id, "an id no other business file has")
        for account in business.channels.accounts().items():
            if account in owners:
                raise ConfigurationError(
                    str(path), f"channels.{account[0]}", account[1], f"an account {owners[account]} does not own"
                )
            owners[account] = business.id
        businesses[business.id] = business
    return businesses


def _explained(path: Path, error: ValidationError) -> ConfigurationError:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "(file)"
    value: Any = first.get("input")
    if isinstance(value, dict | list):
        value = f"{type(value).__name__} of {len(value)}"
    return ConfigurationError(str(path), key, value, first["msg"].removeprefix("Value error, "))
