"""WeCom's markdown: what somebody wrote is made harmless in it, and numbers of tickets are bold. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.tencent.splitting import cut

# What somebody wrote must not become a heading, a link or a call to everybody. There is no sign that takes their
# meaning away (90236), so they are written wide.
_PLAIN = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "_": "＿", "`": "｀", "#": "＃"})
# 阳光3幢 is a house, not the ticket 阳光3.
_NO_HOUSE = r"(?![0-9]|\s?[-－—幢栋座号楼期弄单室＃])"
# To be tapped or copied as it stands: an address, a mention, a line below one that ends in a colon.
_AS_IT_STANDS = re.compile(r"://|@|[:：]\s*\n")


def plain(text: str) -> str:
    """Nothing of it is markup any more."""
    return text.translate(_PLAIN)


def is_for_markdown(text: str) -> bool:
    """Whether nothing of it must be tapped or copied as it stands, which only a text allows."""
    return _AS_IT_STANDS.search(text) is None


def pieces(text: str, labels: Collection[str], limit: int) -> list[str]:
    """Plain but for the numbers of tickets under these labels (阳光 in 阳光128), in pieces of at most `limit` bytes in
    which something is to be seen; what a cut would leave open is not bold."""
    bold = plain(text)
    if labels:
        names = "|".join(re.escape(plain(one)) for one in sorted(labels, key=len, reverse=True))
        bold = re.sub(rf"(?:{names})[0-9]{{1,7}}{_NO_HOUSE}", r"**\g<0>**", bold)
    closed = (piece if piece.count("*") % 4 == 0 else piece.replace("*", "") for piece in cut(bold, limit))
    return [piece for piece in closed if piece.strip()]
