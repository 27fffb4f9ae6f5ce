"""once in the order of its bytes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite has no other order.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "once", type_=sa.String(length=128, collation="C"))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "once", type_=sa.String(length=128, collation="default"))
