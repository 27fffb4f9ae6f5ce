"""Links under which an attachment is seen where a door cannot send it: signed, one attachment each, good for hours."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import Media
from domain.settings import Settings
from handlers.texts import say
from storage.store import Store

# Where the web app shows them.
PATH = "/attachments"
# Of one letter, so that its words are not drowned.
MOST_LINKS = 9
_DIGITS = re.compile(r"[0-9]{1,15}")
# Some programs take the bracket behind an address for a part of it.
_MARK = re.compile(r"([0-9a-f]{32})[)）]?")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands below a letter's words: a line for each link, to be said as it is, and the rest named."""

    links: tuple[str, ...] = ()
    named: str = ""


def beside(store: Store, media: Sequence[Media], settings: Settings, now: datetime) -> Beside:
    """A link for whatever of a letter's attachments we have the bytes of, if the world can reach our web app
    ([web] public_url). Only who is about to say the letter asks for them: what was never said has no link."""
    tongue = settings.office.language
    links: list[str] = []
    for item in media if settings.web.public_url else ():
        known = store.media.number_of(item.ref)
        if known is None or len(links) == MOST_LINKS:
            continue
        until = int((now + timedelta(hours=settings.web.link_hours)).timestamp())
        address = f"{settings.web.public_url.rstrip('/')}{PATH}/{known}?until={until}"
        link = f"{address}&mark={_mark(store, known, item.ref, until)}"
        links.append(say(f"shown.{item.kind}", tongue, link=link))
    left = len(media) - len(links)
    return Beside(tuple(links), say("shown.not", tongue, count=left) if left else "")


def opened(store: Store, number: str, until: str, mark: str, now: datetime) -> bytes | None:
    """The attachment's bytes; None for whatever is wrong with the link, run out, or erased since."""
    found = _MARK.fullmatch(mark)
    if found is None or not _DIGITS.fullmatch(number) or not _DIGITS.fullmatch(until):
        return None
    kept = store.media.kept_as(int(number)) if int(until) > now.timestamp() else None
    if kept is None:
        return None
    ref, content = kept
    good = _mark(store, int(number), ref, int(until))
    return content if hmac.compare_digest(found[1].encode(), good.encode()) else None


def _mark(store: Store, number: int, ref: str, until: int) -> str:
    """128 bits. The platform's own id is in it, since SQLite gives the number of an erased row out again."""
    return store.cipher.look_up(f"attachment\0{number}\0{until}\0{ref}")[:16].hex()
