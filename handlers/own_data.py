"""What is kept of whoever asks (SERVICE.md §3): shown to him, put right, erased. In private only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from domain import sla
from domain.errors import Refused
from domain.messages import Button, Outgoing, Person, Priority
from domain.people import Account, Role
from domain.reading import OF_A_HOME
from domain.tickets import ACTIVE, Ticket
from handlers import recipients
from handlers.answers import here, language, language_of
from handlers.context import Context, Speaker
from handlers.deeds import closing, posting
from handlers.delivery import room_of
from handlers.homes import home_of
from handlers.texts import listed, say
from handlers.wording import phrase

LISTED = 12
# Who checks what somebody says of himself: the first of these that is not away.
_CHECKS = (Role.COMMUNITY_STAFF, Role.SECRETARY, Role.GRID_WORKER)
_PHONE = re.compile(r"(?:电话|手机|手机号|号码|phone)\s*[:：是]?\s*(1\d{10}|\d{3,4}-?\d{7,8})", re.IGNORECASE)
_NAME = re.compile(r"(?:名字|姓名|name)\s*[:：是]?\s*([一-鿿·]{2,12}|[A-Za-z][A-Za-z .'-]{1,39})", re.IGNORECASE)


def show(ctx: Context, speaker: Speaker) -> list[Outgoing]:
    """Everything that is kept of him, a line for each kind; what could be read over his shoulder is masked."""
    if not speaker.private:
        raise Refused("command.in_private")
    tongue, account, person = language(ctx, speaker), speaker.account, speaker.actor.person
    count = len(accounts_of(ctx, speaker))
    lines = [say("own.head", tongue), say("own.account", tongue, name=account.name, count=count)]
    if person is not None:
        lines += _of_person(ctx, speaker, person, tongue)
    else:
        lines.append(say("own.unbound", tongue))
    if speaker.actor.kin:
        names = say("care.comma", tongue).join(ctx.store.people.names(speaker.actor.kin).values())
        lines.append(say("own.kin", tongue, names=names))
    mine = reported_by(ctx, speaker)
    numbers = listed((one.number for one in mine[-LISTED:]), tongue)
    still = sum(one.status in ACTIVE for one in mine)
    lines.append(say("own.tickets" if mine else "own.no_tickets", tongue, count=len(mine), open=still, numbers=numbers))
    lines.append(say("own.lines", tongue, hours=ctx.settings.privacy.forget_hours))
    lines.append(say("own.opted_out" if account.opted_out else "own.opted_in", tongue))
    return [here(speaker, "\n".join([*lines, say("own.foot", tongue)]))]


def _of_person(ctx: Context, speaker: Speaker, person: int, tongue: str) -> list[str]:
    known = ctx.store.people.get(person)
    home = home_of(ctx, speaker.actor) if not speaker.actor.kin else ctx.store.households.home_of(person)
    phone = known.phone
    if home is not None and phone is None:
        phone = next((one.phone for one in ctx.store.households.residents_of(home.id) if one.person == person), None)
    lines = [say("own.name", tongue, name=known.name)]
    lines.append(say("own.phone", tongue, phone=masked(phone)) if phone else say("own.no_phone", tongue))
    if home is not None:
        lines.append(say("own.door", tongue, door=f"{home.estate}{home.key}"))
    if speaker.actor.posts:
        posts = dict.fromkeys(
            say("own.post", tongue, area=ctx.store.areas.get(post.area).name, role=say(f"own.role.{post.role}", tongue))
            for post in speaker.actor.posts
        )
        lines.append(say("own.posts", tongue, posts=listed(posts, tongue)))
    file = ctx.store.own_data.on_file(person)
    if file.looked_after or file.visits:
        lines.append(say("own.visits", tongue, count=file.visits))
    if file.consent_on is not None:
        key = "own.consent_health" if file.health else "own.consent"
        lines.append(say(key, tongue, month=file.consent_on.month, day=file.consent_on.day))
    return lines


def masked(phone: str) -> str:
    """138****1234: enough for its owner to know it by."""
    return f"{phone[:3]}{'*' * max(len(phone) - 7, 1)}{phone[-4:]}" if len(phone) >= 8 else "****"


def accounts_of(ctx: Context, speaker: Speaker) -> list[Account]:
    """His accounts on all platforms; the one that speaks only, where it is bound to nobody."""
    person = speaker.actor.person
    bound = ctx.store.people.accounts_of(person) if person is not None else []
    return bound or [speaker.account]


def reported_by(ctx: Context, speaker: Speaker) -> list[Ticket]:
    """What he reported on any of his accounts; not what he reported for his family."""
    person = speaker.actor.person
    accounts = accounts_of(ctx, speaker)
    found = {one.id: one for account in accounts for one in ctx.store.tickets.of_reporter(account.id, person)}
    return [found[one] for one in sorted(found)]


# put right


def correct(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing]:
    """A phone he changes himself, and a name on which nothing hangs; anything else the community is asked to check."""
    if not speaker.private:
        raise Refused("command.in_private")
    if not words:
        raise Refused("own.correct.how")
    tongue = language(ctx, speaker)
    person = speaker.actor.person
    if person is not None and _is_resident(ctx, speaker):
        plain = unicodedata.normalize("NFKC", words)
        if (phone := _PHONE.fullmatch(plain)) is not None:
            ctx.store.own_data.call_at(person, phone[1])
            return _changed(ctx, speaker, "phone", say("own.correct.phone", tongue, phone=masked(phone[1])))
        name = _NAME.fullmatch(plain)
        if name is not None and not ctx.store.own_data.on_file(person).looked_after:
            ctx.store.own_data.rename(person, name[1].strip())
            return _changed(ctx, speaker, "name", say("own.correct.name", tongue, name=name[1].strip()))
    return _asked_of_staff(ctx, speaker, words)


def _is_resident(ctx: Context, speaker: Speaker) -> bool:
    """Whether he has a household file and no post: staff are found by their names and phones."""
    person = speaker.actor.person
    return person is not None and not speaker.actor.posts and ctx.store.households.home_of(person) is not None


def _changed(ctx: Context, speaker: Speaker, what: str, text: str) -> list[Outgoing]:
    me = speaker.account.id
    ctx.store.people.audit(ctx.now, f"correct_{what}", f"account:{me}", person=speaker.actor.person, account=me)
    return [here(speaker, text)]


def _asked_of_staff(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing]:
    """Somebody of the community reads it, alone. Not a ticket: what he says next is not about it."""
    if speaker.seat is None:
        raise Refused("listening.where_do_you_live")
    posts = ctx.store.people.posts_along(speaker.seat.chain[-1].path, _CHECKS)
    ranked = sorted(posts, key=lambda post: _CHECKS.index(post.role))
    to = next((post.person for post in ranked if _is_here(ctx, post.person)), None)
    if to is None:
        raise Refused("own.correct.nobody")
    me, tongue = speaker.account.id, language(ctx, speaker)
    home = home_of(ctx, speaker.actor)
    asked = say(
        "own.correct.asked",
        language_of(ctx, to),
        name=speaker.account.name,
        door=say("own.correct.door", language_of(ctx, to), door=f"{home.estate}{home.key}") if home is not None else "",
        words=words,
    )
    ctx.store.people.audit(ctx.now, "correct_asked", f"account:{me}", person=speaker.actor.person, account=me)
    worker = ctx.store.people.get(to).name
    return [
        Outgoing(to=Person(to), text=asked, priority=Priority.ROUTINE, not_before=sla.send_at(ctx.now, ctx.settings)),
        here(speaker, say("own.correct.told", tongue, worker=worker)),
    ]


def _is_here(ctx: Context, person: int) -> bool:
    local = ctx.now.astimezone(ctx.settings.office.tz)
    away = any(leave.at(local) for leave in ctx.store.leaves.of(person, local.date()))
    return ctx.store.people.get(person).active and not away and room_of(ctx.store, Person(person), ctx.now) is not None


# erased


def erase(ctx: Context, speaker: Speaker, *, sure: bool) -> list[Outgoing]:
    """Asks once, saying what goes and what stays; then takes away what leads to him (docs/SECURITY.md has the list).
    Refused in groups, to staff, and while something that he reported is open."""
    if not speaker.private:
        raise Refused("command.in_private")
    if speaker.actor.posts:
        raise Refused("own.erase.staff")
    tongue = language(ctx, speaker)
    mine = reported_by(ctx, speaker)
    still = [one for one in mine if one.status in ACTIVE or one.status == "proposed"]
    if still:
        numbers = listed((one.number for one in still), tongue)
        raise Refused("own.erase.open", numbers=numbers, example=still[0].number)
    if not sure:
        button = Button(say("own.erase.button", tongue), "删除我的信息 确认")
        return [here(speaker, say("own.erase.sure", tongue), (button,))]
    for ticket in mine:
        if ticket.status == "done":
            # Its cards are written below, when he is gone from it.
            closing.close_unrated(ctx, ticket)
    of, me = accounts_of(ctx, speaker), speaker.account.id
    office = ctx.settings.office.language
    ctx.store.own_data.erase(of, speaker.actor.person, say("own.nobody", office), _left(mine, office))
    ctx.store.people.audit(ctx.now, "erase_me", f"account:{me}", account=me)
    key = "own.erase.done_silent" if speaker.account.opted_out else "own.erase.done"
    return [*_cards(ctx, mine), here(speaker, say(key, tongue))]


def _left(mine: Sequence[Ticket], office: str) -> dict[int, str]:
    """Of each summary the few words that everybody in the group may read; of what is somebody's own nothing."""
    blank = say("own.erase.blank", office)
    return {
        one.id: blank if recipients.is_discreet(one) or one.category in OF_A_HOME else phrase(one.summary) or blank
        for one in mine
    }


def _cards(ctx: Context, mine: Sequence[Ticket]) -> list[Outgoing]:
    """The cards of what ended lately, without his name and words; older ones no platform lets us change."""
    since = ctx.settings.listening.reopen_days
    now = [ctx.store.tickets.get(one.id) for one in mine]
    lately = [one for one in now if one.closed_at is None or (ctx.now - one.closed_at).days <= since]
    return [edit for one in lately for edit in posting.refresh(ctx, one)]
