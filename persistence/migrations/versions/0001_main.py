"""Businesses, customers, conversations, what they book and order, and who may see what."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001_main"
down_revision = None

SQL = Path(__file__).parent.parent / "sql" / "0001_main.sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SQL.read_text(encoding="utf-8"), execution_options={"no_parameters": True})
