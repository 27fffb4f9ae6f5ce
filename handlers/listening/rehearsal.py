"""What lines copied from a group that we cannot hear would become, had we heard them: drafts of tickets, nothing kept.

Pure: the same `decide` as for talk that is heard, played over plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.listening import Acts, Joins, Known, Line, Opens, Scene
from domain.reading import Category, Where
from handlers.listening.decide import decide
from handlers.listening.parts import with_parts
from handlers.listening.story import Read


@dataclass(frozen=True, slots=True)
class Draft:
    """`lines` are places in the given lines; `ticket` an open one that they belong to instead of a new one; `sure`
    False where it may well be mere talk."""

    lines: tuple[int, ...]
    category: Category
    urgency: int
    where: Where
    summary: str
    sure: bool = True
    private: bool = False
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known where the lines were said; thresholds as in Scene."""

    tickets: tuple[Known, ...] = ()
    home: Where = field(default_factory=Where)
    estates: tuple[str, ...] = ()
    sure: float = 0.8
    unsure: float = 0.25


def rehearse(lines: Sequence[Line], paper: Paper, read: Read | None = None) -> list[Draft]:
    """The drafts in the order in which they came up; lines of no draft are mere talk. `lines` oldest first, their
    `reading` filled in; by `read` a line that tells of two matters becomes two drafts. Ids and speakers of theirs are
    not looked at but for being the same or not."""
    play = _Play(paper, {ticket.id: ticket for ticket in paper.tickets}, read)
    for place, line in enumerate(lines):
        # Below nought: nothing in the database has such an id.
        play.hear(replace(line, id=place - len(lines)))
    return [replace(draft, lines=tuple(sorted(one + len(lines) for one in draft.lines))) for draft in play.drafts()]


class _Play:
    def __init__(self, paper: Paper, known: dict[int, Known], read: Read | None) -> None:
        self._paper = paper
        self._read = read
        self._known = known
        self._lines: list[Line] = []
        self._made: dict[int, Draft] = {}

    def drafts(self) -> list[Draft]:
        return list(self._made.values())

    def hear(self, line: Line) -> None:
        paper = self._paper
        scene = Scene(
            line,
            tuple(self._lines),
            tuple(self._known.values()),
            paper.home,
            paper.estates,
            paper.sure,
            paper.unsure,
        )
        heard = decide(with_parts(scene, self._read) if self._read is not None else scene)
        self._lines.append(line)
        for step in heard.steps:
            match step:
                case Opens():
                    self._open(line, step)
                case Joins():
                    self._join(line, step)
                case Acts(does="withdraw" | "reject"):
                    self._drop(step.ticket)
                case _:
                    pass  # what staff did there is done by them here, when the ticket is

    def _open(self, line: Line, step: Opens) -> None:
        number = -len(self._made) - 1
        told = [old for old in self._lines if old.id in step.lines]
        first = told[0]
        draft = Draft(
            step.lines, step.category, step.urgency, step.where, step.summary, step.sure or step.private, step.private
        )
        self._made[number] = draft
        self._known[number] = Known(
            number,
            step.category,
            step.urgency,
            step.where,
            tuple(old.text for old in told if old.text),
            line.group,
            line.tier,
            first.speaker,
            frozenset(old.speaker for old in told) - {first.speaker},
            "open" if draft.sure else "proposed",
            line.sent_at,
            line.sent_at,
            lines=step.lines,
            private=step.private,
        )
        self._tie(step.lines, number)

    def _join(self, line: Line, step: Joins) -> None:
        known = self._known[step.ticket]
        ids = tuple(sorted({*step.lines, line.id}))
        where, urgency = step.where or known.where, step.urgency or known.urgency
        category, private = step.category or known.category, known.private or bool(step.private)
        sure = step.sure or known.status != "proposed"
        draft = self._made.get(step.ticket)
        if draft is None:
            title = line.text if len(line.text) <= 40 else line.text[:39] + "…"
            draft = Draft((), category, urgency, where, title, ticket=step.ticket)
        self._made[step.ticket] = replace(
            draft,
            lines=tuple(sorted({*draft.lines, *ids})),
            category=category,
            urgency=urgency,
            where=where,
            sure=sure,
            private=private,
        )
        self._known[step.ticket] = replace(
            known,
            category=category,
            urgency=urgency,
            where=where,
            private=private,
            lines=tuple(sorted({*known.lines, *ids})),
            texts=(*known.texts, line.text) if line.text else known.texts,
            voices=known.voices | ({line.speaker} if line.speaker != known.reporter else set()),
            status="open" if sure and known.status == "proposed" else known.status,
            last_at=line.sent_at,
        )
        self._tie(ids, step.ticket)

    def _drop(self, ticket: int) -> None:
        if ticket < 0:
            self._made.pop(ticket, None)
            self._known.pop(ticket, None)

    def _tie(self, ids: Sequence[int], ticket: int) -> None:
        self._lines = [
            replace(old, tickets=(*old.tickets, ticket)) if old.id in ids and ticket not in old.tickets else old
            for old in self._lines
        ]
