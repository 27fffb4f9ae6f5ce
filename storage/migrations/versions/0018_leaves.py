"""leaves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leaves",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("district_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("half", sa.String(length=12), nullable=True),
        sa.Column("deputy_id", BigId, nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name=op.f("fk_leaves_deputy_id_people")),
        sa.ForeignKeyConstraint(["district_id"], ["areas.id"], name=op.f("fk_leaves_district_id_areas")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_leaves_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaves_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leaves_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leaves_district_id_last_on"), ["district_id", "last_on"], unique=False)
    _those_away()


def downgrade() -> None:
    op.drop_table("leaves")


def _those_away() -> None:
    """Whoever is away now has been since some day: the list of the next morning goes to who stands in."""
    people = sa.table("people", *(sa.column(name) for name in ("id", "district_id")), sa.column("away_until", sa.Date))
    leaves = sa.table("leaves", *(sa.column(name) for name in ("district_id", "person_id", "first_on", "last_on")))
    away = sa.select(people.c.district_id, people.c.id, sa.func.current_date(), people.c.away_until)
    op.execute(
        sa.insert(leaves).from_select(
            ["district_id", "person_id", "first_on", "last_on"],
            away.where(people.c.away_until >= sa.func.current_date()),
        )
    )
