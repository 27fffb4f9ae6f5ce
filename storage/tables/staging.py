"""Where an import waits until it is whole: a copy of each table it fills, without links, beside the run it is of.

`deed` is "new" or "changed"; `changes` names the columns that change (",name,phone,"), so that nothing else is touched.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from storage.tables.care import care_plans, households, residents
from storage.tables.columns import BigId, Utc, metadata
from storage.tables.people import people, posts
from storage.tables.places import areas, departments, groups


def _staged(table: Table) -> Table:
    copied = [Column(column.name, column.type, nullable=True) for column in table.columns]
    return Table(
        f"staged_{table.name}",
        metadata,
        Column("staged_id", BigId, primary_key=True, autoincrement=True),
        Column("run", String(32), nullable=False, index=True),
        Column("staged_at", Utc, nullable=False),
        Column("row", Integer, nullable=False, default=0),
        Column("deed", String(8), nullable=False),
        Column("changes", Text, nullable=False, default=""),
        *copied,
    )


# In the order in which they are filled: what is named stands before what names it.
FILLED: tuple[Table, ...] = (areas, departments, groups, people, posts, households, residents, care_plans)
STAGED: dict[str, Table] = {table.name: _staged(table) for table in FILLED}
