"""Compiles pyproject.toml into requirements.lock: what the bot runs on first, then extras, tests and tools, then ocr.

Run with the `uv` of the environment it is started from: `make lock`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path("requirements.lock")
HEAD = "# Written by `make lock`; every line with its hashes, for Python 3.11 to 3.13. Do not edit.\n"
# tools/setup.sh cuts the file at this line when only the bot is wanted.
CUT = "# ==== extras, tests and tools ====\n"
# Nor does it install what stands below this one: hundreds of megabytes that only a program beside the bot needs.
CUT_OCR = "# ==== only for the extra ocr ====\n"


def compile_lock(out: Path, *options: str, python: str = "3.11") -> str:
    uv = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version"]
    plain = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--output-file", str(out)]
    subprocess.run([*uv, python, *plain, "--group", "build", *options], check=True)
    return out.read_text(encoding="utf-8")


def entries(text: str) -> list[str]:
    """One entry a requirement: its pinned line and the lines of its hashes."""
    return re.findall(r"^\S.*(?:\n +.*)*\n", text, flags=re.MULTILINE)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole_file = Path(folder) / "whole.txt"
        upgrade = "--upgrade" in sys.argv
        if LOCK.exists() and not upgrade:
            whole_file.write_text(LOCK.read_text(encoding="utf-8"), encoding="utf-8")
        extras = ["--extra", "postgresql", "--extra", "learn", "--group", "dev"]
        whole = entries(compile_lock(whole_file, *extras, "--extra", "ocr", *(["--upgrade"] if upgrade else [])))
        known = ("--constraint", str(whole_file))
        develop = entries(compile_lock(Path(folder) / "dev.txt", *known, *extras))
        runtime = entries(compile_lock(Path(folder) / "run.txt", *known))
    if strange := [entry.split()[0] for entry in (*runtime, *develop) if entry not in whole]:
        sys.exit(f"the parts disagree about {', '.join(strange)}")
    rest = [entry for entry in develop if entry not in runtime]
    ocr = [entry for entry in whole if entry not in develop]
    LOCK.write_text(HEAD + "".join(runtime) + CUT + "".join(rest) + CUT_OCR + "".join(ocr), encoding="utf-8")


if __name__ == "__main__":
    main()
