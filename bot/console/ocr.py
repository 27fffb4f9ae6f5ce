"""`minqing ocr`: a picture on standard input, the words in it on standard output. Needs the extra `ocr`."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from importlib.util import find_spec
from typing import BinaryIO, TextIO

LEAST_SURE = 0.6


def ocr(picture: BinaryIO, out: TextIO) -> int:
    """One line for each line of the picture. 1 where rapidocr is not installed, or it is no picture."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        sys.stderr.write('minqing: rapidocr is not installed: pip install "minqing[ocr]"\n')
        return 1
    content = picture.read()
    # It talks about its models on standard output.
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            lines = _read(content)
        except Exception as error:
            # Whatever its libraries raise over bytes that are no picture.
            sys.stderr.write(f"minqing: not read ({type(error).__name__})\n")
            return 1
    out.write("".join(f"{line}\n" for line in lines))
    return 0


def _read(content: bytes) -> list[str]:
    from rapidocr import RapidOCR

    logging.disable(logging.WARNING)
    found = RapidOCR()(content)
    if found.txts is None:
        return []
    return [text for text, sure in zip(found.txts, found.scores, strict=True) if sure >= LEAST_SURE]
