"""who of the staff came along to whoever has a ticket"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import Json

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("helpers", Json, server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_column("helpers")
