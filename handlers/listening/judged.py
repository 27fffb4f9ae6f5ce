"""What staff's words do, by wording and situation together: 走着, 焊上了, 十点前, one line for two tickets."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Acts, AsksWhich, Deed, Heard, Known, Step
from handlers.listening.act_odds import likeliest, names_something
from handlers.listening.alarms import at_ease, in_drill
from handlers.listening.alikeness import told_alike
from handlers.listening.answered_alarm import out_of_danger, to_the_alarm
from handlers.listening.door_named import TOGETHER, doors_in, is_there, meant_by_door, meant_together
from handlers.listening.ended import ends_every_one
from handlers.listening.mood import hushed, tells_of_old
from handlers.listening.notes import one_call
from handlers.listening.settling import told_at_play
from handlers.listening.staff_words import TAKES_OVER, handed_up, hear_staff
from handlers.listening.weigh import DRILL
from handlers.listening.window import RATING_TIME, Window
from nlu.act_model import act_scores
from nlu.categories import names_category
from nlu.clauses import clauses
from nlu.handing import hands_on
from nlu.similar import gist
from nlu.staff_acts import department_named
from nlu.threads import words_tie

SURE = 0.6  # that the line does something to any of the tickets
SURE_AGAIN = 0.65  # that what was told as done is told so once more
LEAST = 0.25  # to the likeliest of them
SURE_OF_A_DRAFT = 0.62  # that of which only staff have been told, and who speaks may not have meant it
SURE_FROM_AFAR = 0.7  # in another group than where it was told
AT_WORK = 0.6  # a line that sounds like a visit
AHEAD = 0.2  # of the rarity of what the words share with one ticket and no other: then it is meant (亭子: 三号亭)
FAR_AHEAD = 0.5  # beside what is in hand, one that its reporter has called good is meant
TIED = 0.1  # two tickets so close cannot be told apart
TOUCHES = 0.4  # a ticket of another group whose words the line shares so far may be meant
TELLS_APART = 0.7  # a clause that ties so well to a ticket means that one

# The word alone, by whoever has the ticket in hand, says that it is done.
_ALL_DONE = re.compile(r"^(?:都|全)?(?:搞定|搞掂|弄好|修好|完工|收工)(?:了|啦|咯|哈|喽)?[。！!~ ]*$")

Judged = tuple[float, Known, Deed]


def staff_deeds(view: Window) -> Heard | None:
    """The acts in a line of staff. Rules speak first where a line does several things or puts a category right."""
    line = view.line
    if not line.text.strip() or DRILL.search(line.text):
        return None
    ruled = hear_staff(view)
    if ruled is not None and (any(_is_special(step) for step in ruled.steps) or _in_one(view, ruled)):
        return _and_claims(view, ruled)
    every = ends_every_one(view)
    if every:
        return Heard(tuple(Acts(one.id, "done", note=view.text) for one in every), ("员工的话：都办好了",))
    if ruled is not None and _is_certain(view, ruled.steps[0]):
        return ruled
    of_alarm = to_the_alarm(view) or out_of_danger(view)
    if of_alarm is not None:
        return of_alarm
    tickets = candidates(view)
    parts = _together(view, tickets) or _parts(view, tickets)
    found: dict[int, Judged] = {}
    for text, meant in parts:
        judged = _judge(view, meant, text)
        if len(parts) == 1 and isinstance(ruled, Heard) and _cannot_tell(view, ruled, judged):
            return ruled
        if len(parts) == 1 and (not judged or judged[0][2] == "done"):
            judged = _done_again(view, meant if judged else []) or judged
        if judged:
            found.setdefault(judged[0][1].id, judged[0])
    steps: list[Step] = []
    for _, ticket, deed in found.values():
        to = department_named(line.text) if deed == "transfer" else None
        steps.append(Acts(ticket.id, deed, to, note=line.text))
    why = tuple(f"员工的话：{deed} {chance:.2f}" for chance, _, deed in found.values())
    return Heard(tuple(steps), why) if steps else None


def at_work(view: Window) -> bool:
    """What sounds like a visit does something to a ticket that the speaker has in hand or answers."""
    if not one_call(view):
        return False
    judged = _judge(view, candidates(view), None)
    return bool(judged) and judged[0][0] >= AT_WORK and (view.holds(judged[0][1]) or judged[0][1] in view.pointed())


def _and_claims(view: Window, ruled: Heard) -> Heard:
    """ "归到装修里，我上去叫停": whoever puts a category right may take the matter with the same breath."""
    step = ruled.steps[0]
    if len(ruled.steps) > 1 or not isinstance(step, Acts) or step.does != "correct_category":
        return ruled
    ticket = view.tickets[step.ticket]
    rest = "，".join(clause for clause in clauses(view.text) if not names_category(clause))
    taken = [one for one in _judge(view, [ticket], rest) if one[2] == "claim"] if rest and ticket in view.live() else []
    return Heard((step, Acts(ticket.id, "claim", note=rest)), ruled.why) if taken else ruled


def _in_one(view: Window, ruled: Heard) -> bool:
    """Several tickets taken by one line, each by its clause, or handed to whom it names (秋千先拦上，垃圾我转环卫了);
    told as done together only where the line says so."""
    deeds = {step.does for step in ruled.steps if isinstance(step, Acts)}
    if len(ruled.steps) < 2:
        return False
    handed = deeds == {"claim", "transfer"} and any(hands_on(clause) for clause in clauses(view.text))
    return handed or deeds == {"claim"} or (len(deeds) == 1 and bool(TOGETHER.search(view.text)))


def _is_special(step: Step) -> bool:
    """Its words are a formula: nothing else says 报上去 or 改成投诉."""
    return isinstance(step, Acts) and step.does in ("correct_category", "rate", "escalate")


def _is_certain(view: Window, step: Step) -> bool:
    """What was sent up is taken over (我来牵头), or the card of what is told as done is the one answered."""
    if not isinstance(step, Acts):
        return False
    ticket = view.tickets[step.ticket]
    if step.does == "claim":
        return bool(TAKES_OVER.search(step.note)) and handed_up(view, ticket)
    if step.does == "transfer" and any(hands_on(clause) for clause in clauses(view.text)):
        return True  # to an office or a name: nothing else says so
    if step.does == "done" and _ALL_DONE.match(view.text) and view.holds(ticket):
        return True
    scores = act_scores(view.text, "staff")
    told_done = step.does == "done" and max(scores, key=lambda name: scores[name]) == "done"
    return told_done and ticket in view.pointed() and hear_staff(view, plainly=True) is not None


def _cannot_tell(view: Window, ruled: Heard, judged: list[Judged]) -> bool:
    if not isinstance(ruled.steps[0], AsksWhich):
        return False
    if not names_something(gist(view.text)) and not _shares_what_is_rare(view):
        return True
    return len(judged) > 1 and judged[0][0] - judged[1][0] < TIED


def _shares_what_is_rare(view: Window) -> bool:
    alike = told_alike(view, view.text, candidates(view))
    return any(marks["rare ahead"] >= AHEAD for marks in alike)


def _together(view: Window, tickets: list[Known]) -> list[tuple[str | None, list[Known]]]:
    """The line as a whole with each of several tickets, if it takes them all."""
    each = [(ticket, _judge(view, [ticket], None)) for ticket in meant_together(view, tickets)]
    taken = [ticket for ticket, judged in each if judged and judged[0][2] == "claim"]
    return [(None, [ticket]) for ticket in taken] if len(taken) > 1 else []


def _parts(view: Window, tickets: list[Known]) -> list[tuple[str | None, list[Known]]]:
    """The line as a whole with all the tickets that it could mean; or in parts, where its clauses name several."""
    groups: dict[int, list[str]] = {}
    current: Known | None = None
    by_door = False  # what follows a door is said of it, until the next one
    lead: list[str] = []
    for clause in clauses(view.text):
        words = gist(clause)
        ties = [(words_tie(words, ticket.where, ticket), ticket) for ticket in tickets]
        best = max(ties, key=lambda pair: pair[0], default=None)
        at_door = meant_by_door(view, clause, tickets)
        if at_door is not None:
            current, by_door = at_door, True
        elif not by_door and best is not None and best[0] >= TELLS_APART and names_something(words):
            current = best[1]
        if current is None:
            lead.append(clause)
        else:
            groups.setdefault(current.id, []).append(clause)
    if len(groups) < 2:
        there = None if view.pointed() else meant_by_door(view, view.text, [*tickets, *_ended(view, tickets)])
        return [(None, tickets if there is None else [one for one in tickets if one is there])]
    first = next(iter(groups))
    groups[first] = lead + groups[first]
    return [("，".join(said), [view.tickets[number]]) for number, said in groups.items()]


def candidates(view: Window) -> list[Known]:
    """Open tickets of this group, talked of here or in the speaker's hands; others only where the words tie."""
    words = gist(view.text)
    pointed = view.pointed()
    doors = doors_in(view.text)
    return [
        ticket
        for ticket in view.live()
        if ticket in pointed
        or view.here(ticket)
        or view.holds(ticket)
        or any(is_there(view, door, ticket) for door in doors)
        or words_tie(words, view.line.reading.where, ticket) >= TOUCHES
    ]


def _done_again(view: Window, rivals: list[Known]) -> list[Judged]:
    """What was told as done has been finished since: the later word counts. Judged as if it had still been in hand,
    beside the `rivals`, which are in hand."""
    ended = [replace(one, status="taken", done_at=None, rated=False) for one in _ended(view, rivals)]
    there = meant_by_door(view, view.text, [*rivals, *ended])
    if there is not None and there in ended:
        rivals, ended = [], [there]
    if not ended:
        return []
    seen = replace(view, tickets=view.tickets | {ticket.id: ticket for ticket in ended})
    scores = act_scores(view.text, "staff")
    found = [
        (chance, view.tickets[ticket.id], deed)
        for ticket, deed, chance, _ in likeliest(seen, [*rivals, *ended], scores)
        if ticket in ended and deed == "done" and chance >= (SURE if rivals else SURE_AGAIN)
    ]
    return sorted(found, key=lambda one: one[0], reverse=True)


def _meant_before(view: Window, ticket: Known, rivals: list[Known]) -> bool:
    """The words share more with it than with anything that is in hand."""
    return told_alike(view, view.text, [ticket, *rivals])[0]["rare ahead"] >= FAR_AHEAD


def _ended(view: Window, rivals: list[Known]) -> list[Known]:
    """What was told as done here lately; beside others that are in hand not what its reporter has called good."""
    return [
        ticket
        for ticket in view.tickets.values()
        if ticket.status in ("done", "closed")
        and ticket.assignee is not None
        and ticket.done_at is not None
        and view.line.sent_at - ticket.done_at <= RATING_TIME
        and (view.here(ticket) or ticket in view.pointed())
        and (not rivals or not ticket.rated or _meant_before(view, ticket, rivals))
    ]


def _judge(view: Window, tickets: list[Known], text: str | None) -> list[Judged]:
    """What the words do and to which ticket, the likeliest first; nothing below its bound."""
    scores = act_scores(view.text if text is None else text, "staff")
    quiet, drill = hushed(view) or tells_of_old(view) or at_ease(view), in_drill(view)
    each = list(likeliest(view, tickets, scores, text))
    if sum(of_any for *_, of_any in each) < SURE:
        return []
    found: list[Judged] = []
    for ticket, deed, chance, of_any in each:
        loose = ticket.status == "proposed" and ticket not in view.pointed()
        if loose and (drill or (not ticket.voices and (quiet or told_at_play(view, ticket)))):
            continue  # a word among tales and jokes, or in a drill, settles nothing that one alone has told
        near = ticket.status != "proposed" and (view.here(ticket) or view.holds(ticket))
        need = LEAST if near else SURE_OF_A_DRAFT if view.here(ticket) else SURE_FROM_AFAR
        if of_any >= need:
            found.append((chance, ticket, deed))
    return sorted(found, key=lambda one: one[0], reverse=True)
