"""What a command is, what was asked with one, and which ticket is meant by it.

The commands themselves are in handlers/commands, one file each; handlers/command.py keeps the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import RULES, Action
from domain.tickets import ACTIVE, ALLOWED, Move, Status, Ticket
from handlers import recipients
from handlers.context import Context, Speaker
from handlers.merged import is_voice, of_speaker

Run: TypeAlias = Callable[[Context, Speaker, str, Ticket | None], list[Outgoing]]
Words: TypeAlias = Literal["none", "may", "must"]


@dataclass(frozen=True, slots=True)
class Command:
    """`name` Chinese, `latin` the other. With a `move` it is about a ticket. `words`: whether anything follows.
    `jargon`: a word nobody uses in talk, so that with a number behind it it needs no mark. `fits`: whether what
    follows makes it this command where no mark says so. `alone`: with words behind it, it is talk among others
    unless it is marked, and in private we ask whether it is meant. `suits`: which tickets it can be about if none
    is named."""

    name: str
    latin: str
    run: Run
    action: Action
    move: Move | None = None
    aliases: tuple[str, ...] = ()
    words: Words = "none"
    jargon: bool = False
    alone: bool = False
    fits: Callable[[str], bool] | None = None
    suits: Callable[[Context, Ticket], bool] | None = None

    @property
    def help(self) -> str:
        """The key of its line of help."""
        return f"command.{self.latin}.help"

    def offered_to(self, speaker: Speaker) -> bool:
        """Whether this person may use it here at all (on some ticket or other)."""
        rule = RULES[self.action]
        if rule.everybody or rule.own:
            return True
        path = speaker.group.area_path if speaker.group is not None else None
        roles = {post.role for post in speaker.actor.posts if path is None or meets(post.area_path, path)}
        return bool(roles & (rule.area | rule.handled))


@dataclass(frozen=True, slots=True)
class Parsed:
    """`number` is what looks like a ticket's, `words` what follows it, `after` all that follows the name;
    `marked` when it stood behind # or /."""

    command: Command
    number: str | None = None
    words: str = ""
    after: str = ""
    marked: bool = False


def meets(path: str, other: str) -> bool:
    """Whether one of the two areas lies in the other."""
    return path.startswith(other) or other.startswith(path)


def ticket_of_card(card: str | None) -> int | None:
    """ "ticket:17:staff:unit" and "rating:17" → 17; any other card is about no ticket."""
    kind, _, rest = (card or "").partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind in ("ticket", "rating") and number.isdigit() else None


def named(ctx: Context, speaker: Speaker, number: str) -> Ticket | None:
    """The ticket of that number, as far as the speaker may know of it."""
    seat = speaker.seat
    ticket = ctx.store.tickets.by_number(
        number, seat.district if seat is not None else None, seat.community if seat is not None else None
    )
    if ticket is None or not (sees(ctx, speaker, ticket) or is_voice(ctx, speaker, ticket)):
        return None
    return ticket


def sees(ctx: Context, speaker: Speaker, ticket: Ticket) -> bool:
    if allowed(ctx, speaker, ticket, Action.SEE_TICKET):
        return True
    return not recipients.is_discreet(ticket) and is_voice(ctx, speaker, ticket)


def may_rate(ctx: Context, speaker: Speaker, ticket: Ticket) -> bool:
    """The reporter, and whoever reported the same."""
    return allowed(ctx, speaker, ticket, Action.RATE) or is_voice(ctx, speaker, ticket)


def allowed(ctx: Context, speaker: Speaker, ticket: Ticket, action: Action) -> bool:
    return recipients.may(ctx, speaker.actor, action, ticket)


def candidates(ctx: Context, speaker: Speaker, command: Command) -> list[Ticket]:
    """What he may mean without naming it: first what is in his hands, then what he reported, then what is open
    around him."""
    if command.move is None:
        return []
    for pool in _pools(ctx, speaker, _meant(command.move)):
        unique = {ticket.id: ticket for ticket in pool if _recent(ctx, ticket)}
        if command.move == "rate":
            found = [ticket for ticket in unique.values() if ticket.rating is None and may_rate(ctx, speaker, ticket)]
        else:
            found = [ticket for ticket in unique.values() if allowed(ctx, speaker, ticket, command.action)]
        if command.suits is not None:
            found = [ticket for ticket in found if command.suits(ctx, ticket)]
        if found:
            return found
    return []


def _meant(move: Move) -> frozenset[Status]:
    if move == "note":
        return ACTIVE | {"done"}
    if move == "rate":
        return frozenset({"done"})
    if move == "claim":
        return frozenset({"proposed", "open"})
    if move == "register":
        return frozenset({"proposed"})
    return ALLOWED[move]


def _pools(ctx: Context, speaker: Speaker, statuses: frozenset[Status]) -> Iterator[list[Ticket]]:
    tickets, actor = ctx.store.tickets, speaker.actor
    in_hand = tickets.of_assignee(actor.person, statuses) if actor.person is not None else []
    for post in actor.posts:
        if post.department is not None:
            in_hand += tickets.of_department(post.department, statuses)
    yield in_hand
    own = tickets.of_reporter(actor.account, actor.person, statuses, actor.kin)
    yield own + of_speaker(ctx, speaker, statuses)
    if actor.posts:
        paths = [speaker.group.area_path] if speaker.group is not None else [post.area_path for post in actor.posts]
        yield [ticket for path in paths for ticket in tickets.in_area(path, statuses & ACTIVE)]


def _recent(ctx: Context, ticket: Ticket) -> bool:
    # What ended long ago is named by its number when somebody wants it back.
    ended = ticket.closed_at
    return ended is None or ctx.now - ended <= timedelta(days=ctx.settings.listening.reopen_days)


def must_see(ctx: Context, speaker: Speaker, ticket: Ticket) -> Ticket:
    """The ticket, or a refusal that does not say whether there is one."""
    if not sees(ctx, speaker, ticket):
        raise Refused("command.no_such", number=ticket.number)
    return ticket
