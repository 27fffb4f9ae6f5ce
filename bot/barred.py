"""A room that a platform shuts on us: the sender finds it out, and it comes back through the inbox, in its turn."""

from __future__ import annotations

import json
from datetime import datetime

from domain.messages import BARRED, LANE, Address, Barred, Incoming, Raw, Sender
from storage.outbox import Letter


class Refusals:
    """Knows what the sender handed in."""

    name = BARRED

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        told = json.loads(raw.body)
        return [
            Barred(
                at=Address(told["channel"], told["chat"]),
                id=raw.key,
                sender=Sender(self.name, self.name, is_bot=True),
                sent_at=raw.received_at,
                letter=told["letter"],
            )
        ]


def raw_of(letter: Letter, lane: int, now: datetime) -> Raw:
    """That this letter was refused; tried again by hand, it may be refused again."""
    body = json.dumps({"channel": letter.to.channel, "chat": letter.to.chat, "letter": letter.id}).encode()
    return Raw(BARRED, f"letter:{letter.id}:{int(now.timestamp())}", f"{LANE}{lane}", body, now)
