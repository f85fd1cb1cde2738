"""The LangGraph saver's tables, under the same row-level security."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002_checkpoints"
down_revision = "0001_main"

SQL = Path(__file__).parent.parent / "sql" / "0002_checkpoints.sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SQL.read_text(encoding="utf-8"), execution_options={"no_parameters": True})
