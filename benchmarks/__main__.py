"""`make bench`: every measurement in turn, in one run; docs/PERFORMANCE.md keeps the figures."""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    "reading",
    "addresses",
    "duplicates",
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
