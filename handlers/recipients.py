"""Who is told of a ticket: rooms by tier, people by their posts; never the accused, never more than need be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from domain import people
from domain.areas import Group, contains, nearest
from domain.messages import Account, Address
from domain.people import Action, Actor, Role
from domain.reading import TIERS, Tier
from domain.tickets import Ticket, is_emergency, rank
from handlers.context import Context
from handlers.delivery import accounts_for, best_of
from storage.reach import LATER, NOW, reach

ALL_HANDS = 5
# Who answers for a tier, when there is no room for its staff.
LEADS: dict[Tier, tuple[Role, ...]] = {
    "unit": (Role.GRID_WORKER,),
    "community": (Role.SECRETARY, Role.COMMUNITY_STAFF),
    "district": (Role.DISTRICT_ADMIN, Role.STREET_DUTY),
}


def path_of(ctx: Context, ticket: Ticket) -> str:
    """The path of the ticket's area."""
    return ctx.store.areas.get(ticket.area).path


def home_room(ctx: Context, ticket: Ticket) -> Group | None:
    """The residents' group in which it began; None when it began in private or in a staff group."""
    if ticket.group is None:
        return None
    group = ctx.store.areas.group(ticket.group)
    return group if group.audience == "residents" else None


def staff_room(ctx: Context, ticket: Ticket, tier: Tier | None = None) -> Group | None:
    """The staff group of that tier (the ticket's own) closest to the place; else of the next tier up that has
    one, else of the next one down."""
    wanted = rank(tier or ticket.tier)
    rooms = ctx.store.areas.groups_along(path_of(ctx, ticket), "staff")
    for one in (*TIERS[wanted:], *reversed(TIERS[:wanted])):
        room = nearest(rooms, path_of(ctx, ticket), one, "staff", partial(_reach, ctx))
        if room is not None:
            return room
    return None


def _reach(ctx: Context, room: Group) -> int:
    """How soon we can speak up there, whatever was said there just now: cards must not wander between two rooms."""
    found = reach(ctx.store.channel_state, room.address, ctx.now)
    return LATER if found == NOW else found


def own_staff_room(ctx: Context, ticket: Ticket, tier: Tier) -> Group | None:
    """The staff group of exactly that tier."""
    path = path_of(ctx, ticket)
    return nearest(ctx.store.areas.groups_along(path, "staff"), path, tier, "staff", partial(_reach, ctx))


def actor_of(ctx: Context, person: int, ticket: Ticket) -> Actor:
    """Somebody as the permission table sees him."""
    posts = ctx.store.people.posts_of(person)
    return Actor(person=person, posts=posts, trusted=ticket.sensitive and person in trusted(ctx, ticket))


def may(ctx: Context, actor: Actor, action: Action, ticket: Ticket) -> bool:
    """The permission table, with those who are trusted with sensitive matters where no names are configured."""
    if ticket.sensitive and not actor.trusted and actor.person is not None:
        actor = replace(actor, trusted=actor.person in trusted(ctx, ticket))
    return people.may(actor, action, ticket, path_of(ctx, ticket))


def may_see(ctx: Context, ticket: Ticket, person: int) -> bool:
    return may(ctx, actor_of(ctx, person, ticket), Action.SEE_TICKET, ticket)


def trusted(ctx: Context, ticket: Ticket) -> tuple[int, ...]:
    """The two named people; where none are named the community's secretary and the district's admin. Where nobody
    holds those posts either, the grid workers closest: such a matter may not be heard by nobody."""
    names = ctx.settings.sensitive.people
    if not names:
        office = (Role.SECRETARY, Role.DISTRICT_ADMIN)
        found = tuple(one for role in office for one in closest(ctx, ticket, role, exact=True)[:1])
        return found or closest(ctx, ticket, Role.GRID_WORKER, exact=True)[:2]
    staff = ctx.store.people.posts_in(tuple(Role), ticket.district)
    known = ctx.store.people.names(sorted({post.person for post in staff}))
    return tuple(person for person, name in known.items() if name in names)


def holders(ctx: Context, ticket: Ticket, roles: Sequence[Role]) -> tuple[int, ...]:
    """Who holds these roles closest to the place, one area's for each role; those away only if there is no other,
    never the accused. An emergency whose grid is not known goes to all workers below, five at most."""
    found: dict[int, None] = {}
    for role in roles:
        for person in closest(ctx, ticket, role):
            if may_see(ctx, ticket, person):
                found[person] = None
    return tuple(found)


def closest(ctx: Context, ticket: Ticket, role: Role, *, exact: bool = False) -> tuple[int, ...]:
    """As `holders` of one role, whether or not the ticket is for their eyes. `exact`: an emergency's hands below are
    not counted."""
    path = path_of(ctx, ticket)
    posts = ctx.store.people.posts_along(path, (role,))
    if not posts and is_emergency(ticket) and not exact:
        below = ctx.store.people.posts_in((role,), ticket.district)
        posts = [post for post in below if contains(path, post.area_path)][:ALL_HANDS]
    here = _present(ctx, (post.person for post in posts))
    fitting = [post for post in posts if post.person in here] or posts
    closest = max((len(post.area_path) for post in fitting), default=0)
    return tuple(
        post.person for post in fitting if len(post.area_path) == closest or not contains(post.area_path, path)
    )


def _present(ctx: Context, persons: Iterable[int]) -> set[int]:
    local = ctx.now.astimezone(ctx.settings.office.tz)
    some = list(persons)
    leaves = ctx.store.leaves.of_each(some, local.date())
    here = [one for one in some if not any(leave.at(local) for leave in leaves.get(one, ()))]
    return {one for one in here if ctx.store.people.get(one).active}


def on_duty(ctx: Context, ticket: Ticket) -> tuple[int, ...]:
    """Who is told at once of what cannot wait: the grid worker and the property firm's duty person (the office
    where there is no worker)."""
    workers = holders(ctx, ticket, (Role.GRID_WORKER,)) or holders(ctx, ticket, LEADS["community"])
    return tuple(dict.fromkeys((*workers, *holders(ctx, ticket, (Role.PROPERTY_DUTY,)))))


def confidants(ctx: Context, ticket: Ticket) -> tuple[int, ...]:
    """Who is told of a private matter, each in his own chat. Those accused are left out; whom nobody is left
    to tell, the tiers above are told."""
    if ticket.sensitive:
        return trusted(ctx, ticket)
    roles: dict[Tier, tuple[Role, ...]] = {
        "unit": (Role.GRID_WORKER, Role.SECRETARY),
        "community": (Role.GRID_WORKER, Role.SECRETARY),
        "district": LEADS["district"],
    }
    found = holders(ctx, ticket, roles[ticket.tier])
    for tier in TIERS[max(1, rank(ticket.tier)) :]:
        if found:
            break
        found = holders(ctx, ticket, LEADS[tier])
    return found


def is_discreet(ticket: Ticket) -> bool:
    """Nothing of it may be read in a shared room."""
    return ticket.private or ticket.sensitive or ticket.against is not None


def may_be_hinted(ticket: Ticket) -> bool:
    """Its staff group may know that there is something, though not what: private, but not sensitive, and against nobody
    who may sit in that group."""
    return ticket.private and not ticket.sensitive and ticket.against is None


def reporter(ctx: Context, ticket: Ticket) -> Account | None:
    """The reporter as somebody to write to, or whoever speaks for him where nothing of his own gets there and that one
    may know of it; None where nobody ever opened a private chat with us."""
    accounts = [] if ticket.reporter_account is None else [ctx.store.people.account_by_id(ticket.reporter_account)]
    if ticket.reporter_person is not None:
        alone = people.is_his_alone(ticket)
        person = ticket.reporter_person
        accounts += ctx.store.people.accounts_of(person) if alone else accounts_for(ctx.store, person, ctx.now)
    chats = [Address(one.channel, one.chat) for one in accounts[:1] if one.chat is not None]
    if chats and reach(ctx.store.channel_state, chats[0], ctx.now) <= NOW:
        # He is answered where he spoke, as long as that can be done.
        return Account(accounts[0].id)
    best = best_of(ctx.store, accounts, ctx.now)
    return Account(best.id) if best is not None else None


def reported_by_staff(ctx: Context, ticket: Ticket) -> bool:
    """One of ours handed it in."""
    return ticket.reporter_person is not None and bool(ctx.store.people.posts_of(ticket.reporter_person))


def by_proxy(ctx: Context, ticket: Ticket) -> bool:
    """One of ours handed it in for somebody whom we cannot ask: he passes on what we say. Nobody's mother is meant
    ("我妈"): of his own family he speaks himself."""
    behalf = ticket.on_behalf_of or ""
    handed = bool(behalf) and not behalf.startswith("我")
    return reported_by_staff(ctx, ticket) and (handed or ticket.group is None)
