"""Sums that come out alike on every machine: one thread, and no instructions that only newer processors have.

What a fit rounds at its end depends on the last bits of long sums, and libraries choose their loops by the processor.
"""

from __future__ import annotations

import os
import sys

ALIKE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
}


def start_steady(module: str) -> None:
    """Begins `python -m module` anew with these settings, unless they are in force: libraries read them when loaded."""
    if any(os.environ.get(name) != value for name, value in ALIKE.items()):
        os.execve(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]], {**os.environ, **ALIKE})
