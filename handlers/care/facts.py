"""What the lists of many workers are made of, read at once: the list of one is that of many with one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import Action, Actor, Person, Role, may
from domain.tickets import Ticket
from domain.visits import Visit, due_visits, order
from handlers.context import Context


@dataclass(frozen=True, slots=True)
class Facts:
    """All by person: who he is, whom to look in on as one walks, what is in his hands (the earliest deadline first),
    and what he may take of what nobody in his areas has taken. Who has nothing of a kind is left out."""

    people: Mapping[int, Person]
    visits: Mapping[int, Sequence[Visit]]
    in_hand: Mapping[int, Sequence[Ticket]]
    untaken: Mapping[int, Sequence[Ticket]]


def gather(ctx: Context, people: Mapping[int, Person], day: date) -> Facts:
    """What there is for these people on that day."""
    return Facts(people, due_of(ctx, people, day), ctx.store.tickets.in_hands_of(people), _untaken(ctx, people))


def due_of(ctx: Context, persons: Collection[int], day: date) -> dict[int, list[Visit]]:
    """Everybody to look in on, by worker, as he walks."""
    plans = ctx.store.visits.of_workers(persons, day)
    last = ctx.store.visits.last_done([plan.id for his in plans.values() for plan in his])
    return {one: order(due) for one, his in plans.items() if (due := due_visits(his, last, day))}


def _untaken(ctx: Context, people: Mapping[int, Person]) -> dict[int, list[Ticket]]:
    store, trusted = ctx.store, ctx.settings.sensitive.people
    free = store.tickets.free_in({one.district for one in people.values()})
    posts = store.people.posts_of_each(store.people.holding(Role.GRID_WORKER, free, people))
    near = {
        one: dict.fromkeys(some for post in his if post.role is Role.GRID_WORKER for some in free.get(post.area, ()))
        for one, his in posts.items()
    }
    tickets = store.tickets.many({ticket for some in near.values() for ticket in some})
    found: dict[int, list[Ticket]] = {}
    for one, accounts in store.people.accounts_of_each(near).items():
        actor = Actor(accounts[0].id, one, posts[one], trusted=people[one].name in trusted)
        found[one] = [tickets[some] for some in near[one] if _may_claim(ctx, actor, tickets[some])]
    return found


def _may_claim(ctx: Context, actor: Actor, ticket: Ticket) -> bool:
    return may(actor, Action.CLAIM, ticket, ctx.store.areas.get(ticket.area).path)
