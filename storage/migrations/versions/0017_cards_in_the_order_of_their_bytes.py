"""cards in the order of their bytes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _order("C")


def downgrade() -> None:
    _order("default")


def _order(collation: str) -> None:
    """Of both, since letters and where they stand are looked for by each other. SQLite has no other order."""
    if op.get_bind().dialect.name == "postgresql":
        for table in ("outbox", "cards"):
            op.alter_column(table, "card", type_=sa.String(length=80, collation=collation))
