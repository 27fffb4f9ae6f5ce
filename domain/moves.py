"""What can be done to a ticket: one pure function each, held by the table in domain/tickets.py.

Every move takes the ticket, `now` and who does it, and gives the new ticket (version one higher) with the
event to be kept, or raises Refused. Who may do it is for domain/people.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import Refused
from domain.reading import Category, Where
from domain.tickets import (
    ACTIVE,
    ENDED,
    MOST_BOUNCES,
    THE_CLOCK,
    By,
    Datum,
    EventKind,
    Move,
    Moved,
    Ticket,
    TicketEvent,
    possible,
)


def _check(ticket: Ticket, move: Move) -> None:
    if not possible(ticket, move):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does=move)


def _moved(old: Ticket, new: Ticket, kind: EventKind, now: datetime, by: By, **data: Datum) -> Moved:
    # The status before and after stand in every event that changed it, so that the history reads alone.
    if new.status != old.status:
        data = {"from": old.status, "to": new.status, **data}
    return replace(new, version=old.version + 1), TicketEvent(kind, now, by.person, by.account, data)


def register(ticket: Ticket, now: datetime, by: By) -> Moved:
    """登记: staff say that a proposed (or rejected) report is one."""
    _check(ticket, "register")
    return _moved(ticket, replace(ticket, status="open", closed_at=None), "register", now, by)


def claim(ticket: Ticket, now: datetime, by: By, person: int | None = None) -> Moved:
    """接单: `person` (the one who acts unless another is named) takes it. Taking a proposed one registers it."""
    who = person if person is not None else by.person
    if who is None:
        raise Refused("refused.needs_person", number=ticket.number)
    _check(ticket, "claim")
    if ticket.status == "taken" and ticket.assignee == who:
        raise Refused("refused.already_yours", number=ticket.number)
    if ticket.status == "taken" and ticket.assignee is not None:
        raise Refused("refused.taken_by_other", number=ticket.number, assignee=ticket.assignee)
    first = ticket.answered_at or now
    new = replace(ticket, status="taken", assignee=who, helpers=(), taken_at=now, answered_at=first)
    return _moved(ticket, new, "claim", now, by, assignee=who)


def help_along(ticket: Ticket, now: datetime, by: By) -> Moved:
    """协办: one more of the staff is at what another has taken, who keeps it."""
    _check(ticket, "claim")
    if by.person is None:
        raise Refused("refused.needs_person", number=ticket.number)
    helpers = tuple(dict.fromkeys((*ticket.helpers, by.person)))
    return _moved(ticket, replace(ticket, helpers=helpers), "help", now, by)


def note(ticket: Ticket, now: datetime, by: By, text: str, *, answers: bool = False) -> Moved:
    """备注: `answers` when the residents were told it, which stops the first-reply clock."""
    if not text.strip():
        raise Refused("refused.needs_reason", number=ticket.number)
    first = ticket.answered_at or (now if answers else None)
    return _moved(ticket, replace(ticket, answered_at=first), "note", now, by, text=text.strip(), answers=answers)


def transfer(
    ticket: Ticket,
    now: datetime,
    by: By,
    *,
    department: int | None = None,
    person: int | None = None,
    reason: str = "",
    lead: bool = False,
) -> Moved:
    """转办: to a department or a colleague, who has yet to take it; the one who passes it on still follows it. `lead`:
    the secretary has named him (牵头)."""
    if department is None and person is None:
        raise Refused("refused.needs_target", number=ticket.number)
    _check(ticket, "transfer")
    if (department, person) == (ticket.department, ticket.assignee):
        raise Refused("refused.nothing_changed", number=ticket.number)
    follower = ticket.assignee if ticket.assignee is not None else (ticket.followed_by or by.person)
    new = replace(
        ticket,
        status="open",
        assignee=person,
        department=department,
        followed_by=follower if follower != person else None,
        taken_at=None,
        answered_at=ticket.answered_at or now,
    )
    named: dict[str, Datum] = {"lead": True} if lead else {}
    return _moved(ticket, new, "transfer", now, by, department=department, person=person, reason=reason, **named)


def bounce(ticket: Ticket, now: datetime, by: By, reason: str) -> Moved:
    """退回: a department hands a matter back with a reason; it returns to the one who follows it. After MOST_BOUNCES
    times the secretary has named the lead (牵头), who keeps it."""
    _check(ticket, "bounce")
    if ticket.department is None:
        raise Refused("refused.not_with_department", number=ticket.number)
    if ticket.bounces >= MOST_BOUNCES:
        raise Refused("refused.bounced_before", number=ticket.number)
    if not reason.strip():
        raise Refused("refused.needs_reason", number=ticket.number)
    new = replace(
        ticket, status="open", assignee=ticket.followed_by, department=None, taken_at=None, bounces=ticket.bounces + 1
    )
    return _moved(ticket, new, "bounce", now, by, department=ticket.department, reason=reason.strip())


def correct(
    ticket: Ticket,
    now: datetime,
    by: By,
    *,
    category: Category | None = None,
    where: Where | None = None,
    urgency: int | None = None,
    private: bool | None = None,
    summary: str | None = None,
    reason: str = "",
) -> Moved:
    """改: what is not None replaces. A lower urgency needs a person and a reason, so that it is never silent.
    The clocks are set anew by sla.with_clocks."""
    _check(ticket, "correct")
    if urgency is not None and urgency not in (1, 2, 3):
        raise Refused("refused.urgency_1_to_3", number=ticket.number)
    if urgency is not None and urgency < ticket.urgency and (by.person is None or not reason.strip()):
        raise Refused("refused.lower_needs_reason", number=ticket.number)
    new = replace(
        ticket,
        category=category or ticket.category,
        where=ticket.where if where is None else where,
        urgency=ticket.urgency if urgency is None else urgency,
        # Once private, a matter cannot be made public again: its words were said in confidence.
        private=ticket.private or bool(private) or category == "legal_dispute",
        summary=ticket.summary if summary is None else summary,
    )
    if new == ticket:
        raise Refused("refused.nothing_changed", number=ticket.number)
    data: dict[str, Datum] = {"reason": reason.strip()} if reason.strip() else {}
    if new.category != ticket.category:
        data |= {"category_from": ticket.category, "category_to": new.category}
    if new.urgency != ticket.urgency:
        data |= {"urgency_from": ticket.urgency, "urgency_to": new.urgency}
    data |= {name: True for name in ("where", "private", "summary") if getattr(new, name) != getattr(ticket, name)}
    return _moved(ticket, new, "correct", now, by, **data)


def extend(ticket: Ticket, now: datetime, by: By, until: datetime, reason: str) -> Moved:
    """延期: once, to a later time, with a reason (approved a tier up and told to the resident)."""
    _check(ticket, "extend")
    if ticket.extended:
        raise Refused("refused.extended_before", number=ticket.number)
    if not reason.strip():
        raise Refused("refused.needs_reason", number=ticket.number)
    if until <= now or (ticket.solve_due is not None and until <= ticket.solve_due):
        raise Refused("refused.not_later", number=ticket.number)
    new = replace(ticket, extended=True, solve_due=until)
    return _moved(ticket, new, "extend", now, by, until=until.isoformat(), reason=reason.strip())


def pause(ticket: Ticket, now: datetime, by: By, reason: str, *, max_days: int) -> Moved:
    """挂起: the solve clock stands still (parts on order, nobody at home), `max_days` working days in all."""
    _check(ticket, "pause")
    if ticket.paused_at is not None:
        raise Refused("refused.paused_already", number=ticket.number)
    if not reason.strip():
        raise Refused("refused.needs_reason", number=ticket.number)
    if ticket.paused_days >= max_days:
        raise Refused("refused.pause_used_up", number=ticket.number, days=max_days)
    return _moved(ticket, replace(ticket, paused_at=now), "pause", now, by, reason=reason.strip())


def resume(ticket: Ticket, now: datetime, by: By, *, days: int, solve_due: datetime | None) -> Moved:
    """恢复: `days` used and the new deadline are reckoned by sla.pause_spent."""
    _check(ticket, "resume")
    if ticket.paused_at is None:
        raise Refused("refused.not_paused", number=ticket.number)
    new = replace(ticket, paused_at=None, paused_days=ticket.paused_days + days, solve_due=solve_due)
    return _moved(ticket, new, "resume", now, by, days=days)


def finish(ticket: Ticket, now: datetime, by: By, result: str, *, impossible: bool = False) -> Moved:
    """办结: what was done, in words. Finishing what nobody took takes it. `impossible`: 客观办不了, counted apart."""
    _check(ticket, "done")
    if not result.strip():
        raise Refused("refused.needs_result", number=ticket.number)
    new = replace(
        ticket,
        status="done",
        result=result.strip(),
        rating=None,
        assignee=ticket.assignee if ticket.assignee is not None else by.person,
        taken_at=ticket.taken_at or now,
        answered_at=ticket.answered_at or now,
        paused_at=None,
        done_at=now,
        impossible=impossible,
    )
    return _moved(ticket, new, "done", now, by, result=result.strip(), impossible=impossible)


def rate(ticket: Ticket, now: datetime, by: By, rating: int, words: str = "", *, after_another: bool = False) -> Moved:
    """评价: 1 and 2 close it; 3 (还没好) gives it back to the same worker, even after it was closed. `after_another`:
    somebody else has rated it; a good word more is kept in its history and changes nothing."""
    if rating not in (1, 2, 3):
        raise Refused("refused.rating_1_to_3", number=ticket.number)
    if ticket.status in ACTIVE:
        raise Refused("refused.not_done_yet", number=ticket.number)
    _check(ticket, "rate")
    if rating == 3:
        return _moved(ticket, _again(ticket, now, rating=3), "rate", now, by, rating=3, words=words)
    if ticket.rating is not None and not after_another:
        raise Refused("refused.already_rated", number=ticket.number)
    closed = replace(ticket, status="closed", rating=rating, closed_at=ticket.closed_at or now)
    return _moved(ticket, ticket if after_another else closed, "rate", now, by, rating=rating, words=words)


def close(ticket: Ticket, now: datetime, by: By = THE_CLOCK, why: str = "unrated") -> Moved:
    """Nobody rated it in time (未评价), or nobody is to be asked (an emergency, a report without a reporter)."""
    _check(ticket, "close")
    return _moved(ticket, replace(ticket, status="closed", closed_at=now), "close", now, by, why=why)


def reopen(ticket: Ticket, now: datetime, by: By, reason: str = "") -> Moved:
    """重办: back to the one who had it, or to be taken anew."""
    _check(ticket, "reopen")
    return _moved(ticket, _again(ticket, now, rating=None), "reopen", now, by, reason=reason)


def withdraw(ticket: Ticket, now: datetime, by: By, reason: str = "") -> Moved:
    """撤回: the reporter no longer needs it."""
    _check(ticket, "withdraw")
    new = replace(ticket, status="withdrawn", closed_at=now, paused_at=None)
    return _moved(ticket, new, "withdraw", now, by, reason=reason)


def reject(ticket: Ticket, now: datetime, by: By) -> Moved:
    """不是报事: the bot misheard. Kept as a correction to learn from."""
    _check(ticket, "reject")
    new = replace(ticket, status="rejected", closed_at=now, paused_at=None)
    return _moved(ticket, new, "reject", now, by)


def merge(ticket: Ticket, now: datetime, by: By, into: Ticket) -> Moved:
    """并案: the same matter twice; this one ends, its voices go to the other."""
    _check(ticket, "merge")
    if into.id == ticket.id:
        raise Refused("refused.same_ticket", number=ticket.number)
    if into.status in ENDED:
        raise Refused("refused.not_now", number=into.number, status=into.status, does="merge")
    new = replace(ticket, status="withdrawn", closed_at=now, paused_at=None)
    return _moved(ticket, new, "merge", now, by, into=into.number, into_id=into.id)


def _again(ticket: Ticket, now: datetime, *, rating: int | None) -> Ticket:
    had = ticket.assignee is not None
    return replace(
        ticket,
        status="taken" if had else "open",
        rating=rating,
        taken_at=now if had else None,
        done_at=None,
        closed_at=None,
        reopened=ticket.reopened + 1,
        impossible=False,
    )
