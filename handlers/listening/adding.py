"""One more line about a ticket: its reporter goes on, or somebody else has the same trouble or has seen it."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.listening import Heard, Known
from handlers.deeds.privacy import is_sensitive
from handlers.listening.accused import answers_for_himself
from handlers.listening.afresh import tells_another
from handlers.listening.alarms import at_ease, cries_real, in_drill, new_accident
from handlers.listening.alikeness import told_alike
from handlers.listening.cold import SAME, is_cold, ties
from handlers.listening.details import PRIVATE
from handlers.listening.mood import hushed
from handlers.listening.opening import join, raises
from handlers.listening.places import CORRECTS, whole_where
from handlers.listening.settling import praises, settles
from handlers.listening.unlike import GOES_ON, OF_IT
from handlers.listening.weigh import TURNS, belonging_chance, opening_chance, why_belongs
from handlers.listening.window import BURST, PLUS_LEAD, SPELL, Window
from nlu.similar import CAUSES, fails_itself, gist, gist_of, strangers
from nlu.threads import place_fits, words_tie

# "不是我家，我昨晚没在家" answers a suspicion; "不是我家一家" and "不是我说" do not.
_NOT_US = re.compile(r"^(?:这|那|真的?|可|都|也)*不是[我俺咱](?!们?家?[一说])")
_OVER_HERE = re.compile(r"我们?这(?:边|里|儿|头|幢|栋|条)|那一?条|那边那|另一")
_DOOR_FIRST = re.compile(r"\s*(?:[一-龥]{0,6}(?<![到在往向]))?\d+(?:幢|栋|座|号楼|单元)")
_SPREADS = re.compile(r"也|都|连|还|已经")
_MY_HOME = re.compile(r"^我?们?家(?!也|都|更|还)|我家(?:里|厨房|卫生间|客厅|阳台|厕所|水|下水)")
_MONEY = re.compile(r"[钱费价款租账]|押金|工资")
_PRICE = re.compile(r"[\d一二两三四五六七八九十百千][块元]")
_COUNTS_IN = re.compile(r"\s*(?:[+＋]\s*\d|加一|同求)")
_TOO = re.compile(r"也|又")
_REPAIRS = frozenset({"public_repair", "home_repair"})
_THINGS = _REPAIRS | {"renovation", "consultation"}
# From these odds on a line belongs to a ticket of its speaker, and of somebody else.
OWN = 0.5
OTHERS = 0.37
COLD = 0.5  # the same of a matter that nobody here has spoken of for a while
WARM = 0.55  # somebody else's words need not name it any more
DESPITE = 0.6  # what his words alone make another trouble belongs to it all the same
WHOLE = 0.8
LONG = timedelta(hours=12)
PRICED = 0.2  # of a report: below it, who names a price speaks of shopping
ANYHOW = 0.45  # so likely it belongs that no other thing in its words speaks against it
CLEAR = 0.45  # so plainly that only what is far likelier by itself is news
HEARD_TOO = 0.65  # who else has heard the blows next door joins a matter that is kept from the group
SHARES = 0.35  # of the rarity of its words with one matter and none of the others: then that is meant
AHEAD = 0.4  # what a line opens by itself must be so much likelier to be news


def adds(view: Window) -> Heard | None:
    """One more line about a ticket: the reporter goes on, or somebody has the same trouble or has seen it."""
    line = view.line
    if _NOT_US.match(line.text):
        return None
    where = whole_where(line, view.scene.home, None)
    real = cries_real(view)
    best: tuple[float, Known] | None = None
    likely: list[tuple[float, Known]] = []
    plus = bool(PLUS_LEAD.search(line.text))
    for ticket in _around(view):
        mine = view.mine(ticket)
        if ticket.status == "proposed" and (real or line.sent_at - ticket.last_at > SPELL):
            continue
        if ticket not in view.pointed() and answers_for_himself(view, ticket):
            continue
        if new_accident(view, ticket) or (mine and _prices_else(view, ticket)) or _hurts_somebody(view, ticket):
            continue
        if not (_goes_on_elsewhere(view, ticket) or place_fits(where, ticket) or CORRECTS.search(line.text)):
            continue
        another = not plus and ticket not in view.pointed() and tells_another(view, ticket, where)
        if another and (mine or is_cold(view, ticket)):
            continue
        odds = belonging_chance(view, ticket, where)
        if another and odds < DESPITE:
            continue
        told = line.reading.confidence >= 0.5 and not strangers(gist(line.text), gist_of(ticket.texts))
        hidden = ticket.private and not mine
        if ticket in view.pointed() and (mine or plus or told) and not hidden:
            return Heard((join(view, ticket, sure=plus),), ("回的就是这件事",))
        cold = is_cold(view, ticket) and (not mine or _stands_alone(view, ticket))
        if cold and (mine or odds < WARM) and not ties(view, ticket, where):
            continue
        if (PRIVATE.search(line.text) and not mine) or (hidden and not _heard_too(ticket, odds)):
            continue
        if odds < ANYHOW and not _may_join(view, ticket):
            continue
        if _same_breath(view, ticket):
            odds = max(odds, 0.8)
        elif mine and GOES_ON.search(line.text) and line.sent_at - ticket.last_at <= timedelta(minutes=30):
            odds = max(odds, OWN)
        if plus and mine:
            odds *= 0.6
        elif plus and _counts_in(view, ticket):
            odds = max(odds, WARM)
        likely.append((odds, ticket))
        needed = OWN if mine else COLD if cold and not ties(view, ticket, where, SAME) else OTHERS
        if odds >= needed and (best is None or odds > best[0]):
            best = (odds, ticket)
    best = _named_rather(view, best, likely)
    if best is None or _is_news(view, best):
        return None
    odds, ticket = best
    echoed = plus and not view.mine(ticket)  # who says 也是 to his own line only agrees with an answer
    calm = not (hushed(view) or at_ease(view, SPELL) or in_drill(view))
    sure = (echoed and calm and not praises(view.text)) or settles(view, ticket, odds)
    if ticket.status == "proposed" and not sure:
        sure = raises(view, opening_chance(view))
    return Heard(
        (join(view, ticket, sure=sure),), (f"说的是登记过的那件事 {odds:.2f}", *why_belongs(view, ticket, where))
    )


def _hurts_somebody(view: Window, ticket: Known) -> bool:
    """Blows at home never go into a matter of lamps and pipes that the whole group has read."""
    if ticket.category not in _THINGS or view.line.reading.confidence < 0.5 or not is_sensitive(view.text):
        return False
    return not any(is_sensitive(text) for text in ticket.texts)


def _counts_in(view: Window, ticket: Known) -> bool:
    """ "+1 我家有老人", right after a line of the matter: he has the same trouble, whatever he adds."""
    before = next((old for old in view.lately(BURST, 3) if old.text), None)
    told = before is not None and ticket.id in before.tickets and ticket.status != "proposed"
    return told and bool(_COUNTS_IN.match(view.line.text)) and not (hushed(view) or at_ease(view) or in_drill(view))


def _named_rather(
    view: Window, best: tuple[float, Known] | None, likely: list[tuple[float, Known]]
) -> tuple[float, Known] | None:
    """我家那层也黑, after the dark stairs and then a locker that does not open: what the words share with one matter
    alone outweighs which of them was told of last."""
    if best is None or len(likely) < 2 or view.mine(best[1]):
        return best
    alike = told_alike(view, view.text, [ticket for _, ticket in likely])
    faults = gist(view.text).faults
    elsewhere = faults & gist_of(best[1].texts).faults
    for (_, ticket), marks in zip(likely, alike, strict=True):
        fails_so = bool(faults & gist_of(ticket.texts).faults) and not elsewhere and marks["rare ahead"] > 0
        if ticket is not best[1] and not view.mine(ticket) and (marks["rare ahead"] >= SHARES or fails_so):
            return best[0], ticket
    return best


def _prices_else(view: Window, ticket: Known) -> bool:
    """What something costs (今天的青菜三块五), beside a matter of his in which no money was spoken of."""
    if view.line.reading.confidence >= PRICED or not _PRICE.search(view.text):
        return False
    return not any(_PRICE.search(text) or _MONEY.search(text) for text in ticket.texts)


def _stands_alone(view: Window, ticket: Known) -> bool:
    """A whole report long after the speaker's own matter was last told of: it may well be another."""
    return abs(view.line.sent_at - ticket.last_at) > LONG and view.line.reading.confidence >= WHOLE


def _goes_on_elsewhere(view: Window, ticket: Known) -> bool:
    """Of his own matter he tells where it comes from, and how far it has got by now. A whole report of another thing,
    or one that begins with its own door, is another matter."""
    line = view.line
    if not view.mine(ticket) or abs(line.sent_at - ticket.last_at) > SPELL:
        return False
    if line.reading.confidence < WHOLE:
        return True
    begins = _DOOR_FIRST.match(line.text) and not _SPREADS.search(line.text)
    return not (begins or strangers(gist(line.text), gist_of(ticket.texts)))


def _heard_too(ticket: Known, odds: float) -> bool:
    """A neighbour has heard the blows as well; the other side of a dispute only answers."""
    return odds >= HEARD_TOO and ticket.category != "legal_dispute"


def _around(view: Window) -> list[Known]:
    """The open tickets that the line can be about: the speaker's, those talked of lately, those of like words."""
    words = gist(view.text)
    near = {number for old in view.lately(timedelta(minutes=30), 14) for number in old.tickets}
    near.update(ticket.id for ticket in view.pointed())
    found = []
    for ticket in view.live():
        theirs = gist_of(ticket.texts)
        if (
            ticket.id in near
            or view.mine(ticket)
            or not words.things.isdisjoint(theirs.things)
            or not words.pieces.isdisjoint(theirs.pieces)
        ):
            found.append(ticket)
    return found


def _may_join(view: Window, ticket: Known) -> bool:
    """Other things than the ticket's and cries of danger do not sink into it."""
    line, words, theirs = view.line, gist(view.text), gist_of(ticket.texts)
    if line.reading.urgency == 3 and line.reading.confidence >= 0.6 and ticket.urgency < 3:
        lately = {n for old in view.lately(SPELL, 12) for n in old.tickets}
        if any(t.urgency == 3 for t in view.known(tuple(lately)) if t.status not in ("done", "closed")):
            return False
        shared = bool(words.things & theirs.things or words.faults & theirs.faults)
        shared = shared and (view.mine(ticket) or line.sent_at - ticket.last_at <= SPELL)
        beside = any(ticket.id in old.tickets for old in view.lately(BURST, 3))
        beside = beside and (ticket.reporter == line.speaker or not strangers(words, theirs))
        beside = beside or any(ticket.id in old.tickets for old in view.own_lines(BURST)[:1])
        return shared or beside or _same_breath(view, ticket)
    if _OVER_HERE.search(line.text) and words.spots and theirs.spots and not words.spots & theirs.spots:
        return view.mine(ticket)
    plus = bool(PLUS_LEAD.search(line.text)) or ticket in view.pointed()
    return view.mine(ticket) or plus or not strangers(words, theirs)


def another_matter(view: Window, ticket: Known) -> bool:
    """Its reporter tells of another trouble, though nothing in his words says that he turns to it."""
    return _his_own_flat(view, ticket) or _fails_too(view, ticket)


def _fails_too(view: Window, ticket: Known) -> bool:
    """The bins were told of, and now 门口路灯也不亮: another thing by name, which fails by itself. In the same breath
    only where it is said to fail too."""
    line, text = view.line, view.text
    if line.reading.confidence < WHOLE or not _another_thing_fails(text, ticket):
        return False
    kind, other = ticket.category, line.reading.category
    from_home = kind == "home_repair" and other not in (kind, "emergency") and not _MY_HOME.search(text)
    if gist_of(ticket.texts).things & CAUSES and not from_home:
        return False
    at_once = any(ticket.id in old.tickets for old in view.own_lines(BURST)[:1])
    return not at_once or bool(_TOO.search(text)) or (kind in _REPAIRS) != (other in _REPAIRS)


def _another_thing_fails(text: str, ticket: Known) -> bool:
    """By name, and nothing in the words ties it to what the ticket is about."""
    return bool(fails_itself(text)) and strangers(gist(text), gist_of(ticket.texts)) and not OF_IT.search(text)


def _his_own_flat(view: Window, ticket: Known) -> bool:
    """What all use was told of, and now his own flat has a trouble too: 楼道灯不亮了, and then 我家漏水了."""
    line, words, theirs = view.line, gist(view.text), gist_of(ticket.texts)
    return (
        line.reading.confidence >= WHOLE
        and line.reading.category == "home_repair" != ticket.category
        and bool(_MY_HOME.search(line.text))
        and not any(_MY_HOME.search(text) for text in ticket.texts)
        and bool(words.things and theirs.things)
        and words.things.isdisjoint(theirs.things)
    )


def _same_breath(view: Window, ticket: Known) -> bool:
    """The reporter's next line within minutes, without a word that he turns to something else."""
    line = view.line
    if ticket.reporter != line.speaker or TURNS.search(line.text) or line.reading.confidence < 0.5:
        return False
    if another_matter(view, ticket):
        return False
    return any(ticket.id in old.tickets for old in view.own_lines(BURST)[:1])


def _is_news(view: Window, best: tuple[float, Known]) -> bool:
    """It speaks plainly of another thing than the ticket that it would go with."""
    ticket, line = best[1], view.line
    if _same_breath(view, ticket) or _COUNTS_IN.match(line.text):
        return False
    if PLUS_LEAD.search(line.text) and ticket.status == "proposed":
        return False
    lately = any(ticket.id in old.tickets for old in view.own_lines(timedelta(hours=2)))
    if lately and ticket.reporter == line.speaker and not TURNS.search(view.text):
        return another_matter(view, ticket)
    opens = opening_chance(view)
    if best[0] >= CLEAR and opens < best[0] + AHEAD:
        return False
    words = gist(view.text)
    pointed = PLUS_LEAD.search(line.text) or ticket in view.pointed()
    if not view.mine(ticket) and ticket.urgency < 3 and not pointed:
        where = whole_where(line, view.scene.home, None)
        told = words_tie(words, where, ticket)
        kin = ticket.category == line.reading.category and not strangers(words, gist_of(ticket.texts))
        beside = any(ticket.id in old.tickets for old in view.lately(BURST, 3))
        if opens >= view.scene.sure and told < (0.2 if kin and beside else 0.6):
            return True
    return strangers(words, gist_of(ticket.texts)) and opens >= 0.6 and opens >= best[0] - 0.1
