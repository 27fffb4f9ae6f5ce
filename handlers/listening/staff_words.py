"""Staff's plain words put to the right tickets: 我来, 修好了, 这个归水务, 报上去吧, 两个都看到了."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.listening import Acts, AsksWhich, Deed, Heard, Known, Opens, Step
from handlers.listening.opening import report
from handlers.listening.weigh import DRILL
from handlers.listening.window import Window
from nlu.acts import Act, read_act
from nlu.similar import Gist, gist
from nlu.threads import words_tie
from nlu.visit_signs import ABSENT

_BOTH = re.compile(r"两(?!个人)[个件边处样盏台头家户桩扇部层辆]|都(?!别|不|先|要|小心|注意|留|到)|分别|各|一起|和|、")
_NOTICE = re.compile(r"^【|@所有人|通知|温馨提示|请大家|大家(?:注意|小心|好)|公告")
_RANK: dict[Deed, int] = {"claim": 0, "done": 1, "transfer": 2, "escalate": 3}
TAKES_OVER = re.compile(r"牵头|我接|我来(?!晚)|接手|受理|镇里接|我们接|所里接|我去所里|我来跟|归我")
_CAME_OF_IT = re.compile(r"[了过](?=$|[，。！ ])")
_TO_COME = re.compile(
    r"^(?:收到|我来|我接|在|来了)|今[天晚]|明[天早晚]|马上|这就|正在|先|会|等|没|点带|请|我[去跟叫让]|"
    r"(?:人|师傅|供电的|队)(?:到|来)了|在路上|有信"
)
BARE_ACK = re.compile(r"^\s*(?:收到|好的?|知道了|OK|ok)[。.!！👌🙏\s]*$")
_FOUND = re.compile(
    r"发现|看到|巡查|巡逻|路过|居民(?:反映|说|反应)|有人(?:反映|打电话)|[给跟找]我(?:打了?个?电话|说|讲|反映)|打来[，,]?说|[他她]说|^另外[，,]|代(?:报|\S{1,6}报)|帮\S{1,6}报"
)
_RANG_FROM_HOME = re.compile(r"打(?:来|了?个?电话)[^。]{0,12}(?:卫生间|厨房|卧室|客厅|阳台|浴室|马桶|龙头)")
_FRESH = timedelta(minutes=45)


def hear_staff(view: Window, *, plainly: bool = False) -> Heard | None:
    """The acts in the line, each with its ticket; None when it does nothing to any. `plainly`: only where the
    words alone make an act."""
    line = view.line
    acts = _told_done(view, read_act(line.text, line.role))
    if line.role in ("secretary", "admin") and BARE_ACK.match(line.text):
        return None
    if (plainly and not any(act.plain for act in acts)) or DRILL.search(line.text):
        return None
    steps: list[Step] = []
    why: list[str] = []
    carried: Known | None = None
    unclear: AsksWhich | None = None
    for act in acts:
        found = _which(view, act, carried)
        if isinstance(found, AsksWhich):
            unclear = unclear or found
            continue
        for ticket in found:
            carried = ticket
            steps.append(Acts(ticket.id, act.does, act.to, act.value, note=act.clause))
            # No words of the line: reasons are kept as they are, the line's text is sealed.
            why.append(f"员工的话：{act.does}")
    steps = _settled(steps)
    if not steps and unclear is not None:
        return Heard((unclear,), ("说的是哪一件，没法断定",))
    return Heard(tuple(steps), tuple(why)) if steps else None


def _told_done(view: Window, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Quoting the card of a ticket in hand and telling what has come of it is a done, whatever the verb."""
    ticket = view.tickets.get(view.line.quotes) if view.line.quotes is not None else None
    if (
        ticket is None
        or ticket.assignee is None
        or any(act.does != "claim" or _TO_COME.search(act.clause) for act in acts)
    ):
        return acts
    return (Act("done", view.text),) if _CAME_OF_IT.search(view.text) and not _TO_COME.search(view.text) else acts


def _settled(steps: list[Step]) -> list[Step]:
    """One ticket is not both taken and finished by one line: the farthest word counts."""
    best: dict[int, int] = {}
    for step in steps:
        if isinstance(step, Acts):
            rank = _RANK.get(step.does, 9)
            handed_on = best.get(step.ticket) == _RANK["transfer"]
            best[step.ticket] = (
                rank
                if handed_on and step.does == "done" and "了" in step.note
                else max(best.get(step.ticket, -1), rank)
            )
    kept: list[Step] = []
    for step in steps:
        if isinstance(step, Acts) and (_RANK.get(step.does, 9) != best[step.ticket] or step in kept):
            continue
        if any(
            isinstance(k, Acts) and isinstance(step, Acts) and (k.ticket, k.does) == (step.ticket, step.does)
            for k in kept
        ):
            continue
        kept.append(step)
    return kept


def _candidates(view: Window, act: Act) -> list[Known]:
    now = view.line.sent_at
    found = []
    for ticket in view.tickets.values():
        closed = ticket.status in ("done", "closed")
        if act.does == "correct_category":
            fits = not closed or now - ticket.last_at <= _FRESH
        elif act.does == "claim":
            fits = not closed and (
                ticket.status in ("proposed", "open")
                or (not view.holds(ticket) and (act.plain or handed_up(view, ticket)))
            )
        else:
            again = act.does == "done" and ticket.id == view.line.quotes and not ticket.rated
            fits = not closed or again
        if fits:
            found.append(ticket)
    return found


def _which(view: Window, act: Act, carried: Known | None) -> list[Known] | AsksWhich:
    """The tickets that an act means."""
    line = view.line
    candidates = _candidates(view, act)
    if not candidates and line.quotes is None:
        return []
    words = gist(act.clause)
    if not _names_something(words) and carried is None:
        words = gist(line.text)
    whole = len(act.clause) > 0.7 * len(line.text)
    told = {t.id: words_tie(words, line.reading.where if whole else t.where, t) for t in view.tickets.values()}
    if carried is not None and carried in candidates and not _names_something(words):
        return [carried]
    pointed = [t for t in view.pointed() if t in candidates]
    if pointed:
        other = max(candidates, key=lambda t: told[t.id])
        if told[other.id] >= 1.3 and all(told[p.id] < 0.3 for p in pointed):
            return [other]
        return pointed[:1]
    if line.quotes is not None and line.quotes in view.tickets and act.does == "claim":
        quoted = view.tickets[line.quotes]
        handed = quoted.status == "taken" and not view.holds(quoted)
        return [quoted] if handed else []
    if not candidates:
        return []
    if _BOTH.search(act.clause):
        several = [t for t in candidates if told[t.id] >= 0.8 and _active(view, t)]
        if len(several) >= 2 and not (words.things and len(words.things) == 1):
            return several
    if re.search(r"两(?!个人)[个件盏台处头家户桩扇部层辆].{0,4}都|都(?:看到|记|收到|登记|接)", act.clause):
        fresh = [t for t in candidates if _shown(view, t) and _active(view, t) and t.status in ("proposed", "open")]
        if len(fresh) >= 2:
            return fresh[-3:]
    ranked = sorted(
        ((_fit(view, act, t, told[t.id], carried), t) for t in candidates), key=lambda pair: pair[0], reverse=True
    )
    score, best = ranked[0]
    if _means_another(view, best, told, {t.id for t in candidates}):
        return []
    if score < _need(view, act, best, told[best.id]):
        return []
    if len(ranked) > 1 and _tied(view, act, ranked[0], ranked[1], told):
        return AsksWhich((best.id, ranked[1][1].id), act.does)
    return [best]


def _names_something(words: Gist) -> bool:
    return bool(words.things or words.numbers or words.spots)


def _means_another(view: Window, best: Known, told: dict[int, float], able: set[int]) -> bool:
    """The words speak of a ticket to which this cannot be done any more (taken by the speaker, done)."""
    other = max((t for t in view.tickets.values() if t.id not in able), key=lambda t: told[t.id], default=None)
    return other is not None and told[other.id] >= 0.7 and told[other.id] >= told[best.id] + 0.3


def _active(view: Window, ticket: Known) -> bool:
    return view.line.sent_at - ticket.last_at <= timedelta(hours=3)


def _fit(view: Window, act: Act, ticket: Known, told: float, carried: Known | None) -> float:
    line = view.line
    score = told
    if view.here(ticket):
        score += 0.5
    idle = line.sent_at - ticket.last_at
    for limit, bonus in ((5, 0.6), (20, 0.45), (90, 0.3), (720, 0.15), (2880, 0.05)):
        if idle <= timedelta(minutes=limit):
            score += bonus
            break
    if line.mentions:
        names = {old.speaker for old in view.scene.recent if old.name in line.mentions}
        if ticket.reporter in names or ticket.voices & names:
            score += 0.8
    if line.replies_to_speaker is not None and ticket.reporter == line.replies_to_speaker:
        score += 0.8
    if act.does in ("done", "transfer", "escalate") and view.holds(ticket):
        score += 0.4
    if act.does in ("claim", "transfer", "escalate") and ticket.status in ("proposed", "open"):
        score += 0.4
    if act.does == "claim" and ticket.status == "taken" and handed_up(view, ticket):
        score += 0.3
    if act.does == "done" and ticket.status == "taken":
        score += 0.2
    if ticket.status == "proposed":
        score -= 0.3
    if carried is not None and carried.id == ticket.id and act.does != "done":
        score += 0.2
    for steps, old in enumerate(view.lately(timedelta(minutes=6), 3)):
        if ticket.id in old.tickets:
            score += 0.35 - 0.1 * steps
            break
    return score


def handed_up(view: Window, ticket: Known) -> bool:
    """The last word of staff on it handed it up or on, and the speaker is not the one who did so."""
    for old in view.lately(timedelta(hours=12), 20):
        if ticket.id in old.tickets and old.role != "resident":
            handed = any(act.does in ("escalate", "transfer") for act in read_act(old.text, old.role))
            return handed and old.speaker != view.line.speaker
    return False


def _shown(view: Window, ticket: Known) -> bool:
    return ticket.group == view.line.group or ticket.id in view.scene.board


def _need(view: Window, act: Act, ticket: Known, told: float) -> float:
    """What a ticket must reach to be meant: little when it was just talked of here, more from afar."""
    line = view.line
    if _NOTICE.search(line.text) and act.does != "done" and told < 0.9:
        return 9.0
    need = 0.9 if view.here(ticket) else 1.1
    if not act.plain:
        near = any(ticket.id in old.tickets for old in view.lately(timedelta(minutes=10), 4))
        need += 0.35 if told >= 0.4 or near else 0.85
    if act.does == "claim" and ticket.status == "taken":
        need += 0.1 if TAKES_OVER.search(act.clause) or handed_up(view, ticket) else 0.6
    if ticket.status == "proposed" and not act.plain:
        need += 0.5
    if ticket.status == "proposed" and told < 0.4 and line.sent_at - ticket.last_at > timedelta(minutes=10):
        need += 0.5
    if act.does == "claim" and line.sent_at - ticket.last_at > _FRESH and told < 0.4:
        need += 0.5
    return need


def _tied(
    view: Window, act: Act, first: tuple[float, Known], second: tuple[float, Known], told: dict[int, float]
) -> bool:
    """Nothing tells the two apart: neither words, nor who has them, nor which was talked of last."""
    if act.does == "claim" or not act.plain or first[0] - second[0] >= 0.1:
        return False
    if told[first[1].id] >= 0.4 and told[first[1].id] > told[second[1].id] + 0.05:
        return False
    return (
        second[0] >= _need(view, act, second[1], told[second[1].id])
        and _shown(view, first[1])
        and _shown(view, second[1])
    )


def own_report(view: Window) -> Heard | None:
    """A matter that staff tell themselves, mostly in a district group."""
    line = view.line
    if _NOTICE.search(line.text) or line.replies_to is not None or line.quotes is not None or not line.text:
        return None
    if any(act.plain for act in read_act(line.text, line.role)):
        return None
    if line.tier != "district" and any(old.tickets for old in view.lately(timedelta(minutes=30), 30)):
        return None
    if line.tier != "district" and not _FOUND.search(line.text):
        return None
    if line.reading.urgency == 3 and ABSENT.search(line.text) and not _named_danger(view):
        return None  # 敲门没人应: said on a round every day
    floor = 0.95 if line.role == "admin" else 0.75 if line.tier == "district" else 0.9
    heard = report(view, floor=view.scene.sure) if line.reading.confidence >= floor else None
    return _at_his_home(heard) if heard is not None and _RANG_FROM_HOME.search(line.text) else heard


def _at_his_home(heard: Heard) -> Heard:
    """Who rings up about a bathroom means his own."""
    steps = (
        replace(one, category="home_repair") if isinstance(one, Opens) and one.category == "public_repair" else one
        for one in heard.steps
    )
    return replace(heard, steps=tuple(steps))


def _named_danger(view: Window) -> bool:
    return any(word.startswith("rule:") for word in view.line.reading.why)
