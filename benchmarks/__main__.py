"""`make bench`: every measurement in turn, in one run; docs/PERFORMANCE.md keeps the figures."""

from __future__ import annotations

import subprocess
import sys

<<<<<<< HEAD
PARTS = ("reading", "addresses", "duplicates", "decision", "ingest", "startup", "door", "callbacks", "drain", "depth")
=======
PARTS = (
    "reading",
    "addresses",
    "decision",
    "ingest",
    "postgresql",
    "depth",
    "mornings",
    "drain",
    "door",
    "callbacks",
    "startup",
)
>>>>>>> ce23be9 (Measure ingest on PostgreSQL; give the outbox's office and the journal files of their own)


def main() -> None:
    failed = []
    for part in PARTS:
        print(f"\n== {part}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False).returncode:
            failed.append(part)
    if failed:
        sys.exit(f"short of what is wanted: {', '.join(failed)}")


if __name__ == "__main__":
    main()
