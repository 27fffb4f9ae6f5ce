"""Write the next migration from the difference between the tables and the migrations so far.

python tools/new_migration.py "what changes"
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from alembic import command  # noqa: E402

from domain.running import StorageSettings  # noqa: E402
from storage import migrate  # noqa: E402
from storage.cipher import Cipher, new_key  # noqa: E402
from storage.database import Database  # noqa: E402


def main(message: str) -> None:
    config = migrate.config()
    versions = ROOT / "storage" / "migrations" / "versions"
    number = len(list(versions.glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        database = Database(StorageSettings(url=f"sqlite:///{folder}/empty.db"), Cipher(new_key()))
        if number > 1:
            migrate.upgrade(database)
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        database.close()


if __name__ == "__main__":
    main(sys.argv[1])
