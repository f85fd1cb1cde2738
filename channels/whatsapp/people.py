"""Who wrote: the names Meta gives for a person, as aliases.

Since April 2026 people with usernames come without a number, named only by a user id (BSUID) that is scoped to the
business; others come with both. A conversation is never named by either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from channels.phones import ninth_digit_twin, phone
from channels.untrusted import identifier, mapping, text
from domain.errors import PayloadInvalid
from domain.messages import Alias

_NAME_LIMIT = 200
_BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,160}")


def sender(item: Mapping[str, Any], contacts: tuple[Mapping[str, Any], ...]) -> tuple[tuple[Alias, ...], str | None]:
    """The sender's aliases, the one to reply to first, and their name. Raises PayloadInvalid for nobody."""
    given = aliases([item.get("from")], [item.get("from_user_id")])
    card = _card(given, contacts) if given or not item.get("from") else {}
    names = tuple(dict.fromkeys((*given, *_names(card))))
    if not names:
        raise PayloadInvalid("no sender")
    profile = mapping(card.get("profile"))
    called = text(profile.get("name") or profile.get("username"), _NAME_LIMIT).strip()
    return names, called or None


def aliases(numbers: Iterable[object], user_ids: Iterable[object] = ()) -> tuple[Alias, ...]:
    """What can be read of them, in their order. A user id may stand where a number is expected."""
    names = [identifier(value) for value in numbers]
    found = [Alias("bsuid", name) if _BSUID.fullmatch(name) else phone(name) for name in names]
    found += [Alias("bsuid", name) for name in map(identifier, user_ids) if name]
    return tuple(dict.fromkeys(alias for alias in found if alias))


def with_twins(names: Iterable[Alias]) -> tuple[Alias, ...]:
    """The names and, after them, the other spelling of Brazilian numbers."""
    names = tuple(names)
    return tuple(dict.fromkeys((*names, *filter(None, map(ninth_digit_twin, names)))))


def _card(given: tuple[Alias, ...], contacts: tuple[Mapping[str, Any], ...]) -> Mapping[str, Any]:
    """The contact card of these names; of a nameless sender the only card there is."""
    if not given and len(contacts) == 1:
        return contacts[0]
    known = set(with_twins(given))
    return next((card for card in contacts if known.intersection(_names(card))), {})


def _names(card: Mapping[str, Any]) -> tuple[Alias, ...]:
    return aliases([card.get("wa_id")], [card.get("user_id")])
