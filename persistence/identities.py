"""Who wrote: the names providers use (phone, business-scoped id, linked id, web session) lead to one customer.

A Brazilian mobile may appear with and without its ninth digit; both forms are names of the same customer. What is
stored here is for recognising only: replies go to the name that was received, unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from domain.messages import Alias
from persistence.database import Connection

_BRAZILIAN_MOBILE = re.compile(r"^(55[1-9][1-9])(9?)([6-9]\d{7})$")

_FIND = """
SELECT i.customer, i.kind, i.value
FROM unnest(%(kinds)s::text[], %(values)s::text[]) WITH ORDINALITY AS a (kind, value, n)
JOIN identities i ON i.tenant = %(tenant)s AND i.kind = a.kind AND i.value = a.value ORDER BY a.n
"""
_CUSTOMER = "INSERT INTO customers (id, tenant, name, created_at) VALUES (%s, %s, %s, %s)"
_UNUSED = "DELETE FROM customers WHERE id = %s"
# Sorted, so that two webhooks that bring the same names wait for each other instead of deadlocking.
_NAME = """
INSERT INTO identities (tenant, kind, value, customer)
SELECT %(tenant)s, kind, value, %(customer)s
FROM unnest(%(kinds)s::text[], %(values)s::text[]) AS a (kind, value) ORDER BY kind, value
ON CONFLICT DO NOTHING RETURNING kind, value
"""
_RENAME = "UPDATE identities SET customer = %(to)s WHERE customer = %(customer)s"
_CONVERSATION = """
INSERT INTO conversations AS c (
    id, tenant, customer, channel, account, to_kind, to_value, referral, last_customer_at, created_at, updated_at
) VALUES (
    %(id)s, %(tenant)s, %(customer)s, %(channel)s, %(account)s, %(to_kind)s, %(to_value)s, %(referral)s,
    %(customer_at)s, %(at)s, %(at)s
)
ON CONFLICT (tenant, channel, account, customer) DO UPDATE SET
    to_kind = CASE WHEN excluded.last_customer_at IS NULL THEN c.to_kind ELSE excluded.to_kind END,
    to_value = CASE WHEN excluded.last_customer_at IS NULL THEN c.to_value ELSE excluded.to_value END,
    referral = coalesce(excluded.referral, c.referral),
    last_customer_at = greatest(c.last_customer_at, excluded.last_customer_at),
    updated_at = greatest(c.updated_at, excluded.updated_at)
RETURNING id
"""


def forms(phone: str) -> tuple[str, ...]:
    """The ways one phone number (digits) may be written: as given first, then with or without Brazil's ninth digit."""
    found = _BRAZILIAN_MOBILE.match(phone)
    if not found:
        return (phone,)
    area, ninth, rest = found.groups()
    return (phone, f"{area}{rest}" if ninth else f"{area}9{rest}")


def names(text: str) -> tuple[str, ...]:
    """The identity values somebody may mean by `text`, such as "+55 (11) 98888-7777"; for looking up only."""
    digits = re.sub(r"\D", "", text)
    looks_like_a_phone = len(digits) >= 8 and re.fullmatch(r"[\d\s()+.-]+", text) is not None
    return (text, *forms(digits)) if looks_like_a_phone else (text,)


async def resolve(
    connection: Connection, tenant: str, aliases: Sequence[Alias], name: str | None, at: datetime
) -> UUID:
    """The customer known by any of `aliases` (the first one decides), made when new; learns the aliases not known yet.

    One round trip for somebody known. Two webhooks of one new customer at once make one customer.
    """
    wanted = _spelled_out(aliases)
    if not wanted:
        raise ValueError("a customer without any name")
    found = await (await connection.execute(_FIND, _arguments(tenant, wanted))).fetchall()
    if found:
        return await _learn(connection, tenant, wanted, found)
    return await _introduce(connection, tenant, wanted, name, at)


async def rename(connection: Connection, tenant: str, aliases: Sequence[Alias]) -> None:
    """These names are one person: whoever is known by one of them is known by all. Nobody new is made.

    Two customers that turn out to be one stay two: their books are a person's to put together.
    """
    wanted = _spelled_out(aliases)
    if found := await (await connection.execute(_FIND, _arguments(tenant, wanted))).fetchall():
        await _learn(connection, tenant, wanted, found)


async def _learn(connection: Connection, tenant: str, wanted: Sequence[Alias], found: Sequence[DictRow]) -> UUID:
    """The customer found first, known by all the names wanted that are nobody's yet."""
    customer = UUID(str(found[0]["customer"]))
    unknown = set(wanted) - {Alias(row["kind"], row["value"]) for row in found}
    if unknown:
        await connection.execute(_NAME, {**_arguments(tenant, unknown), "customer": customer})
    return customer


async def _introduce(
    connection: Connection, tenant: str, wanted: Sequence[Alias], name: str | None, at: datetime
) -> UUID:
    """A new customer; when another transaction introduced one of the names meanwhile, that one's."""
    customer, arguments = uuid4(), _arguments(tenant, wanted)
    await connection.execute(_CUSTOMER, (customer, tenant, name.replace("\x00", "") if name else None, at))
    named = await (await connection.execute(_NAME, {**arguments, "customer": customer})).fetchall()
    if len(named) == len(wanted):
        return customer
    mine = {Alias(row["kind"], row["value"]) for row in named}
    found = await (await connection.execute(_FIND, arguments)).fetchall()
    first = next(UUID(str(row["customer"])) for row in found if Alias(row["kind"], row["value"]) not in mine)
    await connection.execute(_RENAME, {"to": first, "customer": customer})
    await connection.execute(_UNUSED, (customer,))
    return first


async def conversation(
    connection: Connection,
    tenant: str,
    customer: UUID,
    channel: str,
    account: str,
    reply_to: Alias,
    at: datetime,
    referral: Mapping[str, Any] | None = None,
    *,
    wrote: bool = True,
) -> UUID:
    """The customer's conversation on one of the business's accounts, made when new.

    `wrote`: it is the customer who says something. Replies go to `reply_to` from now on, and the provider's window for
    answers opens.
    """
    values = {
        "id": uuid4(), "tenant": tenant, "customer": customer, "channel": channel, "account": account,
        "to_kind": reply_to.kind, "to_value": reply_to.value, "at": at,
        "customer_at": at if wrote else None,
        "referral": Jsonb(dict(referral)) if referral else None,
    }  # fmt: skip
    row = await (await connection.execute(_CONVERSATION, values)).fetchone()
    if row is None:
        raise ValueError("an upsert returns its row")
    return UUID(str(row["id"]))


def _spelled_out(aliases: Sequence[Alias]) -> list[Alias]:
    """Every form of every alias once, the given order kept."""
    spelled = [
        Alias(alias.kind, value)
        for alias in aliases
        for value in (forms(alias.value) if alias.kind == "phone" else (alias.value,))
    ]
    return list(dict.fromkeys(spelled))


def _arguments(tenant: str, aliases: Sequence[Alias] | set[Alias]) -> dict[str, object]:
    return {"tenant": tenant, "kinds": [a.kind for a in aliases], "values": [a.value for a in aliases]}
