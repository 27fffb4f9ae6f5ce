"""Encryption of personal fields and raw bodies, and the keyed hash by which a phone is found again.

AES-256-GCM; one key from the environment, from which the two working keys are derived (HKDF-SHA256).
A sealed value is version byte, 12 bytes of nonce, ciphertext with tag; the field's name is bound in.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"

# Chance for so many nonces is asked of the system at once: each time that is asked lets go of the interpreter, and so
# turns to another thread in the midst of a batch. None is given twice, nor to a child what its parent has.
_NONCE, _AT_ONCE = 12, 256
_nonces: list[bytes] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_nonces.clear)

# Made once: json.dumps would make an encoder for every value.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# What people are told who start the program with such a key.
WRONG_KEY = "MINQING_KEY is not the key that this database was sealed with"


class WrongKey(Exception):
    """What is stored was sealed with another key, or was tampered with."""


def new_key() -> str:
    """A fresh key as it stands in MINQING_KEY: 32 bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def _nonce() -> bytes:
    while True:
        try:
            return _nonces.pop()
        except IndexError:
            chance = os.urandom(_NONCE * _AT_ONCE)
            _nonces.extend(chance[start : start + _NONCE] for start in range(0, len(chance), _NONCE))


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"minqing/" + purpose).derive(secret)


class Cipher:
    """Seals and opens. Cheap to call; safe from several threads."""

    __slots__ = ("_box", "_hash")

    def __init__(self, key: str) -> None:
        try:
            secret = base64.urlsafe_b64decode(key.encode())
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) != 32:
            raise ValueError("MINQING_KEY must be 32 bytes in URL-safe base64 (make one with: minqing key)")
        self._box = AESGCM(_derive(secret, b"seal"))
        self._hash = _derive(secret, b"look-up")

    def seal(self, text: str | bytes, field: str) -> bytes:
        """Encrypt for one column, named `table.column`, so that a value cannot be moved to another."""
        data = text.encode() if isinstance(text, str) else text
        nonce = _nonce()
        return VERSION + nonce + self._box.encrypt(nonce, data, field.encode())

    def open_bytes(self, value: bytes, field: str) -> bytes:
        """Decrypt; WrongKey when it was sealed with another key or for another field."""
        if value[:1] != VERSION:
            raise WrongKey(f"{field}: not sealed by this program")
        try:
            return self._box.decrypt(value[1:13], value[13:], field.encode())
        except InvalidTag:
            raise WrongKey(f"{field}: sealed with another key, or changed since") from None

    def open_text(self, value: bytes | None, field: str) -> str:
        """As open_bytes, for text; an empty column is an empty string."""
        return self.open_bytes(value, field).decode() if value is not None else ""

    def seal_json(self, value: Any, field: str) -> bytes:
        """As seal, for what JSON can say."""
        return self.seal(_to_json(value), field)

    def open_json(self, value: bytes | None, field: str) -> Any:
        """What seal_json sealed; None of an empty column."""
        return json.loads(self.open_bytes(value, field)) if value is not None else None

    def look_up(self, value: str) -> bytes:
        """32 bytes that are the same for the same value under the same key: for finding a phone number."""
        return hmac.new(self._hash, value.encode(), hashlib.sha256).digest()
