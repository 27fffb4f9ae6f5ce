"""绑定码: a one-time code by which a resident, a relative of his or somebody of the staff binds his own account."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.issuing import issue


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return issue(ctx, speaker, words)


COMMAND = Command("绑定码", "code", run, Action.CODE, words="may")
