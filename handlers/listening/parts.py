"""A line that tells of two matters is heard as two: each part is read, and does what it would do alone."""

from __future__ import annotations

from dataclasses import replace

from domain.listening import Acts, Heard, Joins, Line, Opens, Scene, Step
from handlers.listening.details import PRIVATE
from handlers.listening.needed import names_trouble
from handlers.listening.opening import report
from handlers.listening.story import Read
from handlers.listening.talk import hear_resident
from handlers.listening.window import SELLING, Window, window
from nlu.matters import counted, parts
from nlu.similar import gist

TOLD = 0.6  # of a report, in each part after the first


def with_parts(scene: Scene, read: Read) -> Scene:
    """The scene with the parts of a resident's line, if it tells of several matters: the same line, each with the words
    and the reading of one part. Cries of danger stay whole."""
    line = scene.line
    if line.role != "resident" or line.edits is not None or line.reading.urgency == 3:
        return scene
    told = parts(line.text)
    if len(told) == 1 or PRIVATE.search(line.text) or SELLING.search(line.text):
        return scene
    heard = tuple(replace(line, text=one, reading=read(one, line.tier, line.sent_at)) for one in told)
    if any(one.reading.urgency == 3 for one in heard) or not any(_reports(one) for one in heard[1:]):
        return scene
    # What he answers is in the first words; the rest is of something else.
    rest = (replace(one, replies_to=None, replies_to_speaker=None, quotes=None) for one in heard[1:])
    return replace(scene, parts=(heard[0], *rest))


def _reports(part: Line) -> bool:
    return part.reading.confidence >= TOLD and (names_trouble(part.text) or bool(gist(part.text).things))


def hear_parts(scene: Scene) -> Heard:
    """What all parts do, in their order; the speaker is asked one question at most. Whoever counts his matters up means
    each of them: one that is raised raises the others."""
    steps: list[Step] = []
    why: list[str] = []
    meant: set[int] = set()
    each_meant = counted(scene.line.text)
    for at, part in enumerate(scene.parts):
        view = _alone(scene, part, at, meant)
        heard = hear_resident(view)
        if each_meant and not heard.steps:
            heard = report(view, floor=0.0) or heard
        meant |= {step.ticket for step in heard.steps if isinstance(step, Joins | Acts)}
        for step in heard.steps:
            if isinstance(step, Opens) and any(isinstance(one, Opens) and one.ask_where for one in steps):
                step = replace(step, ask_where=False)
            steps.append(step)
        why += heard.why
    if not steps:
        return hear_resident(window(scene))
    if each_meant and any(isinstance(step, Opens) and step.sure for step in steps):
        steps = [replace(step, sure=True) if isinstance(step, Opens) else step for step in steps]
    return Heard(tuple(steps), ("一句话说了几件事", *why))


def _alone(scene: Scene, part: Line, at: int, meant: set[int]) -> Window:
    """The part as if it had been said alone: his lines just before go with the first, and what the parts before it
    `meant` is not meant again."""
    if at == 0:
        return window(replace(scene, line=part, parts=()))
    recent = tuple(old for old in scene.recent if old.speaker != part.speaker)
    tickets = tuple(ticket for ticket in scene.tickets if ticket.id not in meant)
    return window(replace(scene, line=part, parts=(), story=(), recent=recent, tickets=tickets))
