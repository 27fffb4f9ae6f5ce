"""代报: a worker registers what a resident told him by telephone or in a group that we cannot read."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.care.forwarded import hands_in, preview
from handlers.care.registering import register
from handlers.care.reporting import report_for
from handlers.context import Context, Speaker


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    if not words:
        raise Refused("care.report_how")
    registered = register(ctx, speaker, words)
    if registered is not None:
        return registered
    shown = preview(ctx, speaker, words) if hands_in(speaker) else None
    return shown if shown is not None else report_for(ctx, speaker, words)


COMMAND = Command("代报", "report_for", run, Action.REPORT_FOR, words="must")
