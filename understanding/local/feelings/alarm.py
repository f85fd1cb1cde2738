"""Whether a person must take over at once: danger, anger or a word the owner wants to hear about."""

from __future__ import annotations

from collections.abc import Iterable

from domain.business import Business
from domain.commands import Ask, Command, Human, Start
from understanding.local.feelings import aim, sentiment


def person_needed(text: str, business: Business, language: str) -> Human | None:
    """Why a person must take over, or None."""
    keyword = sentiment.urgent(text, business.handoff.keywords, language)
    if keyword is not None:
        return Human("keyword" if keyword in business.handoff.keywords else "urgent")
    least = business.handoff.sentiment_below
    angry = sentiment.score(text, language) < least and sentiment.score(aim.at_us(text), language) < least
    return Human("complaint") if angry else None


def weighed(commands: Iterable[Command], text: str, language: str) -> list[Command]:
    """The commands without a complaint that no ill word bears out, when the same message wishes for something."""
    commands = list(commands)
    kept = [command for command in commands if command != Human("complaint")]
    if len(kept) == len(commands):
        return commands
    wishes = any(isinstance(command, Start | Ask) for command in kept)
    calm = wishes and sentiment.score(aim.at_us(text), language) >= 0
    return kept if calm else commands
