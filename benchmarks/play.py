"""A group's history in plain lists: what `decide` says of each line is carried out as apply.py carries it out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

from domain.listening import Acts, AsksWhich, Heard, Joins, Known, Line, Notes, Opens, Scene
from domain.reading import Reading, Tier, Where
from domain.visits import Cared
from handlers.listening.decide import decide
from handlers.listening.parts import with_parts
from handlers.listening.story import with_story
from handlers.listening.turned import with_turn

RECENT_LINES = 40
RECENT_TIME = timedelta(hours=12)
CLOSED_STAY = timedelta(days=10)


class Reads(Protocol):
    def read(self, text: str, *, tier: Tier, sent_at: datetime | None = None) -> Reading: ...


@dataclass
class Ticket:
    """What the output tells of a ticket beside its Known."""

    known: Known
    raised_after: int | None
    reopens: bool
    withdrawn: bool = False
    reporter: str = ""
    voices: list[str] = field(default_factory=list)


@dataclass
class Play:
    """One conversation: groups by key, people by name, lines and tickets so far."""

    reader: Reads
    homes: dict[int, Where]
    tiers: dict[int, Tier]
    keys: dict[int, str]
    estates: tuple[str, ...] = ()
    cared: tuple[Cared, ...] = ()
    lines: list[Line] = field(default_factory=list)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    diary: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    heard: list[tuple[Line, Heard]] = field(default_factory=list)

    def person(self, name: str) -> int:
        return self.people.setdefault(name, len(self.people) + 1)

    def hear(self, line: Line) -> Heard:
        """Reads and decides one line, and carries the decision out."""
        line = replace(line, reading=self.reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        since = line.sent_at - RECENT_TIME
        recent = tuple(old for old in self.lines if old.group == line.group and old.sent_at >= since)[-RECENT_LINES:]
        shown = (line.edits, line.replies_to)
        older = tuple(old for old in self.lines if old.id in shown and old not in recent)
        tickets = tuple(
            t.known
            for t in self.tickets.values()
            if not t.withdrawn and (t.known.done_at is None or t.known.done_at >= line.sent_at - CLOSED_STAY)
        )
        scene = Scene(line, older + recent, tickets, self.homes[line.group], self.estates, cared=self.cared)

        def read(text: str, tier: Tier, at: datetime) -> Reading:
            return self.reader.read(text, tier=tier, sent_at=at)

        scene = with_parts(with_story(with_turn(scene, read), read), read)
        line = scene.line
        heard = decide(scene)
        self.lines.append(line)
        self.heard.append((line, heard))
        for step in heard.steps:
            self.apply(line, step)
        return heard

    def apply(self, line: Line, step: Opens | Joins | Acts | AsksWhich | Notes) -> None:
        if isinstance(step, Opens):
            self.open(line, step)
        elif isinstance(step, Joins):
            self.join(line, step)
        elif isinstance(step, Acts):
            self.act(line, step)
        elif isinstance(step, Notes):
            self.note(line, step)
        else:
            self.say(line, "which")

    def note(self, line: Line, step: Notes) -> None:
        """A diary entry, or more of the one that holds an earlier line of it."""
        household = f"{step.estate}-{step.household}" if step.estate else step.household
        ids = sorted({line.id, *step.lines})
        older = set(step.lines)
        if step.corrects:
            stale = [d for d in self.diary if line.id not in d["from"] and d["worker"] == line.name]
            self.diary = [d for d in self.diary if d not in stale or not set(d["from"]) & older]
            older = set()
        entries = [d for d in reversed(self.diary) if d["worker"] == line.name and set(d["from"]) & older]
        entry = next((d for d in entries if d["household"] == household), entries[0] if entries else None)
        if entry is not None:
            entry["from"] = sorted({*entry["from"], *ids})
        else:
            self.diary.append({"from": ids, "worker": line.name, "household": household, "kind": step.kind})

    def open(self, line: Line, step: Opens) -> None:
        number = len(self.tickets) + 1
        lines = tuple(old for old in self.lines if old.id in step.lines)
        first = lines[0]
        others = {old.speaker: old.name for old in lines if old.speaker != first.speaker}
        known = Known(
            number,
            step.category,
            step.urgency,
            step.where,
            tuple(old.text for old in lines if old.text),
            line.group,
            line.tier,
            first.speaker,
            frozenset(others),
            "open" if step.sure else "proposed",
            line.sent_at,
            line.sent_at,
            lines=step.lines,
            asked_where=line.id if step.ask_where else None,
            private=step.private,
        )
        self.tickets[number] = Ticket(
            known,
            line.id if step.sure else None,
            step.reopens is not None,
            reporter=first.name,
            voices=list(others.values()),
        )
        self.attach(step.lines, number)
        if step.ask_where:
            self.actions.append({"at_message": line.id, "does": "ask_location", "ticket": number})
        if step.sure and not step.private:
            self.say(line, "card")

    def join(self, line: Line, step: Joins) -> None:
        ticket = self.tickets[step.ticket]
        known = ticket.known
        ids = (*step.lines, line.id)
        texts = tuple(old.text for old in self.lines if old.id in ids and old.text)
        if line.edits is not None:
            replaced = [old.text for old in self.lines if old.id == line.edits]
            known = replace(known, texts=tuple(text for text in known.texts if text not in replaced))
        voices = known.voices
        if step.voice and line.speaker != known.reporter:
            voices = voices | {line.speaker}
            if line.name not in ticket.voices:
                ticket.voices.append(line.name)
        ticket.known = replace(
            known,
            lines=tuple(sorted({*known.lines, *ids})),
            texts=known.texts + texts,
            last_at=line.sent_at,
            voices=voices,
            where=step.where or known.where,
            category=step.category or known.category,
            urgency=step.urgency or known.urgency,
            private=known.private if step.private is None else step.private,
        )
        if step.sure and known.status == "proposed":
            self.confirm(ticket, line)
        self.attach(ids, step.ticket)

    def confirm(self, ticket: Ticket, line: Line) -> None:
        ticket.raised_after = line.id
        ticket.known = replace(ticket.known, status="open")
        if not ticket.known.private:
            self.say(line, "card")

    def act(self, line: Line, step: Acts) -> None:
        ticket = self.tickets[step.ticket]
        if step.line is not None:
            line = next(old for old in self.lines if old.id == step.line)
        action: dict[str, Any] = {"at_message": line.id, "does": step.does, "ticket": step.ticket}
        if step.to:
            action["to"] = step.to
        if step.value:
            action["value"] = step.value
        self.actions.append(action)
        if ticket.known.status == "proposed" and line.role != "resident":
            self.confirm(ticket, line)
        known = replace(ticket.known, last_at=line.sent_at)
        worked = {"assignee": line.speaker, "assignee_name": line.name, "status": "taken", "follower": None}
        if step.does == "claim":
            known = replace(known, **cast(Any, worked))
        elif step.does == "done":
            known = replace(
                known,
                status="done",
                done_at=line.sent_at,
                rated=False,
                assignee=known.assignee or line.speaker,
                assignee_name=known.assignee_name or line.name,
                follower=None,
            )
            if not known.private:
                self.say(line, "closing")
        elif step.does in ("transfer", "escalate"):
            follower = known.assignee or known.follower or line.speaker
            known = replace(known, status="open", assignee=None, assignee_name=None, follower=follower)
        elif step.does == "rate":
            if step.value == "unsatisfied":
                known = replace(known, status="taken" if known.assignee else "open", done_at=None, rated=False)
            else:
                known = replace(known, rated=True, status="closed")
        elif step.does == "withdraw":
            ticket.withdrawn = True
        elif step.does == "correct_category" and step.to:
            known = replace(known, category=cast(Any, step.to))
        ticket.known = known
        self.attach((line.id,), step.ticket)

    def attach(self, ids: tuple[int, ...], number: int) -> None:
        self.lines = [
            replace(old, tickets=(*old.tickets, number)) if old.id in ids and number not in old.tickets else old
            for old in self.lines
        ]

    def say(self, line: Line, text: str) -> None:
        self.said.append({"after": line.id, "group": self.keys[line.group], "text": text, "edit": False})

    def result(self, name: str) -> dict[str, Any]:
        real = [t for t in self.tickets.values() if t.raised_after is not None]
        place = {t.known.id: i for i, t in enumerate(real)}
        tickets = [
            {
                "from": list(t.known.lines),
                "category": t.known.category,
                "urgency": t.known.urgency,
                "where": asdict(t.known.where),
                "reporter": t.reporter,
                "also_reported_by": t.voices,
                "private": t.known.private,
                "reopens": t.reopens,
                "raised_after": t.raised_after,
                "status": "withdrawn" if t.withdrawn else t.known.status,
            }
            for t in real
        ]
        actions = [{**a, "ticket": place[a["ticket"]]} for a in self.actions if a["ticket"] in place]
        return {"id": name, "tickets": tickets, "diary": self.diary, "actions": actions, "said": self.said}
