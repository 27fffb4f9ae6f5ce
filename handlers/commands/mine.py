"""我的: what I have in hand, and what I reported."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import ACTIVE, Ticket
from handlers.answers import here, language, quietly
from handlers.asked import Command, sees
from handlers.context import Context, Speaker
from handlers.merged import is_voice, with_his_own
from handlers.moments import moment
from handlers.texts import say

SHOWN = 12


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    tongue = language(ctx, speaker)
    tickets, actor = ctx.store.tickets, speaker.actor
    in_hand = tickets.of_assignee(actor.person) if actor.person is not None else []
    for post in actor.posts:
        if post.department is not None:
            in_hand += tickets.of_department(post.department)
    reported = tickets.of_reporter(actor.account, actor.person, ACTIVE | {"done"}, actor.kin)
    joined = with_his_own(ctx, speaker, ACTIVE | {"done"})
    # What his report went into may be another's, whose words are not for him: he knows it by his own.
    summaries = {one.id: own.summary for one, own in joined if sees(ctx, speaker, own) and is_voice(ctx, speaker, one)}
    summaries |= {one.id: one.summary for one in (*in_hand, *reported) if sees(ctx, speaker, one)}
    reported += [one for one, _ in joined]
    lines: list[str] = []
    seen: set[int] = set()
    for head, found in (("command.mine.in_hand", in_hand), ("command.mine.reported", reported)):
        shown = list({one.id: one for one in found if one.id not in seen and one.id in summaries}.values())
        seen |= {one.id for one in shown}
        if shown:
            lines.append(say(head, tongue, count=len(shown)))
            lines += [_line(ctx, one, summaries[one.id], tongue) for one in shown[:SHOWN]]
    if not lines:
        lines = [say("command.mine.none_staff" if actor.posts else "command.mine.none", tongue)]
    text = "\n".join(lines)
    if seen and not speaker.private and speaker.account.chat is None:
        # What somebody reported is nobody else's business, so without a private chat he is asked to open one.
        return [here(speaker, say("command.in_private", tongue))]
    return [quietly(speaker, text)]


def _line(ctx: Context, ticket: Ticket, summary: str, tongue: str) -> str:
    due = moment(ctx, ticket.solve_due, tongue) if ticket.solve_due is not None and ticket.status in ACTIVE else ""
    line = say(
        "command.mine.line",
        tongue,
        number=ticket.number,
        summary=summary,
        status=say(f"status.{ticket.status}", tongue),
    )
    return line + (say("command.mine.due", tongue, due=due) if due else "")


COMMAND = Command("我的", "mine", run, Action.MINE)
