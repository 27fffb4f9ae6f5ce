"""Attachments of what is said to the robot: fetched from where they lie, opened with the callback's key (100719)."""

from __future__ import annotations

import base64
import binascii

import requests
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.tencent.client import limited, mapped
from domain.errors import SendFailed

_BLOCK = 32


def fetch(http: requests.Session, url: str, aes_key: str, api: str) -> bytes:
    """In a worker thread; SendFailed. The address is signed and a secret: nothing of it is passed on."""

    def work() -> bytes:
        if not url.startswith(("https://", api)):
            raise SendFailed("the attachment lies at no https address", permanent=True)
        return limited(http.get(url, stream=True))

    return opened(mapped(work, asked=False), aes_key)


def opened(sealed: bytes, aes_key: str) -> bytes:
    """AES-256-CBC, IV the key's first half, PKCS#7 to 32 bytes; SendFailed where it is not so."""
    try:
        key = base64.b64decode(aes_key + "=")
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = decryptor.update(sealed) + decryptor.finalize()
    except (ValueError, binascii.Error):
        raise SendFailed("the attachment cannot be opened", permanent=True) from None
    padding = plain[-1] if plain else 0
    if not 0 < padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
        raise SendFailed("the attachment cannot be opened", permanent=True)
    return plain[:-padding]
