"""解绑: whoever speaks for somebody of his family stops doing so; his own account stays as it is."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import here, language
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.texts import say


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    if not speaker.private:
        raise Refused("command.in_private")
    names = {person: ctx.store.people.get(person).name for person in speaker.actor.kin}
    named = words.strip()
    chosen = [person for person, name in names.items() if not named or name == named]
    if not chosen:
        raise Refused("command.unbind.nobody")
    if len(chosen) > 1:
        raise Refused("command.unbind.which", names=say("care.comma", language(ctx, speaker)).join(names.values()))
    me = speaker.account.id
    ctx.store.kin.remove(me, chosen[0])
    ctx.store.people.audit(ctx.now, "unbind_kin", f"account:{me}", person=chosen[0], account=me)
    return [here(speaker, say("command.unbind.done", language(ctx, speaker), name=names[chosen[0]]))]


COMMAND = Command("解绑", "unbind", run, Action.HELP, words="may", jargon=True)
