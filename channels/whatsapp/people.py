"""Who wrote: the names Meta gives for a person, as aliases.

Since April 2026 people with usernames come without a number, named only by a user id (BSUID) that is scoped to the
business; others come with both. A conversation is never named by either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from channels.phones import phone
from channels.untrusted import identifier, mapping, text
from domain.errors import PayloadInvalid
from domain.messages import Alias

_NAME_LIMIT = 200
_BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,160}")


def sender(
    item: Mapping[str, Any], contacts: tuple[Mapping[str, Any], ...], alone: bool
) -> tuple[tuple[Alias, ...], str | None]:
    """The sender's aliases, the one to reply to first, and their name. Raises PayloadInvalid for nobody.

    `alone`: the webhook speaks of one sender and brings one contact card. The card is theirs even when it spells the
    number otherwise, as Meta does in Brazil, Mexico and Argentina.
    """
    given = aliases([item.get("from")], [item.get("from_user_id")])
    card = contacts[0] if alone else next((card for card in contacts if set(given).intersection(_names(card))), {})
    names = tuple(dict.fromkeys((*given, *_names(card))))
    if not names:
        raise PayloadInvalid("no sender")
    profile = mapping(card.get("profile"))
    called = text(profile.get("name") or profile.get("username"), _NAME_LIMIT).strip()
    return names, called or None


def alone(messages: Sequence[Any], contacts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there is one sender and one contact card."""
    senders = [[mapping(item).get(key) for key in ("from", "from_user_id")] for item in messages]
    return len(contacts) == 1 and bool(senders) and all(sender == senders[0] for sender in senders)


def aliases(numbers: Iterable[object], user_ids: Iterable[object] = ()) -> tuple[Alias, ...]:
    """What can be read of them, in their order. A user id may stand where a number is expected."""
    names = [identifier(value) for value in numbers]
    found = [Alias("bsuid", name) if _BSUID.fullmatch(name) else phone(name) for name in names]
    found += [Alias("bsuid", name) for name in map(identifier, user_ids) if name]
    return tuple(dict.fromkeys(alias for alias in found if alias))


def _names(card: Mapping[str, Any]) -> tuple[Alias, ...]:
    return aliases([card.get("wa_id")], [card.get("user_id")])
