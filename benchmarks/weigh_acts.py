"""Fits handlers/listening/act_weights.py on labelled conversations played with the right decisions, and with our own.

python -m benchmarks.weigh_acts [staff|resident] benchmarks/data/conversations-[2-8].jsonl      (needs scikit-learn)

With `staff` or `resident` the other table stays as it is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import CLOSED_STAY, RECENT_LINES, RECENT_TIME, Play, Reads
from benchmarks.weigh_listening import apart, apply_true, true_steps, unseen_table
from domain.listening import Known, Line, Scene
from handlers.listening import act_odds, rating
from handlers.listening.act_odds import resident_able, resident_marks, staff_able, staff_marks
from handlers.listening.judged import candidates
from handlers.listening.notes import noted, one_call
from handlers.listening.odds import Marks
from handlers.listening.rating import may_speak_of
from handlers.listening.window import Window, window
from nlu import act_model
from nlu.act_model import Who, pieces
from nlu.classify import Weights, load

STAFF = ("claim", "done", "transfer", "escalate")
RESIDENT = ("good", "bad", "withdraw")
STRENGTH = 0.5
OPTIONAL = 0.5  # what a line counts that is right with or without its act
TARGET = Path(__file__).resolve().parents[1] / "handlers" / "listening" / "act_weights.py"

Tables = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line before the tickets that it could mean: what speaks for each, what can be done to each, what is."""

    marks: list[Marks]
    able: list[tuple[str, ...]]
    right: list[str | None]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Choices:
    staff: list[Choice]
    resident: list[Choice]


def scores_by(table: Weights, text: str, who: Who) -> dict[str, float]:
    found = table.scores(pieces(text), ())
    return {head.removeprefix(f"{who}:"): score for head, score in found.items() if head.startswith(f"{who}:")}


def collect(conversation: dict[str, Any], reader: Reads, table: Weights, found: Choices, *, own: bool) -> None:
    """The choices of one conversation; `own`: before the tickets that our own decisions made of it."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    seen: list[tuple[Window, dict[int, Known]]] = []
    for message in conversation["messages"]:
        line = line_of(play, with_quote(message, conversation))
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        seen.append((seen_from(play, line), {t.known.id: t.known for t in play.tickets.values()}))
        if own:
            play.hear(line)
        else:
            apply_true(play, line, steps.get(line.id, []))
    gold = _told_apart(conversation, play) if own else {number: number for number in play.tickets}
    for view, _ in seen:
        labels = {number: act for kind, number, act in steps.get(view.line.id, []) if kind == "act"}
        if view.line.text.strip() and view.line.edits is None:
            _add(view, labels, gold, table, found)


def _told_apart(conversation: dict[str, Any], play: Play) -> dict[int, int]:
    """Which of the labelled tickets (numbered as they open) each of ours is: the one of most lines in common."""
    tickets = sorted(conversation["expect"]["tickets"], key=lambda ticket: ticket["from"][0])
    pairs = []
    for number, ticket in play.tickets.items():
        mine = set(ticket.known.lines)
        for place, wanted in enumerate(tickets, 1):
            theirs = set(wanted["from"])
            if mine & theirs:
                pairs.append((len(mine & theirs) / len(mine | theirs), -place, number, place))
    found: dict[int, int] = {}
    for _, _, number, place in sorted(pairs, reverse=True):
        if number not in found and place not in found.values():
            found[number] = place
    return found


def with_quote(message: dict[str, Any], conversation: dict[str, Any]) -> dict[str, Any]:
    """The message with the ticket whose card it quotes named by one of its lines, as the listener is shown it."""
    card = message.get("reply_to_card")
    if card is None:
        return message
    return {**message, "reply_to_card_about": conversation["expect"]["tickets"][card]["from"][0]}


def seen_from(play: Play, line: Line) -> Window:
    """What the listener sees of the history at this line."""
    since = line.sent_at - RECENT_TIME
    recent = tuple(old for old in play.lines if old.group == line.group and old.sent_at >= since)[-RECENT_LINES:]
    older = tuple(old for old in play.lines if old.id == line.replies_to and old not in recent)
    tickets = tuple(
        t.known
        for t in play.tickets.values()
        if not t.withdrawn and (t.known.done_at is None or t.known.done_at >= line.sent_at - CLOSED_STAY)
    )
    return window(Scene(line, older + recent, tickets, play.homes[line.group], play.estates))


def _add(
    view: Window, labels: Mapping[int, dict[str, Any]], gold: Mapping[int, int], table: Weights, found: Choices
) -> None:
    right: list[str | None]
    if view.line.role == "resident":
        tickets = [ticket for ticket in view.tickets.values() if may_speak_of(view, ticket)]
        scores = scores_by(table, view.text, "resident")
        marks, able, into = resident_marks, [resident_able(view, ticket) for ticket in tickets], found.resident
    else:
        heard = noted(view)
        if heard is not None and heard.steps and not one_call(view):
            return
        tickets = candidates(view)
        scores = scores_by(table, view.text, "staff")
        marks, able, into = staff_marks, [staff_able(view, ticket) for ticket in tickets], found.staff
    if not tickets:
        return
    acts = [labels.get(gold.get(ticket.id, 0)) for ticket in tickets]
    right = [named(act) if act is not None else None for act in acts]
    if any(name is not None and name not in can for name, can in zip(right, able, strict=True)):
        return  # it says again what has come true before, or puts a category right, which the words alone tell
    optional = any(act.get("optional") for act in acts if act is not None)
    into.append(Choice(marks(view, tickets, scores), able, right, OPTIONAL if optional else 1.0))


def named(act: Mapping[str, Any]) -> str:
    """The class of a labelled act: a rating is good or bad."""
    if act["does"] == "rate":
        return "bad" if act.get("value") == "unsatisfied" else "good"
    return str(act["does"])


def learn(choices: Sequence[Choice], classes: tuple[str, ...], strength: float = STRENGTH) -> Tables:
    """Weights under which what was done is likeliest (one choice among all tickets and deeds, or none), kept small."""
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    shape = DictVectorizer()
    x = shape.fit_transform([marks for choice in choices for marks in choice.marks])
    line = np.repeat(np.arange(len(choices)), [len(choice.marks) for choice in choices])
    shut = np.array([[name not in can for name in classes] for choice in choices for can in choice.able])
    wanted = np.array([[name == right for name in classes] for choice in choices for right in choice.right], float)
    each = np.bincount(line, wanted.sum(axis=1), len(choices))
    wanted /= np.maximum(each, 1.0)[line][:, None]
    weight = np.array([choice.weight for choice in choices])
    free = list(shape.get_feature_names_out()).index("bias")
    held = np.ones((x.shape[1], 1))
    held[free] = 0.01

    def cost(flat: Any) -> tuple[float, Any]:
        w = flat.reshape(x.shape[1], len(classes))
        sums = np.where(shut, -np.inf, x @ w)
        parts = np.exp(np.minimum(sums, 30.0))
        whole = 1.0 + np.bincount(line, parts.sum(axis=1), len(choices))
        chance = parts / whole[line][:, None]
        told = np.bincount(
            line, np.where(wanted > 0, wanted * np.where(shut, 0.0, sums), 0.0).sum(axis=1), len(choices)
        )
        loss = float((weight * (np.log(whole) - told)).sum()) + float((held * w * w).sum()) / (2 * strength)
        slope = x.T @ ((chance - wanted) * weight[line][:, None]) + held * w / strength
        return loss, slope.ravel()

    found = minimize(cost, np.zeros(x.shape[1] * len(classes)), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    w = found.x.reshape(x.shape[1], len(classes))
    names = [str(name) for name in shape.get_feature_names_out()]
    return {
        name: {mark: round(float(w[row, at]), 2) for row, mark in enumerate(names) if round(float(w[row, at]), 2)}
        for at, name in enumerate(classes)
    }


def fit(told: Sequence[Choices], strength: float = STRENGTH) -> tuple[Tables, Tables]:
    staff = learn([choice for one in told for choice in one.staff], STAFF, strength)
    return staff, learn([choice for one in told for choice in one.resident], RESIDENT, strength)


@dataclass(frozen=True, slots=True)
class Beside:
    """One table for what is done to tickets, the shipped one for what else residents say."""

    acts: Weights
    talk: Weights

    def scores(self, grams: Iterable[str], signs: Iterable[str]) -> dict[str, float]:
        return {**self.talk.scores(grams, signs), **self.acts.scores(grams, signs)}


@contextmanager
def at_work(table: Weights, staff: Tables, resident: Tables) -> Iterator[None]:
    """The listener decides by these tables meanwhile."""
    model: Any = act_model
    before = model._weights, act_odds.STAFF, rating.RESIDENT
    mixed = Beside(table, load(act_model.MODEL))
    model._weights, act_odds.STAFF, rating.RESIDENT = lambda: mixed, staff, resident
    model.act_scores.cache_clear()
    try:
        yield
    finally:
        model._weights, act_odds.STAFF, rating.RESIDENT = before
        model.act_scores.cache_clear()


def gather(files: Sequence[Path], reader: Reads) -> list[Choices]:
    """The choices by parts of the files, each with wording scored by a table that has not seen it; first on the right
    history, then on the one that the listener makes when it is fitted on the others' right histories."""
    parts = apart(files)
    tables = [unseen_table(*(file.stem for file in part), whom=("staff", "resident")) for part in parts]
    told = [
        [row for file in part for row in file.read_text(encoding="utf-8").splitlines() if row.strip()] for part in parts
    ]
    right = [Choices([], []) for _ in parts]
    for place, rows in enumerate(told):
        for row in rows:
            collect(json.loads(row), reader, tables[place], right[place], own=False)
    both = [Choices(list(one.staff), list(one.resident)) for one in right]
    for place, rows in enumerate(told):
        with at_work(tables[place], *fit([one for at, one in enumerate(right) if at != place])):
            for row in rows:
                collect(json.loads(row), reader, tables[place], both[place], own=True)
    return both


def write(staff: Tables, resident: Tables) -> None:
    """The tables as source, one mark a line."""
    told = [
        '"""The weights of act_odds.py, written by `python -m benchmarks.weigh_acts`: a column for each class."""',
        "",
        "from __future__ import annotations",
        "",
        "",
        "def _columns(classes: str, rows: dict[str, tuple[float, ...]]) -> dict[str, dict[str, float]]:",
        "    names = classes.split()",
        "    return {name: {mark: row[at] for mark, row in rows.items()} for at, name in enumerate(names)}",
        "",
    ]
    for title, tables in (("STAFF", staff), ("RESIDENT", resident)):
        told += ["", f"{title} = _columns(", f'    "{" ".join(tables)}",', "    {"]
        for mark in sorted(set().union(*tables.values())):
            row = ", ".join(str(table.get(mark, 0.0)) for table in tables.values())
            told.append(f'        "{mark}": ({row}),')
        told += ["    },", ")"]
    TARGET.write_text("\n".join(told) + "\n", encoding="utf-8")


def main() -> None:
    only = sys.argv[1] if sys.argv[1:2] in (["staff"], ["resident"]) else ""
    found = gather([Path(name) for name in sys.argv[1 + bool(only) :]], load_reader())
    staff, resident = fit(found)
    write(act_odds.STAFF if only == "resident" else staff, rating.RESIDENT if only == "staff" else resident)
    print(f"{TARGET.name}: {sum(len(o.staff) for o in found)} lines of staff, {sum(len(o.resident) for o in found)}")


if __name__ == "__main__":
    main()
