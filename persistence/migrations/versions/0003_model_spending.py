"""What models cost each business a day."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003_model_spending"
down_revision = "0002_checkpoints"

SQL = Path(__file__).parent.parent / "sql" / "0003_model_spending.sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SQL.read_text(encoding="utf-8"), execution_options={"no_parameters": True})
