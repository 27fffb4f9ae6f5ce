"""since when people may be in danger, and nobody of the staff has looked"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import Utc

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("feared_at", Utc(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_column("feared_at")
