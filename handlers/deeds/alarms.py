"""The alarms of a ticket: when they are set and cleared. handlers/timed/<kind>.py rings them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from domain import sla
from domain.callbacks import is_called_back
from domain.fears import is_feared
from domain.tickets import Ticket, is_emergency
from handlers.context import Context
from handlers.moments import next_morning

# kind          rings                                                  data
# first_reply   80 % of the way to the first word, then at its due     {"check": a Checkpoint of domain/sla.py}
# solve         steps on the way, 80 %, then when it should be solved  {"check": a Checkpoint of domain/sla.py}
# rating        a day after the question (later: when it is given up)  {} (handlers/timed/rating.py adds "reminded")
# ladder        at the next rung while nobody has taken an emergency,  {"climbed": how many rungs were called}
#               then when the one who took it is asked for news
# feared        when nobody has looked whether anybody is in danger     {}
# upper         when the tier or department above should have taken it  {"since": when it was passed on (ISO)}
# callback      the day after it was closed, if it was drawn            {"asked": how often}
# held          next morning: a person's reminders that were one too many  {ticket: what about} (subject: the person)
# leave         when a leave that was asked for ahead begins            {} (subject: the leave)
#
# Who rings one looks at the ticket as it is then, and sets the next. The moves that end what an alarm waits for clear
# it. Sensitive matters have no ladder: nobody but the two named may be called.
Clock: TypeAlias = Literal["first_reply", "solve"]

# Nobody is called before his breakfast.
_SETTLED = timedelta(hours=1)

CHECKS: dict[Clock, frozenset[sla.Checkpoint]] = {
    "first_reply": frozenset({"first_warning", "first_due"}),
    "solve": frozenset({"step_due", "solve_warning", "solve_due", "pause_over"}),
}
KINDS: tuple[str, ...] = (*CHECKS, "rating", "ladder")


def begin(ctx: Context, ticket: Ticket) -> None:
    """As `watch` for a ticket that is new, and of which no alarm is set."""
    checks = sla.checks(ticket, ctx.settings)
    for kind in CHECKS:
        if (coming := _coming(ctx, checks, kind)) is not None:
            ctx.store.alarms.set(kind, ticket.id, coming.at, district=ticket.district, data={"check": coming.kind})
    if is_emergency(ticket) and not ticket.sensitive:
        _climb(ctx, ticket)


def _climb(ctx: Context, ticket: Ticket) -> None:
    """Nobody has it: the first rung is called at once."""
    ctx.store.alarms.set("ladder", ticket.id, ctx.now, district=ticket.district, data={"climbed": 0})


def watch(ctx: Context, ticket: Ticket) -> None:
    """Set both clocks to the next moment of the ticket as it is now, or stop them. Of an emergency that somebody
    took news is asked for, one that nobody has (reopened, or registered after all) climbs the ladder; what is over
    needs no ladder, and no rating what is not done."""
    checks = sla.checks(ticket, ctx.settings)
    for kind in CHECKS:
        _set_next(ctx, ticket, kind, checks)
    if ticket.status != "done":
        ctx.store.alarms.clear(("rating",), ticket.id)
    if ticket.status != "closed":
        ctx.store.alarms.clear(("callback",), ticket.id)
    if ticket.status != "open":
        ctx.store.alarms.clear(("upper",), ticket.id)
    if not is_feared(ticket):
        ctx.store.alarms.clear(("feared",), ticket.id)
    if not is_emergency(ticket) or ticket.status not in ("open", "taken"):
        ctx.store.alarms.clear(("ladder",), ticket.id)
    elif ticket.status == "taken" and not ticket.sensitive:
        if ticket.taken_at != ctx.now and ctx.store.alarms.exists("ladder", ticket.id):
            # It rings when it was to ring, and finds out then whether there was news since.
            return
        rule = ctx.settings.emergency
        due = ctx.now + timedelta(minutes=rule.update_minutes)
        ctx.store.alarms.set("ladder", ticket.id, due, district=ticket.district, data={"climbed": len(rule.ladder)})
    elif not ticket.sensitive and not ctx.store.alarms.exists("ladder", ticket.id):
        _climb(ctx, ticket)


def _set_next(ctx: Context, ticket: Ticket, kind: Clock, checks: Sequence[sla.Check]) -> None:
    """Set one clock to its next moment after now; no further moment, no alarm."""
    coming = _coming(ctx, checks, kind)
    if coming is not None:
        ctx.store.alarms.set(kind, ticket.id, coming.at, district=ticket.district, data={"check": coming.kind})
    else:
        ctx.store.alarms.clear((kind,), ticket.id)


def _coming(ctx: Context, checks: Sequence[sla.Check], kind: Clock) -> sla.Check | None:
    """The next moment of that clock after now."""
    return next((check for check in checks if check.kind in CHECKS[kind] and check.at > ctx.now), None)


def watch_rating(ctx: Context, ticket: Ticket, asked: datetime) -> None:
    """Ring when the reporter is to be reminded; his silence is taken for an answer later."""
    due = sla.remind_rating_at(asked, ctx.settings)
    ctx.store.alarms.set("rating", ticket.id, due, district=ticket.district)


def watch_fear(ctx: Context, ticket: Ticket) -> None:
    """Ring when somebody should have looked."""
    due = ctx.settings.office.calendar.add(ctx.now, ctx.settings.emergency.taken)
    ctx.store.alarms.set("feared", ticket.id, due, district=ticket.district)


def watch_untaken(ctx: Context, ticket: Ticket) -> None:
    """Whoever had taken the emergency handed it on or back, and it may not wait for the next half hour's word: if
    nobody takes it in time, everybody is called again."""
    if ticket.sensitive or not is_emergency(ticket):
        return
    rule = ctx.settings.emergency
    due = ctx.settings.office.calendar.add(ctx.now, rule.taken)
    ctx.store.alarms.set("ladder", ticket.id, due, district=ticket.district, data={"climbed": len(rule.ladder)})


def watch_upper(ctx: Context, ticket: Ticket) -> None:
    """It was passed to a tier or department above: ring if nobody there takes it in time (SERVICE.md §2). Emergencies
    have the ladder."""
    if is_emergency(ticket) and not ticket.sensitive:
        return
    due = sla.upper_tier_due(ctx.now, ctx.settings)
    since = {"since": ctx.now.isoformat()}
    ctx.store.alarms.set("upper", ticket.id, due, district=ticket.district, data=since)


def watch_callback(ctx: Context, ticket: Ticket) -> None:
    """It is closed: ring tomorrow in the morning, if its reporter is to be called back."""
    if is_called_back(ticket, ctx.settings.rating.callback_share):
        ctx.store.alarms.set("callback", ticket.id, next_morning(ctx) + _SETTLED, district=ticket.district)


def hurry(ctx: Context, ticket: Ticket) -> None:
    """Somebody whom the ladder called cannot be reached: it looks at once whether it is to go on. Where all were called
    they are called again in their time."""
    called = ctx.store.alarms.data("ladder", ticket.id)
    if called is None or ticket.status != "open":
        return
    if int(called.get("climbed", 0)) < len(ctx.settings.emergency.ladder):
        ctx.store.alarms.set("ladder", ticket.id, ctx.now, district=ticket.district, data=called)


def watch_ladder(ctx: Context, ticket: Ticket, climbed: int) -> None:
    """Ring at the rung after those that were called; at the top there is none."""
    if ticket.sensitive:
        return
    due = sla.next_rung_at(sla.began(ticket), climbed, ctx.settings.emergency)
    if due is None:
        ctx.store.alarms.clear(("ladder",), ticket.id)
    else:
        ctx.store.alarms.set("ladder", ticket.id, due, district=ticket.district, data={"climbed": climbed})
