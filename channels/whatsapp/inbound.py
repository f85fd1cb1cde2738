"""Reading a Cloud API webhook: all four levels (entries, changes, messages, statuses), each item on its own.

A webhook batches: an item that cannot be read becomes a line in `problems`, its neighbours are kept. What is sound and
not for us (a template was approved, a group was written to) becomes a line in `ignored`. The lines name places and
provider words, never what a customer wrote or a phone number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, cast

from channels.untrusted import identifier, instant, mapping, plain, sequence, text
from channels.whatsapp import content, people
from domain.errors import PayloadInvalid
from domain.messages import Alias, Change, Content, Echo, Inbound, Parsed, Renamed, Status, StatusUpdate

CHANNEL = "whatsapp"
_LINES_LIMIT = 50
_STATUSES: Mapping[str, Status] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


class _NotForUs(Exception):
    """A sound item that asks nothing of us."""


def read(payload: Mapping[str, Any], now: datetime) -> Parsed:
    """Everything the webhook carries, in its order. Never raises."""
    found = _Found()
    if payload.get("object") != "whatsapp_business_account":
        found.problem("object: not whatsapp_business_account")
    for where, entry in found.each(payload, "entry", ""):
        for place, change in found.each(entry, "changes", where):
            _read_change(mapping(change), place, found, now)
    return found.parsed()


@dataclass
class _Found:
    """What has been read so far."""

    messages: list[Inbound] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    echoes: list[Echo] = field(default_factory=list)
    statuses: list[StatusUpdate] = field(default_factory=list)
    renames: list[Renamed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def problem(self, line: str) -> None:
        """Notes what could not be read."""
        _add(self.problems, line)

    def ignore(self, line: str) -> None:
        """Notes what is not for us."""
        _add(self.ignored, line)

    def each(self, holder: Mapping[str, Any], key: str, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The objects of the array `holder[key]` with their places; what is no object becomes a problem."""
        prefix = f"{where}.{key}" if where else key
        value = holder.get(key)
        if value is not None and not isinstance(value, list):
            self.problem(f"{prefix}: not an array")
        for position, item in enumerate(sequence(value)):
            if isinstance(item, dict):
                yield f"{prefix}[{position}]", item
            else:
                self.problem(f"{prefix}[{position}]: not an object")

    def parsed(self) -> Parsed:
        return Parsed(
            tuple(self.messages),
            tuple(self.changes),
            tuple(self.echoes),
            tuple(self.statuses),
            tuple(self.problems),
            tuple(self.renames),
            tuple(self.ignored),
        )


def _add(lines: list[str], line: str) -> None:
    """Keeps the first lines: a hostile payload must not fill the log."""
    if len(lines) < _LINES_LIMIT:
        lines.append(line)
    elif len(lines) == _LINES_LIMIT:
        lines.append("further ones are not listed")


@dataclass(frozen=True)
class _Scope:
    """What the items of one change share."""

    account: str
    contacts: tuple[Mapping[str, Any], ...]
    alone: bool
    now: datetime
    found: _Found


def _read_change(change: Mapping[str, Any], where: str, found: _Found, now: datetime) -> None:
    name = text(change.get("field"), 40)
    readers = _FIELDS.get(name or "messages")
    if readers is None:
        found.ignore(f"{where}: field {name!r}")
        return
    value = mapping(change.get("value"))
    for place, error in found.each(value, "errors", where):
        found.problem(f"{place}: {_error_text(error)}")
    account = identifier(mapping(value.get("metadata")).get("phone_number_id"), 128)
    if not account:
        found.problem(f"{where}: no phone_number_id")
        return
    contacts = tuple(mapping(contact) for contact in sequence(value.get("contacts")))
    alone = people.alone(sequence(value.get("messages")), contacts)
    scope = _Scope(account, contacts, alone, now, found)
    for key, reader in readers.items():
        for place, item in found.each(value, key, where):
            try:
                reader(item, scope)
            except PayloadInvalid as error:
                found.problem(f"{place}: {error}")
            except _NotForUs as error:
                found.ignore(f"{place}: {error}")


def _read_message(item: Mapping[str, Any], scope: _Scope) -> None:
    provider_id = _identity(item)
    if item.get("group_id"):
        raise _NotForUs("a group's message")
    aliases, name = people.sender(item, scope.contacts, scope.alone)
    kind = text(item.get("type"), 40)
    if kind in ("reaction", "edit", "revoke"):
        scope.found.changes.append(_change(item, kind, provider_id, aliases[0], scope))
    elif kind == "system":
        scope.found.renames.append(_renamed(item, provider_id, aliases, scope))
    else:
        scope.found.messages.append(
            Inbound(
                CHANNEL,
                scope.account,
                provider_id,
                aliases,
                reply_to=aliases[0],
                sent_at=instant(item.get("timestamp"), scope.now),
                content=_content(item),
                name=name,
                quoted=identifier(mapping(item.get("context")).get("id")) or None,
                referral=plain(mapping(item.get("referral"))) or None,
            )
        )


def _identity(item: Mapping[str, Any]) -> str:
    provider_id = identifier(item.get("id"))
    if not provider_id:
        raise PayloadInvalid("no id")
    return provider_id


def _content(item: Mapping[str, Any]) -> Content:
    """The message's content, with what its context tells about it."""
    said = content.read(item)
    context = mapping(item.get("context"))
    facts = {key: plain(context[key]) for key in ("forwarded", "referred_product") if context.get(key)}
    return Content(said.kind, said.text, said.choice, {**said.detail, **facts}) if facts else said


def _change(item: Mapping[str, Any], kind: str, provider_id: str, person: Alias, scope: _Scope) -> Change:
    body = mapping(item.get(kind))
    target = identifier(body.get("message_id") or body.get("original_message_id"))
    if not target:
        raise PayloadInvalid(f"a {kind} of no message")
    said = text(body.get("emoji"), 64) if kind == "reaction" else ""
    if kind == "edit":
        said = content.read(mapping(body.get("message"))).text
    named = cast('Literal["reaction", "edit", "revoke"]', kind)
    return Change(named, CHANNEL, scope.account, provider_id, target, person, said)


def _renamed(item: Mapping[str, Any], provider_id: str, aliases: tuple[Alias, ...], scope: _Scope) -> Renamed:
    """A person got a new number or user id. Other system messages (a new security code) change nothing for us."""
    system = mapping(item.get("system"))
    numbers = (system.get(key) for key in ("wa_id", "new_wa_id"))
    names = people.aliases(numbers, (system.get(key) for key in ("user_id", "previous_user_id")))
    everything = tuple(dict.fromkeys((*aliases, *names)))
    if everything == aliases:
        raise _NotForUs(f"system message {text(system.get('type'), 40)!r}")
    return Renamed(CHANNEL, scope.account, provider_id, everything)


def _read_status(item: Mapping[str, Any], scope: _Scope) -> None:
    provider_id = _identity(item)
    word = text(item.get("status"), 40)
    status = _STATUSES.get(word)
    if status is None:
        raise _NotForUs(f"status {word!r}")
    errors = [_error_text(mapping(error)) for error in sequence(item.get("errors"))[:3]]
    scope.found.statuses.append(
        StatusUpdate(
            CHANNEL,
            scope.account,
            provider_id,
            status,
            instant(item.get("timestamp"), scope.now),
            identifier(item.get("biz_opaque_callback_data")) or None,
            "; ".join(errors) or None,
        )
    )


def _error_text(error: Mapping[str, Any]) -> str:
    """`131047: Re-engagement message (More than 24 hours have passed…)`."""
    title = text(error.get("title"), 200) or text(error.get("message"), 200) or "error"
    details = text(mapping(error.get("error_data")).get("details"), 300)
    return f"{text(error.get('code'), 32) or '?'}: {title}" + (f" ({details})" if details else "")


def _read_echo(item: Mapping[str, Any], scope: _Scope) -> None:
    """A message the owner typed on the business's own phone."""
    provider_id = _identity(item)
    customer = next(iter(people.aliases([item.get("to")], [item.get("to_user_id")])), None)
    if customer is None:
        raise PayloadInvalid("an echo to nobody")
    if item.get("type") in ("reaction", "edit", "revoke", "system"):
        raise _NotForUs("an echo that is no answer")
    at = instant(item.get("timestamp"), scope.now)
    scope.found.echoes.append(Echo(CHANNEL, scope.account, provider_id, customer, content.read(item).text, at))


_FIELDS: Mapping[str, Mapping[str, Callable[[Mapping[str, Any], _Scope], None]]] = {
    "messages": {"messages": _read_message, "statuses": _read_status},
    "smb_message_echoes": {"message_echoes": _read_echo},
}
