"""Commands: finds one in what was said, finds the ticket that it is about, and has it carried out.

Talk must never be taken for a command: where nothing shows that we are spoken to, only a mark (# or /), or a
word nobody uses in talk with a ticket's number behind it, counts.
"""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

import handlers.commands
from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.people import RULES
from domain.tickets import Ticket
from handlers import recipients
from handlers.answers import among_residents, here, language, quietly
from handlers.asked import Command, Parsed, candidates, must_see, named, ticket_of_card
from handlers.context import Context, Speaker
from handlers.texts import say
from nlu.numbers import ZH

__all__ = ["COMMANDS", "Command", "Parsed", "parse", "run"]

# The most tickets that are offered when it is not clear which is meant.
OFFERED = 8
# Whom a mention at the beginning may name for the rest to be said to us.
_US = re.compile(r"机器人|小助手|民情|minqing|bot\b|_bot", re.IGNORECASE)
# Said alone, even unmarked, since our own cards and the notice on joining ask for just these words.
_ALONE = frozenset({"不是报事", "登记错了", "不记我"})

# Latin names with which an English sentence may well begin: with words they need a mark or a number.
_ENGLISH = frozenset(
    {"note", "place", "category", "visit", "diary", "bounce", "pause", "resume", "extend", "impossible", "approve"}
    | {"decline", "lead", "callback", "danger"}
)

# Full width to half, character by character, so that positions stay the same.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x200B: 0x20}
_END = r"(?=$|[\s,，。.:：;；!！?？、])"
_LABEL = r"(?:[一-鿿]{1,8}|[A-Za-z]{1,8}-?)"
_NUMBER = re.compile(rf"[\s,，:：]*(?P<number>#?\s?(?:{_LABEL}\s?)?\d{{1,7}}号?){_END}[\s,，。:：;；、]*")
_NUMBER_FIRST = re.compile(rf"\s*#?(?P<number>{_LABEL}?\d{{1,7}})号?[\s,，:：]+")
_MENTION = re.compile(r"\s*@(?P<who>[^\s@]+)\s*")
_MENTION_LAST = re.compile(r"\s+@(?P<who>[^\s@]+)\s*$")
_JOINT = " \t\r\n\u3000\xa0,，。.:：;；!！?？、"


def _registry() -> dict[str, Command]:
    found: dict[str, Command] = {}
    for module in iter_modules(handlers.commands.__path__):
        command: Command = import_module(f"handlers.commands.{module.name}").COMMAND
        for name in (command.name, command.latin, *command.aliases):
            if name in found:
                raise ValueError(f"two commands are called {name}")
            found[name] = command
    return found


COMMANDS: dict[str, Command] = _registry()

_NAMES = "|".join(re.escape(name) for name in sorted(COMMANDS, key=len, reverse=True))
_HEAD = re.compile(rf"\s*(?P<mark>[#/]\s?)?(?P<name>{_NAMES})(?:@[A-Za-z0-9_]+)?", re.IGNORECASE)


def parse(text: str, *, addressed: bool, staff: bool = True, private: bool = False) -> Parsed | None:
    """The command in a text, or None for talk. `addressed`: it was said to us (in private, in a staff group, as a
    reply to our card, with our name); `private`: to us alone. `staff` False: the words that only staff use are then
    talk in his mouth."""
    folded = text.translate(_WIDTH)
    start, end = 0, len(text)
    if (mention := _MENTION.match(folded)) is not None:
        if not _US.search(mention["who"]):
            return None
        addressed, start = True, mention.end()
    elif (last := _MENTION_LAST.search(folded)) is not None and _US.search(last["who"]):
        addressed, end = True, last.start()
    text, folded = text[start:end], folded[start:end]
    if (head := _HEAD.match(folded)) is not None:
        return _parsed(text, folded, head, addressed, staff, private)
    first = _NUMBER_FIRST.match(folded)
    if not addressed or first is None:
        return None
    head = _HEAD.match(folded, first.end())
    if head is None or COMMANDS[head["name"].lower()].move is None or not _ends(head, folded):
        return None
    words = text[head.end() :].strip(_JOINT)
    command = COMMANDS[head["name"].lower()]
    return Parsed(command, first["number"], words, words) if command.words != "none" or not words else None


def _parsed(text: str, folded: str, head: re.Match[str], addressed: bool, staff: bool, private: bool) -> Parsed | None:
    command = COMMANDS[head["name"].lower()]
    after = text[head.end() :].strip(_JOINT)
    number = _NUMBER.match(folded, head.end()) if command.move is not None else None
    if number is None and not _ends(head, folded) and not _counts(command, after):
        return None
    words = text[number.end() :].strip(_JOINT) if number is not None else after
    parsed = Parsed(command, number["number"] if number else None, words, after, head["mark"] is not None)
    if parsed.marked:
        return parsed
    if not addressed:
        return parsed if _unmistakable(parsed, folded, head) else None
    if not staff and number is None and not _for_all(command):
        return None
    if words and (command.words == "none" or (number is None and head["name"].lower() in _ENGLISH)):
        return None
    if words and command.alone and not private:
        return None
    # Behind "评价" a 3 is no ticket but what is said.
    if words and command.fits is not None and not command.fits(after if _score(parsed) else words):
        return None
    return parsed


def _ends(head: re.Match[str], folded: str) -> bool:
    """Whether the name ends there: 办结 灯换了, 走访3-2-402, not 今日份 or donkey."""
    following = folded[head.end() : head.end() + 1]
    if head["name"].isascii():
        return not (following.isalnum() and following.isascii()) and following not in ("_", "-", "'")
    return not following or following in _JOINT or following.isspace() or following in "0123456789"


def _counts(command: Command, after: str) -> bool:
    """请假三天: a numeral ends the name like a digit, where it is what the command asks for."""
    return after[:1] in f"{ZH}两" and command.fits is not None and bool(after) and command.fits(after)


def _for_all(command: Command) -> bool:
    rule = RULES[command.action]
    return rule.everybody or rule.own


def _unmistakable(parsed: Parsed, folded: str, head: re.Match[str]) -> bool:
    if folded.strip(_JOINT) in _ALONE:
        return True
    if not parsed.command.jargon or parsed.number is None or head["name"].isascii():
        return False
    if parsed.command.words == "none" and parsed.words:
        return False
    return parsed.command.fits is None or parsed.command.fits(parsed.words)


def run(ctx: Context, speaker: Speaker, parsed: Parsed) -> list[Outgoing]:
    """Carry it out: the answers, or Refused with what to do instead; then nothing was changed."""
    with ctx.store.step():
        return _run(ctx, speaker, parsed)


def _run(ctx: Context, speaker: Speaker, parsed: Parsed) -> list[Outgoing]:
    command = parsed.command
    if not command.offered_to(speaker):
        raise Refused("command.for_staff", command=command.name)
    if command.alone and parsed.after and not parsed.marked:
        return [_sure(ctx, speaker, parsed)]
    if command.move is None:
        return command.run(ctx, speaker, parsed.after, None)
    ticket, words = _ticket(ctx, speaker, parsed)
    if ticket is not None:
        return command.run(ctx, speaker, words, ticket)
    found = candidates(ctx, speaker, command)
    if not found:
        raise Refused("command.none_here", command=command.name)
    if len(found) == 1:
        return command.run(ctx, speaker, words, found[0])
    return [ask_which(ctx, speaker, command, found, words)]


def _sure(ctx: Context, speaker: Speaker, parsed: Parsed) -> Outgoing:
    """Is it meant? Pressed or with its mark it is done."""
    tongue = language(ctx, speaker)
    command = parsed.command
    meant = Button(say(f"command.{command.latin}.sure_button", tongue), f"#{command.name} {parsed.after}")
    return here(speaker, say(f"command.{command.latin}.sure", tongue, words=parsed.after), (meant,))


def _ticket(ctx: Context, speaker: Speaker, parsed: Parsed) -> tuple[Ticket | None, str]:
    """The ticket named, or the one whose card was replied to; and the words that go with it."""
    if parsed.number is not None:
        ticket = named(ctx, speaker, parsed.number)
        if ticket is not None:
            return ticket, parsed.words
        if not _score(parsed) and (parsed.command.words == "none" or _is_number(ctx, speaker, parsed.number)):
            raise Refused("command.no_such", number=parsed.number.strip("# "))
    words = parsed.after if parsed.number is not None else parsed.words
    on_card = ticket_of_card(speaker.card)
    if on_card is not None and (ticket := ctx.store.tickets.find(on_card)) is not None:
        return must_see(ctx, speaker, ticket), words
    return None, words


def _is_number(ctx: Context, speaker: Speaker, number: str) -> bool:
    """ "办结 换了灯2" has no ticket in it; "办结 阳光999" and "办结 999" mean one that is not there."""
    label = number.strip("#号 0123456789")
    chain = speaker.seat.chain if speaker.seat is not None else ()
    known = {name for area in chain for name in (area.label, area.name)}
    return not label or label in known or ctx.store.tickets.by_number(number) is not None


def _score(parsed: Parsed) -> bool:
    """ "评价 3", "回访 0": the digit is the answer, not a ticket."""
    return parsed.command.latin in ("rate", "callback") and parsed.number in ("0", "1", "2", "3")


def ask_which(ctx: Context, speaker: Speaker, command: Command, found: list[Ticket], words: str = "") -> Outgoing:
    """Which of these? A button for each; what is not for every eye in private, or else by number alone."""
    tongue = language(ctx, speaker)
    shown = found[:OFFERED]
    hidden = {one.id for one in shown if among_residents(speaker) or recipients.is_discreet(one)}
    alone = speaker.private or (bool(hidden) and speaker.account.chat is not None)
    text = say("command.which", tongue, command=command.name, example=f"{command.name} {shown[0].number}")
    buttons = tuple(
        Button(
            one.number if one.id in hidden and not alone else f"{one.number} {one.summary[:16]}",
            f"{command.name} {one.number} {words}".strip(),
        )
        for one in shown
    )
    return quietly(speaker, text, buttons) if hidden else here(speaker, text, buttons)
