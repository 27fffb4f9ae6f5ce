"""What is kept of one person: counted for himself, and erased on his word. Figures and places stay, he does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, update

from domain.people import Account
from domain.reading import OF_A_HOME
from storage.button_texts import ButtonTexts
from storage.cipher import Cipher
from storage.households import PHONE
from storage.lines import TEXT
from storage.outbox import TEXT as LETTER
from storage.tables import (
    accounts,
    alarms,
    cards,
    care_plans,
    channel_state,
    codes,
    corrections,
    entry_lines,
    inbox,
    kin,
    lines,
    media,
    outbox,
    people,
    ratings,
    residents,
    ticket_events,
    ticket_messages,
    ticket_voices,
    tickets,
    visits,
)
from storage.ticket_rows import SUMMARY


@dataclass(frozen=True, slots=True)
class OnFile:
    """What a household file holds of him: consent, whether health is noted, and how often he was looked in on."""

    consent_on: date | None
    health: bool
    looked_after: bool
    visits: int


class OwnData:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def on_file(self, person: int) -> OnFile:
        """Out of all household files in which this person is named."""
        his = select(residents.c.id).where(residents.c.person_id == person)
        rows = self._c.execute(
            select(residents.c.consent_on, residents.c.health).where(residents.c.person_id == person)
        )
        found = list(rows)
        plans = select(care_plans.c.id).where(care_plans.c.resident_id.in_(his))
        made = (
            select(func.count()).select_from(visits).where(visits.c.plan_id.in_(plans), visits.c.done_at.is_not(None))
        )
        return OnFile(
            consent_on=max((row.consent_on for row in found if row.consent_on is not None), default=None),
            health=any(row.health for row in found),
            looked_after=bool(self._c.execute(select(func.count()).select_from(plans.subquery())).scalar_one()),
            visits=int(self._c.execute(made).scalar_one()),
        )

    def rename(self, person: int, name: str) -> None:
        """In the list of people and in his household file."""
        self._c.execute(update(people).where(people.c.id == person).values(name=name))
        self._c.execute(update(residents).where(residents.c.person_id == person).values(name=name, called=None))

    def call_at(self, person: int, phone: str) -> None:
        """His phone, in his household file only: by the list of people staff are known."""
        sealed = self._cipher.seal(phone, PHONE)
        self._c.execute(update(residents).where(residents.c.person_id == person).values(phone=sealed))

    def erase(self, of: Sequence[Account], person: int | None, nobody: str, summaries: Mapping[int, str]) -> None:
        """Take away everything that leads to him: of these accounts, and of the person where they are bound to one.
        `nobody` stands where his name stood; `summaries` are all his tickets, each with what may stay of its words. All
        must have ended. An account that asked not to be recorded stays known as just that."""
        mine = [one.id for one in of]
        self._buttons(mine, person)
        self._talk(mine, nobody)
        self._chats([(one.channel, one.chat) for one in of if one.chat is not None])
        self._reports(list(summaries), mine, person, nobody)
        self._words(summaries)
        if person is not None:
            self._person(person, nobody)
        self._c.execute(delete(kin).where(kin.c.account_id.in_(mine)))
        for one in of:
            self._account(one)

    def _buttons(self, mine: list[int], person: int | None) -> None:
        """What he said goes also where a button asks which ticket it was about."""
        said = self._c.execute(select(lines.c.text).where(lines.c.account_id.in_(mine))).scalars()
        called = [*self._c.execute(select(accounts.c.name).where(accounts.c.id.in_(mine))).scalars()]
        called += self._c.execute(select(people.c.name).where(people.c.id == person)).scalars()
        texts = [self._cipher.open_text(one, TEXT) for one in said]
        # A single character stands in many words.
        ButtonTexts(self._c, self._cipher).erase(texts, [name for name in called if len(name) > 1])

    def _talk(self, mine: list[int], nobody: str) -> None:
        """Lines that became nothing go; of the others the words, with what was attached and read in them."""
        his = lines.c.account_id.in_(mine)
        of_his = select(lines.c.id).where(his)
        # Also those by others, of matters that he only joined: they are kept with all that was said of it.
        joined = select(ticket_messages.c.ticket_id).where(ticket_messages.c.line_id.in_(of_his))
        about = or_(corrections.c.line_id.in_(of_his), corrections.c.ticket_id.in_(joined))
        self._c.execute(delete(corrections).where(or_(corrections.c.account_id.in_(mine), about)))
        self._c.execute(delete(media).where(media.c.line_id.in_(of_his)))
        in_ticket = exists(select(ticket_messages.c.line_id).where(ticket_messages.c.line_id == lines.c.id))
        in_entry = exists(select(entry_lines.c.line_id).where(entry_lines.c.line_id == lines.c.id))
        self._c.execute(delete(lines).where(his, lines.c.kept.is_(False), ~in_ticket, ~in_entry))
        bare: dict[str, Any] = {"name": nobody, "text": self._cipher.seal("", TEXT), "heard": []}
        bare |= {"spot": None, "read": None}
        self._c.execute(update(lines).where(his).values(**bare))
        self._c.execute(update(lines).where(his, lines.c.private).values(chat="", remote=""))
        self._c.execute(update(ticket_voices).where(ticket_voices.c.account_id.in_(mine)).values(name=nobody))
        self._c.execute(update(ticket_events).where(ticket_events.c.account_id.in_(mine)).values(note=None))
        self._c.execute(update(ratings).where(ratings.c.account_id.in_(mine)).values(words=None))

    def _chats(self, private: list[tuple[str, str]]) -> None:
        """What came in and went out through his private chats."""
        for channel, chat in private:
            here = and_(inbox.c.channel == channel, inbox.c.chat == chat, inbox.c.state != "new")
            self._c.execute(update(inbox).where(here).values(body=None, chat="", error=None))
            sent = and_(outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.state != "inflight")
            self._c.execute(delete(outbox).where(sent))
            self._c.execute(delete(cards).where(cards.c.channel == channel, cards.c.chat == chat))

    def _reports(self, ended: list[int], mine: list[int], person: int | None, nobody: str) -> None:
        his = tickets.c.id.in_(ended)
        told: dict[str, Any] = {"reporter_name": nobody, "on_behalf_of": None, "why": []}
        self._c.execute(update(tickets).where(his).values(**told))
        by_him = tickets.c.reporter_account_id.in_(mine)
        self._c.execute(update(tickets).where(by_him).values(reporter_account_id=None))
        if person is not None:
            self._c.execute(
                update(tickets).where(tickets.c.reporter_person_id == person).values(reporter_person_id=None)
            )
        self._c.execute(delete(corrections).where(corrections.c.ticket_id.in_(ended)))
        self._c.execute(delete(alarms).where(alarms.c.kind.in_(("callback", "rating")), alarms.c.subject.in_(ended)))

    def _words(self, summaries: Mapping[int, str]) -> None:
        """What tickets and sent cards say: his door, and where it is of somebody's home or life all but the figures."""
        close = set(self._c.execute(select(tickets.c.id).where(tickets.c.id.in_(summaries), _is_close())).scalars())
        rows = self._c.execute(select(tickets.c.id, tickets.c.where).where(tickets.c.id.in_(summaries))).all()
        for row in rows:
            stays = ("estate", "building") if row.id in close else ("estate", "building", "unit", "floor", "place")
            bare: dict[str, Any] = {"summary": self._cipher.seal(summaries[row.id], SUMMARY)}
            bare["where"] = {name: said for name, said in row.where.items() if name in stays}
            if row.id in close:
                bare["result"] = None
                self._c.execute(update(ticket_events).where(ticket_events.c.ticket_id == row.id).values(note=None))
            self._c.execute(update(tickets).where(tickets.c.id == row.id).values(**bare))
            self._cards(row.id, summaries[row.id])

    def _cards(self, ticket: int, summary: str) -> None:
        """What was said of a ticket goes. What waits, for the morning or to be tried again, is never said: the ticket
        has ended, and where a card of it hangs another wording is written. What is on its way may be said anew before
        that: in the words that stay."""
        # All keys that begin with the first, and no others, since they have their order by bytes.
        of_it = and_(outbox.c.card >= f"ticket:{ticket}:", outbox.c.card < f"ticket:{ticket};")
        bare: dict[str, Any] = {"text": None, "offers": None, "media": []}
        said, waits = ("sent", "dropped"), ("queued", "failed", "unknown")
        self._c.execute(update(outbox).where(of_it, outbox.c.state.in_(said)).values(**bare))
        never = bare | {"state": "dropped", "error": "erased"}
        self._c.execute(update(outbox).where(of_it, outbox.c.state.in_(waits)).values(**never))
        anew = bare | {"text": self._cipher.seal(summary, LETTER)}
        self._c.execute(update(outbox).where(of_it, outbox.c.state == "inflight").values(**anew))

    def _person(self, person: int, nobody: str) -> None:
        """The household file is the community's own: name and door stay in it; phone, health and consent go."""
        file = {"person_id": None, "phone": None, "health": None, "consent_on": None}
        self._c.execute(update(residents).where(residents.c.person_id == person).values(**file))
        self._c.execute(delete(kin).where(kin.c.person_id == person))
        self._c.execute(delete(codes).where(codes.c.person_id == person))
        gone = {"name": nobody, "phone": None, "phone_key": None, "language": None, "wecom_id": None, "active": False}
        self._c.execute(update(people).where(people.c.id == person).values(**gone))

    def _account(self, one: Account) -> None:
        # What a channel keeps of it without end (a consent to notices); the rest runs out by itself.
        agreed = and_(
            channel_state.c.channel == one.channel,
            channel_state.c.name.endswith(f":{one.user_id}", autoescape=True),
            channel_state.c.expires_at.is_(None),
        )
        self._c.execute(delete(channel_state).where(agreed))
        bare: dict[str, Any] = dict.fromkeys(("person_id", "private_chat", "language", "last_group_id"))
        bare["name"] = ""
        if not one.opted_out:
            bare["user_id"] = f"erased:{one.id}"
        self._c.execute(update(accounts).where(accounts.c.id == one.id).values(**bare))


def _is_close() -> ColumnElement[bool]:
    """Tickets whose very words are about somebody."""
    return or_(
        tickets.c.private,
        tickets.c.sensitive,
        tickets.c.against.is_not(None),
        tickets.c.category.in_(OF_A_HOME),
    )
