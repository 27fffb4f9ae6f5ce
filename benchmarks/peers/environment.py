"""Environments for peers, made once under .peers/ (not in git)."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).parents[2] / ".peers"


def python_with(*requirements: str) -> Path:
    """The Python of an environment that has these requirements; made when first asked for."""
    folder = HOME / "+".join(one.replace("==", "-") for one in requirements)
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        print(f"installing {', '.join(requirements)} into {folder.relative_to(HOME.parent)} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *requirements], check=True)
        done.touch()
    return python
