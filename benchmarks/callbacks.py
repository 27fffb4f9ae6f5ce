"""A callback of WeCom verified, opened and understood, beside wechatpy doing the same by its own functions."""

from __future__ import annotations

import hashlib
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from wechatpy.enterprise import parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.channels.wecom_app.deliveries import delivered
from bot.channels.wecom_app.updates import understand
from bot.tencent.crypto import Envelope, Signed

TOKEN, KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wwc0rp1d00000001"
STAMP, NONCE = "1778204205", "1372623149"
CALLBACKS = 2000
ROUNDS = 7
# Ours may cost at most what wechatpy costs.
WANTED = 1.0
_XML = (
    "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><FromUserName><![CDATA[limin]]></FromUserName>"
    "<CreateTime>1778204205</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
    "<MsgId>{number}</MsgId><AgentID>1000002</AgentID></xml>"
)


def callbacks() -> list[tuple[bytes, str]]:
    """Bodies with their signatures, each with a message of its own."""
    theirs = WeChatCrypto(TOKEN, KEY, CORP)
    found = []
    for number in range(CALLBACKS):
        text = f"{number % 9 + 1}幢{number % 3 + 1}单元楼道灯又不亮了，晚上老人上下楼看不见"
        body: str = theirs.encrypt_message(_XML.format(corp=CORP, text=text, number=number), NONCE, STAMP)
        sealed = body.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        signature = hashlib.sha1("".join(sorted((TOKEN, STAMP, NONCE, sealed))).encode()).hexdigest()
        found.append((body.encode(), signature))
    return found


def main() -> None:
    envelope, theirs = Envelope(TOKEN, KEY, CORP), WeChatCrypto(TOKEN, KEY, CORP)
    now = datetime.now(UTC)

    def ours(body: bytes, signature: str) -> object:
        plain = envelope.open(body, Signed(signature, STAMP, NONCE))
        return understand(delivered(plain, CORP, now).raw)

    def peer(body: bytes, signature: str) -> object:
        return parse_message(theirs.decrypt_message(body, signature, STAMP, NONCE))

    some = callbacks()
    figures: dict[str, list[float]] = {"minqing": [], "wechatpy": []}
    for _ in range(ROUNDS):
        for who, work in (("minqing", ours), ("wechatpy", peer)):
            figures[who].append(_took(work, some))
    for who, times in figures.items():
        print(f"{who:10} {statistics.median(times) * 1e6:6.1f} µs a callback")
    ratio = statistics.median(a / b for a, b in zip(figures["minqing"], figures["wechatpy"], strict=True))
    print(f"ratio of costs: {ratio:.2f} (wanted: at most {WANTED})")
    if ratio > WANTED:
        sys.exit(1)


def _took(work: Callable[[bytes, str], object], some: list[tuple[bytes, str]]) -> float:
    """Seconds for one."""
    began = time.perf_counter()
    for body, signature in some:
        work(body, signature)
    return (time.perf_counter() - began) / len(some)


if __name__ == "__main__":
    main()
