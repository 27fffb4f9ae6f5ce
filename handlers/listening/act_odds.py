"""What a line does to a ticket: its words, who says it, and how things stand with the ticket, as odds.

The weights (act_weights.py) were fitted by logistic regression; benchmarks/weigh_acts.py does it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import exp

from domain.listening import Deed, Known, Line
from handlers.listening.act_weights import STAFF
from handlers.listening.again import AGAIN
from handlers.listening.alikeness import told_alike
from handlers.listening.by_trade import by_trade
from handlers.listening.mood import hushed
from handlers.listening.notes import one_call
from handlers.listening.odds import Marks
from handlers.listening.turns import free_only, staff_turn
from handlers.listening.window import RATING_TIME, SPELL, Window
from nlu.acts import read_act
from nlu.similar import Gist, gist, gist_of, strangers
from nlu.staff_acts import to_oneself
from nlu.threads import words_tie
from nlu.undone import goes_on, undone

Weights = Mapping[str, Mapping[str, float]]
DEEDS: dict[str, Deed] = {"claim": "claim", "done": "done", "transfer": "transfer", "escalate": "escalate"}

_NOTICE = re.compile(r"^【|@所有人|通知|温馨提示|请大家|大家(?:注意|小心)|公告|各位")
_SENDS = re.compile(
    r"^@|^[一-鿿]{2,3}[，, ]?你(?:去|来|陪|跑|带|先|看|接)|让[一-鿿]{2,3}(?:去|跑|带|看)|派[一-鿿]{1,3}"
)
# More is still to be done, or this was only for the time being.
_TO_COME = re.compile(
    r"明[天早晚日]|后天|下(?:午|周|个?月)|(?:周|星期|礼拜)[一二三四五六日天]|今晚|约了|到时候?|先(?!生|前)|等|再(?!也|没)|临时|暂时|"
    r"还(?:要|得|差|没)|没货|顶着|凑合|准备|打算"
)
# The matter itself is called finished: 这件到此为止, 我这边就销了, 可以合上了.
_CLOSES = re.compile(
    r"[这那][件桩个事边单头][^，。！]{0,5}(?:完|结|收|销|合上|到这|到此|为止|好了|过了|了了)|到此为止|到这里?(?:为止|了|完)|"
    r"(?:可以|就|先|都)[^，。]{0,3}(?:结|销|收|合上|归档|闭环|了结|关单)|闭环|销[了号账单]|了结|结[了案单掉]"
)
_ASKED = re.compile(r"(?:[?？吗呢没])\s*$")
_IDLE = (("idle 5", 5), ("idle 20", 20), ("idle 90", 90), ("idle half day", 720), ("idle days", 10**9))
_SINCE = (("since 3", 3), ("since 15", 15), ("since hour", 60), ("since day", 1440), ("since days", 10**9))


def shares(rows: Sequence[Marks], able: Sequence[Sequence[str]], weights: Weights) -> list[dict[str, float]]:
    """The chance of each deed that can be done to each ticket; what is wanting to 1 is that nothing is done to any.

    One choice among all of them: tickets that hang in one room compete for the line."""
    sums = [
        {
            name: exp(min(30.0, sum(weights[name].get(mark, 0.0) * value for mark, value in marks.items())))
            for name in names
        }
        for marks, names in zip(rows, able, strict=True)
    ]
    whole = 1.0 + sum(sum(one.values()) for one in sums)
    return [{name: share / whole for name, share in one.items()} for one in sums]


def staff_marks(
    view: Window, tickets: Sequence[Known], scores: Mapping[str, float], text: str | None = None
) -> list[Marks]:
    """For each ticket what speaks for and against staff doing something to it with this line (or this part of it)."""
    line = view.line
    said = line.text if text is None else text
    words = gist(said)
    ties = [words_tie(words, line.reading.where if text is None else t.where, t) for t in tickets]
    shared = told_alike(view, said, tickets)
    trades = by_trade(said, tickets)
    same = _shared_marks(said, scores, ("claim", "done", "transfer", "escalate", "correct"), line)
    if line.role in ("property", "secretary", "admin"):
        same[line.role] = 1.0
    called = _called(view)
    sends = bool(_SENDS.search(said))
    pointed = view.pointed()
    held_ones = sum(view.holds(ticket) for ticket in tickets)
    asked = _question_before(view)
    near = next(iter(view.lately(SPELL, 1)), None)
    quiet = hushed(view)
    visit = one_call(view)
    later, closes = bool(_TO_COME.search(said)), bool(_CLOSES.search(said))
    rows = []
    for place, ticket in enumerate(tickets):
        marks = dict(same)
        held = view.holds(ticket)
        top = max(scores, key=lambda name: scores[name])
        flags = {
            ticket.status if ticket.status != "proposed" else "open": True,
            "proposed": ticket.status == "proposed",
            "proposed near": ticket.status == "proposed" and near is not None and ticket.id in near.tickets,
            "hushed": quiet,
            "to come": later,
            f"top {top} to come": later,
            "closes": closes,
            "closes urgent": closes and ticket.urgency == 3,
            "visit": visit,
            "visit held": visit and held,
            "held": held,
            "held by other": ticket.assignee is not None and not held,
            "passed on": ticket.follower is not None,
            "followed": view.follows(ticket),
            f"top {top} {'open' if ticket.assignee is None else 'taken'}": True,
            # Where something was asked, telling the answer is the deed.
            f"top {top} asked": ticket.category == "consultation",
            f"top {top} pointed": ticket in pointed,
            "urgent": ticket.urgency == 3,
            "private": ticket.private,
            "called": called,
            "sends": sends,
            "undone": undone(said, ticket.texts),
            "goes on": goes_on(said, ticket.texts),
            "held only": held and held_ones == 1,
            f"top {top} free only": free_only(ticket, tickets),
            f"top {top} urgent": ticket.urgency == 3,
            "answers question": asked is not None and ticket.id in asked.tickets,
        }
        marks.update({name: 1.0 for name, on in flags.items() if on})
        marks.update(_ties(ties, place))
        marks.update(staff_turn(view, ticket, tickets))
        marks.update(shared[place])
        marks.update(trades[place])
        marks.update(_standing(view, ticket, tickets))
        marks.update(_bucket(line.sent_at - ticket.last_at, _IDLE))
        rows.append(marks)
    return rows


def likeliest(
    view: Window, tickets: Sequence[Known], scores: Mapping[str, float], text: str | None = None, *, calm: bool = False
) -> Iterator[tuple[Known, Deed, float, float]]:
    """For each ticket the deed that is likeliest, its chance, and the chance of any; nobody takes what he holds.
    `calm`: how soon after the card counts for less, since nobody else talks here."""
    rows = staff_marks(view, tickets, scores, text)
    if calm:
        rows = [
            {name: value for name, value in marks.items() if not name.startswith("idle ")} | {"idle 20": 1.0}
            for marks in rows
        ]
    able = [staff_able(view, ticket) for ticket in tickets]
    for ticket, chances in zip(tickets, shares(rows, able, STAFF), strict=True):
        deed = DEEDS[max(chances, key=lambda one: chances[one])]
        yield ticket, deed, chances[deed], sum(chances.values())


def staff_able(view: Window, ticket: Known) -> tuple[str, ...]:
    """What the speaker can do to it: nobody takes what he has in hand, nor hands to another what he asks for."""
    shut: set[str] = {"claim"} if view.holds(ticket) and not view.follows(ticket) else set()
    if to_oneself(view.text):
        shut.add("transfer")
    return tuple(deed for deed in DEEDS if deed not in shut)


def resident_able(view: Window, ticket: Known) -> tuple[str, ...]:
    """Only what was done can be good or bad, only what is open is called off, and one good word of each is enough. What
    fails days after it was done is told anew (again.py), unless it is pointed at."""
    if ticket.status not in ("done", "closed"):
        return ("withdraw",)
    late = ticket.done_at is not None and view.line.sent_at - ticket.done_at > RATING_TIME
    enough = ticket.rated and not _first_since(view, ticket)
    if late and ticket not in view.pointed():
        return () if enough else ("good",)
    return ("bad",) if enough else ("good", "bad")


def resident_marks(view: Window, tickets: Sequence[Known], scores: Mapping[str, float]) -> list[Marks]:
    """For each ticket what speaks for the line saying that it is well, that it is not, or that it is needed no more."""
    line = view.line
    words = gist(line.text)
    ties = [words_tie(words, line.reading.where, t) for t in tickets]
    shared = _shared_marks(line.text, scores, ("good", "bad", "withdraw"), line)
    shared["reader"] = line.reading.confidence
    last = next(iter(view.lately(timedelta(hours=1), 1)), None)
    rows = []
    for place, ticket in enumerate(tickets):
        marks = dict(shared)
        done = ticket.done_at is not None and ticket.status in ("done", "closed")
        state = "done" if done else "live"
        own = ticket.reporter == line.speaker
        voice = line.speaker in ticket.voices
        top = max(scores, key=lambda name: scores[name])
        flags = {
            state: True,
            f"{state} own": own,
            f"{state} voice": voice,
            f"{state} stranger": not own and not voice,
            f"top {top} {state}": True,
            "taken": ticket.status == "taken",
            "rated": ticket.rated,
            "urgent": ticket.urgency == 3,
            "again done": done and bool(AGAIN.search(line.text)),
            "first since": done and _first_since(view, ticket),
            "strangers": strangers(words, gist_of(ticket.texts)),
            "undone": undone(line.text, ticket.texts),
            "goes on": goes_on(line.text, ticket.texts),
            f"short {state}": len(line.text) <= 5,
            f"at once {state}": last is not None and last.role != "resident" and ticket.id in last.tickets,
            "names worker": ticket.assignee_name is not None and ticket.assignee_name[-2:] in line.text,
        }
        marks.update({name: 1.0 for name, on in flags.items() if on})
        marks.update(_ties(ties, place))
        marks.update(_standing(view, ticket, tickets))
        if done and ticket.done_at is not None:
            marks.update(_bucket(line.sent_at - ticket.done_at, _SINCE))
        rows.append(marks)
    return rows


def _shared_marks(text: str, scores: Mapping[str, float], acts: Sequence[str], line: Line) -> Marks:
    marks: Marks = {"bias": 1.0, "length": min(len(text), 60) / 30}
    marks.update({f"words {act}": max(-6.0, min(6.0, scores[act] - scores["other"])) for act in acts})
    for act in read_act(text, line.role):
        marks[f"rule {act.value or act.does}{'' if act.plain else ' loose'}"] = 1.0
    if _ASKED.search(text):
        marks["question"] = 1.0
    if _NOTICE.search(text):
        marks["notice"] = 1.0
    if line.photo:
        marks["photo"] = 1.0
    return marks


def _ties(ties: Sequence[float], place: int) -> Marks:
    mine = ties[place]
    others = [tie for at, tie in enumerate(ties) if at != place]
    best = max(others, default=0.0)
    marks: Marks = {"tie": max(-0.5, min(2.0, mine))}
    if others and mine >= best + 0.3:
        marks["tied best"] = 1.0
    if others and best >= max(mine, 0.0) + 0.3:
        marks["tied worse"] = 1.0
    return marks


def _standing(view: Window, ticket: Known, tickets: Sequence[Known]) -> Marks:
    """How near the line stands to the ticket, in the talk and by what it answers."""
    line = view.line
    pointed = view.pointed()
    answers = line.quotes is not None or line.replies_to is not None
    marks: Marks = {}
    flags = {
        "pointed": ticket in pointed,
        "points elsewhere": answers and bool(pointed) and ticket not in pointed,
        "answers him": line.replies_to_speaker is not None and ticket.reporter == line.replies_to_speaker,
        "mentions": any(old.speaker == ticket.reporter for old in view.scene.recent if old.name in line.mentions),
        "other group": not view.here(ticket),
        "rivals": len(tickets) > 1,
        "latest": len(tickets) > 1 and all(t.last_at <= ticket.last_at for t in tickets),
        "spoke": any(ticket.id in old.tickets for old in view.own_lines(timedelta(hours=12))),
    }
    marks.update({name: 1.0 for name, on in flags.items() if on})
    for steps, old in enumerate(view.lately(SPELL, 4)):
        if ticket.id in old.tickets:
            marks["near"] = 1.0 - 0.25 * steps
            marks[f"near {'resident' if old.role == 'resident' else 'staff'}"] = 1.0
            break
    return marks


def _question_before(view: Window) -> Line | None:
    """The resident's question that stands just before."""
    last = next(iter(view.lately(SPELL, 1)), None)
    asks = last is not None and last.role == "resident" and bool(_ASKED.search(last.text))
    return last if asks else None


def _called(view: Window) -> bool:
    """Another of the staff has just called on the speaker, by name or department: 老周你去看一眼, 转交警小文."""
    name = re.sub(r"[（(].*$", "", view.line.name)
    parts = {name[-2:], name[:2]} if len(name) >= 4 else {name[-2:]}
    return any(
        len(part) == 2 and part in old.text and old.role != "resident" and old.speaker != view.line.speaker
        for old in view.lately(SPELL, 3)
        for part in parts
    )


def _first_since(view: Window, ticket: Known) -> bool:
    """The speaker has not said anything here since it was done."""
    return not any(
        old.speaker == view.line.speaker and ticket.done_at is not None and old.sent_at > ticket.done_at
        for old in view.scene.recent
    )


def _bucket(gap: timedelta, limits: Sequence[tuple[str, int]]) -> Marks:
    minutes = gap.total_seconds() / 60
    return {next(name for name, limit in limits if minutes <= limit): 1.0}


def names_something(words: Gist) -> bool:
    """A thing, a number or a spot stands in the words."""
    return bool(words.things or words.numbers or words.spots)
