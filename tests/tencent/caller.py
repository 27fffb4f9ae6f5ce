"""The platform calling us: signatures and AES by plain `cryptography` calls, independent of wechatpy.

call = CallbackSender(door_url, token="…", aes_key="…", receiver=CORP)           # form="json" for an aibot
await call.says("<xml>…</xml>")      → (200, b"success"); the same again is a repeat
await call.verifies()                → (200, the echo)
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from aiohttp import ClientSession
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TOKEN, AES_KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def signature(token: str, *parts: str) -> str:
    return hashlib.sha1("".join(sorted((token, *parts))).encode()).hexdigest()


def sealed(text: str | bytes, aes_key: str, receiver: str) -> str:
    """Base64 of AES-CBC over 16 bytes of chance, the length, the text and the receiver, padded to 32."""
    key = base64.b64decode(aes_key + "=")
    body = text.encode() if isinstance(text, str) else text
    plain = os.urandom(16) + struct.pack(">I", len(body)) + body + receiver.encode()
    padding = 32 - len(plain) % 32
    plain += bytes([padding]) * padding
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def opened(text: str, aes_key: str) -> tuple[str, str]:
    """The text and the receiver of a ciphertext."""
    key = base64.b64decode(aes_key + "=")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = decryptor.update(base64.b64decode(text)) + decryptor.finalize()
    plain = plain[16 : -plain[-1]]
    (length,) = struct.unpack(">I", plain[:4])
    return plain[4 : 4 + length].decode(), plain[4 + length :].decode()


@dataclass
class CallbackSender:
    """Calls `url`. `now` are the seconds that it stamps its calls with."""

    url: str
    token: str = TOKEN
    aes_key: str = AES_KEY
    receiver: str = ""
    form: Literal["xml", "json"] = "xml"
    now: int = 1_778_203_805
    nonce: str = "1372623149"

    async def says(self, text: str | dict[str, Any]) -> tuple[int, bytes]:
        """Bring a message as the platform does; status and body of the answer."""
        plain = text if isinstance(text, str) else json.dumps(text)
        return await self.brings(sealed(plain, self.aes_key, self.receiver))

    async def brings(self, ciphertext: str, **query: str) -> tuple[int, bytes]:
        """Bring any ciphertext, signed rightly unless `query` says otherwise."""
        return await self.posts(self.envelope(ciphertext), **(self.signed(ciphertext) | query))

    async def posts(self, body: bytes, **query: str) -> tuple[int, bytes]:
        async with ClientSession() as session, session.post(self.url, data=body, params=query) as answer:
            return answer.status, await answer.read()

    async def verifies(self, echo: str = "1616140317555161061") -> tuple[int, bytes]:
        """What the console does when the address is saved."""
        ciphertext = sealed(echo, self.aes_key, self.receiver)
        return await self.asks(echostr=ciphertext, **self.signed(ciphertext))

    async def asks(self, **query: str) -> tuple[int, bytes]:
        async with ClientSession() as session, session.get(self.url, params=query) as answer:
            return answer.status, await answer.read()

    def signed(self, ciphertext: str) -> dict[str, str]:
        stamp = str(self.now)
        return {
            "msg_signature": signature(self.token, stamp, self.nonce, ciphertext),
            "timestamp": stamp,
            "nonce": self.nonce,
        }

    def envelope(self, ciphertext: str) -> bytes:
        if self.form == "json":
            return json.dumps({"encrypt": ciphertext}).encode()
        return (
            f"<xml><ToUserName><![CDATA[{self.receiver}]]></ToUserName>"
            f"<Encrypt><![CDATA[{ciphertext}]]></Encrypt><AgentID><![CDATA[1000002]]></AgentID></xml>"
        ).encode()


def message(kind: str, sender: str, number: int, at: int = 1_778_203_805, **fields: Any) -> str:
    """The plain XML of a message or event; `fields` by their names, nested ones as dictionaries."""
    told: dict[str, Any] = {"ToUserName": "to", "FromUserName": sender, "CreateTime": at, "MsgType": kind, **fields}
    if kind != "event":
        told["MsgId"] = number
    told.setdefault("AgentID", 1000002)
    return f"<xml>{_elements(told)}</xml>"


def _elements(fields: dict[str, Any]) -> str:
    return "".join(
        f"<{name}>{_elements(value) if isinstance(value, dict) else escape(str(value))}</{name}>"
        for name, value in fields.items()
    )
