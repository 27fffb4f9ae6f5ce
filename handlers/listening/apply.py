"""Carries out what was decided: each step becomes a deed on a ticket or an entry in the diary."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import structlog

from domain.errors import Refused
from domain.listening import Acts, AsksWhich, Heard, Joins, Line, Notes, Opens, Scene
from domain.messages import Account, Button, Edited, Outgoing, Priority, Said
from domain.people import Action
from domain.reading import CATEGORIES
from domain.tickets import Ticket
from handlers import recipients
from handlers.answers import among_residents, here, language
from handlers.cards import residents_key
from handlers.care.doors import place_of as door_of
from handlers.care.entries import Round, answer_round, write
from handlers.context import Context, Speaker
from handlers.deeds import closing, correcting, fearing, handling, helping, opening, passing
from handlers.deeds.emergencies import advice
from handlers.deeds.privacy import is_sensitive
from handlers.listening.details import summary
from handlers.listening.place import area_of, named_seat
from handlers.texts import say
from handlers.wording import phrase

log = structlog.get_logger()

SCRAP = 5  # characters
TELLS = 0.8  # of the reader: such a line says what it is about
# A report told in private by somebody of whom nobody knows where he lives.
UNPLACED = "listening.where_do_you_live"


def apply(
    ctx: Context, speaker: Speaker, said: Said, scene: Scene, heard: Heard
) -> tuple[list[Outgoing], tuple[str, ...]]:
    """What to say, and why (the decision's reasons with what came of them).

    Mere talk is never answered with a refusal: what the speaker may not do is only noted.
    """
    outgoing: list[Outgoing] = []
    why = list(heard.why)
    round_ = Round()
    for place, step in enumerate(heard.steps):
        try:
            # A new ticket is refused, if at all, before anything of it is written; what joins one changes only what may
            # still be changed.
            with nullcontext() if isinstance(step, Opens | Joins) else ctx.store.step():
                if isinstance(step, Notes):
                    ctx.store.lines.keep((scene.line.id, *step.lines))
                    round_.written[place] = write(ctx, speaker, step, scene.line.id)
                else:
                    outgoing += _carry_out(ctx, speaker, said, scene, round_, step)
        except Refused as refused:
            why.append(f"refused: {refused.key}")
            log.info("step_refused", step=type(step).__name__, key=refused.key, line=scene.line.id)
            if refused.key == UNPLACED and speaker.private:
                # He has told it to us alone: silence would be taken for a receipt.
                outgoing.append(here(speaker, _where(ctx, speaker, scene, step)))
    return outgoing + answer_round(ctx, speaker, round_), tuple(why)


def _where(ctx: Context, speaker: Speaker, scene: Scene, step: object) -> str:
    """Asks where he is; where there is danger, what to do at once stands above it."""
    tongue = language(ctx, speaker)
    if isinstance(step, Opens) and step.category == "emergency":
        return "\n".join([advice(ctx, scene.line.text, tongue), say("listening.where_is_danger", tongue)])
    return say(UNPLACED, tongue)


def _carry_out(
    ctx: Context, speaker: Speaker, said: Said, scene: Scene, round_: Round, step: Opens | Joins | Acts | AsksWhich
) -> list[Outgoing]:
    match step:
        case Opens():
            return _open(ctx, speaker, scene, step, round_)
        case Joins():
            return _join(ctx, speaker, scene, step)
        case Acts():
            earlier = next((one for one in scene.recent if one.id == step.line), scene.line)
            found = _act(ctx, _speaker_of(ctx, speaker, earlier), said, step)
            ctx.store.tickets.attach_line(step.ticket, step.line or scene.line.id, "act")
            return found
        case AsksWhich():
            return _ask_which(ctx, speaker, said, step)


def _open(ctx: Context, speaker: Speaker, scene: Scene, step: Opens, round_: Round) -> list[Outgoing]:
    visit = round_.written.get(step.visit) if step.visit is not None else None
    home = visit.door.household if visit is not None else None
    seat = speaker.seat or named_seat(ctx, step.where.estate)
    if seat is None:
        raise Refused(UNPLACED)
    said_in = {line.id: line for line in (*scene.recent, scene.line)}
    lines = [said_in[one] for one in step.lines if one in said_in] or [scene.line]
    reading = scene.line.reading
    ticket, outgoing = opening.open_ticket(
        ctx,
        _reporter(ctx, speaker, lines),
        opening.Opening(
            lines=tuple(line.id for line in lines),
            category=step.category,
            urgency=step.urgency,
            where=door_of(home) if home is not None else step.where,
            summary=step.summary,
            text="\n".join(line.text for line in lines if line.text),
            nature=reading.nature,
            tags=reading.tags,
            sure=step.sure,
            private=step.private or speaker.private,
            on_behalf_of=step.on_behalf_of,
            reopens=step.reopens,
            ask_where=step.ask_where and ctx.settings.listening.ask_where,
            confidence=reading.confidence,
            why=(*scene.line.reading.why,),
            area=home.area if home is not None else area_of(ctx, seat, step.where),
            group=speaker.group,
            feared=step.feared,
        ),
    )
    for line in lines:
        if line.speaker != lines[0].speaker:
            ctx.store.tickets.add_voice(ticket.id, line.speaker, line.name, ctx.now)
    if visit is not None and step.visit is not None:
        ctx.store.diary.became(visit.entry.id, ticket.id)
        round_.tickets[step.visit] = ticket.number
        if not among_residents(speaker):
            # The answer to the visit says that it is registered; the reporter's own card would say it a second time.
            mine = (Account(speaker.account.id), speaker.at)
            outgoing = [one for one in outgoing if one.card != residents_key(ticket.id) or one.to not in mine]
    return outgoing


def _reporter(ctx: Context, speaker: Speaker, lines: list[Line]) -> Speaker:
    """The one who said the first of the lines reports it."""
    return _speaker_of(ctx, speaker, lines[0])


def _speaker_of(ctx: Context, speaker: Speaker, line: Line) -> Speaker:
    """Who said a line of this room."""
    if line.speaker == speaker.account.id:
        return speaker
    account = ctx.store.people.account_by_id(line.speaker)
    actor = ctx.store.people.actor(account, ctx.settings.sensitive.people)
    return replace(speaker, account=account, actor=actor, line=line.id)


def _join(ctx: Context, speaker: Speaker, scene: Scene, step: Joins) -> list[Outgoing]:
    ticket = ctx.store.tickets.get(step.ticket)
    known = any(voice.account == speaker.account.id for voice in ctx.store.tickets.voices(ticket.id))
    outgoing: list[Outgoing] = []
    for earlier in step.lines:
        outgoing += opening.join(ctx, speaker, ticket, line=earlier)
    line = scene.line
    outgoing += opening.join(
        ctx,
        speaker,
        ctx.store.tickets.get(step.ticket),
        line=scene.line.id,
        voice=step.voice,
        where=step.where,
        category=step.category,
        urgency=step.urgency,
        private=step.private,
        sensitive=bool(step.private) and is_sensitive(line.text),
        summary=_wording(ctx, line, ticket, step),
    )
    if step.sure:
        joined = ctx.store.tickets.get(step.ticket)
        if joined.status == "proposed":
            outgoing += opening.settle(ctx, speaker, joined, line.id)
    if step.feared:
        outgoing += fearing.ask_anew(ctx, speaker, ctx.store.tickets.get(step.ticket))
    if speaker.private and step.voice and not known:
        # In the group the card counts him in; in private he sees no card.
        outgoing.append(here(speaker, say("private.joined", language(ctx, speaker), number=ticket.number)))
    return outgoing


def _wording(ctx: Context, line: Line, ticket: Ticket, step: Joins) -> str | None:
    """What the ticket is called from now on: its first words said anew, the danger that it has come to before those,
    or a scrap (又坏了) with what tells more."""
    if _rewords(ctx, line, ticket.id):
        return line.text
    if step.urgency == 3 > ticket.urgency and line.edits is None:
        return summary(replace(line, text=f"{line.text}，{ticket.summary}"))
    if len(ticket.summary) <= SCRAP and line.edits is None and line.reading.confidence >= TELLS:
        return summary(replace(line, text=f"{ticket.summary}，{line.text}"))
    return None


def _rewords(ctx: Context, line: Line, ticket: int) -> bool:
    """Whether this is another wording, be it the third, of what the ticket began with."""
    first = ctx.store.tickets.lines_of(ticket)[:1] if line.edits is not None else []
    older: Line | None = line
    while older is not None and older.edits is not None:
        if [older.edits] == first:
            return True
        older = ctx.store.lines.get(older.edits, line.tier)
    return False


def _act(ctx: Context, speaker: Speaker, said: Said, step: Acts) -> list[Outgoing]:
    ticket = ctx.store.tickets.get(step.ticket)
    note = step.note or said.text
    match step.does:
        case "claim":
            return helping.claim_or_help(ctx, speaker, ticket)
        case "done" if ticket.status in ("done", "closed"):
            return handling.finish_again(ctx, speaker, ticket, note)
        case "done" if step.line is not None:
            # The rating that follows puts the cards right, and nobody need be asked for one.
            handling.finish(ctx, speaker, ticket, note)
            return []
        case "done":
            return handling.finish(ctx, speaker, ticket, note, said.media)
        case "escalate":
            return handling.escalate(ctx, speaker, ticket, note, told=True)
        case "transfer":
            passed = handling.transfer(ctx, speaker, ticket, step.to or note)
            return [*passed, *passing.unheard(ctx, speaker, ticket)]
        case "rate" if step.value != "unsatisfied" and closing.has_praised(ctx, speaker, ticket):
            return closing.praise_again(ctx, speaker, ticket, said.text)
        case "rate":
            return closing.rate(ctx, speaker, ticket, 3 if step.value == "unsatisfied" else 1, said.text)
        case "withdraw":
            # Nobody is shown that a line was edited, so his neighbours have not heard it.
            aloud = speaker.group is not None and not isinstance(said, Edited)
            return closing.withdraw(ctx, speaker, ticket, said.text, aloud=aloud)
        case "reopen":
            return closing.reopen(ctx, speaker, ticket, said.text)
        case "reject":
            return correcting.reject(ctx, speaker, ticket)
        case "correct_category":
            category = next((code for code in CATEGORIES if code == step.to), None)
            if category is None:
                raise Refused("refused.needs_target", number=ticket.number)
            return correcting.correct(ctx, speaker, ticket, category=category)


def _ask_which(ctx: Context, speaker: Speaker, said: Said, step: AsksWhich) -> list[Outgoing]:
    """Asked of the worker in private if he can be reached there, else as a reply; never a guess, nor of what he may
    not know. What is not for the room stands there by its number alone."""
    tongue = ctx.settings.office.language
    found = [ctx.store.tickets.get(one) for one in step.tickets[:5]]
    choices = [one for one in found if recipients.may(ctx, speaker.actor, Action.SEE_TICKET, one)]
    if not choices:
        return []
    verb = say(f"listening.verb.{step.does}", tongue)
    several = len(choices) > 1
    private = speaker.account.chat is not None and not speaker.private
    alone = private or speaker.private

    def label(one: Ticket) -> str:
        hidden = not alone and (among_residents(speaker) or recipients.is_discreet(one))
        return one.number if hidden else f"{one.number} {phrase(one.summary) or one.summary[:14]}"

    return [
        Outgoing(
            to=replace(speaker.at, chat=speaker.account.chat, thread=None)
            if private and speaker.account.chat
            else speaker.at,
            text=say("listening.which", tongue) if several else say("listening.is_it", tongue, what=label(choices[0])),
            buttons=tuple(Button(label(one), f"{verb} {one.number}") for one in choices),
            mode="new" if private else "reply",
            replies_to=None if private else said.id,
            priority=Priority.ANSWER,
            silent=True,
            once=f"which:{speaker.line}",
        )
    ]
