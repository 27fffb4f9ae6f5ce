"""Stands for a program that reads attachments: bytes in, words out; what it does is said in the bytes.

"says X" writes X, "fails" ends with 3, "hangs" starts a child and waits for it, "floods" writes without end, "secret"
writes what it sees of our environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    asked = sys.stdin.buffer.read().decode()
    does, _, rest = asked.partition(" ")
    if does == "says":
        sys.stdout.buffer.write(rest.encode())
    elif does == "fails":
        sys.stdout.write("half a word")
        return 3
    elif does == "hangs":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        Path(rest).write_text(str(child.pid), encoding="utf-8")
        child.wait()
    elif does == "floods":
        sys.stdout.write("灯坏了 " * 100_000)
    elif does == "secret":
        sys.stdout.write(" ".join(name for name in os.environ if name.startswith("MINQING_")) or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
