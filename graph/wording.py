"""Sentences in the customer's language: templates of locales/*.yaml filled with typed facts (graph/phrases.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml

from domain.business import WEEKDAYS, Business
from domain.errors import ConfigurationError

LANGUAGES = ("pt-BR", "en", "es")
_CURRENCIES = {"BRL": "R$", "USD": "US$", "EUR": "€"}


class Wording:
    """One language's templates, for one business. A template is a text or a list of variants taken in turn."""

    def __init__(self, language: str, templates: Mapping[str, Any], business: Business) -> None:
        self._language = language
        self._templates = templates
        self._business = business

    def say(self, said: Mapping[str, Any], turn: int = 0) -> str:
        """Words one `{"key", "with"}` as a sentence: it begins with a capital."""
        worded = self.text(said["key"], said.get("with", {}), turn)
        return worded[:1].upper() + worded[1:]

    def text(self, key: str, facts: Mapping[str, Any] | None = None, turn: int = 0) -> str:
        """Fills a template. A fact the template does not name is left out; one it misses is an empty word."""
        template = self._templates[key]
        if isinstance(template, list):
            template = template[turn % len(template)]
        values = {name: self.value(value) for name, value in (facts or {}).items()}
        parts = (
            literal + (values.get(name, "") if name else "")
            for literal, name, _format, _conversion in Formatter().parse(template)
        )
        return "".join(parts).strip()

    def value(self, fact: Any) -> str:
        """Words one fact."""
        if not isinstance(fact, Mapping):
            return str(fact)
        kind, told = next(iter(fact.items()))
        match kind:
            case "$phrase":
                return self.text(told, fact.get("with", {}))
            case "$lines":
                return "\n".join(self.value(item) for item in told)
            case "$listed":
                return self._listed([self.value(item) for item in told], fact["last"])
            case "$money":
                return self._money(told)
            case "$weekdays":
                return "–".join(self._name("weekdays_short", WEEKDAYS.index(each)) for each in told)
            case _:
                return self._instant(kind, datetime.fromisoformat(told))

    def _instant(self, kind: str, moment: datetime) -> str:
        match kind:
            case "$when":
                day = self._day(moment, "format.day", "weekdays")
                return self.text("format.when", {"day": day, "clock": f"{moment:%H:%M}"})
            case "$day":
                return self._day(moment, "format.day", "weekdays")
            case "$clock":
                return f"{moment:%H:%M}"
            case "$short":
                return f"{self._day(moment, 'format.day_short', 'weekdays_short')} {moment:%H:%M}"
            case _:
                raise KeyError(f"no fact is worded by {kind}")

    def _day(self, moment: datetime, template: str, names: str) -> str:
        weekday = self._name(names, moment.weekday())
        return self.text(template, {"weekday": weekday, "day": f"{moment:%d}", "month": f"{moment:%m}"})

    def _name(self, table: str, index: int) -> str:
        return str(self._templates[table].split()[index])

    def _money(self, amount: str | None) -> str:
        if amount is None:
            return self.text("price.evaluation")
        symbol = _CURRENCIES.get(self._business.currency, self._business.currency)
        digits = f"{Decimal(amount):,.2f}"
        if self._language != "en" or self._business.currency == "BRL":
            digits = digits.translate(str.maketrans(",.", ".,"))
        return f"{symbol} {digits}"

    def _listed(self, items: Sequence[str], last: str) -> str:
        if len(items) < 2:
            return "".join(items)
        clashes = self._templates.get(f"joint.{last}_clashes")
        joint = f"joint.{last}_instead" if clashes and re.match(clashes, items[-1], re.IGNORECASE) else f"format.{last}"
        return f"{', '.join(items[:-1])} {self.text(joint)} {items[-1]}"


def wording(language: str, business: Business) -> Wording:
    """The wording of a language, or of the business's own where there is none."""
    known = next((each for each in (language, business.locale) if each in LANGUAGES), LANGUAGES[0])
    return Wording(known, templates(known), business)


def prepare() -> None:
    """Reads every language now, so that no customer waits for a file."""
    for language in LANGUAGES:
        templates(language)


@cache
def templates(language: str) -> dict[str, Any]:
    """A locale file as `{"group.name": template}`. Raises ConfigurationError when it cannot be read."""
    source = files("locales").joinpath(f"{language}.yaml")
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ConfigurationError(str(source), "(file)", data, "a mapping of template groups")
    return dict(_flat(data))


def _flat(data: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in data.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", value))
    return found
