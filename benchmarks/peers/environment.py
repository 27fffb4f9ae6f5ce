"""Environments for peers, made once under .peers/ (not in git)."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).parents[2] / ".peers"


def python_with(requirement: str) -> Path:
    """The Python of an environment that has this requirement; made when first asked for."""
    folder = HOME / requirement.replace("==", "-")
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        print(f"installing {requirement} into {folder.relative_to(HOME.parent)} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", requirement], check=True)
        done.touch()
    return python
