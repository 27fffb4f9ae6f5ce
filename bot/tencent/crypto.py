"""The envelopes of callbacks: verified in constant time, then opened with wechatpy's AES; whatever is wrong is Forged.

Signature: SHA-1 of the sorted token, timestamp, nonce and ciphertext; AES-256-CBC, IV = the key's first half (90930).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Literal, TypeAlias

from wechatpy.crypto import BaseWeChatCrypto
from wechatpy.enterprise.crypto import PrpCrypto
from wechatpy.utils import WeChatSigner

from bot.tencent.parsing import cdata, fields_of

Form: TypeAlias = Literal["xml", "json"]


class Forged(Exception):
    """It does not come from the platform, or is not for us. Says nothing of what was wrong with it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The query of a callback: what vouches for the ciphertext."""

    signature: str
    timestamp: str
    nonce: str


class Envelope:
    """One callback's token and EncodingAESKey (43 characters). `receiver` is the corp id or app id that must stand
    inside, "" for an aibot. ValueError where the key is none."""

    def __init__(self, token: str, aes_key: str, receiver: str, form: Form = "xml") -> None:
        try:
            self._key: bytes = BaseWeChatCrypto(token, aes_key, receiver).key
        except Exception:
            raise ValueError("the EncodingAESKey must be the 43 characters shown in the console") from None
        self._token = token
        self._receiver = receiver
        self.form: Form = form

    def open(self, body: bytes, signed: Signed) -> bytes:
        """The plain text of a callback's body; Forged."""
        try:
            found = json.loads(body) if self.form == "json" else fields_of(body)
            sealed = found["encrypt" if self.form == "json" else "Encrypt"]
        except Exception:
            raise Forged from None
        return self.open_text(sealed, signed)

    def open_text(self, sealed: object, signed: Signed) -> bytes:
        """The plain text of a ciphertext (also of `echostr`, by which the platform verifies our address); Forged."""
        if not isinstance(sealed, str):
            raise Forged
        try:
            wanted = _signature(self._token, signed.timestamp, signed.nonce, sealed)
            if not compare_digest(signed.signature.encode(), wanted.encode()):
                raise Forged
            # wechatpy raises what it happens to meet: IndexError, struct.error, UnicodeDecodeError.
            text: str = PrpCrypto(self._key).decrypt(sealed, self._receiver)
            return text.encode()
        except Exception:
            raise Forged from None

    def seal(self, text: str, timestamp: str, nonce: str) -> bytes:
        """An answer as the platform opens it."""
        sealed = PrpCrypto(self._key).encrypt(text, self._receiver).decode()
        signature = _signature(self._token, timestamp, nonce, sealed)
        if self.form == "json":
            envelope: dict[str, Any] = {
                "encrypt": sealed,
                "msgsignature": signature,
                "timestamp": int(timestamp),
                "nonce": nonce,
            }
            return json.dumps(envelope).encode()
        return (
            f"<xml><Encrypt>{cdata(sealed)}</Encrypt><MsgSignature>{cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{int(timestamp)}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        ).encode()


def _signature(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(*parts)
    found: str = signer.signature
    return found
