"""Staff's words in a room where cards hang: said of the cards, unless they are about the office itself."""

from __future__ import annotations

import re

from domain.listening import Acts, AsksWhich, Heard, Known, Step
from handlers.listening.act_odds import DEEDS, likeliest
from handlers.listening.staff_words import BARE_ACK, hear_staff
from handlers.listening.window import SPELL, Window
from nlu.act_model import act_scores
from nlu.similar import gist, gist_of
from nlu.staff_acts import department_named
from nlu.threads import words_tie

SURE = 0.5
WORTH_ASKING = 0.4
CLEAR = 1.25  # words that can hardly be anything else, of whichever card: in log odds, over other talk
WORTH_NAMING = 0.2  # of the likeliest one's chance: when he is asked which card he means, this one is named too
TIED = 0.1  # two tickets so close cannot be told apart
OF_IT = 0.4  # words that tie so well to a ticket are about it, whatever else they name

# What staff do for the office all day in the same words: 表格填好了, 材料报上去了, 打印机修好了, 我去吃饭了.
_OFFICE = re.compile(
    r"(?<![电水气])表格?(?!示|扬|箱)|材料|台账|名单|通知|公告|开会|会议|到会|培训|总结|信息|照片|截图|链接|接龙|打卡|签到|打印|复印|盖章|快递|请(?:假|柬|回复)|"
    r"值班|下班|上班|加班|调休|吃饭|午饭|奶茶|疫苗|活动|报名|宣传|检查组|群里|步数|工资|电费|水费|话费"
)
# Where he himself is and goes, for no matter.
_HIMSELF = re.compile(r"我(?:来晚|在外|在路上堵|先走|回来|回家|有事|家)|晚点回来")
# Of another time, and so of no card that hangs here.
_PAST = re.compile(r"上[次回]|早(?:就|已经?)?(?:修|换|弄|办|处理)|以前|去年|那次")
# He, or somebody whom he has sent, is on the way: the card is in hand.
_COMING = re.compile(
    r"在路上|(?:师傅|电工|水工|维保|保洁|人)(?:已经?|马上)?(?:过来|过去|赶来|赶去|去|来|到)了|^(?:我)?(?:出发|动身)了"
)


def room_deeds(view: Window) -> Heard | None:
    """What the words do to the cards of the room. A guess that may be wrong is asked, since here it disturbs nobody."""
    hung = [ticket for ticket in view.live() if ticket.id in view.scene.board]
    words = gist(view.text)
    about = [ticket for ticket in hung if words_tie(words, view.line.reading.where, ticket) >= OF_IT]
    elsewhere = _HIMSELF.search(view.text) or (not about and (_OFFICE.search(view.text) or _PAST.search(view.text)))
    if elsewhere and not view.pointed():
        return None
    since = [old for old in view.lately(SPELL, 1) if any(old.sent_at > ticket.last_at for ticket in hung)]
    if since and BARE_ACK.match(view.text):
        return None  # said to a colleague's line, not to a card
    ruled = hear_staff(view)
    if ruled is not None:
        return _asked_of_another(view, ruled)
    free = [ticket for ticket in about or hung if ticket.assignee is None]
    if len(free) == 1 and _COMING.search(view.text):
        return Heard((Acts(free[0].id, "claim", note=view.text),), ("员工的话：claim",))
    heard = _judged(view, about or hung)
    return _asked_of_another(view, heard) if heard is not None else None


def _asked_of_another(view: Window, heard: Heard) -> Heard:
    """车库去看了，已经灭了, where only a leak hangs here: he may mean a card of another room, so he is asked."""
    words = gist(view.text)

    def asked(step: Step) -> Step:
        if not isinstance(step, Acts) or step.does != "done" or not words.things:
            return step
        ticket = view.tickets[step.ticket]
        tied = words_tie(words, view.line.reading.where, ticket) > 0
        shared = not words.things.isdisjoint(gist_of(ticket.texts).things)
        return step if tied or shared or ticket in view.pointed() else AsksWhich((ticket.id,), "done")

    return Heard(tuple(map(asked, heard.steps)), heard.why)


def _judged(view: Window, tickets: list[Known]) -> Heard | None:
    scores = act_scores(view.text, "staff")
    top = max(scores, key=lambda name: scores[name])
    if top not in DEEDS:
        return None
    clear = scores[top] - scores["other"] >= CLEAR
    found = [(of_any, ticket, deed) for ticket, deed, _, of_any in likeliest(view, tickets, scores, calm=True)]
    found.sort(key=lambda one: one[0], reverse=True)
    if not found or not (clear or found[0][0] >= WORTH_ASKING):
        return None
    chance, ticket, deed = found[0]
    least = chance * WORTH_NAMING if chance < SURE else chance - TIED
    rivals = [other.id for near, other, does in found[1:] if near > least and does == deed]
    step: Step
    if chance < SURE or (rivals and deed != "claim"):
        step = AsksWhich((ticket.id, *rivals), deed)
    else:
        step = Acts(ticket.id, deed, department_named(view.text) if deed == "transfer" else None, note=view.text)
    return Heard((step,), (f"员工的话：{deed} {chance:.2f}",))
