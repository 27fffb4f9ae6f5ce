"""Several processes that do one piece of work together, beginning at the same moment: each says that it is ready, is
told to go, and answers with a line of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

READY = "ready"


def together(commands: Sequence[Sequence[str | Path]]) -> tuple[float, list[dict[str, Any]]]:
    """Starts them one after another, each when the one before is ready; lets them go at once, and waits for the last.
    Seconds from then on, and what each answered. Ends the program with what one of them says if it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        running = [_ready(command, errors) for command in commands]
        began = time.perf_counter()
        for process in running:
            _tell(process)
        answers = [_line(process, errors) for process in running]
        seconds = time.perf_counter() - began
        for process in running:
            process.wait()
    return seconds, [json.loads(answer) for answer in answers]


def wait_to_begin() -> None:
    """In such a process: says that all is prepared, and waits until all are."""
    print(READY, flush=True)
    sys.stdin.readline()


def _ready(command: Sequence[str | Path], errors: IO[str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
    while _line(process, errors) != READY:
        continue
    return process


def _tell(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        process.stdin.write("go\n")
        process.stdin.flush()


def _line(process: subprocess.Popen[str], errors: IO[str]) -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        process.wait()
        errors.seek(0)
        sys.exit(f"{process.args!r} ended: {errors.read()[-2000:]}")
    return line.strip()
