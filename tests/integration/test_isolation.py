"""Row-level security: a query under one tenant sees nothing of another, in every table there is."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from domain.clock import StandingClock
from persistence.database import Connection, Database
from persistence.users import Users

OPEN_TO_NOBODY = {"alembic_version", "checkpoint_migrations"}  # no tenant's data, and no rights for the application

_TENANT_OF = {
    "tenants": "id",
    "checkpoints": "thread_id",
    "checkpoint_blobs": "thread_id",
    "checkpoint_writes": "thread_id",
}
_EVERYTHING = """
INSERT INTO users (id, tenant, email, name, password_hash, role)
    VALUES (gen_random_uuid(), %(tenant)s, %(tenant)s || '@example.com', 'x', 'x', 'agent');
INSERT INTO customers (id, tenant, created_at) VALUES (%(id)s, %(tenant)s, now());
INSERT INTO identities VALUES (%(tenant)s, 'web', %(tenant)s, %(id)s);
INSERT INTO conversations (id, tenant, customer, channel, account, to_kind, to_value, created_at, updated_at)
    VALUES (%(id)s, %(tenant)s, %(id)s, 'web', '1', 'web', 'x', now(), now());
INSERT INTO inbox (tenant, conversation, kind, channel, account, provider_id, content, at)
    VALUES (%(tenant)s, %(id)s, 'customer', 'web', '1', '1', '{}', now());
INSERT INTO messages (id, tenant, conversation, role, text, at) VALUES (%(id)s, %(tenant)s, %(id)s, 'bot', 'x', now());
INSERT INTO outbox (id, tenant, conversation, channel, account, to_kind, to_value, message, created_at, changed_at)
    VALUES (%(id)s, %(tenant)s, %(id)s, 'web', '1', 'web', 'x', '{}', now(), now());
INSERT INTO lanes (tenant, conversation, kind) VALUES (%(tenant)s, %(id)s, 'turn');
INSERT INTO strays (tenant, channel, account, payload, at) VALUES (%(tenant)s, 'web', '1', '{}', now());
INSERT INTO handoffs (id, tenant, conversation, customer, reason, opened_at)
    VALUES (%(id)s, %(tenant)s, %(id)s, %(id)s, 'asked', now());
INSERT INTO notes (id, tenant, conversation, text, at) VALUES (%(id)s, %(tenant)s, %(id)s, 'x', now());
INSERT INTO services VALUES (%(tenant)s, 's', 's', 30, NULL);
INSERT INTO professionals (tenant, id, name) VALUES (%(tenant)s, 'p', 'p');
INSERT INTO bookings (id, tenant, customer, service, professional, number, starts_at, ends_at, key)
    SELECT %(id)s, %(tenant)s, %(id)s, 's', 'p', number, now(), now() + interval '1 hour', 'k'
    FROM professionals WHERE tenant = %(tenant)s AND id = 'p';
INSERT INTO products VALUES (%(tenant)s, 'x', 'x', 1, 1);
INSERT INTO orders (id, tenant, customer, delivery, payment, total, key)
    VALUES (%(id)s, %(tenant)s, %(id)s, '{}', 'pix', 1, 'k');
INSERT INTO order_lines VALUES (%(tenant)s, %(id)s, 0, 'x', 1, 1);
INSERT INTO unanswered VALUES (%(id)s, %(tenant)s, %(id)s, 'x', 'en', now());
INSERT INTO model_spending VALUES (%(tenant)s, '2026-03-10', 1, 1);
INSERT INTO audit (tenant, actor, action, subject, at) VALUES (%(tenant)s, 'x', 'x', 'x', now());
INSERT INTO checkpoints (thread_id, checkpoint_id, checkpoint) VALUES (%(tenant)s || ':1', '1', '{}');
INSERT INTO checkpoint_blobs (thread_id, channel, version, type) VALUES (%(tenant)s || ':1', 'x', '1', 'x');
INSERT INTO checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
    VALUES (%(tenant)s || ':1', '1', '1', 0, 'x', '');
"""


@pytest.fixture
def tables(database_url: str) -> set[str]:
    """The names of all tables."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in rows}


@pytest.fixture
async def inhabited(database: Database) -> None:
    """One row in every table for each of two businesses, written as the application under each one's scope."""
    for number, tenant in enumerate(("studio-aurora", "pet-feliz"), start=1):
        values = {"tenant": tenant, "id": f"00000000-0000-0000-0000-00000000000{number}"}
        async with database.transaction(tenant) as connection:
            for statement in _EVERYTHING.split(";\n"):
                if statement.strip():
                    await connection.execute(statement.encode(), values)


async def owners(connection: Connection, table: str) -> set[str]:
    """Whose rows the connection sees in a table."""
    column = sql.Identifier(_TENANT_OF.get(table, "tenant"))
    rows = await connection.execute(
        sql.SQL("SELECT DISTINCT {} AS owner FROM {}").format(column, sql.Identifier(table))
    )
    return {row["owner"].split(":")[0] for row in await rows.fetchall()}


@pytest.mark.usefixtures("inhabited")
async def test_one_tenant_sees_nothing_of_another_in_any_table(database: Database, tables: set[str]) -> None:
    for tenant in ("studio-aurora", "pet-feliz"):
        async with database.transaction(tenant) as connection:
            seen = {table: await owners(connection, table) for table in tables - OPEN_TO_NOBODY}
        assert seen == {table: {tenant} for table in tables - OPEN_TO_NOBODY}


@pytest.mark.usefixtures("inhabited")
async def test_one_tenant_changes_and_deletes_nothing_of_another(database: Database, tables: set[str]) -> None:
    for table in tables - OPEN_TO_NOBODY:
        async with database.transaction("cryptolock") as connection:
            column = sql.Identifier(_TENANT_OF.get(table, "tenant"))
            stolen = sql.SQL("UPDATE {} SET {} = {} WHERE {} <> 'cryptolock'").format(
                sql.Identifier(table), column, sql.Literal("cryptolock"), column
            )
            gone = sql.SQL("DELETE FROM {} WHERE {} <> 'cryptolock'").format(sql.Identifier(table), column)
            assert (await connection.execute(stolen)).rowcount == 0, table
            assert (await connection.execute(gone)).rowcount == 0, table


@pytest.mark.usefixtures("inhabited")
async def test_without_a_tenant_nothing_is_seen(database: Database, tables: set[str]) -> None:
    async with database.pool.connection() as connection:
        seen = {table: await owners(connection, table) for table in tables - OPEN_TO_NOBODY}
    assert seen == {table: set() for table in tables - OPEN_TO_NOBODY}


async def test_nobody_writes_rows_in_anothers_name(database: Database) -> None:
    for scope in ("pet-feliz", "*"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with database.transaction(scope) as connection:
                await connection.execute(
                    "INSERT INTO customers (id, tenant, created_at) VALUES (gen_random_uuid(), 'studio-aurora', now())"
                )


_ANYTHING = "SELECT count(*) > 0 AS seen FROM products"


async def test_the_tenant_ends_with_its_transaction(database: Database) -> None:
    async with database.transaction("pet-feliz") as used:
        assert await (await used.execute(_ANYTHING)).fetchone() == {"seen": True}
    async with database.pool.connection() as connection:
        assert await (await connection.execute(_ANYTHING)).fetchone() == {"seen": False}


def test_every_table_forces_row_level_security_on_an_application_that_owns_nothing(
    database_url: str, tables: set[str]
) -> None:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        rows = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity AS forced, pg_get_userbyid(relowner) AS owner, "
            "has_table_privilege('prosa_app', oid, 'SELECT') AS readable "
            "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        role = connection.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcanlogin AS strong FROM pg_roles WHERE rolname = 'prosa_app'"
        ).fetchone()
    assert {row["relname"] for row in rows if not row["forced"]} == OPEN_TO_NOBODY
    assert {row["relname"] for row in rows if not row["readable"]} == OPEN_TO_NOBODY
    assert {row["relname"] for row in rows} == tables
    assert "prosa_app" not in {row["owner"] for row in rows}
    assert role == {"strong": False}


async def test_the_first_administrator_belongs_to_no_business_and_is_made_once(
    database: Database, clock: StandingClock
) -> None:
    users = Users(database)
    first = await users.ensure_admin("Root@Example.com", "Root", "hash", clock.now())
    assert await users.ensure_admin("root@example.com ", "Other", "other", clock.now()) == first
    assert (first.tenant, first.role, first.password_hash) == ("*", "admin", "hash")
    assert await users.all("pet-feliz") == []
    changed = await users.set_password(first, "new")
    assert (changed.password_hash, changed.session_version) == ("new", 2)
