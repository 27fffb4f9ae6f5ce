"""since when deadlines count"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import Utc

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of what was reopened before this nothing is kept: it goes by when it was opened, as it did.
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clock_from", Utc(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_column("clock_from")
