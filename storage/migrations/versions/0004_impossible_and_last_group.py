"""客观办不了 counted apart, the last group of an account"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_accounts = sa.table("accounts", sa.column("id"), sa.column("last_group_id"))
_lines = sa.table("lines", sa.column("id"), sa.column("account_id"), sa.column("group_id"))


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_group_id", BigId, nullable=True))

    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("impossible", sa.Boolean(), server_default=sa.false(), nullable=False))

    # What is known of it now, before the lines that tell it are forgotten.
    heard = (
        sa.select(_lines.c.group_id)
        .where(_lines.c.account_id == _accounts.c.id, _lines.c.group_id.is_not(None))
        .order_by(_lines.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    op.execute(sa.update(_accounts).values(last_group_id=heard))


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_column("impossible")

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("last_group_id")
