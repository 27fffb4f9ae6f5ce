"""Start-up time and idle memory of `minqing run` (playground only), beside the bare imports of what it needs."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 3
IDLE_SECONDS = 5.0
BARE = (
    "import fastapi, uvicorn, nicegui, sqlalchemy, alembic, apscheduler.schedulers.asyncio, structlog, "
    "cryptography.hazmat.primitives.ciphers.aead, rapidfuzz, rjieba, typer"
)


def resident_mib(pid: int) -> float:
    """Resident memory of a process (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("no VmRSS")


def bare() -> tuple[float, float]:
    """Seconds to import, MiB afterwards, in a process that does nothing else."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", f"{BARE}; print('ready', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    child.stdout.readline()
    seconds = time.perf_counter() - began
    memory = resident_mib(child.pid)
    child.communicate("\n")
    return seconds, memory


def ours(folder: Path, key: str) -> tuple[float, float]:
    """Seconds until the page answers with 200, MiB after some idle seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "MINQING_KEY": key,
        "MINQING_STORAGE__URL": f"sqlite:///{folder / 'idle.db'}",
        "MINQING_WEB__PORT": str(port),
    }
    minqing = [sys.executable, "-m", "bot"]
    subprocess.run([*minqing, "db", "upgrade"], env=environment, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    child = subprocess.Popen([*minqing, "run"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                if child.poll() is not None:
                    sys.exit("minqing run ended")
                time.sleep(0.02)
        seconds = time.perf_counter() - began
        time.sleep(IDLE_SECONDS)
        return seconds, resident_mib(child.pid)
    finally:
        child.terminate()
        child.wait(timeout=20)


def main() -> None:
    from storage.cipher import new_key

    key = new_key()
    figures: dict[str, list[tuple[float, float]]] = {"bare imports": [], "minqing run": []}
    for _ in range(ROUNDS):
        figures["bare imports"].append(bare())
        with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
            figures["minqing run"].append(ours(Path(name), key))
    for what, rounds in figures.items():
        seconds = statistics.median(one for one, _ in rounds)
        memory = statistics.median(two for _, two in rounds)
        print(f"{what:14} {seconds:5.2f} s   {memory:6.1f} MiB resident")


if __name__ == "__main__":
    main()
